"""The chance of a verdict on clusters, by the page's own rule on drawn trials: few in an arm, uneven sizes, shares, and
of ANCOVA on few units."""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from analytics.experiments.estimators.cluster_trial import robust_mean
from analytics.experiments.estimators.leading_inference import (
    FEWEST_DF,
    MANY_CLUSTERS,
    Dealt,
    dominates,
    permutation_leads,
)
from analytics.experiments.estimators.randomisation_inference import every_assignment

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
TRIALS, MANY_TRIALS, WAYS = 2000, 4000, 1000


@dataclass(frozen=True)
class PlannedClusters:
    """Clusters to be treated and not, their mean number of persons, its coefficient of variation (sizes are lognormal),
    intra-class correlation 0–1, the level of the test, and what part of the outcome's variance is known before."""

    treated: int
    control: int
    size: float
    cv: float
    icc: float
    alpha: float
    r2: float = 0.0

    @property
    def own(self) -> Flags:
        """Return which clusters are treated."""
        return np.arange(self.treated + self.control) < self.treated

    @property
    def weighted(self) -> bool:
        """Say whether persons are compared, and not clusters' means."""
        return self.treated + self.control >= MANY_CLUSTERS

    @property
    def few(self) -> bool:
        """Say whether the permutation leads whatever the sizes."""
        return permutation_leads((self.treated, self.control))

    @property
    def trials(self) -> int:
        """Return how many trials are drawn: fewer where each is permuted in many ways."""
        return TRIALS if self.few and not self.exact and not self.r2 else MANY_TRIALS

    @property
    def exact(self) -> bool:
        """Say whether all assignments are counted."""
        return math.comb(len(self.own), self.treated) <= WAYS

    def sizes(self, rng: np.random.Generator) -> Floats:
        """Return persons, trials × clusters."""
        spread = math.log(1 + self.cv**2)
        drawn = rng.lognormal(-spread / 2, math.sqrt(spread), (self.trials, len(self.own)))
        return np.asarray(np.maximum(1.0, np.rint(self.size * drawn)))

    def ways(self, rng: np.random.Generator) -> Flags:
        """Return other assignments than the trials' own."""
        if self.exact:
            drawn = every_assignment(len(self.own), self.treated)
        else:
            drawn = rng.permuted(np.tile(self.own, (WAYS, 1)), axis=1)
        return np.asarray(drawn[(drawn != self.own).any(axis=1)])


def number_power(plan: PlannedClusters, effect: float, least: float = 0.0) -> float:
    """Return the chance (0–1) of a verdict on a number; effect: in standard deviations of persons' outcomes. Where even
    the least p-value is too large, it is 0; where t alone gives less than `least`, what t alone gives.

    How far the limits lie from the difference depends on the spread within the arms, which tells little of the
    difference itself: of that the chance is exact, and only sizes and spread are drawn.
    """
    if plan.r2:
        return _chance(effect, *_ancova_limits(plan))
    alone = _chance(effect, *_limits(plan, permuted=False))
    return alone if alone < least else _chance(effect, *_limits(plan, permuted=True))


def _chance(effect: float, low: Floats, high: Floats, error: Floats) -> float:
    from scipy.special import ndtr

    return float((ndtr((effect + low) / error) + ndtr(-(effect + high) / error)).mean())


@lru_cache(maxsize=4096)
def share_power(plan: PlannedClusters, rate1: float, rate0: float) -> float:
    """Return the same for shares, drawn whole: the clusters' own are beta distributed, and the persons' binomial."""
    rng = np.random.default_rng(1)
    sizes, own = plan.sizes(rng), plan.own
    rates = np.broadcast_to(np.where(own, rate1, rate0), sizes.shape)
    if plan.icc > 0:
        known = max(1 / plan.icc - 1, 1e-9)
        rates = rng.beta(np.maximum(rates * known, 1e-12), np.maximum((1 - rates) * known, 1e-12))
    means = rng.binomial(sizes.astype(np.int64), rates) / sizes
    value, reach, df = _compared(plan, sizes, means)
    hits = np.abs(value) > reach
    led = np.flatnonzero(hits & _led(plan, df))
    if len(led):
        ways = plan.ways(rng)
        for trial in led:
            gaps = _gaps(plan, ways, sizes[trial], means[trial])
            extreme = 1 + int((np.abs(gaps) >= abs(value[trial]) - 1e-12).sum())
            hits[trial] = extreme / (1 + len(gaps)) < plan.alpha
    return float(hits.mean())


def _led(plan: PlannedClusters, df: Floats) -> Flags:
    """Return in which trials the permutation leads."""
    return np.asarray((df < FEWEST_DF) | plan.few)


