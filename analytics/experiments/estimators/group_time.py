"""Callaway and Sant'Anna (2021) group-time effects without covariates, in matrix form.

For group g and period t the effect is the mean change of g from its base period less that of the comparison units.
Base: the period before g's start for t ≥ g, the period before t for t < g. An aggregate is a weighted sum of these
effects. Where every unit has every period, and where other persons are measured in each, it is a weighted sum of levels
too, so its influence function needs no unit's changes; with holes those are summed by blocks of units.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from analytics.experiments.estimators.panel import NEVER, Panel
from analytics.experiments.input.periods import elapsed

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Influence = Callable[[Floats], Floats]
BLOCK = 2**21
"""Changes held at once: units of a block × effects."""


@dataclass(frozen=True)
class Comparisons:
    """Effects to be estimated, by group, period and base (indices): `one` and `none` (groups × effects) say which
    groups are treated and which compared; `groups` in order, the never treated last; `own`: each unit's place there."""

    group: Whole
    period: Whole
    base: Whole
    one: NDArray[np.bool_]
    none: NDArray[np.bool_]
    groups: Whole
    own: Whole

    @cached_property
    def member(self) -> Floats:
        """Return which units (columns) are of which group (rows)."""
        return np.asarray(np.arange(len(self.groups))[:, None] == self.own, dtype=float)


@dataclass(frozen=True)
class GroupTimes:
    """Effects `att` with their group, period and base (indices) and time since start `event`.

    `groups`: first treated periods in order, the never treated last; `sizes`: their shares of all that was measured;
    `own`: each unit's place among them, `part`: its share. `scale`, groups × effects: by how much an effect rises with
    an outcome of the group in its period, and falls with one in its base. `influence` gives of aggregates' weights
    (aggregates × effects) what each unit adds to them (aggregates × units).
    """

    group: Whole
    period: Whole
    base: Whole
    event: Floats
    att: Floats
    groups: Whole
    sizes: Floats
    own: Whole
    part: Floats
    scale: tuple[Floats, Floats]
    influence: Influence

    @cached_property
    def member(self) -> NDArray[np.bool_]:
        """Return which effects (rows) are of which group (columns)."""
        return np.asarray(self.group[:, None] == self.groups)

    @cached_property
    def share(self) -> Floats:
        """Return each effect's group as a share of all units."""
        return self.sizes[np.searchsorted(self.groups, self.group)]


def group_times(panel: Panel) -> GroupTimes:
    """Return all group-time effects that have both treated and comparison units."""
    asked = comparisons(panel)
    return _of_changes(panel, asked) if panel.holes and panel.persons is None else _of_levels(panel, asked)


def comparisons(panel: Panel) -> Comparisons:
    """Return every group's effect in every period but the first."""
    last = len(panel.periods)
    groups = np.append(panel.groups, last)
    own = np.searchsorted(groups, np.where(panel.group == NEVER, last, panel.group))
    place, earlier = np.divmod(np.arange(len(panel.groups) * (last - 1)), last - 1)
    group, period = panel.groups[place], earlier + 1
    base = np.where(period >= group, group, period) - 1
    one = groups[:, None] == group
    none = groups[:, None] > (np.maximum(period, base) if panel.comparison == "not_yet" else last - 1)
    return Comparisons(group, period, base, one, none & ~one, groups, own)


def found_where(
    there: NDArray[np.bool_], panel: Panel, asked: Comparisons, att: Floats, sizes: Floats, part: Floats,
    scale: tuple[Floats, Floats], influence: Influence,
) -> GroupTimes:  # fmt: skip
    """Return the effects that are `there`; scale: groups × all effects asked for, influence: of those there."""
    times = elapsed(panel.periods)
    group, period, base = asked.group[there], asked.period[there], asked.base[there]
    return GroupTimes(
        group, period, base, times[period] - times[group], att[there], asked.groups, sizes, asked.own, part,
        (scale[0][:, there], scale[1][:, there]), influence,
    )  # fmt: skip


def net(weights: Floats, asked: tuple[Whole, Whole], scale: tuple[Floats, Floats], periods: int) -> Floats:
    """Return aggregates × groups × periods: what `scale` at the period less that at the base sums to."""
    later, earlier = ((place[:, None] == np.arange(periods)).astype(float) for place in asked)
    total = np.empty((len(weights), len(scale[0]), periods))
    for group, (up, down) in enumerate(zip(*scale, strict=True)):
        used = np.flatnonzero((up != 0) | (down != 0))
        part = weights[:, used]
        total[:, group] = (part * up[used]) @ later[used] - (part * down[used]) @ earlier[used]
    return total


