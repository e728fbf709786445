"""The rows below agreed headings: those of the table, what is said of it, and what is neither."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from data.ingest.contract import Note, Problem
from data.ingest.headings import AgreedHeadings, HeadedTable
from data.ingest.open_file import Book
from data.ingest.sheet import cell_name

FEWEST = 2
"""So many agreed headings make a row one of headings."""
_NUMBER_OF_CASES = re.compile(r"^\(?n ?= ?\d[\d ]*\)?$", re.IGNORECASE)
_TOTAL = re.compile(r"^(sum|i alt|totalt?|total|alle i alt)\b", re.IGNORECASE)


@dataclass(frozen=True)
class SortedRows:
    """The rows of a table as places on its sheet, what was left out, and what is wrong."""

    rows: tuple[int, ...]
    notes: tuple[Note, ...]
    problems: tuple[Problem, ...]


def sorted_rows(book: Book, table: HeadedTable, headings: AgreedHeadings, width: int) -> SortedRows:
    """Sort the rows below the headings: what is said of the table, within it or below, is named.

    What is neither a row of it nor said of it is a problem. width: of the row of headings.
    """
    filled = table.filled
    agreed = {text for text in {text for cells in filled.values() for _, text in cells} if headings.found([text])}
    few = (row for row in filled if sum(text in agreed for _, text in filled[row]) >= FEWEST)
    heads = {row for row in few if len(headings.found([text for _, text in filled[row]])) >= FEWEST}
    aside = [row for row in filled if _is_aside(table, filled[row], headings)]
    rows = [row for row in filled if row not in heads and row not in aside]
    whole = [row for row in rows if _is_whole(filled[row], table, headings)]
    below = [row for row in rows if whole and row > whole[-1] and not _has_number(table, filled[row])]
    rows = [row for row in rows if row not in below]
    notes = [_note(table, row, filled[row]) for row in aside]
    if below:
        column, text = filled[below[0]][0]
        notes.append(Note("footnotes", table.sheet.name, cell_name(below[0], column), text[:80], len(below)))
    found = [*_second(book.file, table, headings, heads), *_merged_numbers(book.file, table, headings, rows)]
    found += [problem for row in rows for problem in _apart(book.file, table, row, filled[row])]
    if book.kind == "text":
        found += _uneven(book.file, table, rows, width)
    return SortedRows(tuple(rows), tuple(notes), tuple(found))


def _second(file: str, table: HeadedTable, headings: AgreedHeadings, heads: Collection[int]) -> Iterator[Problem]:
    """Yield that another table begins below; a row that repeats the headings begins none."""
    for row in sorted(heads):
        again = {headings.name(text): column for column, text in table.sheet.filled(row)}
        if not again.items() <= table.columns.items():
            found = ", ".join(again)
            yield Problem(code="tables_below", file=file, sheet=table.sheet.name, cell=cell_name(row, 0), found=found)
            return


def _is_aside(table: HeadedTable, filled: list[tuple[int, str]], headings: AgreedHeadings) -> bool:
    """Tell whether a row says how many cases a column has ("n = 120"), or is a total without a group."""
    if all(_NUMBER_OF_CASES.match(text) for _, text in filled):
        return True
    here = {column for column, _ in filled}
    lacks = any(table.columns[name] not in here for name in headings.needed if name in table.columns)
    return lacks and bool(_TOTAL.match(filled[0][1]))


def _note(table: HeadedTable, row: int, filled: list[tuple[int, str]]) -> Note:
    column, text = filled[0]
    reason = "number_of_cases" if _NUMBER_OF_CASES.match(text) else "total"
    return Note(reason, table.sheet.name, cell_name(row, column), text[:80])


def _is_whole(filled: list[tuple[int, str]], table: HeadedTable, headings: AgreedHeadings) -> bool:
    here = {column for column, _ in filled}
    return all(table.columns[name] in here for name in headings.needed if name in table.columns)


def _has_number(table: HeadedTable, filled: list[tuple[int, str]]) -> bool:
    first = min(table.columns.values())
    return any(column > first and re.fullmatch(r"-?[\d., ]*\d", text) for column, text in filled)


def _apart(file: str, table: HeadedTable, row: int, filled: list[tuple[int, str]]) -> Iterator[Problem]:
    """Yield what stands beside the columns, or alone between the rows."""
    sheet, own = table.sheet, {*table.columns.values(), *table.doubles}
    for column, text in filled:
        if column not in own:
            cell = cell_name(row, column)
            yield Problem(code="value_without_heading", file=file, sheet=sheet.name, cell=cell, found=text)
            return
    if len(filled) == 1 and len(own) > FEWEST:
        column, text = filled[0]
        yield Problem(code="row_apart", file=file, sheet=sheet.name, cell=cell_name(row, column), found=text)


def _merged_numbers(file: str, table: HeadedTable, headings: AgreedHeadings, rows: Sequence[int]) -> Iterator[Problem]:
    """Yield numbers that are merged over several rows: nobody can say of how many they are one."""
    columns = {column: name for name, column in table.columns.items() if name in headings.numbers}
    body = set(rows)
    for first, *others in table.sheet.merged_cells():
        for row, column in others:
            if row in body and column in columns:
                facts = {"cell": cell_name(row, column), "expected": cell_name(*first), "column": columns[column]}
                yield Problem(code="merged_number", file=file, sheet=table.sheet.name, **facts)


def _uneven(file: str, table: HeadedTable, rows: Sequence[int], width: int) -> Iterator[Problem]:
    """Yield the rows of a text table that are shorter or longer than its headings."""
    for row in rows:
        found = len(table.sheet.rows[row])
        if found != width and len(table.sheet.filled(row)) > 1:
            yield Problem(code="ragged_row", file=file, cell=cell_name(row, 0), expected=str(width), found=str(found))
