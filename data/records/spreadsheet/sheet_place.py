"""Where a row of a spreadsheet stands, so that a fault of the record it holds is told at its cell."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from data.curated.programme.forms import line_named
from data.i18n import LANGUAGES
from data.problems import Problem
from data.records.spreadsheet import choices
from data.records.spreadsheet.references import CellNames

_OF_A_GAIN = re.compile(r"^gain\[\d+\]\.?")


@dataclass(frozen=True)
class SheetPlace:
    """Where a row of a spreadsheet stands. columns: the letter and the heading of each key's column."""

    file: str
    kind: str
    sheet: str
    row: int
    columns: Mapping[str, tuple[str, str]]
    names: CellNames

    def cell(self, name: str) -> str:
        """Return the cell of a key (`payer[2]`, `name.en`): that of the column that holds it, else the row's first."""
        return f"{self._column(name)[0]}{self.row}"

    def placed(self, problem: Problem, table: Mapping[str, Any]) -> Problem:
        """Return a problem of the row, which holds a table, with its cell and its column's heading."""
        name = _OF_A_GAIN.sub("", line_named(self.kind, problem.cell, table))
        letter, heading = self._column(name)
        known = {"column": heading} if heading else {}
        found = choices.listed(problem, {lang: self._allowed(name, lang) for lang in LANGUAGES})
        return replace(found, file=self.file, sheet=self.sheet, cell=f"{letter}{self.row}", **known)

    def _allowed(self, name: str, lang: str) -> list[str]:
        """Return the words that may stand in a column of choices or of names; nothing for any other."""
        name = name.partition("[")[0]  # one of a list
        return choices.choice_words(self.kind, name, lang) or self.names.names(self.kind, name, lang)

    def _column(self, name: str) -> tuple[str, str]:
        """Return letter and heading of the column that holds a key, or its first part; the row's first without one."""
        place = name
        inner = (each for key, each in self.columns.items() if name and key.startswith(f"{name}."))
        while place and place not in self.columns:
            place = place.rpartition("[" if place.endswith("]") else ".")[0]
        return self.columns[place] if place else next(inner, ("A", ""))
