"""Persons who came under observation after 0 (left truncation): who is at risk when, and from when it is told."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from analytics.experiments.design.design import Design
from analytics.experiments.errors import BlankError, ColumnError, DesignNotUnderstoodError, RowsError
from analytics.experiments.input.checks import Told
from analytics.experiments.input.columns import labels, numbers, raise_all

ENTRY = ("entry", "entry_time", "entered", "enter", "tstart", "t0", "truncation", "left_truncation", "delayed_entry")
THERE = -1.0
"""The entry of who was there from the start, and at risk at 0 too."""


class EntryAfterEndError(RowsError, code="entry_after"):
    """Persons who came before 0, or after they left."""


class NeverFollowedTogetherError(ColumnError, code="entry_apart"):
    """Late entries that leave no time at which both arms are followed."""


class EntryNotShownError(ColumnError, code="entry_shown"):
    """Late entries in an answer to be shown to anyone."""


@dataclass(frozen=True)
class LateEntry:
    """`column` tells the entries; `late` came after 0; `unfollowed` left when they came and are left out. The curves
    are of those still waiting at `since`, in both arms; `before` left until then and are not in them."""

    column: str
    late: int
    unfollowed: int
    since: float
    before: int


def entry_column(design: Design, frame: pl.DataFrame) -> str | None:
    """Return the column that tells when each came under observation, where somebody came later than at 0."""
    called = [name for name in _called_entry(design, frame) if _of_numbers(frame[name])]
    return next((name for name in called if (numbers(design, frame[name]) > 0).any()), None)


def unread(design: Design, frame: pl.DataFrame) -> Told:
    """Return the column that is called like an entry and holds dates or words: nobody is taken to have come late."""
    for name in _called_entry(design, frame):
        if not _of_numbers(frame[name]):
            return (("entry_unread", {"column": name}),)  # no cell is told: it is somebody's own
    return ()


def _called_entry(design: Design, frame: pl.DataFrame) -> list[str]:
    taken = (*design.covariates, design.outcome, design.subgroup, design.unit, design.cluster, design.arm)
    filled = (name for name in frame.columns if name.lower() in ENTRY and frame[name].drop_nulls().len())
    return [name for name in filled if name not in taken]


def _of_numbers(column: pl.Series) -> bool:
    """Say whether most cells are numbers, also written as texts; one that is not among them is refused when read."""
    if column.dtype != pl.String:
        return column.dtype.is_numeric()
    read = labels(column).str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
    return 2 * int(read.is_not_null().sum()) > int(labels(column).is_not_null().sum())


def entries(design: Design, frame: pl.DataFrame, column: str, time: pl.Series) -> pl.Series:
    """Return each person's entry; refuses blanks, entries before 0 and those after the person left."""
    entry = numbers(design, frame[column])
    if count := entry.null_count():
        raise_all([BlankError(design.key, f"{count}/{len(entry)}", column=column, count=count)])
    wrong = entry.filter((entry < 0) | (entry > time))
    if len(wrong):
        raise EntryAfterEndError(design.key, f"{wrong[0]:g}", column=column, count=len(wrong))
    return pl.select(pl.when(entry > 0).then(entry).otherwise(THERE)).to_series()


def of_those_waiting(design: Design, persons: pl.DataFrame, column: str) -> tuple[pl.DataFrame, LateEntry]:
    """Return the persons still waiting at the time from which somebody is followed in both arms until the last entry.

    A Kaplan–Meier curve of late entries holds given that one waited until its first entry; where all who were followed
    had the event before others came, it would stay 0 for those. Source: Klein and Moeschberger (2003), section 4.6.
    """
    followed = persons.filter(pl.col("entry") < pl.col("time"))
    sides = [followed.filter(pl.col("treated") == side) for side in (False, True)]
    since = max((_told_from(side) for side in sides if len(side)), default=THERE)
    kept = followed.filter(pl.col("time") > since).with_columns(entry=pl.max_horizontal("entry", pl.lit(since)))
    if kept["treated"].n_unique() < 2:
        raise NeverFollowedTogetherError(design.key, f"{since:g}", column=column)
    if design.horizon is not None and design.horizon <= since:
        raise DesignNotUnderstoodError(design.key, f"{design.horizon:g}", column="horizon", meant=f"> {since:g}")
    late = int((followed["entry"] > 0).sum())
    return kept, LateEntry(column, late, len(persons) - len(followed), max(since, 0.0), len(followed) - len(kept))


def _told_from(side: pl.DataFrame) -> float:
    """Return an arm's first entry, or the last one at which nobody who came before was still followed."""
    entry, time = np.sort(side["entry"].to_numpy()), np.sort(side["time"].to_numpy())
    followed = np.searchsorted(entry, entry, side="left") - np.searchsorted(time, entry, side="right")
    return float(entry[followed == 0][-1])