def _of_levels(panel: Panel, asked: Comparisons) -> GroupTimes:
    """Return the effects as differences of mean levels: of the same units, or of other persons in each period."""
    n, y = np.ones(panel.outcome.shape) if panel.persons is None else panel.persons, panel.sums
    y = y - y.sum() / n.sum() * n  # what all share leaves the effects, not the digits
    counts, sums = asked.member @ n.T, asked.member @ y.T
    scale, fall, att, there = [], [], np.zeros(len(asked.group)), np.ones(len(asked.group), dtype=bool)
    for sign, time in ((1, asked.period), (-1, asked.base)):
        known = [np.einsum("ge,ge->e", side, counts[:, time]) for side in (asked.one, asked.none)]
        there = there & (known[0] > 0) & (known[1] > 0)
        one, none = (side / np.maximum(count, 1) for side, count in zip((asked.one, asked.none), known, strict=True))
        mean1, mean0 = (np.einsum("ge,ge->e", side, sums[:, time]) for side in (one, none))
        att = att + sign * (mean1 - mean0)
        scale.append(one - none)
        fall.append(one * mean1 - none * mean0)
    at = asked.period[there], asked.base[there]
    kept, lost = ((first[:, there], second[:, there]) for first, second in (scale, fall))

    def influence(weights: Floats) -> Floats:
        order, total = np.argsort(asked.own, kind="stable"), np.empty((len(weights), n.shape[1]))
        pull = net(weights, at, kept, len(panel.periods))
        rest = None if panel.persons is None else net(weights, at, lost, len(panel.periods))
        ends = np.cumsum(np.bincount(asked.own, minlength=len(asked.groups))).tolist()
        fall, sorted_y = weights @ (lost[0] - lost[1]).T, y[:, order]
        for place, units in enumerate(map(slice, [0, *ends], ends)):
            less = fall[:, [place]] if rest is None else rest[:, place] @ n[:, order[units]]
            total[:, units] = pull[:, place] @ sorted_y[:, units] - less
        return np.asarray(total[:, np.argsort(order)])

    sizes = counts.sum(axis=1) / counts.sum()
    part = n.sum(axis=0) / n.sum()
    return found_where(there, panel, asked, att, sizes, part, (scale[0], scale[1]), influence)


def _of_changes(panel: Panel, asked: Comparisons) -> GroupTimes:
    """Return the effects as mean changes of the units measured in both periods."""
    sums, counts = np.zeros((2, len(asked.groups), len(asked.period)))
    for units, change in changes(panel, asked.period, asked.base):
        seen = ~np.isnan(change)
        sums += asked.member[:, units] @ np.where(seen, change, 0.0).T
        counts += asked.member[:, units] @ seen.T
    n1, n0 = (asked.one * counts).sum(axis=0), (asked.none * counts).sum(axis=0)
    there = (n1 > 0) & (n0 > 0)
    n1, n0 = np.maximum(n1, 1), np.maximum(n0, 1)
    mean1, mean0 = (asked.one * sums).sum(axis=0) / n1, (asked.none * sums).sum(axis=0) / n0
    means, scale = np.where(asked.one, mean1, mean0)[:, there], asked.one / n1 - asked.none / n0
    kept, at = scale[:, there], (asked.period[there], asked.base[there])

    def influence(weights: Floats) -> Floats:
        total = np.empty((len(weights), len(asked.own)))
        for units, change in changes(panel, *at):
            own = asked.own[units]
            scaled = (change - means.T[:, own]) * kept.T[:, own]
            total[:, units] = weights @ np.nan_to_num(scaled, copy=False)
        return total

    n = len(asked.own)
    return found_where(there, panel, asked, mean1 - mean0, asked.member.sum(axis=1) / n, np.full(n, 1 / n),
                       (scale, scale), influence)  # fmt: skip


def changes(panel: Panel, period: Whole, base: Whole) -> Iterator[tuple[slice, Floats]]:
    """Return the changes behind the effects (effects × units), a block of units at a time."""
    step = max(1, BLOCK // max(1, len(period)))
    for start in range(0, panel.outcome.shape[1], step):
        units = slice(start, start + step)
        outcome = panel.outcome[:, units]
        yield units, outcome[period] - outcome[base]


def weight_influence(weights: Floats, effects: Floats, shares: Floats, member: NDArray[np.bool_]) -> Floats:
    """Return what estimating the group sizes adds to the influence function, aggregates × groups.

    weights: aggregates × effects, in proportion to `shares`; member: effects × groups.
    """
    used = weights > 0
    gaps = used * (effects - (weights @ effects)[:, None])
    return np.asarray((gaps / (used @ shares)[:, None]) @ member)
