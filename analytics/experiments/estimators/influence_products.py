"""How uncertain aggregates of group-time effects are: products of what was assigned adds to them, summed by start.

Errors, degrees of freedom and bands need no more. Where each unit is its own and has every period, the products follow
from how outcomes spread within the groups, and no unit's own share is worked out.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from analytics.experiments.estimators.group_time import GroupTimes
from analytics.experiments.estimators.panel import Panel
from analytics.experiments.input.sufficient_statistics import ROUNDING

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Products:
    """Of aggregates: `total`, aggregates × aggregates, the products summed over all that was assigned; `parts`,
    aggregates × starts, the squares by start; `sizes`: how many units or clusters each start has, or, with holes, how
    many of them add anything (aggregates × starts)."""

    total: Floats
    parts: Floats
    sizes: Whole | Floats

    @cached_property
    def errors(self) -> Floats:
        """Return the aggregates' standard errors."""
        return np.asarray(np.sqrt(self.parts.sum(axis=1)))

    @cached_property
    def freedom(self) -> Floats:
        """Return Satterthwaite's degrees of freedom: each starting group has one less than its units or clusters, and
        the never treated too."""
        total = self.parts.sum(axis=1)
        share = np.divide(self.parts, total[:, None], out=np.zeros(self.parts.shape), where=total[:, None] > 0)
        spread = (share**2 / np.maximum(self.sizes - 1, 1)).sum(axis=1)
        return np.asarray(np.divide(1.0, spread, out=np.ones(len(spread)), where=spread > 0))


def influence_products(panel: Panel, cells: GroupTimes, weights: Floats, added: Floats, assigned: Whole) -> Products:
    """Return the products of aggregates.

    weights: aggregates × effects; added: aggregates × groups, what estimating the groups' sizes adds; assigned: the
    first treated period of each unit, or of each cluster.
    """
    alone = panel.cluster is None and panel.persons is None and not panel.holes
    if alone and cells.scale is not None:
        return _by_group(panel, cells, weights, added)
    bare = summed(panel, cells.influence(weights))
    rows = bare + summed(panel, added[:, cells.own] * panel.part)
    own = np.unique(assigned, return_inverse=True)[1]
    member = (np.arange(own.max() + 1) == own[:, None]).astype(float)
    rows = rows if panel.cluster is None else rows / _held(panel, member)
    sizes = (bare != 0) @ member if panel.holes and panel.persons is None else np.bincount(own)
    return Products(rows @ rows.T, rows**2 @ member, sizes)


def _by_group(panel: Panel, cells: GroupTimes, weights: Floats, added: Floats) -> Products:
    sizes, pull = cells.asked.sizes, cells.by_outcome(weights)
    means, spread = _means_and_spread(cells, panel.outcome - panel.outcome[0])  # no effect holds a unit's own level
    half, extra = (pull.swapaxes(0, 1) @ spread).swapaxes(0, 1), weights @ _apart(cells, means).T
    extra = (extra + added / len(panel.group)) * np.sqrt(sizes)
    parts = (half * pull).sum(axis=2) + extra**2
    flat, other = (each.reshape(len(weights), -1) for each in (pull, half))
    return Products(other @ flat.T + extra @ extra.T, np.maximum(parts, 0), sizes)


def _means_and_spread(cells: GroupTimes, changes: Floats) -> tuple[Floats, Floats]:
    """Return each group's mean changes (groups × periods), and the products of its units' about them (groups × periods
    × periods); changes: periods × units."""
    sizes, (order, places) = cells.asked.sizes, cells.asked.units()
    means = (cells.asked.member @ changes.T) / np.maximum(sizes, 1)[:, None]
    left = changes.take(order, axis=1) - means.repeat(sizes, axis=0).T
    spread = np.empty((len(places), len(left), len(left)))
    for place, units in enumerate(places):
        part = left[:, units]
        np.matmul(part, part.T, out=spread[place])
    return means, spread


def _apart(cells: GroupTimes, means: Floats) -> Floats:
    """Return groups × effects: what a unit adds because its group changes otherwise than all it is compared with."""
    base, (one, none) = cells.asked.base[cells.there], cells.asked.sides[:, :, cells.there]
    change = means[:, cells.period] - means[:, base]
    scale = 0.0 if cells.scale is None else cells.scale[0][:, cells.there]
    return np.asarray(scale * none * (change - ((one * change).sum(axis=0) - cells.att)))


def _held(panel: Panel, member: Floats) -> Floats:
    """Return by how much each cluster's own part of its starting group, whose mean it makes, pulls its share of the
    influence towards zero: CR2 (Bell & McCaffrey 2002). One alone in its group has no error to correct."""
    part = summed(panel, panel.part[None])[0]
    among = member @ (part @ member)
    return np.asarray(np.sqrt(np.where(part < among * (1 - ROUNDING), 1 - part / among, 1.0)))


def summed(panel: Panel, rows: Floats) -> Floats:
    """Return influence functions (rows) summed by cluster; unchanged where every unit is its own."""
    if panel.cluster is None:
        return rows
    order = np.argsort(panel.cluster, kind="stable")
    first = np.flatnonzero(np.diff(panel.cluster[order], prepend=-1))
    return np.asarray(np.add.reduceat(rows[:, order], first, axis=1))
