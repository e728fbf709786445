"""Fisher's exact test of two shares, for groups so small that score methods are too bold."""

import numpy as np

from analytics.statistics.argument_checks import Column

SMALL_EXPECTED = 5
"""Expected events (or non-events) in a group below which the exact test has a say (Cochran 1954)."""
BEYOND = 200
CERTAIN = 10_000

Pair = tuple[float, float]


def is_small(first: Pair, second: Pair) -> bool:
    """Return whether a group would have under 5 events, or under 5 without, if both had the same share."""
    rows, columns, total = _margins(first, second)
    return min(rows) * min(columns) / total < SMALL_EXPECTED


def fisher_p(first: Pair, second: Pair) -> float:
    """Return twice the smaller tail of Fisher's exact test, at most 1; for groups that are `is_small`.

    Given the margins, the cell of the smaller group and the rarer outcome is hypergeometric. Fractional events are
    rounded. Source: Fisher (1935), JRSS 98:39–82.
    """
    rows, columns, total = _margins(first, second)
    group, outcome = int(np.argmin(rows)), int(np.argmin(columns))
    events, persons = (first, second)[group]
    observed = round(events if outcome == 0 else persons - events)
    if observed > CERTAIN:
        return 0.0
    mass = _hypergeometric(min(rows), min(columns), total, observed + BEYOND)
    lower, upper = mass[: observed + 1].sum(), mass[observed:].sum()
    return float(min(1.0, 2 * min(lower, upper)))


def _margins(first: Pair, second: Pair) -> tuple[Pair, Pair, float]:
    total, events = first[1] + second[1], first[0] + second[0]
    return (first[1], second[1]), (events, total - events), total


def _hypergeometric(row: float, column: float, total: float, last: int) -> Column:
    """Return the probabilities of 0, 1, … events by their ratios, which stay exact in huge totals."""
    step = np.arange(min(last, int(min(row, column))))
    ratios = (row - step) * (column - step) / ((step + 1) * (total - row - column + step + 1))
    logs = np.concatenate([[0.0], np.cumsum(np.log(np.maximum(ratios, np.finfo(float).tiny)))])
    mass = np.exp(logs - logs.max())
    return np.asarray(mass / mass.sum(), dtype=np.float64)
