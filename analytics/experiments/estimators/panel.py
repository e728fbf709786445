"""Units by periods as one matrix, for staggered designs; what cannot be compared is named (E10, E11)."""

from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.experiments.design.design import Design
from analytics.experiments.errors import NoBeforeError, NothingComparableError
from analytics.experiments.estimators.base import Remark, note
from analytics.experiments.estimators.regression_adjustment import covariate_matrix
from analytics.experiments.input.arrays import Labels
from analytics.experiments.input.checks import Sample
from analytics.experiments.input.columns import missing

Floats = NDArray[np.float64]
NEVER = -1


@dataclass(frozen=True)
class Panel:
    """`outcome`: periods × units, NaN where not observed; `periods`: their times; `group`: index of each unit's first
    treated period, −1 for never; `cluster`: code of each unit's cluster, None where every unit is its own;
    `comparison`: never or not_yet; `names`: the units'; `told`: what the periods are called. `persons`: how many stand
    behind each outcome where they are others in each period (a cluster, or the person alone, is then the unit), else
    None. `covariates`: periods × units × columns, None where the design names none."""

    outcome: Floats
    periods: Floats
    group: NDArray[np.int64]
    cluster: NDArray[np.int64] | None
    comparison: str
    notes: tuple[Remark, ...] = ()
    names: NDArray[np.object_] = field(default_factory=lambda: np.array([], dtype=object))
    told: tuple[str, ...] = ()
    persons: Floats | None = None
    covariates: Floats | None = None

    @property
    def sums(self) -> Floats:
        """Return the sum of outcomes behind each, 0 where nobody was measured."""
        return self.outcome if self.persons is None else np.nan_to_num(self.outcome) * self.persons

    @cached_property
    def part(self) -> Floats:
        """Return each unit's share of all that was measured."""
        if self.persons is None:
            return np.full(len(self.group), 1 / len(self.group))
        return np.asarray(self.persons.sum(axis=0) / self.persons.sum())

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
    which nobody is untreated; both are told in the notes. Persons measured once each are other persons every period."""
    table, labels = sample.table, sample.table.labels["unit"]
    seen = np.zeros(len(labels.names) + 1, dtype=bool)
    seen[labels.codes] = True  # the blank, −1, are the last
    seen = seen[:-1]
    once = sample.persons and seen.sum() in (0, len(table))
    unnamed = not once and labels.codes.min() < 0
    if unnamed or np.isnan(table.periods[0][-1]):  # the unknown is last
        role = "unit" if unnamed else "period"
        raise missing(design, getattr(design, role) or role, list(table.columns))
    start = table["start"]
    if not np.fmin.reduce(start) <= table.periods[0][-1]:  # nobody starts, or after the last period
        late = np.unique(start[~np.isnan(start)]).tolist()
        found = ", ".join(map(table.period, late)) or "–"
        raise NothingComparableError(where=design.key, found=found, column=_start_name(design))
    between = _between(sample)
    if once:
        others = _other_persons(design, sample, start)
        return _comparable(design, replace(others, notes=(*others.notes, *between)))
    periods, time = table.periods
    unit = labels.codes if seen.all() else (np.cumsum(seen) - 1)[labels.codes]
    names = labels.names[seen]
    outcome, first = np.full((len(periods), len(names)), np.nan), np.empty(len(names))
    outcome.reshape(-1)[time * len(names) + unit] = table["mean"]
    first[unit] = start  # the same in all rows of a unit: E04
    matrix = covariate_matrix(design, pl.DataFrame(dict(table.given))) if design.covariates else None
    covariates = None
    if matrix is not None:
        covariates = np.full((*outcome.shape, matrix.shape[1]), np.nan)
        covariates[time, unit] = matrix
    panel = Panel(outcome, periods, _first(periods, first), _clusters(unit, table.labels["cluster"]),
                  design.comparison, tuple(between), names=names, told=tuple(map(table.period, periods.tolist())),
                  covariates=covariates)  # fmt: skip
    return _comparable(design, panel)


def _other_persons(design: Design, sample: Sample, start: Floats) -> Panel:
    """Return other persons in each period: the persons of a cluster with one start as one unit, without clusters each
    person as one."""
    table, cluster = sample.table, sample.table.labels["cluster"]
    periods, time = table.periods
    order = np.lexsort((table["mean"], time, start, cluster.codes))  # not the order of delivery
    own, y = cluster.codes[order], table["mean"][order]
    start, time = np.nan_to_num(start[order], nan=np.inf), time[order]
    alone = cluster.blank.all()
    apart = (own[1:] != own[:-1]) | (start[1:] != start[:-1]) | alone
    unit = np.append(0, np.cumsum(apart))
    persons, outcome = np.zeros((2, len(periods), int(unit.max()) + 1))
    np.add.at(persons, (time, unit), 1.0)
    np.add.at(outcome, (time, unit), y)
    outcome = np.divide(outcome, persons, out=np.full(outcome.shape, np.nan), where=persons > 0)
    first = np.unique(unit, return_index=True)[1]
    names = np.array([*map(table.period, start[first].tolist())] if alone else cluster.names[own[first]], dtype=object)
    return Panel(outcome, periods, _first(periods, start[first]), None if alone else own[first], design.comparison,
                 (note("persons_independent"),) if alone else (), names, tuple(map(table.period, periods.tolist())),
                 persons)  # fmt: skip


def _between(sample: Sample) -> list[Remark]:
    """Return which starts lie between two periods: what they did is seen, and counted, from the later on."""
    table, start = sample.table, sample.table["start"]
    periods = table.periods[0]
    apart = (start > periods[0]) & (start < periods[-1]) & ~np.isin(start, periods)
    if not apart.any():
        return []
    starts = np.unique(start[apart])
    seen = periods[np.searchsorted(periods, starts)]
    told = ", ".join(f"{table.period(one)} → {table.period(other)}" for one, other in zip(starts, seen, strict=True))
    return [note("start_between", names=told)]


def _first(periods: Floats, start: Floats) -> NDArray[np.int64]:
    """Return the place of each start among the periods, NEVER after the last and where it is unknown."""
    group = np.searchsorted(periods, start)
    group[group == len(periods)] = NEVER
    return group


def _clusters(unit: NDArray[np.int64], cluster: Labels) -> NDArray[np.int64] | None:
    """Return each unit's cluster, None where some unit has none."""
    none = len(cluster.names)
    if none == 0:
        return None
    codes = np.where(cluster.blank, none, cluster.codes)
    found = np.full(int(unit.max()) + 1, none)
    np.minimum.at(found, unit, codes)
    return None if (found == none).any() else found


