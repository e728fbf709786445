"""Units by periods as one matrix, for staggered designs; what cannot be compared is named (E10, E11)."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.experiments.design.design import Design
from analytics.experiments.errors import NoBeforeError, NothingComparableError
from analytics.experiments.estimators.base import Remark, note
from analytics.experiments.input.arrays import Labels
from analytics.experiments.input.checks import Sample
from analytics.experiments.input.columns import missing

Floats = NDArray[np.float64]
NEVER = -1


@dataclass(frozen=True)
class Panel:
    """`outcome`: periods × units, NaN where not observed; `periods`: their times; `group`: index of each unit's first
    treated period, −1 for never; `cluster`: code of each unit's cluster, None where every unit is its own;
    `comparison`: never or not_yet; `names`: the units'; `told`: what the periods are called."""

    outcome: Floats
    periods: Floats
    group: NDArray[np.int64]
    cluster: NDArray[np.int64] | None
    comparison: str
    notes: tuple[Remark, ...] = ()
    names: tuple[str, ...] = ()
    told: tuple[str, ...] = ()

    @cached_property
    def holes(self) -> bool:
        """Say whether any unit lacks a period."""
        return bool(np.isnan(self.outcome).any())

    @cached_property
    def groups(self) -> NDArray[np.int64]:
        """Return the first treated periods that occur, in order."""
        return np.flatnonzero(np.bincount(self.group[self.group != NEVER]))


def panel_from(design: Design, sample: Sample) -> Panel:
    """Return the panel of a staggered sample, without units treated from the first period and without periods in
    which nobody is untreated; both are told in the notes."""
    table, labels = sample.table, sample.table.labels["unit"]
    periods, time = table.periods
    for role, unknown in (("unit", labels.blank), ("period", np.isnan(table["period"]))):
        if unknown.any():
            raise missing(design, getattr(design, role) or role, list(table.columns))
    start = np.where(np.isnan(table["start"]), np.inf, table["start"])
    if np.isinf(start).all():
        raise NothingComparableError(where=design.key, found="–", column=_start_name(design))
    seen = np.bincount(labels.codes, minlength=len(labels.names)) > 0
    unit = (np.cumsum(seen) - 1)[labels.codes]
    outcome = np.full((len(periods), int(seen.sum())), np.nan)
    outcome[time, unit] = table["mean"]
    group = np.searchsorted(periods, _least(unit, start))
    group[group == len(periods)] = NEVER
    panel = Panel(outcome, periods, group, _clusters(unit, table.labels["cluster"]), design.comparison,
                  told=tuple(map(table.period, periods.tolist())))  # fmt: skip
    return _comparable(design, labels.names[seen], panel)


def _least(unit: NDArray[np.int64], values: NDArray[Any]) -> NDArray[Any]:
    """Return the least value of every unit."""
    least = np.full(int(unit.max()) + 1, values.max())
    np.minimum.at(least, unit, values)
    return least


def _clusters(unit: NDArray[np.int64], cluster: Labels) -> NDArray[np.int64] | None:
    """Return each unit's cluster, None where some unit has none."""
    none = len(cluster.names)
    if none == 0:
        return None
    found = _least(unit, np.where(cluster.blank, none, cluster.codes))
    return None if (found == none).any() else found


def _start_name(design: Design) -> str:
    return str(design.start or "start")


def _comparable(design: Design, names: NDArray[np.object_], panel: Panel) -> Panel:
    notes: list[Remark] = []
    always = panel.group == 0
    if always.any():
        notes.append(note("E10", count=int(always.sum()), names=", ".join(names[always][:5])))
    if always.any() and (always | (panel.group == NEVER)).all():
        told = ", ".join(names[always][:5])
        raise NoBeforeError(design.key, told, column=_start_name(design), count=int(always.sum()))
    group, last, comparison = panel.group[~always], len(panel.periods), panel.comparison
    if not (group == NEVER).any():
        last, comparison = int(group.max()), "not_yet"
        notes.append(note("E11", last=panel.told[last - 1]))
        group = np.where(group == last, NEVER, group)
    if last < 2 or (group == NEVER).all():
        starts = ", ".join(panel.told[at] for at in np.unique(panel.group[~always & (panel.group != NEVER)]))
        raise NothingComparableError(where=design.key, found=starts or "–", column=_start_name(design))
    outcome = panel.outcome[:last, ~always]
    holes = int(np.isnan(outcome).any(axis=0).sum())
    notes += [note("unit_incomplete_used", count=holes)] if holes else []
    cluster = None if panel.cluster is None else panel.cluster[~always]
    return Panel(outcome, panel.periods[:last], group, cluster, comparison, tuple(notes), tuple(names[~always]))
