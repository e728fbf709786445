"""What every adapter is made of: a layout recognised by rule, and the door through which a file is read."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import polars as pl

from data.ingest import excel, parquet
from data.ingest.contract import NUMERIC, Delivery, Note, Problem, Problems, TableContract, raise_all
from data.ingest.open_file import PARQUET, Book, limits, open_file, shown
from data.ingest.personal_data import refuse
from data.ingest.spelling import spelled
from data.ingest.validation import notes, problems, settle
from data.sources.no_statistics import unknown_layout
from data.sources.region_names import is_of_another

Rows = tuple[tuple[str, ...], ...]
FIRST_ROWS, HEAD = 25, 20_000
_NO_REGION = ("unknown_region", "unknown_name", "unknown_level", "ambiguous_region", "region_misnamed", "region_empty")
PERSON_ROWS = 5  # so many rows of one person each are persons, not figures


@dataclass(frozen=True)
class AdapterReading:
    """What an adapter read: the facts of the delivery, its table of texts, and what is already known to be wrong."""

    title: str
    table: pl.DataFrame
    notes: tuple[Note, ...] = ()
    problems: tuple[Problem, ...] = ()
    table_id: str | None = None
    updated: str | None = None
    publisher: str = ""


@dataclass(frozen=True)
class Layout:
    """One layout of one publisher: its contract, the rule that recognises it, and its reader."""

    contract: TableContract
    recognises: Callable[[Book], bool]
    read: Callable[[Book], AdapterReading]


def first_rows(path: Path) -> tuple[Rows, ...]:
    """Return the first rows of each sheet people see, of a Parquet file, or of a text however it is saved, as texts."""
    if not path.is_file():
        return ()
    with path.open("rb") as file:
        start = file.read(HEAD)
    if start.startswith(b"PK"):
        return _first_of_sheets(path, path.stat().st_mtime_ns)
    if start.startswith(PARQUET):
        return (parquet.first_rows(path, FIRST_ROWS),)
    lines = start.replace(b"\0", b"").decode("utf-8", errors="ignore").lstrip("\ufeff").splitlines()
    return (tuple(tuple(name.strip('" ') for name in re.split("[,;\t]", line)) for line in lines[:FIRST_ROWS]),)


@lru_cache(maxsize=1)  # each layout asks for them
def _first_of_sheets(path: Path, _changed: int) -> tuple[Rows, ...]:
    return excel.first_rows(path, FIRST_ROWS, limits())


def admitted(path: Path) -> Book:
    """Return the opened file with the sheets people see, once nothing in any of them belongs to a person."""
    book = open_file(path)
    refuse(book)
    return shown(book)


def deliver(book: Book, layout: Layout) -> Delivery:
    """Return the delivery of a recognised file; raise all its problems at once."""
    return delivered(layout.read(book), layout.contract, book.file, book.unseen)


def delivered(reading: AdapterReading, contract: TableContract, file: str, unseen: Sequence[str]) -> Delivery:
    """Return what was read as a delivery; raise all its problems at once. unseen: hidden sheets that were left out."""
    table, found = spelled(reading.table, contract), list(reading.problems)
    if table.is_empty():
        found = found or [_no_rows(reading.notes, file)]
    else:
        unplaced = any(each.code in _NO_REGION for each in found)
        found += [each for each in problems(table, contract, file) if not (unplaced and _is_no_region(each))]
        found += misnamed(table, file)
        found += person_rows(table["count"], file)
    raise_all(file, found)
    return Delivery(
        publisher=reading.publisher or contract.publisher,
        layout=contract.name,
        table_id=reading.table_id,
        title=reading.title,
        updated=reading.updated,
        notes=(*reading.notes, *(Note("hidden_sheet", name) for name in unseen), *notes(table, contract)),
        rows=settle(table, contract),
    )


def _no_rows(notes: Sequence[Note], file: str) -> Problem:
    """Return why a file has no row: no name in it is a region's, where it has rows with figures."""
    first = next((each for each in notes if each.reason == "unknown_region"), None)
    if first is None:
        return Problem(code="no_rows", file=file)
    return Problem(code="no_regions", file=file, sheet=first.sheet, cell=first.cell, found=first.what)


def _is_no_region(problem: Problem) -> bool:
    """Tell whether a problem says no more than that a row has no region: why, another has said."""
    return (problem.code, problem.column) == ("missing_value", "region_code")


def person_rows(counts: pl.Series, file: str) -> list[Problem]:
    """Name a table with a row for each person: one person counted in every row, or in nearly every one."""
    filled = counts.cast(pl.String).filter(counts.cast(pl.String).fill_null("").str.contains(r"\d"))
    ones = filled.str.contains(r"^1(\.0+)?$").sum()
    if filled.len() < PERSON_ROWS or ones < 0.9 * filled.len():
        return []
    return [Problem(code="person_rows", file=file, column="count")]


def misnamed(table: pl.DataFrame, file: str) -> list[Problem]:
    """Name regions whose number is one region's and whose name another's: which of the two is meant, nobody can say."""
    places = table.filter((pl.col("region_code") != "") & (pl.col("region_name") != ""))
    cell = pl.coalesce(*(pl.when(pl.col(f"{name}_cell") != "").then(f"{name}_cell") for name in NUMERIC), pl.lit(""))
    pairs = places.unique(["region_code", "region_name"], maintain_order=True)
    return [
        Problem(code="region_misnamed", file=file, sheet=sheet, cell=cell, expected=code, found=name)
        for code, name, sheet, cell in pairs.select("region_code", "region_name", "sheet", cell.alias("cell")).rows()
        if is_of_another(code, name)
    ]


@dataclass(frozen=True)
class Publisher:
    """Who delivers files in some layouts; `diagnose` says what a file that is in none of them has suffered."""

    source: str
    layouts: Callable[..., tuple[Layout, ...]]
    diagnose: Callable[[Book], list[Problem]] = lambda _: []

    def recognises(self, path: Path) -> bool:
        """Tell whether a file is in one of the layouts, by its content."""
        book = admitted(path)
        return any(layout.recognises(book) for layout in self.layouts())

    def parse(self, path: Path, **given: object) -> Delivery:
        """Return a file as a delivery; raise all its problems at once (`Problems`). given: what the layouts take."""
        book = admitted(path)
        fitting = next((layout for layout in self.layouts(**given) if layout.recognises(book)), None)
        if fitting is None:
            raise Problems(book.file, self.diagnose(book) or [unknown_layout(book, self.source)])
        return deliver(book, fitting)


_COLUMNS = (
    *("measure", "region_code", "region_name", "period", "age_group", "sex", "dimensions", "sheet"),
    *(f"{name}{end}" for end in ("", "_cell") for name in NUMERIC),
)


def text_table(records: Sequence[dict[str, str]]) -> pl.DataFrame:
    """Return records as the table of texts a contract checks; a field left out is empty."""
    return pl.DataFrame(
        {name: [record.get(name, "") for record in records] for name in _COLUMNS},
        schema=dict.fromkeys(_COLUMNS, pl.String),
    )


def text_columns(rows: pl.DataFrame) -> pl.DataFrame:
    """Return columns of texts as that table, with the sheet of each figure where it has one of its own."""
    sheets = [f"{name}_sheet" for name in NUMERIC if f"{name}_sheet" in rows.columns]
    there = [pl.col(name).fill_null("") if name in rows.columns else pl.lit("").alias(name) for name in _COLUMNS]
    return rows.select(*there, *(pl.col(name).fill_null("") for name in sheets))
