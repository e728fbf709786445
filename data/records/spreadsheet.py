"""Records as a spreadsheet, out and in: a sheet a kind, a row a record, a column a key (`name.nb`, `ease.score`).

A gain's columns are headed as in the plan. The first two columns are the record's key and the version the row was
written from: a row that somebody has changed since comes back as a conflict, never as an overwriting.
"""

import datetime as dt
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from data.curated.plan.form import plan_form
from data.i18n import say
from data.ingest.open_file import open_file
from data.ingest.personal_data import refuse
from data.problems import Problem, raise_all
from data.records.files import WrittenRow, key_of
from data.records.state import RecordState

SHEETS = (
    "gain", "experiment", "course", "knot", "task", "stakeholder", "measure", "maturity", "status", "money", "meeting",
    "agenda", "decision", "right", "deliverable", "hand_over", "lesson",
)  # fmt: skip
_KEY, _VERSION = "$key", "$version"  # no key of a table
Flat = dict[str, Any]


def as_workbook(state: RecordState, lang: str) -> bytes:
    """Return the records of the kinds that are kept in spreadsheets as one workbook."""
    import xlsxwriter

    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        head, day = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "yyyy-mm-dd"})
        for kind in SHEETS:
            sheet, rows = book.add_worksheet(kind), _rows(state, kind)
            columns = list(dict.fromkeys([_KEY, _VERSION, *(name for row in rows for name in row)]))
            sheet.freeze_panes(1, 1)
            sheet.set_column(0, len(columns) - 1, 24)
            for place, name in enumerate(columns):
                sheet.write_string(0, place, _heading(kind, name, lang), head)
            for number, row in enumerate(rows, 1):
                for name, value in row.items():
                    _write(sheet, number, columns.index(name), value, day)
    return target.getvalue()


def rows_of_workbook(path: Path, state: RecordState) -> tuple[WrittenRow, ...]:
    """Return the records a workbook holds. Raises `Problems`: a hostile file, personal data, formulas, odd columns."""
    import openpyxl

    book = open_file(path)
    refuse(book)
    written = openpyxl.load_workbook(path, keep_links=False)
    problems: list[Problem] = []
    found: list[WrittenRow] = []
    for sheet in written.worksheets:
        if sheet.title in SHEETS:
            found += _read(sheet, path.name, state, problems)
    if not any(sheet.title in SHEETS for sheet in written.worksheets):
        problems.append(Problem(code="records_no_sheet", file=path.name, expected=", ".join(SHEETS)))
    raise_all(path.name, problems)
    return tuple(found)


def _rows(state: RecordState, kind: str) -> list[Flat]:
    return [{_KEY: each.key, _VERSION: each.version, **dict(_flat(each.table))} for each in state.of(kind).values()]


def _flat(value: Any, place: str = "") -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - any TOML value
    """Yield the places and values of a table; a list is one cell, as JSON."""
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from _flat(each, f"{place}.{key}" if place else key)
    else:
        yield place, json.dumps(value, ensure_ascii=False, default=_day_text) if isinstance(value, list) else value


def _nested(flat: Flat) -> dict[str, Any]:
    """Return a row as the table it was made from."""
    table: dict[str, Any] = {}
    for place, value in flat.items():
        *outer, last = place.split(".")
        inner = table
        for key in outer:
            inner = inner.setdefault(key, {})
        inner[last] = value
    return table


def _read(sheet: Any, file: str, state: RecordState, problems: list[Problem]) -> Iterator[WrittenRow]:  # noqa: ANN401
    kind, rows = sheet.title, iter(sheet.iter_rows())
    names = [_name(kind, str(cell.value or "").strip()) for cell in next(rows, ())]
    for cells in rows:
        filled = [(name, cell) for name, cell in zip(names, cells, strict=False) if name and cell.value is not None]
        formulas = [cell for _, cell in filled if cell.data_type == "f"]
        problems += [_fault("plan_formula", file, kind, cell) for cell in formulas]
        flat = {name: _value(cell.value) for name, cell in filled}
        if flat and not formulas:
            yield _row(kind, flat, state)


def _row(kind: str, flat: Flat, state: RecordState) -> WrittenRow:
    """Return a row as a record; where nothing but empty texts tells it from what stands there, as that."""
    version, key = flat.pop(_VERSION, None), flat.pop(_KEY, "")
    table = _nested({name: _unpacked(value) for name, value in flat.items()})
    found = state.of(kind).get(str(key))
    key = str(key) or key_of(str(table.get("id") or table.get("who") or state.free_key(kind)))
    if found is not None and _filled(found.table) == _filled(table):
        table = dict(found.table)
    return WrittenRow(kind, key, table, int(version) if isinstance(version, int | float) else None)


def _filled(table: Mapping[str, Any]) -> Flat:
    return {name: value for name, value in _flat(table) if value not in ("", None)}


def _heading(kind: str, name: str, lang: str) -> str:
    if name in (_KEY, _VERSION):
        return say("data", lang, f"records.{name[1:]}")
    labels = {column.key: column.label[lang] for column in plan_form().columns}
    return labels.get(name, name) if kind == "gain" else name


def _name(kind: str, heading: str) -> str:
    """Return the key a heading stands for."""
    own = {say("data", lang, f"records.{name[1:]}"): name for lang in ("nb", "en") for name in (_KEY, _VERSION)}
    column = plan_form().by_heading(heading) if kind == "gain" else None
    return own.get(heading) or (column.key if column else heading)


def _write(sheet: Any, row: int, column: int, value: object, day: object) -> None:  # noqa: ANN401
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif isinstance(value, dt.date):
        sheet.write_datetime(row, column, value, day)
    elif value != "":
        sheet.write_string(row, column, str(value))


def _value(value: object) -> object:
    return value.date() if isinstance(value, dt.datetime) else value


def _unpacked(value: object) -> object:
    """Return a cell that holds a list as that list; any other as it is."""
    if not isinstance(value, str) or not value.startswith("["):
        return value
    try:
        return json.loads(value, object_hook=_day_of)
    except ValueError:
        return value


def _day_text(value: dt.date) -> dict[str, str]:
    return {"day": value.isoformat()}


def _day_of(table: dict[str, Any]) -> object:
    return dt.date.fromisoformat(table["day"]) if set(table) == {"day"} else table


def _fault(code: str, file: str, sheet: str, cell: Any) -> Problem:  # noqa: ANN401
    return Problem(code=code, file=file, sheet=sheet, cell=cell.coordinate, found=str(cell.value))
