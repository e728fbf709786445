"""A table of an experiment as a frame, from CSV, Parquet, Stata or SPSS, numbers as numbers and absent as null."""

import math
from collections.abc import Callable, Collection
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any

import polars as pl

from data.ingest.contract import Problem, raise_all
from data.ingest.headed_table import has_headings
from data.ingest.long_text import text_rows
from data.ingest.sheet import SPACES
from data.ingest.spelling import FEW, written_plainly
from data.sources.adapter import first_rows
from data.sources.uia.columns import HEADINGS

FORMATS = "CSV, XLSX, Parquet, .dta, .sav"
STATISTICAL = (".dta", ".sav", ".zsav")
BINARY = (".parquet", *STATISTICAL)
MISSING_CODES = (-9.0, 97.0, 98.0, 99.0)
HIDDEN = rf"^([*:<]|{FEW}$)"
"""What begins, or is, a sign for a number that is not shown."""
CHUNK = 50_000
ABSENT = ("", "NA", "NaN", "nan", "null", "None", ".")


def no_codes(_: Collection[str]) -> Collection[str]:
    """Return no column: labels stand for codes everywhere."""
    return ()


def recognises(path: Path) -> bool:
    """Return whether a file looks like a table of an experiment; statistical software is used by nobody else here."""
    suffix = path.suffix.lower()
    if suffix != ".parquet":
        return suffix in STATISTICAL or any(has_headings(rows, HEADINGS) for rows in first_rows(path))
    with suppress(pl.exceptions.PolarsError, OSError):
        return HEADINGS.needed <= HEADINGS.found(list(pl.read_parquet_schema(path)))
    return False


def read_table(path: Path, coded: Callable[[Collection[str]], Collection[str]] = no_codes) -> pl.DataFrame:
    """Return a table with its columns as numbers where every filled cell is one, else as texts.

    Value labels of Stata and SPSS replace their codes in labelled columns, but in those `coded` keeps: a yes/no outcome
    labelled 0 and 1 is still a number. User-missing codes become null. Raises `Problems` where the file is absent,
    damaged, in another format, ragged, or has a nameless or repeated column.
    """
    suffix = path.suffix.lower()
    if not path.is_file():
        raise_all(path.name, [Problem(code="no_file", file=path.name)])
    if suffix == ".parquet":
        frame = _parquet(path)
    elif suffix in STATISTICAL:
        frame = _statistical(path, coded)
    else:
        frame = _delimited(path)
    if frame.is_empty():
        raise_all(path.name, [Problem(code="no_rows", file=path.name)])
    return frame


def _parquet(path: Path) -> pl.DataFrame:
    try:
        frame = pl.read_parquet(path)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise _unreadable(path, error) from error
    return frame.with_columns(pl.selectors.float().fill_nan(None))


def _delimited(path: Path) -> pl.DataFrame:
    rows = text_rows(path, FORMATS)
    heading = next(rows, (0, ()))[1]
    names = [text.strip() for text in heading]
    raise_all(path.name, _heading_problems(path, names))
    parts = [_texts(path, part, names) for part in iter(lambda: list(islice(rows, CHUNK)), [])]
    if not parts:
        return pl.DataFrame()
    texts = pl.concat(parts)
    return pl.DataFrame([numbers_or_texts(texts[name]) for name in names])


def _texts(path: Path, rows: list[tuple[int, tuple[str, ...]]], names: list[str]) -> pl.DataFrame:
    """Return some rows as texts, null where absent."""
    raise_all(path.name, _ragged(path, rows, len(names)))
    columns = zip(*(row for _, row in rows), strict=True)
    return present(pl.DataFrame(dict(zip(names, columns, strict=True)), schema=dict.fromkeys(names, pl.String)))


def present(texts: pl.DataFrame) -> pl.DataFrame:
    """Return texts with single spaces, null where they say that nothing is there."""
    plain = pl.all().str.replace_all(SPACES, " ").str.strip_chars()
    return texts.with_columns(pl.when(~plain.is_in(ABSENT)).then(plain))


def numbers_or_texts(text: pl.Series) -> pl.Series:
    """Return texts as numbers where every filled one is; a code with a leading zero (0301) stays text."""
    filled = text.drop_nulls()
    number = written_plainly(filled).cast(pl.Float64, strict=False)
    coded = filled.str.contains(r"^0\d").any()
    if len(filled) == 0 or coded or number.null_count() or not number.is_finite().all():
        return text
    return written_plainly(text).cast(pl.Float64)


def _statistical(path: Path, coded: Callable[[Collection[str]], Collection[str]]) -> pl.DataFrame:
    import pyreadstat

    reader = pyreadstat.read_dta if path.suffix.lower() == ".dta" else pyreadstat.read_sav
    try:
        columns, meta = reader(str(path), output_format="dict", apply_value_formats=False, user_missing=False)
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, UnicodeDecodeError) as error:
        raise _unreadable(path, error) from error
    labels = {name: meta.variable_value_labels.get(name, {}) for name in columns}
    kept = coded(list(columns))
    return pl.DataFrame(
        {name: _labelled(name, list(values), labels[name], coded=name in kept) for name, values in columns.items()}
    )


def _labelled(name: str, values: list[Any], labels: dict[Any, str], *, coded: bool) -> pl.Series:
    """Return a column with labels for codes; −9, and 97–99 that carry a label, are missing.

    A column whose only labels are of missing codes stays numeric: 97 persons without a label are 97 persons.
    """
    missing = {code for code in labels if code in MISSING_CODES} | {-9.0}
    present = [None if _absent(value) or value in missing else value for value in values]
    words = {} if coded else {code: text for code, text in labels.items() if code not in missing}
    if words:
        return pl.Series(name, [None if v is None else str(words.get(v, _plain(v))) for v in present], dtype=pl.String)
    if all(value is None or isinstance(value, int | float) for value in present):
        return pl.Series(name, present, dtype=pl.Float64)
    return pl.Series(name, [None if value is None else str(value) for value in present], dtype=pl.String)


def _absent(value: object) -> bool:
    blank = isinstance(value, str) and not value.strip()
    return value is None or blank or (isinstance(value, float) and math.isnan(value))


def _plain(value: object) -> object:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _heading_problems(path: Path, names: list[str]) -> list[Problem]:
    odd = [name for place, name in enumerate(names) if not name or name in names[:place]]
    return [Problem(code="uia_heading", file=path.name, column=name, found=name or "–") for name in odd]


def _ragged(path: Path, rows: list[tuple[int, tuple[str, ...]]], width: int) -> list[Problem]:
    return [
        Problem(code="uia_ragged", file=path.name, cell=f"A{number + 1}", expected=str(width), found=str(len(row)))
        for number, row in rows
        if len(row) != width
    ]


def _unreadable(path: Path, error: Exception) -> ExceptionGroup[Problem]:
    found = str(error).splitlines()[0] if str(error) else type(error).__name__
    return ExceptionGroup(path.name, [Problem(code="uia_unreadable", file=path.name, found=found)])
