"""The cells of a plan, whatever file it is written in: a workbook, a text table or TOML."""

import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated

from data.curated.plan.form import PlanForm
from data.i18n import LANGUAGES
from data.ingest.contract import Problem
from data.ingest.open_file import Book
from data.ingest.sheet import Sheet, cell_name
from data.toml import Fits, OneOf, fitted, gathered, toml_table

SHEET = "Plan"
_VERSION = re.compile(r"\b(?:mal|template)\s*(\d+)\b", re.IGNORECASE)
_EXAMPLE = re.compile(r"\b(?:eksempel|example)\b", re.IGNORECASE)
_SEARCHED = 10
_MIDNIGHT = "T00:00:00"
_FEWEST_HEADINGS = 3


@dataclass(frozen=True)
class Cell:
    """What stands in one place of a plan: a text, or the same text in both languages."""

    place: str
    text: str
    words: Mapping[str, str]


@dataclass(frozen=True)
class Cells:
    """A plan before its cells are read: its sheet, template version, whether it is an example, and its rows.

    `lang` is the language of its headings: a problem names a column as the file does.
    """

    sheet: str
    version: int | None
    example: bool
    rows: tuple[Mapping[str, Cell], ...]
    lang: str = "nb"


def _is_cell(value: object) -> bool:
    if isinstance(value, Mapping):
        return set(value) <= set(LANGUAGES) and all(isinstance(text, str) for text in value.values())
    return isinstance(value, str | int | float | dt.date) and not isinstance(value, bool)


@dataclass(frozen=True)
class PlanFile:
    """A plan written in TOML: the version of its template, whether it is an example, and its gains by column."""

    template: int
    example: bool = False
    gain: tuple[dict[Annotated[str, OneOf("column")], Annotated[object, Fits("plan_cell", _is_cell)]], ...] = ()


def from_book(book: Book, content: bytes, form: PlanForm, problems: list[Problem]) -> Cells:
    """Return the cells of a workbook or text table; formulas, unknown, absent and double columns become problems."""
    sheet = next((each for each in book.sheets if each.name == SHEET), book.sheets[0])
    start = _header(sheet, form)
    above = " ".join(text for row in sheet.rows[: max(start, 1)] for text in row)
    version = _VERSION.search(above)
    lang = form.language([text for _, text in sheet.filled(start)]) if start >= 0 else LANGUAGES[0]
    columns = _columns(book, sheet, start, form, problems, lang) if start >= 0 else {}
    if start < 0:
        problems.append(Problem(code="plan_no_header", file=book.file, sheet=sheet.name, cell="A1"))
    rows = [_row(sheet, number, columns) for number in range(start + 1, len(sheet.rows))] if columns else []
    for place, text in _formulas(book, content, sheet):
        problems.append(Problem(code="plan_formula", file=book.file, sheet=sheet.name, cell=place, found=text))
    filled = tuple(row for row in rows if any(cell.text for cell in row.values()))
    return Cells(sheet.name, int(version[1]) if version else None, bool(_EXAMPLE.search(above)), filled, lang)


def from_toml(path: Path, form: PlanForm, problems: list[Problem]) -> Cells:
    """Return the cells of a TOML plan; a cell is named by its row and key (`gain[2].owner`).

    What its tables and keys cannot be becomes problems; raises `Problems` where the file is not TOML at all.
    """
    table = toml_table(path)
    names = {"column": [column.key for column in form.columns]}
    plan = gathered(problems, partial(fitted, table, PlanFile, path.name, names=names))
    gains = table.get("gain")
    rows = [toml_row(number, gain) for number, gain in enumerate(gains if isinstance(gains, list) else (), 1)]
    return Cells("", plan.template if plan else form.version, bool(plan and plan.example), tuple(rows))


def _header(sheet: Sheet, form: PlanForm) -> int:
    for row in range(min(_SEARCHED, len(sheet.rows))):
        if sum(form.by_heading(text) is not None for _, text in sheet.filled(row)) >= _FEWEST_HEADINGS:
            return row
    return -1


def _columns(
    book: Book, sheet: Sheet, start: int, form: PlanForm, problems: list[Problem], lang: str
) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, text in sheet.filled(start):
        column, cell = form.by_heading(text), cell_name(start, place)
        if column is None or column.key in found:
            code = "plan_unknown_column" if column is None else "plan_column_twice"
            problems.append(Problem(code=code, file=book.file, sheet=sheet.name, cell=cell, found=text))
        else:
            found[column.key] = place
    for column in form.columns:
        if column.required and column.key not in found:
            facts = {"cell": cell_name(start, 0), "expected": column.label[lang], "column": column.key}
            problems.append(Problem(code="plan_column_missing", file=book.file, sheet=sheet.name, **facts))
    return found


def _row(sheet: Sheet, number: int, columns: Mapping[str, int]) -> dict[str, Cell]:
    cells = {}
    for key, column in columns.items():
        text = sheet.text(number, column).removesuffix(_MIDNIGHT)
        cells[key] = Cell(cell_name(number, column), text, dict.fromkeys(LANGUAGES, text))
    return cells


def _formulas(book: Book, content: bytes, sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Yield every formula of the plan's sheet with its place, also those with a stored value."""
    if book.kind != "workbook":
        formulas = {text for text in sheet.texts() if text.startswith("=")}
        yield from ((cell_name(row, column), text) for row, column, text in sheet.cells_of(formulas))
        return
    import openpyxl

    written = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    rows = written[sheet.name]
    rows.reset_dimensions()
    for number, cells in enumerate(rows.iter_rows()):
        for column, cell in enumerate(cells):
            value = getattr(cell, "value", None)
            if getattr(cell, "data_type", "") == "f" or (isinstance(value, str) and value.startswith("=")):
                yield cell_name(number, column), str(getattr(value, "text", value))


def toml_row(number: int, gain: object) -> dict[str, Cell]:
    """Return the cells of a gain written by column; `number` is its place in its list, from 1."""
    values = gain if isinstance(gain, Mapping) else {}
    return {key: Cell(f"gain[{number}].{key}", _text(value), _words(value)) for key, value in values.items()}


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        return str(value.get("nb", ""))
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    return "" if isinstance(value, Sequence) and not isinstance(value, str) else str(value)


def _words(value: object) -> dict[str, str]:
    if isinstance(value, Mapping):
        return {lang: str(value.get(lang, value.get("nb", ""))) for lang in LANGUAGES}
    return dict.fromkeys(LANGUAGES, _text(value))
