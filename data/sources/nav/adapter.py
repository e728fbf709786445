"""NAV: monthly municipal workbooks and custom orders."""

import re
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from data.ingest.contract import Delivery, Problem
from data.ingest.open_file import Book
from data.ingest.sheet import Sheet, cell_name
from data.sources.adapter import Layout, admitted, read_as
from data.sources.nav import custom_order, monthly
from data.sources.nav.share_scale import Population

CONTRACT = monthly.CONTRACT
ORDER_CONTRACT = custom_order.CONTRACT
_DECIMAL_COMMA = re.compile(r"^-?\d+,\d+$")


def layouts(regions: pl.DataFrame | None = None, population: Population | None = None) -> tuple[Layout, ...]:
    """Return NAV's layouts; `regions` and `population` are for custom orders (see `nav_order`, `nav_scale`)."""
    return monthly.LAYOUT, custom_order.layout(regions, population)


def recognises(path: Path) -> bool:
    """Tell whether a file is in one of NAV's layouts, by its content."""
    book = admitted(path)
    return any(layout.recognises(book) for layout in layouts())


def parse(path: Path, regions: pl.DataFrame | None = None, population: Population | None = None) -> Delivery:
    """Return a NAV file as a delivery; raise all its problems at once (`Problems`)."""
    return read_as(path, layouts(regions, population), "nav", diagnose)


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
    yield Problem(
        code="numbers_as_text", file=file, sheet=sheet.name, cell=cell_name(row, column), expected="number", found=text
    )
    for number, cells in enumerate(rows):
        texts = [text for _, text in cells]
        if texts[:2] == ["I", "alt"] or (
            len(texts) > 2
            and all(not re.search(r"\d", text) for text in texts[1:])
            and re.fullmatch(r"\d{2}", texts[0])
        ):
            yield Problem(
                code="label_apart",
                file=file,
                sheet=sheet.name,
                cell=cell_name(number, cells[0][0]),
                expected="label",
                found=" | ".join(texts[:4]),
            )
