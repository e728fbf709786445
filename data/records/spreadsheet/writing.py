"""Records out as a spreadsheet, with every column a row may have: also where there is no row yet."""

import datetime as dt
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from data.curated.programme.forms import lines_apart
from data.i18n import say
from data.records.files import WrittenRow
from data.records.spreadsheet.choices import as_code, as_word, choice_words
from data.records.spreadsheet.headings import CLOSED, KEY, SHEETS, VERSION, heading, known_columns, sheet_name
from data.records.spreadsheet.lists import as_cell, list_columns
from data.records.spreadsheet.references import names_in
from data.records.state import RecordState

Flat = dict[str, Any]
_LONGEST_LIST = 255
"""A list of words that stands in a cell's own rule is no longer, and parts them by commas."""
_LAST_ROW = 1_048_575
"""The last row of a sheet, counted from 0: rows nobody has written yet drop down their choices too."""


def as_workbook(state: RecordState, lang: str, files: Sequence[WrittenRow] = ()) -> bytes:
    """Return the records of the kinds that are kept in spreadsheets as one workbook.

    files: rows of the files in use, which stand there too where the log says nothing of them.
    """
    import xlsxwriter

    target, names = io.BytesIO(), names_in(state, files)
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        book.set_custom_property(CLOSED, len(state.past))
        head, day = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "yyyy-mm-dd"})
        for kind in SHEETS:
            sheet, rows = book.add_worksheet(sheet_name(kind, lang)), _rows(state, kind, files)
            columns = _columns(kind, rows)
            sheet.freeze_panes(1, 1)
            sheet.set_column(0, len(columns) - 1, 24)
            for place, name in enumerate(columns):
                sheet.write_string(0, place, heading(kind, name, lang), head)
                if name not in list_columns(kind):
                    _offer(sheet, place, choice_words(kind, name, lang) or names.names(kind, name, lang), lang)
            for number, row in enumerate(rows, 1):
                for name, value in row.items():
                    told = as_word(kind, name, names.name(kind, name, value, lang), lang)
                    _write(sheet, number, columns.index(name), told, day)
    return target.getvalue()


def flat(value: Any, place: str = "") -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - any TOML value
    """Yield the places and values of a table; a list is one value."""
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from flat(each, f"{place}.{key}" if place else key)
    else:
        yield place, value


def said(kind: str, table: Any) -> Flat:  # noqa: ANN401 - any TOML table
    """Return what a table says, without what is empty; a choice by its code, however it is written."""
    told = ((name, as_cell(value) if isinstance(value, list) else value) for name, value in flat(table))
    return {name: as_code(kind, name, value) for name, value in told if value not in ("", None)}


def _rows(state: RecordState, kind: str, files: Sequence[WrittenRow]) -> list[Flat]:
    absent = (row for row in files if row.kind == kind and row.key not in state.taken(kind))
    standing = state.of(kind).values()
    kept = [{KEY: each.key, VERSION: each.version, **dict(flat(lines_apart(kind, each.table)))} for each in standing]
    return kept + [{KEY: row.key, **dict(flat(lines_apart(kind, row.table)))} for row in absent]


def _columns(kind: str, rows: list[Flat]) -> list[str]:
    """Return the columns of a sheet: those its rows have, and those that no row has yet."""
    found = dict.fromkeys([KEY, VERSION, *(name for row in rows for name in row)])
    return [
        *found,
        *(name for name in known_columns(kind) if not any(f"{each}.".startswith(f"{name}.") for each in found)),
    ]


def _offer(sheet: Any, column: int, chosen: Sequence[str], lang: str) -> None:  # noqa: ANN401
    """Let the cells of a column drop down what may be chosen; a word of the other language, or a code, may be typed."""
    if chosen and len(",".join(chosen)) <= _LONGEST_LIST and not any("," in each for each in chosen):
        told = say("data", lang, "records.choose", allowed=", ".join(chosen))
        asked = {"validate": "list", "source": list(chosen), "error_type": "warning", "error_message": told[:255]}
        sheet.data_validation(1, column, _LAST_ROW, column, asked)


def _write(sheet: Any, row: int, column: int, value: object, day: object) -> None:  # noqa: ANN401
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif isinstance(value, dt.date):
        sheet.write_datetime(row, column, value, day)
    elif value != "":
        sheet.write_string(row, column, as_cell(value) if isinstance(value, list) else str(value))
