"""A delivered table of an experiment, opened: its cells, where each of them stands, and what stood around it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from data.ingest.contract import Note, Problem, raise_all
from data.ingest.headed_table import headed_table
from data.ingest.headings import HeadedTable
from data.ingest.open_file import open_file
from data.ingest.personal_data import refuse
from data.ingest.sheet import Sheet, cell_name
from data.sources.uia.columns import HEADINGS
from data.sources.uia.tables import BINARY, FORMATS, numbers_or_texts, present, read_table


@dataclass(frozen=True)
class DeliveredTable:
    """The cells under their headings, as numbers where a whole column is; `table` where it lies in a sheet or text."""

    frame: pl.DataFrame
    table: HeadedTable | None = None

    @property
    def sheet(self) -> str:
        """The name of its sheet, "" where it lies in none."""
        return self.table.sheet.name if self.table else ""

    @property
    def notes(self) -> tuple[Note, ...]:
        """What was left out."""
        return self.table.notes if self.table else ()

    def place(self, row: int, column: str) -> dict[str, str]:
        """Return sheet and cell of a row counted from 0."""
        if self.table:
            return {"sheet": self.sheet, "cell": self.table.cell(row, column)}
        return {"cell": cell_name(row + 1, self.frame.columns.index(column))}


def opened(path: Path, coded: Callable[[Collection[str]], Collection[str]]) -> DeliveredTable:
    """Return a delivered table. coded: columns whose codes are numbers even where a statistical file labels them.

    Raises `Problems` where the file is no table, or anything in it, on hidden sheets too, belongs to a person.
    """
    if path.suffix.lower() in BINARY:
        frame = read_table(path, coded)
        frame = frame.rename({name: name.strip().lower() for name in frame.columns})
        texts = frame.select(pl.all().cast(pl.String).fill_null(""))
        refuse([Sheet("", (tuple(texts.columns), *texts.rows()))])
        return DeliveredTable(frame)
    book = open_file(path)
    if book.kind not in ("text", "workbook"):
        raise_all(path.name, [Problem(code="uia_format", file=path.name, found=path.suffix, expected=FORMATS)])
    refuse(book)
    table = headed_table(book, HEADINGS)
    raise_all(path.name, [] if table.body else [Problem(code="no_rows", file=path.name)])
    return DeliveredTable(_typed(table.frame), table)


def _typed(frame: pl.DataFrame) -> pl.DataFrame:
    """Return texts as numbers where a column is of numbers; how many there are may be written "n = 120"."""
    texts = present(frame)
    if "n" in texts.columns:
        texts = texts.with_columns(pl.col("n").str.replace(r"^[nN] ?= ?(\d)", "${1}"))
    return pl.DataFrame([numbers_or_texts(texts[name]) for name in texts.columns])
