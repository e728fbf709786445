"""UiA's deliveries of experiments: aggregates only, in three tables — results, durations, flow.

Results: experiment, unit, arm, period, outcome, n and events, or n, mean, sd. Durations: interval, at_risk, events,
censored. Flow: assessed, assigned, started, measured by arm. A table whose rows are persons is refused whole.
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import polars as pl

from data.ingest.contract import Note, raise_all
from data.ingest.spelling import written_plainly
from data.sources.uia.columns import COLUMNS, MEASURED, TIMES
from data.sources.uia.delivered import opened
from data.sources.uia.tables import HIDDEN
from data.sources.uia.validation import problems

Table = Literal["results", "durations", "flow"]
_EXACT = 2**53  # below it a floating-point number is the whole number it says


@dataclass(frozen=True)
class ExperimentDelivery:
    """One delivered file: which table it is, its hash, what must be known, and its rows.

    Columns: texts experiment, unit, cluster, block, arm, outcome, interval, status; the rest numbers. `status` is
    `final`, `suppressed` (a mark stood there) or `missing`; a hidden number is null, never 0. Rows stand as delivered.
    """

    file: str
    table: Table
    sha256: str
    notes: tuple[Note, ...]
    rows: pl.DataFrame


def parse(path: Path) -> ExperimentDelivery:
    """Return a delivered file; raises `Problems` with everything that is wrong: nothing is half loaded."""
    delivered = opened(path, _coded)
    table = table_of(delivered.frame)
    raise_all(path.name, problems(delivered, table, path.name))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return ExperimentDelivery(path.name, table, digest, delivered.notes, _typed(delivered.frame, table))


def table_of(frame: pl.DataFrame) -> Table:
    """Return which of the three tables a frame is, by the columns only that table has."""
    if "at_risk" in frame.columns:
        return "durations"
    return "flow" if "assigned" in frame.columns and "outcome" not in frame.columns else "results"


def _typed(frame: pl.DataFrame, table: Table) -> pl.DataFrame:
    """Return the rows with texts as texts, numbers as numbers, and marks as null with their status."""
    marked = pl.lit(value=False)
    columns = []
    for name, kind in COLUMNS[table].items():
        if name not in frame.columns or name == "status":
            continue
        text = _label(frame[name])
        hidden = text.str.contains(HIDDEN).fill_null(value=False)
        number = written_plainly(text.set(hidden, None))
        columns.append(text if kind == "text" else number.cast(pl.Float64).alias(name))
        marked = marked | pl.Series(hidden) if name in MEASURED else marked
    rows = pl.DataFrame(columns)
    measured = [name for name in MEASURED if name in rows.columns]
    absent = pl.all_horizontal(pl.col(name).is_null() for name in measured) if measured else pl.lit(value=False)
    status = pl.when(marked).then(pl.lit("suppressed")).when(absent).then(pl.lit("missing")).otherwise(pl.lit("final"))
    given = _label(frame["status"]) if "status" in frame.columns else pl.lit(None, dtype=pl.String)
    rows = rows.with_columns(status=pl.coalesce(given, status))
    return rows


def _coded(columns: Collection[str]) -> Collection[str]:
    """Return the columns whose codes are numbers even where a statistical file labels them: times and counts."""
    kinds = {name: kind for table in COLUMNS.values() for name, kind in table.items()}
    return [name for name in columns if kinds.get(folded := name.strip().lower()) == "number" or folded in TIMES]


def _label(column: pl.Series) -> pl.Series:
    """Return a column as trimmed texts, whole numbers without decimals."""
    if column.dtype.is_float() and ((column.drop_nulls() % 1 == 0) & (column.drop_nulls().abs() < _EXACT)).all():
        column = column.cast(pl.Int64)
    text = column.cast(pl.String).str.strip_chars()
    return text.set(text == "", None)
