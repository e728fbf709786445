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

from analytics.experiments.estimators.panel import Panel
from analytics.experiments.input.periods import elapsed

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Influence = Callable[[Floats], Floats]
There = NDArray[np.bool_] | slice
"""Which of the effects asked for can be estimated: a slice where all can."""
BLOCK = 2**21
"""Changes held at once: units of a block × effects."""


@dataclass(frozen=True)
class Comparisons:
    """Effects to be estimated, by group, period and base (indices): all groups, and of each all periods but the first;
    `sides` (2 × groups × effects), 1 or 0, says which groups are treated and which compared; `groups` in order, the
    never treated last; `own`: each unit's place there."""

    group: Whole
    period: Whole
    base: Whole
    sides: Floats
    groups: Whole
    own: Whole

    @cached_property
    def member(self) -> Floats:
        """Return which units (columns) are of which group (rows)."""
        return np.asarray(np.arange(len(self.groups))[:, None] == self.own, dtype=float)

    @cached_property
    def sizes(self) -> Whole:
        """Return how many units each group has."""
        return np.bincount(self.own, minlength=len(self.groups))

    def units(self) -> tuple[NDArray[np.intp], list[slice]]:
        """Return an order of the units in which each group stands together, and where it stands."""
        ends = np.cumsum(self.sizes).tolist()
        return np.argsort(self.own.astype(np.uint16), kind="stable"), list(map(slice, [0, *ends], ends))

    def net(self, weights: Floats, scale: Floats) -> Floats:
        """Return aggregates × groups × periods: what `scale` (period and base × groups × effects) at the period less
        that at the base sums to, by the weights of all effects (aggregates × effects)."""
        groups, periods = len(self.groups), len(self.period) // (len(self.groups) - 1) + 1
        each, (up, down) = weights.reshape(-1, groups - 1, periods - 1), scale.reshape(2, groups, groups - 1, -1)
        after = (self.period >= self.group).reshape(groups - 1, -1)
        total = np.zeros((len(weights), groups, periods))
        later = each * after
        total[:, :, 1:] = _over_groups(each, up)
        total[:, :, :-1] -= _over_groups(each - later, down)
        based = later.swapaxes(0, 1) @ down.transpose(1, 2, 0)  # groups treated × aggregates × groups
        total[:, :, self.groups[:-1] - 1] -= based.transpose(1, 2, 0)
        return total


def _over_groups(each: Floats, scale: Floats) -> Floats:
    """Return aggregates × groups × periods, summed over the groups treated (second of each: aggregates × groups treated
    × periods, and of scale: groups × groups treated × periods)."""
    return np.asarray((each.transpose(2, 0, 1) @ scale.transpose(2, 1, 0)).transpose(1, 2, 0))


@dataclass(frozen=True)
class GroupTimes:
    """Effects `att` with their group, period and time since start `event`: those `asked` for that are `there`.

    `sizes`: the groups' shares of all that was measured. `scale`, period and base × groups × all
    effects asked for: by how much an effect rises with an outcome of the group in its period, and falls with one in its
    base; None where it is no sum of outcomes. `influence` gives of aggregates' weights (aggregates × effects) what each
    unit adds to them (aggregates × units).
    """

    asked: Comparisons
    there: There
    group: Whole
    period: Whole
    event: Floats
    att: Floats
    sizes: Floats
    scale: Floats | None
    influence: Influence

    @property
    def groups(self) -> Whole:
        """Return the first treated periods in order, the never treated last."""
        return self.asked.groups

    @property
    def own(self) -> Whole:
        """Return each unit's place among the groups."""
        return self.asked.own

    @cached_property
    def member(self) -> Floats:
        """Return which effects (rows) are of which group (columns)."""
        return np.asarray(self.asked.sides[0].T[self.there])

    @cached_property
    def share(self) -> Floats:
        """Return each effect's group as a share of all units."""
        return self.member @ self.sizes

    def by_outcome(self, weights: Floats) -> Floats:
        """Return aggregates × groups × periods: by how much each aggregate rises with an outcome there."""
        if self.scale is None:
            raise ValueError("an effect given covariates is no sum of outcomes")
        return self.asked.net(_among_all(weights, self.there), self.scale)


def _among_all(weights: Floats, there: There) -> Floats:
    """Return weights of the effects that are there as weights of all asked for."""
    if isinstance(there, slice):
        return weights
    total = np.zeros((len(weights), len(there)))
    total[:, there] = weights
    return total


def group_times(panel: Panel) -> GroupTimes:
    """Return all group-time effects that have both treated and comparison units."""
    asked = comparisons(panel)
    return _of_changes(panel, asked) if panel.holes and panel.persons is None else _of_levels(panel, asked)


def comparisons(panel: Panel) -> Comparisons:
    """Return every group's effect in every period but the first."""
    last = len(panel.periods)
    groups, place = np.append(panel.groups, last), np.empty(last + 1, dtype=np.int64)
    place[groups] = np.arange(len(groups))  # NEVER, −1, finds the last
    group, period = panel.groups.repeat(last - 1), np.resize(np.arange(1, last), len(panel.groups) * (last - 1))
    sides = np.empty((2, len(groups), len(group)))
    sides[0] = groups[:, None] == group
    sides[1] = groups[:, None] > (period if panel.comparison == "not_yet" else last - 1)
    sides[1] *= 1 - sides[0]
    return Comparisons(group, period, np.minimum(period, group) - 1, sides, groups, place[panel.group])


