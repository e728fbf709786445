"""A sheet as texts, and the names of its cells as a spreadsheet writes them."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

SPACES = r"[\s\u200b\ufeff]+"
_SPAN = re.compile(r"^([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})$")
_NO_WIDTH = dict.fromkeys(map(ord, "\u200b\ufeff"), " ")


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, its rows of texts, and whether nobody sees it; an empty cell is ``""``.

    A formula without a stored value is kept as its own text (`=SUM(B4:B20)`), so that nobody takes it for empty.
    merged: cells that are one, as `A2:A5`; only the first of them has the text.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    hidden: bool = False
    merged: tuple[str, ...] = ()

    def text(self, row: int, column: int) -> str:
        """Return the trimmed text of a cell counted from 0; outside the sheet it is empty."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return trim(self.rows[row][column])
        return ""

    def filled(self, row: int) -> list[tuple[int, str]]:
        """Return the filled cells of a row as (column, trimmed text)."""
        return [(column, text) for column, raw in enumerate(self.rows[row]) if (text := trim(raw))]

    def merged_cells(self) -> Iterator[list[tuple[int, int]]]:
        """Yield the cells that are one, counted from 0, the first of them first; none beyond the rows there are."""
        widest = max(map(len, self.rows), default=0)
        for hit in filter(None, map(_SPAN.match, self.merged)):
            columns = range(_column(hit[1]), min(_column(hit[3]), widest) + 1)
            rows = range(int(hit[2]) - 1, min(int(hit[4]), len(self.rows)))
            if found := [(row, column) for row in rows for column in columns]:
                yield found

    @cached_property
    def above(self) -> dict[tuple[int, int], tuple[int, int]]:
        """The cells that are merged with one above them, and that one."""
        return {cell: span[0] for span in self.merged_cells() for cell in span[1:] if cell[1] == span[0][1]}

    def texts(self) -> set[str]:
        """Return what stands in the cells, each text once."""
        return {text for row in self.rows for text in row}

    def cells_of(self, sought: Collection[str]) -> Iterator[tuple[int, int, str]]:
        """Yield every cell with one of the texts that are sought as (row, column, text)."""
        for row, texts in enumerate(self.rows if sought else ()):
            for column, text in enumerate(texts):
                if text in sought:
                    yield row, column, text


def trim(text: str) -> str:
    """Return the text with every run of white space (no-break spaces too) as one space, and none at the ends.

    A text without is returned itself, not a copy: a large sheet is read in a million of them.
    """
    plain = " ".join(text.split() if text.isascii() else text.translate(_NO_WIDTH).split())
    return text if plain == text else plain


def cell_name(row: int, column: int) -> str:
    """Return the spreadsheet name of a cell counted from 0: (11, 2) is `C12`."""
    return f"{column_name(column)}{row + 1}"


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number - 1


@cache
def column_name(column: int) -> str:
    """Return the letters of a column counted from 0: 27 is `AB`."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
