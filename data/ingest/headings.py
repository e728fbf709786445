"""Headings somebody agreed on, and a table that stands under them: its cells as texts, and where each stands."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from data.ingest.contract import Note
from data.ingest.sheet import Sheet, cell_name, trim

_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]$")
_MIDNIGHT = r"^(\d{4}-\d{2}-\d{2})T00:00:00$"


@dataclass(frozen=True)
class AgreedHeadings:
    """The headings a table may have, in small letters.

    needed: those that no row leaves empty. numbers: those over numbers, which hold for one row each.
    """

    known: frozenset[str]
    needed: frozenset[str]
    numbers: frozenset[str]

    def name(self, text: str) -> str:
        """Return the agreed heading a text is, with or without a unit in brackets, else the text in small letters."""
        plain = trim(text).lower()
        bare = _BRACKETS.sub("", plain)
        return bare if bare in self.known and plain not in self.known else plain

    def found(self, texts: Sequence[str]) -> set[str]:
        """Return the agreed headings among some texts."""
        return {self.name(text) for text in texts} & self.known


@dataclass(frozen=True)
class HeadedTable:
    """A table: its sheet, the column of each heading, and the rows of its body, both as places on the sheet.

    doubles: columns whose heading stands over another column too.
    """

    sheet: Sheet
    columns: Mapping[str, int]
    body: tuple[int, ...]
    doubles: tuple[int, ...] = ()
    notes: tuple[Note, ...] = ()

    @cached_property
    def filled(self) -> dict[int, list[tuple[int, str]]]:
        """The filled cells of each row of the body that has some, those merged with one above too."""
        found = {row: self.sheet.filled(row) for row in self.body}
        for (row, column), first in self.sheet.above.items():
            if row in found and (text := self.sheet.text(*first)):
                found[row] = sorted({**dict(found[row]), column: text}.items())
        return {row: cells for row, cells in found.items() if cells}

    @cached_property
    def frame(self) -> pl.DataFrame:
        """The body as texts; a day that Excel keeps with an hour stands without it."""
        cells = [dict(self.filled.get(row, ())) for row in self.body]
        texts = {name: [row.get(column, "") for row in cells] for name, column in self.columns.items()}
        return pl.DataFrame(texts, schema=dict.fromkeys(texts, pl.String)).with_columns(
            pl.all().str.replace(_MIDNIGHT, "${1}")
        )

    def cell(self, row: int, name: str) -> str:
        """Return where a cell of the body stands: its row counted from 0, and its heading."""
        return cell_name(self.body[row], self.columns[name])
