"""Parquet as rows of texts: the names of the columns first, numbers as they would stand in a spreadsheet."""

import io
from pathlib import Path

import polars as pl

UNREADABLE = (pl.exceptions.PolarsError, OSError)


def rows(content: bytes, most: int) -> tuple[tuple[str, ...], ...]:
    """Return the table, one row more than `most` where it is longer. Raises one of `UNREADABLE`."""
    return _texts(pl.read_parquet(io.BytesIO(content), n_rows=most + 1))


def first_rows(path: Path, most: int) -> tuple[tuple[str, ...], ...]:
    """Return the first rows of a file, the names of its columns first; none of a file that cannot be read."""
    try:
        return _texts(pl.read_parquet(path, n_rows=most - 1))
    except UNREADABLE:
        return ()


def _texts(frame: pl.DataFrame) -> tuple[tuple[str, ...], ...]:
    texts = frame.select(_text(frame[name]) for name in frame.columns)
    return (tuple(frame.columns), *texts.iter_rows())


def _text(column: pl.Series) -> pl.Series:
    """Return a column as texts; what is not there, or is not a number, is empty."""
    if column.dtype.is_float():
        column = column.fill_nan(None)
        whole = column.drop_nulls()
        if whole.is_finite().all() and (whole % 1 == 0).all():
            column = column.cast(pl.Int64, strict=False)
    return column.cast(pl.String, strict=False).fill_null("")
