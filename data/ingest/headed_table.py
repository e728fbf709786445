"""A table under agreed headings, wherever it lies in a file: below titles, above notes, on one sheet of several."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from data.ingest.contract import Note, Problem, raise_all
from data.ingest.headed_rows import FEWEST, sorted_rows
from data.ingest.headings import AgreedHeadings, HeadedTable
from data.ingest.open_file import Book
from data.ingest.sheet import Sheet, cell_name

_TOP_ROWS = 25


def headed_table(book: Book, headings: AgreedHeadings) -> HeadedTable:
    """Return the one table of a file that has agreed headings.

    Titles, notes, totals and other sheets are named in its notes. Raises `Problems` where there is no such table or
    more than one, or where something in it belongs neither to the table nor to what stands around it.
    """
    starts = [(sheet, row) for sheet in book.sheets if (row := _heading_row(sheet, headings)) is not None]
    seen = [each for each in starts if not each[0].hidden]
    raise_all(book.file, [*_not_one(book, headings, seen, starts)])
    sheet, start = seen[0]
    end = start + 2 if _goes_on(sheet, start, headings) else start + 1
    columns, wrong = _columns(book, sheet, range(start, end), headings)
    doubles = tuple(each for row in range(start, end) for each, _ in sheet.filled(row) if each not in columns.values())
    whole = HeadedTable(sheet, columns, tuple(range(end, len(sheet.rows))), doubles)
    body = sorted_rows(book, whole, headings, len(sheet.rows[start]))
    raise_all(book.file, [*wrong, *body.problems])
    return replace(whole, body=body.rows, notes=(*_titles(sheet, start), *_other_sheets(book, sheet), *body.notes))


def has_headings(rows: Sequence[Sequence[str]], headings: AgreedHeadings) -> bool:
    """Tell whether one of the first rows, or two of them together, has all the headings that are needed."""
    names = [headings.found(row) for row in rows[:_TOP_ROWS]]
    pairs = (one | other for one, other in pairwise(names))
    return any(headings.needed <= each for each in (*names, *pairs))


def _heading_row(sheet: Sheet, headings: AgreedHeadings) -> int | None:
    """Return the row with the most agreed headings, None where no row has some."""
    found = [len(headings.found(row)) for row in sheet.rows[:_TOP_ROWS]]
    most = max(found, default=0)
    return found.index(most) if most >= FEWEST else None


def _goes_on(sheet: Sheet, row: int, headings: AgreedHeadings) -> bool:
    """Tell whether the headings go on in the row below, as under a heading merged over several columns."""
    below = dict(sheet.filled(row + 1)) if row + 1 < len(sheet.rows) else {}
    above = {column for column, text in sheet.filled(row) if headings.name(text) in headings.known}
    agreed = all(headings.name(text) in headings.known for text in below.values())
    return bool(below) and not above & set(below) and agreed


def _not_one(
    book: Book, headings: AgreedHeadings, seen: Sequence[tuple[Sheet, int]], all_: Sequence[tuple[Sheet, int]]
) -> Iterator[Problem]:
    """Yield that there is no table to read, that nobody sees it, or that there are several."""
    if len(seen) > 1:
        yield Problem(code="tables_several", file=book.file, found=", ".join(sheet.name for sheet, _ in seen))
    elif all_ and not seen:
        sheet, row = all_[0]
        yield Problem(code="table_hidden", file=book.file, sheet=sheet.name, cell=cell_name(row, 0), found=sheet.name)
    elif not seen:
        visible = [sheet for sheet in book.sheets if not sheet.hidden]
        first = next(((sheet, row) for sheet in visible for row in range(len(sheet.rows)) if sheet.filled(row)), None)
        sheet, row = first or (Sheet("", ((),)), 0)
        found = ", ".join(text for _, text in sheet.filled(row))
        yield Problem(
            code="table_no_headings", file=book.file, sheet=sheet.name, cell=cell_name(row, 0), found=found or "–",
            expected=", ".join(sorted(headings.needed)),
        )  # fmt: skip


def _columns(book: Book, sheet: Sheet, rows: range, headings: AgreedHeadings) -> tuple[dict[str, int], list[Problem]]:
    """Return the column of each heading, and headings that stand twice."""
    columns: dict[str, int] = {}
    wrong: list[Problem] = []
    texts = {column: (row, text) for row in rows for column, text in sheet.filled(row)}
    for column, (row, text) in sorted(texts.items()):
        name = headings.name(text)
        if name in columns:
            facts = {"cell": cell_name(row, column), "found": text, "expected": cell_name(row, columns[name])}
            wrong.append(Problem(code="heading_twice", file=book.file, sheet=sheet.name, **facts))
        columns.setdefault(name, column)
    return columns, wrong


def _titles(sheet: Sheet, start: int) -> Iterator[Note]:
    """Yield the rows above the headings as one note."""
    rows = [row for row in range(start) if sheet.filled(row)]
    if rows:
        column, text = sheet.filled(rows[0])[0]
        yield Note("titles", sheet.name, cell_name(rows[0], column), text[:80], len(rows))


def _other_sheets(book: Book, ours: Sheet) -> Iterator[Note]:
    for sheet in book.sheets:
        if sheet.hidden:
            yield Note("hidden_sheet", sheet.name)
        elif sheet is not ours and any(map(any, sheet.rows)):
            yield Note("foreign_sheet", sheet.name)
