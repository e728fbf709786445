"""The county and Udir: the export of upper secondary figures by nation, county and school."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from data import paths
from data.ingest.contract import Delivery, Note, Problem, TableContract, standard_columns
from data.ingest.open_file import Book
from data.ingest.sheet import Sheet, cell_name
from data.sources.adapter import AdapterReading, Layout, admitted, read_as, text_table
from data.toml import toml_table

_SCHOOL_YEAR = r"^\d{4}-\d{2}$"
CONTRACT = TableContract(
    "udir_export", "Udir", standard_columns("percent", _SCHOOL_YEAR), {"*": "suppressed"}, decimal=","
)
_COLUMN = re.compile(r"^(\d{4}-\d{2})\.(.+)$")
_NEEDED = ("EnhetNivaa", "Fylkekode", "EnhetNavn")
_NATION, _COUNTY = "1", "2"
Record = dict[str, str]


@dataclass(frozen=True)
class Figure:
    """What a column of figures holds, taken from its heading."""

    column: int
    facts: dict[str, str]
    quantity: str


def layouts() -> tuple[Layout, ...]:
    """Return the county's layouts."""
    return (Layout(CONTRACT, _is_export, read),)


def recognises(path: Path) -> bool:
    """Tell whether a file is the export, by its content."""
    return _is_export(admitted(path))


def parse(path: Path) -> Delivery:
    """Return an export as a delivery; raise all its problems at once (`Problems`)."""
    return read_as(path, layouts(), "county")


def read(book: Book) -> AdapterReading:
    """Return one record for nation and county and school year; schools are counted and left out, breaks are noted."""
    sheet = book.sheets[0]
    header = _header(sheet)
    names = {sheet.text(header, column): column for column in range(len(sheet.rows[header]))}
    found = [
        Problem(code="missing_column", file=book.file, cell=cell_name(header, 0), expected=name, column=name)
        for name in _NEEDED
        if name not in names
    ]
    figures, breaks, wrong = _columns(book.file, sheet, header)
    found += wrong
    if found or not figures:
        return AdapterReading("", text_table([]), (), tuple(found))
    notes: list[Note] = []
    schools: Counter[str] = Counter()
    records: dict[tuple[str, ...], Record] = {}
    for row in range(header + 1, len(sheet.rows)):
        if sheet.filled(row):
            found += _collect(book.file, _CountyRow(sheet, row, names), figures, records, notes, schools)
    notes += [Note("schools", what=name, number=number) for name, number in schools.items()]
    notes += _breaks(sheet, header, breaks)
    title = ", ".join(sorted({sheet.text(header, figure.column).split(".")[-1] for figure in figures}))
    return AdapterReading(title, text_table([*records.values()]), tuple(notes), tuple(found))


@dataclass(frozen=True)
class _CountyRow:
    sheet: Sheet
    row: int
    names: dict[str, int]

    def text(self, name: str) -> str:
        return self.sheet.text(self.row, self.names[name])


def _is_export(book: Book) -> bool:
    return book.kind == "text" and bool(book.sheets) and _header(book.sheets[0]) >= 0


def _header(sheet: Sheet) -> int:
    for row in range(min(5, len(sheet.rows))):
        texts = [text for _, text in sheet.filled(row)]
        known = {text.lower() for text in texts} & {
            name.lower() for name in (*_NEEDED, "Nasjonaltkode", "Organisasjonsnummer")
        }
        if len(known) >= 2 and any(_COLUMN.match(text) for text in texts):
            return row
    return -1


def _columns(file: str, sheet: Sheet, header: int) -> tuple[list[Figure], dict[int, str], list[Problem]]:
    """Return the columns of figures, the columns of prose about breaks with their school year, and what is unknown."""
    figures: list[Figure] = []
    breaks: dict[int, str] = {}
    found: list[Problem] = []
    for column, text in sheet.filled(header):
        heading = _COLUMN.match(text)
        if not heading:
            continue
        parts = heading.group(2).split(".")
        if parts[-1].lower() == "brudd":
            breaks[column] = heading.group(1)
        elif parts[-1].lower() in _words()["measures"]:
            figures.append(_figure(column, heading.group(1), parts))
        else:
            found.append(Problem(code="unknown_measure", file=file, cell=cell_name(header, column), found=parts[-1]))
    return figures, breaks, found


def _figure(column: int, period: str, parts: list[str]) -> Figure:
    measure = _words()["measures"][parts[-1].lower()]
    sexes = _words()["sexes"]
    sex = next((sexes[part.lower()] for part in parts if part.lower() in sexes), "")
    others = [part for part in parts[:-1] if part.lower() not in sexes and not part.lower().startswith("alle ")]
    dimensions = ";".join(f"del{place}={part}" for place, part in enumerate(others, start=1))
    facts = {"measure": measure["id"], "period": period, "sex": sex, "dimensions": dimensions, "age_group": "all"}
    return Figure(column, facts, measure["quantity"])


def _collect(
    file: str,
    row: _CountyRow,
    figures: list[Figure],
    records: dict[tuple[str, ...], Record],
    notes: list[Note],
    schools: Counter[str],
) -> Iterator[Problem]:
    level, code, name = row.text("EnhetNivaa"), row.text("Fylkekode"), row.text("EnhetNavn")
    cell = cell_name(row.row, row.names["EnhetNavn"])
    if not level.isdecimal():
        notes.append(Note("footnote", cell=cell_name(row.row, 0), what=row.sheet.filled(row.row)[0][1]))
        return
    if level not in (_NATION, _COUNTY):
        schools[row.text("Fylke") if "Fylke" in row.names else ""] += 1
        return
    national = row.text("Nasjonaltkode") if "Nasjonaltkode" in row.names else "I"
    if national == "U":
        notes.append(Note("unknown_region", cell=cell, what=name))
        return
    region = "0" if level == _NATION else code.zfill(2)
    yield from _stray(file, row)
    for figure in figures:
        record = figure.facts | {"region_code": region, "region_name": name}
        key = (*figure.facts.values(), region)
        mine = {
            figure.quantity: row.sheet.text(row.row, figure.column),
            f"{figure.quantity}_cell": cell_name(row.row, figure.column),
        }
        before = records.get(key, {})
        if f"{figure.quantity}_cell" in before:
            yield Problem(
                code="duplicate_row",
                file=file,
                cell=mine[f"{figure.quantity}_cell"],
                expected=before[f"{figure.quantity}_cell"],
                found=" ".join(part for part in key if part),
            )
        else:
            records[key] = before | record | mine


def _stray(file: str, row: _CountyRow) -> Iterator[Problem]:
    width = len(row.sheet.rows[_header(row.sheet)])
    for column, text in row.sheet.filled(row.row):
        if column >= width:
            yield Problem(code="value_without_heading", file=file, cell=cell_name(row.row, column), found=text)


def _breaks(sheet: Sheet, header: int, breaks: dict[int, str]) -> Iterator[Note]:
    """Yield each sentence about a break once for each school year, with its first place."""
    for column, period in breaks.items():
        seen: set[str] = set()
        for row in range(header + 1, len(sheet.rows)):
            text = sheet.text(row, column)
            if text and text not in seen:
                seen.add(text)
                yield Note("break", cell=cell_name(row, column), what=f"{period}: {text}")


@cache
def _words() -> dict[str, Any]:
    return toml_table(paths.ADAPTERS / "county.toml")