def _start_name(design: Design) -> str:
    return str(design.start or "start")


def _without_change(panel: Panel) -> NDArray[np.bool_]:
    """Return which units are treated from the first period, or were not measured right before their start, or never
    after it: they would count in their group's weight, and show no change."""
    always = np.asarray(panel.group == 0)
    if panel.persons is not None or not panel.holes:
        return always
    seen, later = ~np.isnan(panel.outcome), np.arange(len(panel.periods))[:, None] >= panel.group
    shown = seen[panel.group - 1, np.arange(len(panel.group))] & (seen & later).any(axis=0)
    return np.asarray(always | ((panel.group != NEVER) & ~shown))


def _comparable(design: Design, panel: Panel) -> Panel:
    notes, always, before = list(panel.notes), _without_change(panel), panel.groups
    if always.any():
        early, count = ", ".join(list(dict.fromkeys(panel.names[always]))[:5]), int(always.sum())
        notes.append(note("E10", count=count, names=early))
        if not (~always & (panel.group != NEVER)).any():
            raise NoBeforeError(design.key, early, column=_start_name(design), count=count)
    group, last, comparison = panel.group, len(panel.periods), panel.comparison
    if group.min() != NEVER:
        last, comparison = int(group.max()), "not_yet"
        notes.append(note("E11", last=panel.told[last - 1]))
        group = np.where(group == last, NEVER, group)
    if last < 2 or group.max() <= 0:
        starts = ", ".join(panel.told[at] for at in before[before > 0])
        raise NothingComparableError(where=design.key, found=starts or "–", column=_start_name(design))
    if len(notes) > len(panel.notes):
        panel = replace(panel, group=group, comparison=comparison, notes=tuple(notes))
    return _kept(panel, last, ~always)


def _kept(panel: Panel, last: int, units: NDArray[np.bool_]) -> Panel:
    """Return the first `last` periods of some units, with a note on those that lack one."""
    persons = None if panel.persons is None else panel.persons[:last]
    units = units if persons is None else units & (persons.sum(axis=0) > 0)
    kept = panel if last == len(panel.periods) and units.all() else replace(
        panel, outcome=panel.outcome[:last, units], periods=panel.periods[:last], group=panel.group[units],
        cluster=None if panel.cluster is None else panel.cluster[units], names=panel.names[units],
        persons=None if persons is None else persons[:, units],
        covariates=None if panel.covariates is None else panel.covariates[:last, units],
    )  # fmt: skip
    if persons is not None or not kept.holes:
        return kept
    holes = int(np.isnan(kept.outcome).any(axis=0).sum())
    return replace(kept, notes=(*kept.notes, note("unit_incomplete_used", count=holes)))
