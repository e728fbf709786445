"""Where the numbers of a sheet lie: rows of headings, the tables under them, and what each column is."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from data.ingest.contract import NUMERIC, Note, Problem
from data.ingest.sheet import Sheet, cell_name, column_name
from data.sources.layouts.description import PublisherSheets, SheetLayout
from data.sources.layouts.month_words import heading_month
from data.sources.layouts.places import numbered

_TOP_ROWS = 25
_BESIDE = "beside"


@dataclass(frozen=True)
class FigureColumn:
    """A column of numbers: its place, what they are (`count` or `share`), and the month and year above it."""

    column: int
    quantity: str
    month: int = 0
    year: str = ""

    def period(self, years: Mapping[int, str]) -> str:
        """Return the month of the column, "" where nothing says its year. years: of each month, by the title."""
        year = self.year or years.get(self.month, "")
        return f"{year}-{self.month:02}" if year else ""


@dataclass(frozen=True)
class Block:
    """A table of a sheet: its row of headings, its body, the column of each role, and its columns of numbers.

    unknown: columns whose heading says nothing to us. nameless: columns with neither heading nor telling contents.
    """

    sheet: Sheet
    header: int
    body: range
    roles: dict[str, int]
    numbers: tuple[FigureColumn, ...]
    unknown: tuple[int, ...] = ()
    nameless: tuple[int, ...] = ()

    def text(self, row: int, role: str) -> str:
        """Return the cell of a role, or an empty text where the table has no such column.

        What stands in a cell that is merged with those below, as a level or a month, is said of each of them.
        """
        if role not in self.roles:
            return ""
        place = row, self.roles[role]
        said = self.sheet.text(*place)
        merged = not said and role not in NUMERIC and self.sheet.above.get(place)
        return self.sheet.text(*merged) if merged else said

    def label(self, row: int) -> tuple[int, str]:
        """Return where the region of a row stands and what is written there: all that stands before the numbers."""
        if "region" in self.roles:
            return self.roles["region"], self.text(row, "region")
        first = min(each.column for each in self.numbers)
        labels = [(column, text) for column, text in self.sheet.filled(row) if column < first]
        return (labels[0][0], " ".join(text for _, text in labels)) if labels else (0, "")

    def filled(self, row: int) -> list[tuple[int, str]]:
        """Return the filled cells of a row that belong to this table."""
        columns = {*self.roles.values(), *self.unknown, *self.nameless} if self.roles else None
        return [(column, text) for column, text in self.sheet.filled(row) if columns is None or column in columns]

    def column(self, role: str, rows: Sequence[int]) -> list[str]:
        """Return the cells of a role in some rows, empty texts where the table has no such column."""
        return [self.sheet.text(row, self.roles[role]) for row in rows] if role in self.roles else [""] * len(rows)


def header_rows(sheets: PublisherSheets, layout: SheetLayout, sheet: Sheet) -> list[int]:
    """Return the rows of headings of a sheet in a layout; none where it is in another."""
    if layout.across == "months":
        rows = [row for row in range(len(sheet.rows)) if months_in(sheets, sheet, row)]
        return [row for row, after in pairwise([*rows, -1]) if not _is_period(sheets, sheet, row, after)]
    for row in range(min(_TOP_ROWS, len(sheet.rows))):
        roles = {role_of(layout, text) for _, text in sheet.filled(row)} - {"", _BESIDE}
        if len(roles) >= 4 and {"level", "region"} & roles:
            return [row]
    return []


def _is_period(sheets: PublisherSheets, sheet: Sheet, row: int, after: int) -> bool:
    """Tell whether a row of one month with its year ("Januar 2022") is the line over headings that follow it."""
    cells = sheet.filled(row)
    between = [text for each in range(row + 1, after) for _, text in sheet.filled(each)]
    alone = after > row and len(cells) == 1 and not any(map(numbered, between))
    return alone and bool(heading_month(sheets, cells[0][1])[1])


def blocks(
    sheets: PublisherSheets, layout: SheetLayout, sheet: Sheet, headers: list[int], unit: str
) -> Iterator[Block]:
    """Yield the tables of a sheet. unit: what the numbers under months are."""
    if layout.across != "months":
        yield from _side_by_side(layout, sheet, headers[0])
        return
    for header, end in zip(headers, [*headers[1:], len(sheet.rows)], strict=True):
        months = months_in(sheets, sheet, header)
        numbers = tuple(FigureColumn(column, unit, *dated) for column, dated in months.items())
        yield Block(sheet, header, range(header + 1, end), {}, numbers)


def months_in(sheets: PublisherSheets, sheet: Sheet, row: int) -> dict[int, tuple[int, str]]:
    """Return column → month, and year where it stands there, of a row of headings; empty where the row is none."""
    cells = sheet.filled(row)
    months = {column: dated for column, text in cells if (dated := heading_month(sheets, text))[0]}
    return months if 2 * len(months) > len(cells) else {}


def role_of(layout: SheetLayout, heading: str) -> str:
    """Return what a column of that heading is, or an empty text."""
    plain = re.sub(r"^[dv]_", "", heading.lower()).replace("_", " ")
    return next((role for role, pattern in layout.headings.items() if re.search(pattern, plain)), "")


def problems_of(file: str, layout: SheetLayout, block: Block) -> Iterator[Problem]:
    """Yield what a table lacks among its columns, and those of them that have no heading."""
    first = min(block.roles.values(), default=0)
    place = {"file": file, "sheet": block.sheet.name, "cell": cell_name(block.header, first)}
    lacking = [role for role in layout.needed if role not in block.roles]
    dated = layout.across or {"year_month", "month"} & set(block.roles)
    for role in (*lacking, *([] if dated else ["year_month"])):
        yield Problem(code="missing_column", **place, expected=f"heading_{role}", column=role)
    for column in block.unknown:
        if block.sheet.text(block.header, column).lower() in layout.person_columns:
            where = {"cell": cell_name(block.header, column), "column": column_name(column)}
            yield Problem(code="person_name_column", **place | where)
    for column in block.nameless:
        yield Problem(code="value_without_heading", **place | {"cell": cell_name(block.header, column)})


def notes_of(block: Block) -> Iterator[Note]:
    """Yield the columns that are left out."""
    for column in block.unknown:
        heading = block.sheet.text(block.header, column)
        yield Note("unknown_column", block.sheet.name, cell_name(block.header, column), heading)


def _side_by_side(layout: SheetLayout, sheet: Sheet, header: int) -> Iterator[Block]:
    """Split a row of headings into tables: where a role comes again, or an empty column follows a whole table."""
    parts: list[dict[str, int]] = [{}]
    for column in range(max(len(row) for row in sheet.rows)):
        role = _role(layout, sheet, header, column)
        if (not role and set(layout.needed) <= set(parts[-1])) or role in parts[-1]:
            parts.append({})
        if role:
            parts[-1][role] = column
    return (_block(sheet, header, part) for part in parts if part)


def _role(layout: SheetLayout, sheet: Sheet, header: int, column: int) -> str:
    """Return a column's role: `?…` with a heading we do not know, `!…` with none, nothing where it is empty."""
    heading = sheet.text(header, column)
    if heading:
        role = role_of(layout, heading)
        return role if role and role != _BESIDE else f"?{column}"
    texts = [text for row in range(header + 1, len(sheet.rows)) if (text := sheet.text(row, column))]
    alike = (role for role, pattern in layout.contents.items() if all(re.search(pattern, text) for text in texts))
    return next(alike, f"!{column}") if texts else ""


def _block(sheet: Sheet, header: int, part: dict[str, int]) -> Block:
    roles = {role: column for role, column in part.items() if role[0] not in "?!"}
    if "region" not in roles and "number" in roles:
        roles["region"] = roles.pop("number")
    numbers = tuple(FigureColumn(roles[name], name) for name in ("count", "share") if name in roles)
    odd = {mark: tuple(part[role] for role in part if role[0] == mark) for mark in "?!"}
    return Block(sheet, header, range(header + 1, len(sheet.rows)), roles, numbers, odd["?"], odd["!"])
