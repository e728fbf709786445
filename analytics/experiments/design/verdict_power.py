"""The chance of a verdict, from the very rule that gives it: exact for yes/no outcomes, simulated for few clusters."""

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from analytics.experiments.estimators.base import critical
from analytics.experiments.estimators.leading_inference import Dealt
from analytics.experiments.estimators.randomisation_inference import every_assignment

Floats = NDArray[np.float64]
TRIALS, WAYS, LARGEST_GRID = 2000, 2000, 4_000_000


def yes_no_power(n1: int, n0: int, rate1: float, rate0: float, alpha: float) -> float | None:
    """Return the chance (0–1) that Newcombe's interval leaves out 0 and the score test's p is under alpha; None where
    the table of all outcomes is too large to be worth it."""
    from scipy import stats

    if n1 * n0 > LARGEST_GRID:
        return None
    chance1, chance0 = (stats.binom.pmf(np.arange(n + 1), n, rate) for n, rate in ((n1, rate1), (n0, rate0)))
    return float(chance1 @ _yes_no_verdicts(n1, n0, alpha) @ chance0)


@lru_cache(maxsize=4)
def _yes_no_verdicts(n1: int, n0: int, alpha: float) -> NDArray[np.bool_]:
    """Return for every number of events in either arm whether there is a verdict."""
    z = critical(1 - alpha, None)
    (p1, low1, high1), (p0, low0, high0) = _wilson(n1, z), _wilson(n0, z)
    gap = p1[:, None] - p0
    low = gap - np.hypot((p1 - low1)[:, None], high0 - p0)
    high = gap + np.hypot((high1 - p1)[:, None], p0 - low0)
    share = ((n1 * p1)[:, None] + n0 * p0) / (n1 + n0)
    error = np.sqrt(share * (1 - share) * (1 / n1 + 1 / n0))
    return np.asarray(((low > 0) | (high < 0)) & (np.abs(gap) > z * error))


def _wilson(n: int, z: float) -> tuple[Floats, Floats, Floats]:
    share = np.arange(n + 1) / n
    reach = z * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    middle, scale = share + z**2 / (2 * n), 1 + z**2 / n
    return share, (middle - reach) / scale, (middle + reach) / scale


def few_cluster_power(treated: int, control: int, effect: float, alpha: float) -> float:
    """Return the chance that permutation and t interval both leave out 0; effect: in standard deviations of cluster
    means. Where even the least p-value is too large, it is 0.

    How far the limits lie from the difference depends on the spread within the arms alone, which is independent of the
    difference: of that the chance is exact, and only the spread is simulated.
    """
    from scipy.special import ndtr

    low, high = _few_cluster_limits(treated, control, alpha)
    error = (1 / treated + 1 / control) ** 0.5
    return float((ndtr((effect + low) / error) + ndtr(-(effect + high) / error)).mean())


@lru_cache(maxsize=32)
def _few_cluster_limits(treated: int, control: int, alpha: float) -> tuple[Floats, Floats]:
    """Return how far the limits lie from the difference in simulated trials: the wider of permutation and t."""
    rng = np.random.default_rng(1)
    clusters = treated + control
    means, own = rng.normal(size=(TRIALS, clusters)), np.arange(clusters) < treated
    exact = math.comb(clusters, treated) <= WAYS
    ways = every_assignment(clusters, treated) if exact else rng.permuted(np.tile(own, (WAYS, 1)), axis=1)
    ways = ways[(ways != own).any(axis=1)]
    weights = ways / treated - ~ways / control
    gaps, shares = means @ weights.T, weights[:, own].sum(axis=1)
    one, none = means[:, own], means[:, ~own]
    values = one.mean(axis=1) - none.mean(axis=1)
    spread = one.var(axis=1) * treated + none.var(axis=1) * control
    reach = critical(1 - alpha, clusters - 2) * np.sqrt(spread / (clusters - 2) * (1 / treated + 1 / control))
    dealt = [Dealt(value, row, shares, exact).limits(1 - alpha) for value, row in zip(values, gaps, strict=True)]
    ends = np.array([(-np.inf, np.inf) if low is None else (low, high) for low, high in dealt], dtype=float)
    return np.minimum(ends[:, 0] - values, -reach), np.maximum(ends[:, 1] - values, reach)
