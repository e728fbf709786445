"""The chance of a verdict on two shares, from the very rule that gives it: exact over all outcomes."""

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from analytics.experiments.estimators.base import critical
from analytics.experiments.estimators.leading_inference import exact_leads
from analytics.experiments.estimators.randomisation_inference import TOLERANCE

Floats = NDArray[np.float64]
LARGEST_GRID = 4_000_000


def yes_no_power(n1: int, n0: int, rate1: float, rate0: float, alpha: float) -> float | None:
    """Return the chance (0–1) that Newcombe's interval leaves out 0 and the p that leads is under alpha; None where
    the table of all outcomes that can be met is too large to be worth it."""
    from scipy import stats

    met = [_met(n, rate) for n, rate in ((n1, rate1), (n0, rate0))]
    if len(met[0]) * len(met[1]) > LARGEST_GRID:
        return None
    chance1, chance0 = stats.binom.pmf(met[0], n1, rate1), stats.binom.pmf(met[1], n0, rate0)
    return float(chance1 @ _verdicts((met[0], n1), (met[1], n0), alpha) @ chance0)


def _met(n: int, rate: float) -> Floats:
    """Return the numbers of events that are not out of all reach: ten standard deviations and ten."""
    reach = 10 * math.sqrt(n * rate * (1 - rate)) + 10
    return np.arange(max(math.floor(n * rate - reach), 0), min(math.ceil(n * rate + reach), n) + 1.0)


def _verdicts(treated: tuple[Floats, int], control: tuple[Floats, int], alpha: float) -> NDArray[np.bool_]:
    """Return for numbers of events in either arm, each with its persons, whether there is a verdict."""
    z, n1, n0 = critical(1 - alpha, None), treated[1], control[1]
    (p1, low1, high1), (p0, low0, high0) = _wilson(*treated, z), _wilson(*control, z)
    gap = p1[:, None] - p0
    low = gap - np.hypot((p1 - low1)[:, None], high0 - p0)
    high = gap + np.hypot((high1 - p1)[:, None], p0 - low0)
    apart = (low > 0) | (high < 0)
    share = ((n1 * p1)[:, None] + n0 * p0) / (n1 + n0)
    error = np.sqrt(share * (1 - share) * (1 / n1 + 1 / n0))
    found = np.abs(gap) > z * error
    few = exact_leads((n1, n0), treated[0][:, None] + control[0])
    found[few] = _exact_p(treated, control, few) < alpha
    return np.asarray(apart & found)


def _exact_p(treated: tuple[Floats, int], control: tuple[Floats, int], asked: NDArray[np.bool_]) -> Floats:
    """Return the exact permutation p-value where it is asked for, of numbers of events in either arm."""
    (one, n1), (none, n0) = treated, control
    fewer, more = min(n1, n0), max(n1, n0)
    of_fewer = np.broadcast_to(one[:, None] if n1 <= n0 else none, asked.shape)[asked].astype(int)
    totals, at = np.unique((one[:, None] + none)[asked], return_inverse=True)
    table = np.ones((len(totals), int(of_fewer.max(initial=0)) + 1))
    for row, total in zip(table, totals.astype(int).tolist(), strict=True):
        least, p = _exact_of(fewer, more, total)
        end = min(len(row), least + len(p))
        row[least:end] = p[: end - least]
    return np.asarray(table[at, of_fewer])


@lru_cache(maxsize=8192)
def _exact_of(fewer: int, more: int, events: int) -> tuple[int, Floats]:
    """Return the fewest events the smaller arm can have, and from there on the p-value of each number."""
    from scipy import stats

    least = max(0, events - more)
    possible = np.arange(least, min(fewer, events) + 1)
    chance = stats.hypergeom.pmf(possible, fewer + more, events, fewer)
    gap = np.abs(possible / fewer - (events - possible) / more)
    order = np.argsort(gap)
    reached = np.append(chance[order][::-1].cumsum()[::-1], 0.0)
    return least, np.minimum(reached[np.searchsorted(gap[order], gap - TOLERANCE)], 1.0)


def _wilson(events: Floats, n: int, z: float) -> tuple[Floats, Floats, Floats]:
    share = events / n
    reach = z * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    middle, scale = share + z**2 / (2 * n), 1 + z**2 / n
    return share, (middle - reach) / scale, (middle + reach) / scale
