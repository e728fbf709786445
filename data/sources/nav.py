"""NAV: monthly workbooks of counties and municipalities, and orders by e-mail; layouts in `layouts/nav.toml`."""

import re
from collections.abc import Iterator

from data.ingest.contract import Problem
from data.ingest.open_file import Book
from data.ingest.sheet import Sheet, cell_name
from data.sources.adapter import Layout, Publisher
from data.sources.layouts.description import described_with_own
from data.sources.layouts.share_scale import Population
from data.sources.layouts.sheet_reader import layouts_of

_DECIMAL_COMMA = re.compile(r"^-?\d+,\d+$")


def layouts(population: Population | None = None) -> tuple[Layout, ...]:
    """Return NAV's layouts. population: residents, by which a share is told to be a percentage or a fraction."""
    return layouts_of(described_with_own("nav"), population)


def diagnose(book: Book) -> list[Problem]:
    """Return why a table that looks like NAV's cannot be used: copied from a document, its cells came apart."""
    return [problem for sheet in book.sheets if book.kind == "workbook" for problem in _apart(book.file, sheet)]


def _apart(file: str, sheet: Sheet) -> Iterator[Problem]:
    rows = [sheet.filled(row) for row in range(len(sheet.rows))]
    codes = [row for row in rows if len(row) > 2 and re.fullmatch(r"\d{4}", row[0][1])]
    commas = [(i, c, t) for i, row in enumerate(rows) for c, t in row if _DECIMAL_COMMA.match(t)]
    if len(codes) < 2 or not commas:
        return
    row, column, text = commas[0]
    place = {"file": file, "sheet": sheet.name}
    yield Problem(code="numbers_as_text", **place, cell=cell_name(row, column), expected="number", found=text)
    for number, cells in enumerate(rows):
        texts = [text for _, text in cells]
        if _is_label_apart(texts):
            cell = cell_name(number, cells[0][0])
            yield Problem(code="label_apart", **place, cell=cell, expected="label", found=" | ".join(texts[:4]))


def _is_label_apart(texts: list[str]) -> bool:
    """Tell whether the words of a label lie in cells of their own: `I`, `alt`, or a number and then words alone."""
    worded = len(texts) > 2 and all(not re.search(r"\d", text) for text in texts[1:])
    return texts[:2] == ["I", "alt"] or (worded and bool(re.fullmatch(r"\d{2}", texts[0])))


_nav = Publisher("nav", layouts, diagnose)
recognises, parse = _nav.recognises, _nav.parse