def _compared(plan: PlannedClusters, sizes: Floats, means: Floats) -> tuple[Floats, Floats, Floats]:
    """Return of every trial the difference, how far its t limits reach, and their degrees of freedom."""
    from scipy.special import stdtrit

    own = plan.own
    one, none = means[:, own], means[:, ~own]
    df = np.full(len(means), float(max(len(own) - 2, 1)))
    squares = one.var(axis=1) * plan.treated + none.var(axis=1) * plan.control
    value = one.mean(axis=1) - none.mean(axis=1)
    variance = squares / df * (1 / plan.treated + 1 / plan.control)
    if plan.weighted:
        counted = _counted(plan, sizes)
        of = [robust_mean(counted[:, side], means[:, side]) for side in (own, ~own)]
        variance, expected, spread = np.add(of[0][1:], of[1][1:])
        value, df = of[0][0] - of[1][0], expected**2 / spread
    reach = stdtrit(df, 1 - plan.alpha / 2) * np.sqrt(variance)
    return value, np.where(np.isfinite(reach), reach, np.inf), df


def _counted(plan: PlannedClusters, sizes: Floats) -> Floats:
    """Return what each cluster counts for: its persons, or 1 where clusters are compared by their means."""
    alike = ~np.bool_(plan.weighted) | dominates(sizes[..., plan.own]) | dominates(sizes[..., ~plan.own])
    return np.where(alike[..., None], 1.0, sizes)


def _gaps(plan: PlannedClusters, ways: Flags, sizes: Floats, values: Floats) -> Floats:
    """Return the differences of a trial's values under other assignments."""
    weights = _counted(plan, sizes)
    sums = ways @ np.stack([weights * values, weights], axis=1)
    rest = np.array([weights @ values, weights.sum()]) - sums
    return np.asarray(sums[:, 0] / sums[:, 1] - rest[:, 0] / rest[:, 1])


@lru_cache(maxsize=64)
def _limits(plan: PlannedClusters, *, permuted: bool) -> tuple[Floats, Floats, Floats]:
    """Return of drawn trials how far the limits lie below and above the difference, the wider of t and, where it leads,
    the permutation, and its standard error."""
    rng = np.random.default_rng(1)
    sizes, own = plan.sizes(rng), plan.own
    variance = plan.icc + (1 - plan.icc) / sizes
    means = np.sqrt(variance) * rng.normal(size=sizes.shape)
    value, reach, df = _compared(plan, sizes, means)
    weights = _counted(plan, sizes)
    weights = weights / np.where(own, (weights * own).sum(axis=1)[:, None], (weights * ~own).sum(axis=1)[:, None])
    ends = np.stack([-reach, reach])
    led = np.flatnonzero(_led(plan, df) & permuted)
    if len(led):
        ways = plan.ways(rng)
        for trial in led:
            effects, shares = (_gaps(plan, ways, sizes[trial], each) for each in (means[trial], own.astype(float)))
            low, high = Dealt(float(value[trial]), effects, shares, plan.exact).limits(1 - plan.alpha)
            if low is None or high is None:
                ends[:, trial] = -np.inf, np.inf
            else:
                ends[:, trial] = min(low - value[trial], -reach[trial]), max(high - value[trial], reach[trial])
    return ends[0], ends[1], np.sqrt((weights**2 * variance).sum(axis=1))


@lru_cache(maxsize=64)
def _ancova_limits(plan: PlannedClusters) -> tuple[Floats, Floats, Floats]:
    """Return the same of ANCOVA with one covariate, HC2 errors and t with Satterthwaite's degrees of freedom."""
    from scipy.special import stdtrit

    rng, units = np.random.default_rng(1), len(plan.own)
    variance = (1 - plan.r2) * (plan.icc + (1 - plan.icc) / plan.sizes(rng))
    known, y = rng.normal(size=variance.shape), np.sqrt(variance) * rng.normal(size=variance.shape)
    arm, known, y = plan.own - plan.own.mean(), *(each - each.mean(axis=1)[:, None] for each in (known, y))
    squares = (known**2).sum(axis=1)[:, None]
    left, rest = (each - known * ((known * each).sum(axis=1)[:, None] / squares) for each in (arm, y))
    pull = left / (left**2).sum(axis=1)[:, None]
    residuals = rest - left * (pull * y).sum(axis=1)[:, None]
    columns = np.stack(
        [np.full(known.shape, units**-0.5), known / np.sqrt(squares), left / np.sqrt((left**2).sum(axis=1))[:, None]],
        axis=2,
    )
    leverage = (columns**2).sum(axis=2)
    weights = pull**2 / (1 - leverage)
    meat = columns.swapaxes(1, 2) @ (weights[:, :, None] * columns)
    spread = (weights**2 * (1 - 2 * leverage)).sum(axis=1) + (meat**2).sum(axis=(1, 2))
    total = (pull**2).sum(axis=1) ** 2
    df = np.divide(total, spread, out=np.ones(len(total)), where=spread > 0)
    reach = stdtrit(df, 1 - plan.alpha / 2) * np.sqrt((weights * residuals**2).sum(axis=1))
    return -reach, reach, np.sqrt((pull**2 * variance).sum(axis=1))
