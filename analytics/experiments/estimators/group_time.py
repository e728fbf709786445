"""Callaway and Sant'Anna (2021) group-time effects without covariates, in matrix form.

For group g and period t the effect is the mean change of g from its base period less that of the comparison units.
Base: the period before g's start for t ≥ g, the period before t for t < g. An aggregate is a weighted sum of these
effects; its influence function is summed by blocks of units, so no units × effects matrix is ever held whole.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from analytics.experiments.estimators.panel import NEVER, Panel
from analytics.experiments.input.periods import elapsed

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
BLOCK = 2**21
"""Changes held at once: units of a block × effects."""


@dataclass(frozen=True)
class GroupTimes:
    """Effects `att` with their group, period and base (indices) and time since start `event`.

    `groups`: first treated periods in order, the never treated last; `sizes`: their shares of all units; `own`: each
    unit's place among them. `means` and `scale`, groups × effects: the mean change of the side on which a group's
    units stand, and 1/n of that side, negative for the comparison, 0 where they stand on none.
    """

    group: Whole
    period: Whole
    base: Whole
    event: Floats
    att: Floats
    groups: Whole
    sizes: Floats
    own: Whole
    means: Floats
    scale: Floats

    @cached_property
    def member(self) -> NDArray[np.bool_]:
        """Return which effects (rows) are of which group (columns)."""
        return np.asarray(self.group[:, None] == self.groups)

    @cached_property
    def share(self) -> Floats:
        """Return each effect's group as a share of all units."""
        return self.member @ self.sizes


def group_times(panel: Panel) -> GroupTimes:
    """Return all group-time effects that have both treated and comparison units."""
    last = len(panel.periods)
    groups = np.append(panel.groups, last)
    own = np.searchsorted(groups, np.where(panel.group == NEVER, last, panel.group))
    place, earlier = np.divmod(np.arange(len(panel.groups) * (last - 1)), last - 1)
    group, period = panel.groups[place], earlier + 1
    base = np.where(period >= group, group, period) - 1
    one = groups[:, None] == group
    none = groups[:, None] > (np.maximum(period, base) if panel.comparison == "not_yet" else last - 1)
    none = none & ~one
    sums, counts = _pooled(panel, own, len(groups), period, base)
    n1, n0 = (one * counts).sum(axis=0), (none * counts).sum(axis=0)
    there = (n1 > 0) & (n0 > 0)
    n1, n0 = np.maximum(n1, 1), np.maximum(n0, 1)
    mean1, mean0 = (one * sums).sum(axis=0) / n1, (none * sums).sum(axis=0) / n0
    sizes = np.bincount(own, minlength=len(groups)) / len(own)
    times = elapsed(panel.periods)
    event = times[period] - times[group]
    return GroupTimes(
        group[there], period[there], base[there], event[there], (mean1 - mean0)[there], groups, sizes, own,
        means=np.where(one, mean1, mean0)[:, there], scale=(one / n1 - none / n0)[:, there],
    )  # fmt: skip


def _pooled(panel: Panel, own: Whole, groups: int, period: Whole, base: Whole) -> tuple[Floats, Floats]:
    """Return the sum of changes and the number of units that have one, groups × effects."""
    member = (np.arange(groups)[:, None] == own).astype(float)
    if not panel.holes:
        sums = member @ panel.outcome.T
        return sums[:, period] - sums[:, base], member.sum(axis=1)[:, None]
    sums, counts = np.zeros((2, groups, len(period)))
    for units, change in _changes(panel, period, base):
        seen = ~np.isnan(change)
        sums += member[:, units] @ np.where(seen, change, 0.0).T
        counts += member[:, units] @ seen.T
    return sums, counts


def _changes(panel: Panel, period: Whole, base: Whole) -> Iterator[tuple[slice, Floats]]:
    """Return the changes behind the effects (effects × units), a block of units at a time."""
    step = max(1, BLOCK // max(1, len(period)))
    for start in range(0, panel.outcome.shape[1], step):
        units = slice(start, start + step)
        outcome = panel.outcome[:, units]
        yield units, outcome[period] - outcome[base]


def influence(panel: Panel, cells: GroupTimes, weights: Floats) -> Floats:
    """Return the influence function of aggregates (aggregates × units) with fixed weights (aggregates × effects)."""
    n = len(panel.group)
    total = np.empty((len(weights), n))
    for units, change in _changes(panel, cells.period, cells.base):
        own = cells.own[units]
        scaled = (change - cells.means.T[:, own]) * cells.scale.T[:, own]
        total[:, units] = weights @ (np.nan_to_num(scaled, copy=False) if panel.holes else scaled)
    return total * n


def weight_influence(weights: Floats, effects: Floats, shares: Floats, member: NDArray[np.bool_]) -> Floats:
    """Return what estimating the group sizes adds to the influence function, aggregates × groups.

    weights: aggregates × effects, in proportion to `shares`; member: effects × groups.
    """
    used = weights > 0
    gaps = used * (effects - (weights @ effects)[:, None])
    return np.asarray((gaps / (used @ shares)[:, None]) @ member)
