"""Columns of a delivered table: which one plays which role, as labels and numbers, with every misfit collected."""

import difflib
from typing import TYPE_CHECKING, cast

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.experiments.design.design import Design
from analytics.experiments.errors import (
    ColumnMissingError,
    ExperimentError,
    KnownAfterError,
    NotATableError,
    NotTakenPartError,
    NotWholeError,
    NotYesNoError,
    OutOfScaleError,
    TableNotUnderstoodError,
)
from data.errors import InnenforError

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
ROLES = ("arm", "unit", "cluster", "block", "period", "start")
YES, NO = ("1", "yes", "ja", "true", "sann"), ("0", "no", "nei", "false", "usann")
HIDDEN_MARKS = ("*", ":", "<")
LARGEST = 1e50  # degrees of freedom take the fourth power
SMALLEST = 1e-150  # where no number of a column is larger, its squares are none to a computer


def as_polars(table: object) -> pl.DataFrame:
    """Return a Polars or pandas table as a Polars frame in which every absent value is null; raises NotATableError."""
    table = table.collect() if isinstance(table, pl.LazyFrame) else table
    frame = table if isinstance(table, pl.DataFrame) else _from_pandas(table)
    for column in frame.get_columns():
        if column.dtype.is_nested():
            raise TableNotUnderstoodError(where="–", found=str(column.drop_nulls().first()), column=column.name)
    absent = [c.name for c in frame.get_columns() if c.dtype.is_float() and np.isnan(c.to_numpy()).any()]
    return frame.with_columns(pl.col(absent).fill_nan(None)) if absent else frame


def _from_pandas(table: object) -> pl.DataFrame:
    """Return a pandas table; a column of numbers and words among each other is one of texts."""
    names = [*map(str, getattr(table, "columns", ()))]
    if not names:
        raise NotATableError("–", type(table).__name__)
    if len(set(names)) < len(names):
        raise NotATableError("–", ", ".join(dict.fromkeys(name for name in names if names.count(name) > 1)))
    frame = cast("pd.DataFrame", table)
    try:
        return pl.from_pandas(frame)
    except (TypeError, ValueError):
        objects = [name for name in frame.columns if frame[name].dtype == object]
        mixed = {name: frame[name].map(str, na_action="ignore") for name in objects}
        return pl.from_pandas(frame.assign(**mixed))


def raise_all(problems: list[ExperimentError]) -> None:
    """Raise one problem as itself and several as one ExceptionGroup."""
    if len(problems) == 1:
        raise problems[0]
    if problems:
        raise ExceptionGroup("the table cannot be evaluated", list[InnenforError](problems))


def column_for(design: Design, frame: pl.DataFrame, role: str) -> str | None:
    """Return the column playing a role: the one the design names, else one called like the role, else none."""
    named = getattr(design, role)
    if isinstance(named, str) and named in frame.columns:
        return named
    if named is None and role in frame.columns:
        return role
    return None


def missing_columns(design: Design, frame: pl.DataFrame) -> list[ColumnMissingError]:
    """Return E01 for every column the design names and the table lacks."""
    named = [getattr(design, role) for role in ROLES if role != "start"]
    named += [design.start] if isinstance(design.start, str) and not _is_period(design, frame) else []
    wanted = [name for name in (*named, *design.covariates, design.received, design.subgroup) if isinstance(name, str)]
    return [missing(design, name, frame.columns) for name in wanted if name not in frame.columns]


def known_after(design: Design) -> list[KnownAfterError]:
    """Return each covariate or subgroup that is known only after the assignment: the outcome, the arm, taking part."""
    after = {design.outcome or "outcome", design.arm or "arm", design.received}
    asked = [*(("covariates", name) for name in design.covariates), ("subgroup", design.subgroup)]
    return [KnownAfterError(design.key, name, column=role) for role, name in asked if name in after and name]


def _is_period(design: Design, frame: pl.DataFrame) -> bool:
    """Say whether `start` is a period itself (2025, 2024-K1, after) rather than a column's name."""
    period, start = column_for(design, frame, "period"), str(design.start).strip()
    return period is not None and (start[:1].isdigit() or start in labels(frame[period]).to_list())


def missing(design: Design, name: str, offered: list[str]) -> ColumnMissingError:
    """Return E01 for a column or value, with the nearest one that exists."""
    folded = {item.casefold(): item for item in offered}
    close = difflib.get_close_matches(name.casefold(), list(folded), n=1, cutoff=0.5)
    meant = folded[close[0]] if close else ""
    return ColumnMissingError(where=design.key, found=", ".join(offered), column=name, meant=meant)


def labels(column: pl.Series) -> pl.Series:
    """Return a column as trimmed labels: 1, 1.0 and True are "1"; blank is null."""
    if column.dtype == pl.Boolean:
        column = column.cast(pl.Int64)
    if column.dtype.is_float() and (column.drop_nulls() % 1 == 0).all() and column.drop_nulls().is_finite().all():
        column = column.cast(pl.Int64)
    text = column.cast(pl.String).str.strip_chars()
    return text.set(text == "", None)


