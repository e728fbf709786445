"""Units by periods as one matrix, for staggered designs; what cannot be compared is named (E10, E11)."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.experiments.checks import Sample
from analytics.experiments.columns import missing
from analytics.experiments.design import Design
from analytics.experiments.errors import NothingComparableError
from analytics.experiments.finding import Note, note

Floats = NDArray[np.float64]
NEVER = -1


@dataclass(frozen=True)
class Panel:
    """`outcome`: units × periods, NaN where not observed; `periods`: their times; `group`: index of each unit's first
    treated period, −1 for never; `cluster`: code of each unit's cluster; `comparison`: never or not_yet."""

    outcome: Floats
    periods: Floats
    group: NDArray[np.int64]
    cluster: NDArray[np.int64]
    comparison: str
    notes: tuple[Note, ...] = ()

    @cached_property
    def holes(self) -> bool:
        """Say whether any unit lacks a period."""
        return bool(np.isnan(self.outcome).any())

    @cached_property
    def groups(self) -> list[int]:
        """Return the first treated periods that occur, in order."""
        return [int(g) for g in np.unique(self.group[self.group != NEVER])]


def panel_from(design: Design, sample: Sample) -> Panel:
    """Return the panel of a staggered sample, without units treated from the first period and without periods in
    which nobody is untreated; both are told in the notes."""
    rows = sample.rows.sort("unit")
    for role in ("unit", "period"):
        if rows[role].is_null().any():
            raise missing(design, getattr(design, role) or role, [])
    if rows["start"].is_null().all():
        raise NothingComparableError(where=design.key, found="–", column=_start_name(design))
    times = rows["period"].to_numpy()
    periods = np.unique(times)
    unit = rows["unit"].rle_id().to_numpy()
    outcome = np.full((int(unit.max()) + 1, len(periods)), np.nan)
    outcome[unit, np.searchsorted(periods, times)] = rows["mean"].to_numpy()
    first = rows.group_by("unit", maintain_order=True).agg(pl.col("start").min(), pl.col("cluster").first())
    starts = first["start"].fill_null(np.inf).to_numpy()
    group = np.searchsorted(periods, starts, side="left").astype(np.int64)
    group[group >= len(periods)] = NEVER
    cluster = first["cluster"].fill_null("").rank("dense").cast(pl.Int64).to_numpy()
    cluster = cluster if first["cluster"].is_not_null().all() else np.arange(len(first), dtype=np.int64)
    names = first["unit"].to_numpy()
    return _comparable(design, names, Panel(outcome, periods, group, cluster, design.comparison))


def _start_name(design: Design) -> str:
    return str(design.start or "start")


def _comparable(design: Design, names: NDArray[np.object_], panel: Panel) -> Panel:
    notes: list[Note] = []
    always = panel.group == 0
    if always.any():
        notes.append(note("E10", count=int(always.sum()), names=", ".join(map(str, names[always][:5]))))
    if always.all():
        raise NothingComparableError(where=design.key, found=", ".join(map(str, names[:5])), column=_start_name(design))
    panel = _part(panel, ~always, len(panel.periods))
    comparison, last = panel.comparison, len(panel.periods)
    if not (panel.group == NEVER).any():
        last = int(panel.group.max())
        comparison = "not_yet"
        told = f"{panel.periods[last - 1]:g}"
        notes.append(note("E11", last=told))
    panel = _part(panel, np.ones(len(panel.group), dtype=bool), last)
    if last < 2 or not panel.groups:
        raise NothingComparableError(where=design.key, found=_start_name(design), column=_start_name(design))
    holes = int(np.isnan(panel.outcome).any(axis=1).sum())
    notes += [note("unit_incomplete_used", count=holes)] if holes else []
    return Panel(panel.outcome, panel.periods, panel.group, panel.cluster, comparison, tuple(notes))


def _part(panel: Panel, units: NDArray[np.bool_], last: int) -> Panel:
    group = panel.group[units]
    group = np.where(group >= last, NEVER, group)
    return Panel(panel.outcome[units][:, :last], panel.periods[:last], group, panel.cluster[units], panel.comparison)
