"""The cells of a plan, whatever file it is written in: a workbook, a text table or TOML."""

import datetime as dt
import io
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.curated.plan.form import PlanForm
from data.i18n import LANGUAGES
from data.ingest.contract import Problem
from data.ingest.open_file import Book
from data.ingest.sheet import Sheet, cell_name

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
    """Return the cells of a TOML plan; a cell is named by its row and key (`gain[2].owner`)."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        problems.append(Problem(code="plan_unreadable", file=path.name, found=str(error)))
        return Cells("", form.version, example=False, rows=())
    version, example, gains = raw.pop("template", None), raw.pop("example", False), raw.pop("gain", [])
    problems += [Problem(code="plan_unknown_column", file=path.name, cell=key, found=key) for key in raw]
    if not isinstance(gains, list):
        problems.append(Problem(code="plan_unknown_column", file=path.name, cell="gain", found=str(gains)))
        gains = []
    rows = [_toml_row(path.name, number, gain, form, problems) for number, gain in enumerate(gains, 1)]
    return Cells("", version if type(version) is int else None, example is True, tuple(rows))


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
        yield from ((cell_name(row, column), text) for row, column, text in sheet.cells() if text.startswith("="))
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


def _toml_row(file: str, number: int, gain: Any, form: PlanForm, problems: list[Problem]) -> dict[str, Cell]:  # noqa: ANN401
    known = {column.key for column in form.columns}
    row = {}
    for key, value in (gain if isinstance(gain, Mapping) else {}).items():
        place = f"gain[{number}].{key}"
        if key not in known:
            problems.append(Problem(code="plan_unknown_column", file=file, cell=place, found=key))
        row[key] = Cell(place, _text(value), _words(value))
    return row


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