def numbers(design: Design, column: pl.Series) -> pl.Series:
    """Return a column as Float64; raises TableNotUnderstoodError with the first cell that is no finite number, and
    OutOfScaleError with one from LARGEST on, or where none reaches SMALLEST.

    A decimal comma is read; one followed by three digits in every cell that has one may part thousands: refused.
    """
    if column.dtype != pl.String and not (column.dtype.is_numeric() or column.dtype in (pl.Boolean, pl.Null)):
        raise TableNotUnderstoodError(where=design.key, found=str(column.drop_nulls().first()), column=column.name)
    text = labels(column) if column.dtype == pl.String else column
    cast = _cast(text)
    unread = ~cast.is_finite().fill_null(value=False) & text.is_not_null()
    wrong = text.filter(unread & ~is_hidden(text) if text.dtype == pl.String else unread)
    if len(wrong):
        raise TableNotUnderstoodError(where=design.key, found=str(wrong[0]), column=column.name)
    most = float(np.fmax.reduce(np.abs(cast.to_numpy()), initial=0.0))
    if 0 < most < SMALLEST or most >= LARGEST:
        raise OutOfScaleError(design.key, f"{cast.filter(cast.abs() == most)[0]:g}", column=column.name)
    return cast


def whole(design: Design, counts: Floats, column: str) -> list[ExperimentError]:
    """Return the first count, of persons or events, that is no whole number; the unknown are none."""
    parts = counts[(counts % 1 != 0) & ~np.isnan(counts)]
    return [NotWholeError(design.key, f"{parts[0]:g}", column=column)] if len(parts) else []


def _cast(text: pl.Series) -> pl.Series:
    if text.dtype != pl.String:
        return text.cast(pl.Float64)
    with_comma = text.filter(text.str.contains(",", literal=True).fill_null(value=False))
    thousands = len(with_comma) and with_comma.str.contains(r"^-?[1-9]\d{0,2},\d{3}$").all()
    return (text if thousands else text.str.replace(",", ".", literal=True)).cast(pl.Float64, strict=False)


def outcomes(design: Design, column: pl.Series) -> pl.Series:
    """Return a person's outcome as Float64; yes and no, ja and nei, true and false are 1 and 0.

    Raises E09 where the design says yes/no and texts say something else, else as `numbers` does.
    """
    if column.dtype == pl.String:
        said = labels(column).str.to_lowercase()
        if said.drop_nulls().is_in([*YES, *NO]).all() and not said.drop_nulls().is_in(["0", "1"]).all():
            return said.is_in(YES).cast(pl.Float64).set(said.is_null(), None)
        other = said.filter(said.is_not_null() & ~said.is_in([*YES, *NO]))
        worded = design.kind == "binary" or said.is_in([*YES[1:], *NO[1:]]).any()
        if worded and len(other.filter(other.cast(pl.Float64, strict=False).is_null())):
            found = ", ".join(labels(column).filter(said.is_in(other.to_list())).unique(maintain_order=True)[:5])
            raise NotYesNoError(design.key, found, column=column.name, count=len(other))
    return numbers(design, column)


def covariate(design: Design, column: pl.Series) -> pl.Series:
    """Return a covariate as delivered, decimals written as texts as numbers.

    Raises TableNotUnderstoodError with an infinite value, and with the first word among numbers: it stands for a
    missing one.
    """
    if column.dtype != pl.String:
        if column.dtype.is_float() and column.is_infinite().any():
            raise TableNotUnderstoodError(design.key, "inf", column=column.name)
        return column
    text = labels(column)
    read = _cast(text)
    words = text.filter(read.is_null() & text.is_not_null())
    if 0 < 2 * len(words) < text.count():
        raise TableNotUnderstoodError(design.key, str(words[0]), column=column.name)
    return column if len(words) or not text.str.contains("[.,]").any() else read


def took_part(design: Design, column: pl.Series) -> pl.Series:
    """Return who took part as 1 and 0; raises NotTakenPartError where the column says something else."""
    read = outcomes(design, column)
    wrong = read.drop_nulls().filter(~read.drop_nulls().is_in([0.0, 1.0]))
    if len(wrong):
        found = ", ".join(f"{value:g}" for value in wrong.unique().sort()[:5])
        raise NotTakenPartError(design.key, found, column=column.name, count=len(wrong))
    return read


def is_hidden(text: pl.Series) -> pl.Series:
    """Return where a cell carries a publisher's mark for a number too small to show."""
    starts = [text.str.starts_with(mark) for mark in HIDDEN_MARKS]
    return (starts[0] | starts[1] | starts[2]).fill_null(value=False)
