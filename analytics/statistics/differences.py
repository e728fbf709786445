"""Is one share higher than another, by more than chance variation? Two places, or one place in two years."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.results import Interval, NotEstimable
from analytics.statistics.argument_checks import Column, at_least_zero, columns, people_among
from analytics.statistics.fisher_exact import Pair, fisher_p, is_small
from analytics.statistics.intervals import newcombe_interval, newcombe_limits, newcombe_limits_at

CLEARLY = 0.998
"""The level at which a difference is called clear: the outer funnel limit (Spiegelhalter 2005)."""

VERDICTS = (
    "not_comparable",
    "clearly_higher",
    "clearly_lower",
    "somewhat_higher",
    "somewhat_lower",
    "no_certain_difference",
)


@dataclass(frozen=True)
class DifferenceTest:
    """The difference between two shares, and what may be said of it.

    `difference` is first minus second (shares 0–1) with Newcombe's interval at `level`. `p` leads the verdict, at every
    level: it is the p-value this interval implies (below 1 − level exactly when the interval leaves out 0) and, where
    fewer than 5 events or non-events are expected in a group, Fisher's exact p if that is larger. `p_score` is the
    pooled score test (Pearson's chi-squared), for comparison with other software.
    """

    difference: Interval | NotEstimable
    p: float | None
    p_score: float | None
    verdict: str
    level: float


@dataclass(frozen=True)
class Group:
    """A number of events among a number of persons."""

    count: float
    population: float


def difference_test(
    count1: float | None,
    population1: float | None,
    count0: float | None,
    population0: float | None,
    level: float = 0.95,
) -> DifferenceTest:
    """Return the difference between two independent shares, first minus second, its p-value and a verdict.

    Verdict: `clearly_higher`/`clearly_lower` where Newcombe's interval leaves out 0 at 99.8 % (or `level`, if that is
    higher), `somewhat_…` where it does at `level`, else `no_certain_difference`. A group so small that under 5 events
    or non-events are expected must also pass Fisher's exact test: one person is never a clear difference by itself.
    `not_comparable` where a number is unknown or a group is empty (`difference` is then NotEstimable, both p None).
    Groups must not overlap: use `rest_of` for a municipality within its county. Two years of one place are treated as
    independent: people counted in both make the test cautious. Raises StatisticsInputError.
    Source: Newcombe (1998), method 10; Fisher (1935); levels as in Spiegelhalter (2005).
    """
    difference = newcombe_interval(count1, population1, count0, population0, level)
    first, second = people_among(count1, population1), people_among(count0, population0)
    if isinstance(difference, NotEstimable) or isinstance(first, NotEstimable) or isinstance(second, NotEstimable):
        return DifferenceTest(difference, None, None, "not_comparable", level)
    verdict = difference_verdicts(*first, *second, level)[0]
    p = _implied_p(first, second)
    p = max(p, fisher_p(first, second)) if is_small(first, second) else p
    return DifferenceTest(difference, p, _score_p(first, second), verdict, level)


def difference_verdicts(
    counts1: object, populations1: object, counts0: object, populations0: object, level: float = 0.95
) -> list[str]:
    """Return the verdict of `difference_test` for each row of columns (a column of length 1 is repeated)."""
    given = columns(counts1=counts1, populations1=populations1, counts0=counts0, populations0=populations0)
    certain = [_certain(given, wanted) for wanted in (max(level, CLEARLY), level)]
    comparable = ~np.isnan(given).any(axis=0) & (given[1] > 0) & (given[3] > 0)
    higher = given[0] * given[3] > given[2] * given[1]
    rules = [~comparable, *(part for sure in certain for part in (sure & higher, sure))]
    return [str(word) for word in np.select(rules, VERDICTS[:-1], VERDICTS[-1])]


def verdicts_against_rest(
    counts: object, populations: object, whole_counts: object, whole_populations: object
) -> list[str]:
    """Return the verdict of each part against the rest of its whole; `not_comparable` where rounding leaves no rest."""
    parts = {"counts": counts, "populations": populations}
    wholes = {"whole_counts": whole_counts, "whole_populations": whole_populations}
    events, persons, all_events, all_persons = columns(**parts, **wholes)
    others, people = all_events - events, all_persons - persons
    possible = (events <= persons) & (persons > 0) & (others >= 0) & (people > 0) & (others <= people)
    first = np.where(possible, events, np.nan), np.where(possible, persons, np.nan)
    return difference_verdicts(*first, others, people)


def _certain(given: tuple[Column, ...], level: float) -> NDArray[np.bool_]:
    """Return where Newcombe's interval leaves out 0 and, in small groups, Fisher's test agrees."""
    low, high = newcombe_limits(given[0], given[1], given[2], given[3], level)
    certain = (low > 0) | (high < 0)
    for row in np.flatnonzero(certain):
        events1, persons1, events0, persons0 = (float(part[row]) for part in given)
        first, second = (events1, persons1), (events0, persons0)
        certain[row] = not is_small(first, second) or fisher_p(first, second) < 1 - level
    return certain


def rest_of(
    count: float | None, population: float | None, whole_count: float | None, whole_population: float | None
) -> Group | NotEstimable:
    """Return what is left of a whole (county, nation) when one part (a municipality in it) is taken out.

    NotEstimable: a number is None; the part is the whole; or rounded counts leave fewer than 0 events, fewer than 0
    persons, or more events than persons. Raises StatisticsInputError.
    """
    given = {"count": count, "population": population, "whole_count": whole_count, "whole_population": whole_population}
    known = {where: at_least_zero(value, where) for where, value in given.items() if value is not None}
    if len(known) < len(given):
        return NotEstimable("unknown_count")
    rest = Group(known["whole_count"] - known["count"], known["whole_population"] - known["population"])
    if rest == Group(0.0, 0.0):
        return NotEstimable("rest_empty")
    return rest if 0 <= rest.count <= rest.population else NotEstimable("rest_impossible")


def _implied_p(first: Pair, second: Pair) -> float:
    """Return twice the tail beyond the deviate at which Newcombe's interval just touches 0, by ever finer grids."""
    if first[0] * second[1] == second[0] * first[1]:
        return 1.0
    if first[0] / first[1] < second[0] / second[1]:
        first, second = second, first
    one, two = ((np.array([events]), np.array([persons])) for events, persons in (first, second))
    grid = np.concatenate([[0.0], np.geomspace(1e-12, 1e12, 49)])
    for _ in range(10):
        touched = int(np.argmax(newcombe_limits_at(one, two, grid)[0] <= 0) or np.argmax(grid))
        grid = np.linspace(grid[touched - 1], grid[touched], 33)
    return _two_tails(float(grid[0]))


def _score_p(first: Pair, second: Pair) -> float:
    pooled = (first[0] + second[0]) / (first[1] + second[1])
    variance = pooled * (1 - pooled) * (1 / first[1] + 1 / second[1])
    difference = first[0] / first[1] - second[0] / second[1]
    return _two_tails(abs(difference) / math.sqrt(variance)) if variance > 0 else 1.0


def _two_tails(z: float) -> float:
    """Return the two-sided normal p of a deviate."""
    return math.erfc(z / math.sqrt(2))