def found_where(
    there: There, panel: Panel, asked: Comparisons, att: Floats, sizes: Floats, scale: Floats | None,
    influence: Influence,
) -> GroupTimes:  # fmt: skip
    """Return the effects that are `there`; att and scale: of all asked for, influence: of those there."""
    times, group, period = elapsed(panel.periods), asked.group[there], asked.period[there]
    event = times[period] - times[group]
    return GroupTimes(asked, there, group, period, event, att[there], sizes, scale, influence)


def _there(known: Floats) -> There:
    """Return where somebody was measured on both sides; known: treated and compared × … × effects."""
    if known.min() > 0:
        return slice(None)
    return np.asarray((known > 0).reshape(-1, known.shape[-1]).all(axis=0))


def _of_levels(panel: Panel, asked: Comparisons) -> GroupTimes:
    """Return the effects as differences of mean levels: of the same units, or of other persons in each period."""
    n, y = np.ones((1, len(asked.own))) if panel.persons is None else panel.persons, panel.sums
    y = y - y.sum() * len(n) / (n.sum() * len(y)) * n  # what all share leaves the effects, not the digits
    counts, sums = (asked.member @ n.T) * np.ones(len(y)), asked.member @ y.T
    at = np.array([asked.period, asked.base])
    measured, summed = (each[:, at].swapaxes(0, 1)[:, None] for each in (counts, sums))
    known = (asked.sides * measured).sum(axis=2)  # period and base × treated and compared × effects
    share = asked.sides / np.maximum(known, 1)[:, :, None]
    mean = (share * summed).sum(axis=2)
    there, scale, gap = _there(known), share[:, 0] - share[:, 1], mean[:, 0] - mean[:, 1]

    def influence(weights: Floats) -> Floats:
        weights, (order, places) = _among_all(weights, there), asked.units()
        pull, lost = asked.net(weights, scale), np.subtract(*(share * mean[:, :, None]).swapaxes(0, 1))
        rest = None if panel.persons is None else asked.net(weights, lost)
        fall, sorted_y, total = weights @ (lost[0] - lost[1]).T, y[:, order], np.empty((len(weights), len(asked.own)))
        for place, units in enumerate(places):
            less = fall[:, [place]] if rest is None else rest[:, place] @ n[:, order[units]]
            total[:, units] = pull[:, place] @ sorted_y[:, units] - less
        return np.asarray(total[:, np.argsort(order)])

    return found_where(there, panel, asked, gap[0] - gap[1], asked.member @ panel.part, scale, influence)


def _of_changes(panel: Panel, asked: Comparisons) -> GroupTimes:
    """Return the effects as mean changes of the units measured in both periods."""
    sums, counts = np.zeros((2, len(asked.groups), len(asked.period)))
    for units, change in changes(panel, asked.period, asked.base):
        seen = ~np.isnan(change)
        sums += asked.member[:, units] @ np.where(seen, change, 0.0).T
        counts += asked.member[:, units] @ seen.T
    one, none = asked.sides
    n1, n0 = (one * counts).sum(axis=0), (none * counts).sum(axis=0)
    there = _there(np.array([n1, n0]))
    n1, n0 = np.maximum(n1, 1), np.maximum(n0, 1)
    mean1, mean0 = (one * sums).sum(axis=0) / n1, (none * sums).sum(axis=0) / n0
    means, scale = np.where(one, mean1, mean0)[:, there], one / n1 - none / n0
    kept, at = scale[:, there], (asked.period[there], asked.base[there])

    def influence(weights: Floats) -> Floats:
        total = np.empty((len(weights), len(asked.own)))
        for units, change in changes(panel, *at):
            own = asked.own[units]
            scaled = (change - means.T[:, own]) * kept.T[:, own]
            total[:, units] = weights @ np.nan_to_num(scaled, copy=False)
        return total

    sizes = asked.member @ panel.part
    return found_where(there, panel, asked, mean1 - mean0, sizes, np.stack([scale, scale]), influence)


def changes(panel: Panel, period: Whole, base: Whole) -> Iterator[tuple[slice, Floats]]:
    """Return the changes behind the effects (effects × units), a block of units at a time."""
    step = max(1, BLOCK // max(1, len(period)))
    for start in range(0, panel.outcome.shape[1], step):
        units = slice(start, start + step)
        outcome = panel.outcome[:, units]
        yield units, outcome[period] - outcome[base]


def weight_influence(weights: Floats, effects: Floats, shares: Floats, member: Floats) -> Floats:
    """Return what estimating the group sizes adds to the influence function, aggregates × groups.

    weights: aggregates × effects, in proportion to `shares`; member: effects × groups.
    """
    used = weights > 0
    gaps = used * (effects - (weights @ effects)[:, None])
    return np.asarray((gaps / (used @ shares)[:, None]) @ member)
