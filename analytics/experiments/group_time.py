"""Callaway and Sant'Anna (2021) group-time effects without covariates, in matrix form.

For group g and period t the effect is the mean change of g from its base period less that of the comparison units.
Base: the period before g's start for t ≥ g, the period before t for t < g. An aggregate is a weighted sum of these
effects; its influence function is summed group by group, so no units × effects matrix is ever held.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.experiments.panel import NEVER, Panel

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class GroupTimes:
    """Effects `att` with their group and period (indices), time since start `event`, and group size."""

    group: NDArray[np.int64]
    period: NDArray[np.int64]
    event: Floats
    att: Floats
    size: Floats


@dataclass(frozen=True)
class Slice:
    """One group's changes (units × periods, NaN-free with `seen`), who is treated, who compares in each period."""

    group: int
    periods: NDArray[np.int64]
    change: Floats
    treated: NDArray[np.bool_]
    compared: NDArray[np.bool_]


def slices(panel: Panel) -> Iterator[Slice]:
    """Yield every group's changes; units unobserved in either period take no part in that change."""
    times = np.arange(1, panel.outcome.shape[1])
    start = np.where(panel.group == NEVER, np.iinfo(np.int64).max, panel.group)
    for group in panel.groups:
        base = np.where(times >= group, group - 1, times - 1)
        change = panel.outcome[:, times] - panel.outcome[:, base]
        seen = ~np.isnan(change)
        if panel.comparison == "never":
            compare = np.broadcast_to((panel.group == NEVER)[:, None], change.shape)
        else:
            compare = (start[:, None] > np.maximum(times, base)[None, :]) & (panel.group != group)[:, None]
        treated = (panel.group == group)[:, None] & seen
        yield Slice(group, times, np.where(seen, change, 0.0), treated, compare & seen)


def group_times(panel: Panel) -> GroupTimes:
    """Return all group-time effects that have both treated and comparison units."""
    groups, periods, effects = [], [], []
    for part in slices(panel):
        one, none = part.treated.sum(axis=0), part.compared.sum(axis=0)
        there = (one > 0) & (none > 0)
        att = _means(part.change, part.treated, one) - _means(part.change, part.compared, none)
        groups.append(np.full(int(there.sum()), part.group))
        periods.append(part.periods[there])
        effects.append(att[there])
    group, period = np.concatenate(groups), np.concatenate(periods)
    sizes = np.array([(panel.group == g).sum() for g in group], dtype=float)
    event = panel.periods[period] - panel.periods[group]
    return GroupTimes(group, period, event, np.concatenate(effects), sizes)


def influence(panel: Panel, cells: GroupTimes, weights: Floats) -> Floats:
    """Return the influence function of aggregates (units × aggregates) with fixed weights (aggregates × effects)."""
    n = len(panel.group)
    total = np.zeros((n, len(weights)))
    for part in slices(panel):
        mine = cells.group == part.group
        used = np.flatnonzero(np.any(weights[:, mine] != 0, axis=1))
        if not len(used):
            continue
        spread = np.zeros((len(part.periods), len(used)))
        spread[cells.period[mine] - 1] = weights[np.ix_(used, mine)].T
        for side, sign in ((part.treated, 1.0), (part.compared, -1.0)):
            rows = np.flatnonzero(side.any(axis=1))
            count = np.maximum(side.sum(axis=0), 1)
            centred = np.where(side[rows], part.change[rows] - _means(part.change, side, count), 0.0)
            total[np.ix_(rows, used)] += (sign * n / count * centred) @ spread
    return total


def weight_influence(panel: Panel, cells: GroupTimes, weights: Floats) -> Floats:
    """Return what estimating the group sizes adds to the influence function of size-weighted aggregates."""
    n = len(panel.group)
    effects = weights @ cells.att
    shares = (weights > 0) * (cells.size / n)
    gaps = (weights > 0) * (cells.att[None, :] - effects[:, None]) / shares.sum(axis=1, keepdims=True)
    added = np.zeros((n, len(weights)))
    for group in panel.groups:
        added[panel.group == group] = gaps[:, cells.group == group].sum(axis=1)
    return added


def _means(change: Floats, side: NDArray[np.bool_], count: NDArray[np.int64]) -> Floats:
    return np.asarray(np.einsum("ij,ij->j", change, side.astype(float)) / np.maximum(count, 1))
