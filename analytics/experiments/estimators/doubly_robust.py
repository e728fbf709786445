"""Group-time effects given covariates: parallel paths are asked for only among units alike in what was known before.

Doubly robust: right where the changes of the comparison, or the chance of being treated, is well described.
Source: Sant'Anna & Zhao (2020), Journal of Econometrics 219:101–122; Callaway & Sant'Anna (2021).
"""

import numpy as np
from numpy.typing import NDArray

from analytics.experiments.estimators.group_time import GroupTimes, comparisons, found_where
from analytics.experiments.estimators.panel import Panel
from analytics.experiments.estimators.regression_adjustment import standardised
from analytics.results import NotEstimable

Floats = NDArray[np.float64]
STEPS, ENOUGH = 50, 1e-10
CERTAIN, ODD = 0.999, 0.995
"""A chance of being treated that tells the group; above the second, a comparison unit is like nobody and left out."""


def adjusted_group_times(panel: Panel) -> GroupTimes | NotEstimable:
    """Return all group-time effects given the covariates of the earlier of the two periods; not estimable where one
    effect is not: too few to compare, covariates that tell the group, or ones that tell each other."""
    if panel.persons is not None:
        return NotEstimable("needs_same_units")
    if panel.covariates is None:
        return NotEstimable("covariates_missing")
    asked, n = comparisons(panel), len(panel.group)
    parts: list[tuple[NDArray[np.intp], Floats]] = []
    att, there = np.zeros(len(asked.group)), np.zeros(len(asked.group), dtype=bool)
    for place, (period, base) in enumerate(zip(asked.period, asked.base, strict=True)):
        change = panel.outcome[period] - panel.outcome[base]
        one, none = asked.sides[:, asked.own, place] > 0
        units = np.flatnonzero((one | none) & ~np.isnan(change))
        if not one[units].any() or not none[units].any():
            continue
        found = doubly_robust_change(panel.covariates[base, units], change[units], one[units])
        if isinstance(found, NotEstimable):
            return found
        att[place], there[place] = found[0], True
        parts.append((units, found[1]))

    def influence(weights: Floats) -> Floats:
        total = np.zeros((len(weights), n))
        for weight, (units, each) in zip(weights.T, parts, strict=True):
            total[:, units] += weight[:, None] * each
        return total

    return found_where(there, panel, asked, att, asked.member @ panel.part, None, influence)


def doubly_robust_change(
    columns: Floats, change: Floats, treated: NDArray[np.bool_]
) -> tuple[float, Floats] | NotEstimable:
    """Return how much more the treated changed than they would have, given their covariates, and what each unit adds.

    columns: units × covariates; change: of each unit; the squares of what the units add sum to the variance.
    """
    x = np.column_stack([np.ones(len(change)), standardised(columns)])
    none = ~treated
    if none.sum() <= x.shape[1] or np.linalg.matrix_rank(x[none]) < x.shape[1]:
        return NotEstimable("covariates_dependent")
    chance = _chance(x, treated)
    if chance is None:
        return NotEstimable("covariates_no_overlap")
    bread = np.linalg.inv(x[none].T @ x[none])
    left = change - x @ (bread @ (x[none].T @ change[none]))
    odds = np.where(none & (chance < ODD), chance / (1 - chance), 0.0)
    weight1, weight0 = treated / treated.sum(), odds / odds.sum()
    mean1, mean0 = weight1 @ left, weight0 @ left
    by_slope = (none * left)[:, None] * x @ bread
    by_chance = (treated - chance)[:, None] * x @ np.linalg.inv(x.T @ (x * (chance * (1 - chance))[:, None]))
    adds = (
        weight1 * (left - mean1) - weight0 * (left - mean0)
        - by_chance @ ((weight0 * (left - mean0)) @ x) - by_slope @ ((weight1 - weight0) @ x)
    )  # fmt: skip
    return float(mean1 - mean0), adds


def _chance(x: Floats, treated: NDArray[np.bool_]) -> Floats | None:
    """Return each unit's chance of being treated by logistic regression (Newton); None where covariates tell it."""
    slopes = np.zeros(x.shape[1])
    slopes[0] = np.log(treated.sum() / (~treated).sum())
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(x @ slopes, -30, 30)))
        if chance.max() >= CERTAIN:
            return None
        step = np.linalg.solve(x.T @ (x * (chance * (1 - chance))[:, None]), x.T @ (treated - chance))
        slopes += step
        if np.abs(step).max() < ENOUGH:
            return np.asarray(1 / (1 + np.exp(-(x @ slopes))))
    return None
