"""What every adapter is made of: a layout recognised by rule, and the door through which a file is read."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from data.ingest.contract import NUMERIC, Delivery, Note, Problem, Problems, TableContract, raise_all
from data.ingest.open_file import Book, open_file
from data.ingest.personal_data import refuse
from data.ingest.validation import notes, problems, settle

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


def heading(path: Path) -> set[str]:
    """Return the names in a text file's first line, in small letters, whatever its delimiter and encoding."""
    with path.open("rb") as file:
        start = file.read(2000).replace(b"\0", b"").decode("utf-8", errors="ignore").lstrip("\ufeff")
    first = start.splitlines()[0] if start else ""
    return {name.strip('" ').lower() for name in re.split("[,;\t]", first)}


def admitted(path: Path) -> Book:
    """Return the opened file once nothing in it belongs to a person."""
    book = open_file(path)
    refuse(book)
    return book


def deliver(book: Book, layout: Layout) -> Delivery:
    """Return the delivery of a recognised file; raise all its problems at once."""
    reading = layout.read(book)
    found = list(reading.problems)
    if reading.table.is_empty():
        found = found or [Problem(code="no_rows", file=book.file)]
    else:
        found += problems(reading.table, layout.contract, book.file)
        found += person_rows(reading.table["count"], book.file)
    raise_all(book.file, found)
    return Delivery(
        publisher=reading.publisher or layout.contract.publisher,
        layout=layout.contract.name,
        table_id=reading.table_id,
        title=reading.title,
        updated=reading.updated,
        notes=(*reading.notes, *notes(reading.table, layout.contract)),
        rows=settle(reading.table, layout.contract),
    )


def person_rows(counts: pl.Series, file: str) -> list[Problem]:
    """Name a table with a row for each person: one person counted in every row, or in nearly every one."""
    filled = counts.cast(pl.String).filter(counts.cast(pl.String).fill_null("").str.contains(r"\d"))
    ones = filled.str.contains(r"^1(\.0+)?$").sum()
    if filled.len() < PERSON_ROWS or ones < 0.9 * filled.len():
        return []
    return [Problem(code="person_rows", file=file, column="count")]


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
            unknown = Problem(code="unknown_layout", file=book.file, expected=self.source)
            raise Problems(book.file, self.diagnose(book) or [unknown])
        return deliver(book, fitting)


def text_table(records: Sequence[dict[str, str]]) -> pl.DataFrame:
    """Return records as the table of texts a contract checks; a field left out is empty."""
    names = ("measure", "region_code", "region_name", "period", "age_group", "sex", "dimensions", "sheet")
    columns = (*names, *NUMERIC, *(f"{name}_cell" for name in NUMERIC))
    return pl.DataFrame(
        {name: [record.get(name, "") for record in records] for name in columns},
        schema=dict.fromkeys(columns, pl.String),
    )
