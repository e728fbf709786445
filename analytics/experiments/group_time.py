"""Callaway and Sant'Anna (2021) group-time effects without covariates, in matrix form.

For group g and period t the effect is the mean change of g from its base period less that of the comparison units.
Base: the period before g's start for t ≥ g, the period before t for t < g. An aggregate is a weighted sum of these
effects; its influence function is summed group by group, so no units × effects matrix is ever held.
"""

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
class Side:
    """One arm of one group's comparison: unit rows, their changes by period (1, 2, …), and who counts (None: all)."""

    sign: float
    rows: NDArray[np.int64]
    change: Floats
    counted: NDArray[np.bool_] | None

    @property
    def size(self) -> Floats:
        """Return the units counted in each period."""
        if self.counted is None:
            return np.full(self.change.shape[1], float(len(self.rows)))
        return np.asarray(self.counted.sum(axis=0), dtype=float)

    @property
    def means(self) -> Floats:
        """Return the mean change in each period, 0 where nobody counts."""
        return np.asarray(self.change.sum(axis=0) / np.maximum(self.size, 1))


def sides(panel: Panel, group: int) -> tuple[Side, Side]:
    """Return the treated and the comparison side of a group; a unit unobserved in either period does not count."""
    times = np.arange(1, panel.outcome.shape[1])
    base = np.where(times >= group, group - 1, times - 1)
    treated = np.flatnonzero(panel.group == group)
    if panel.comparison == "never":
        return _side(panel, 1.0, treated, base, None), _side(
            panel, -1.0, np.flatnonzero(panel.group == NEVER), base, None
        )
    start = np.where(panel.group == NEVER, np.iinfo(np.int64).max, panel.group)
    rows = np.flatnonzero((panel.group != group) & (start > 1))
    untreated = start[rows][:, None] > np.maximum(times, base)[None, :]
    return _side(panel, 1.0, treated, base, None), _side(panel, -1.0, rows, base, untreated)


def _side(
    panel: Panel, sign: float, rows: NDArray[np.int64], base: NDArray[np.int64], counted: NDArray[np.bool_] | None
) -> Side:
    outcome = panel.outcome[rows]
    change = outcome[:, 1:] - outcome[:, base]
    if panel.holes:
        seen = ~np.isnan(change)
        counted = seen if counted is None else counted & seen
    if counted is not None:
        change = np.where(counted, change, 0.0)
    return Side(sign, rows, change, counted)


def group_times(panel: Panel) -> GroupTimes:
    """Return all group-time effects that have both treated and comparison units."""
    groups, periods, effects = [], [], []
    for group in panel.groups:
        one, none = sides(panel, group)
        there = (one.size > 0) & (none.size > 0)
        groups.append(np.full(int(there.sum()), group))
        periods.append(np.flatnonzero(there) + 1)
        effects.append((one.means - none.means)[there])
    group_of, period = np.concatenate(groups), np.concatenate(periods)
    sizes = np.bincount(panel.group[panel.group != NEVER], minlength=len(panel.periods))[group_of].astype(float)
    event = panel.periods[period] - panel.periods[group_of]
    return GroupTimes(group_of, period, event, np.concatenate(effects), sizes)


def influence(panel: Panel, cells: GroupTimes, weights: Floats) -> Floats:
    """Return the influence function of aggregates (units × aggregates) with fixed weights (aggregates × effects)."""
    n = len(panel.group)
    total = np.zeros((n, len(weights)))
    for group in panel.groups:
        mine = cells.group == group
        used = np.flatnonzero(np.any(weights[:, mine] != 0, axis=1))
        spread = np.zeros((len(panel.periods) - 1, len(used)))
        spread[cells.period[mine] - 1] = weights[used][:, mine].T
        for side in sides(panel, group):
            centred = side.change - side.means
            if side.counted is not None:
                centred *= side.counted
            scaled = spread * (side.sign * n / np.maximum(side.size, 1))[:, None]
            total[side.rows[:, None], used] += centred @ scaled
    return total


def weight_influence(panel: Panel, cells: GroupTimes, weights: Floats) -> Floats:
    """Return what estimating the group sizes adds to the influence function of size-weighted aggregates."""
    n = len(panel.group)
    effects = weights @ cells.att
    shares = (weights > 0) * (cells.size / n)
    gaps = (weights > 0) * (cells.att[None, :] - effects[:, None]) / shares.sum(axis=1, keepdims=True)
    by_group = np.zeros((len(panel.periods) + 1, len(weights)))
    np.add.at(by_group, cells.group, gaps.T)
    return np.asarray(by_group[panel.group])
