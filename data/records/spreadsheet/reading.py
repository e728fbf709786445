"""Records in from a spreadsheet: all of it or none, and every fault with its sheet and cell."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from data.curated.plan.form import plan_form
from data.i18n import LANGUAGES, say
from data.ingest.open_file import open_file
from data.ingest.personal_data import refuse
from data.problems import Problem, raise_all
from data.records.files import SheetPlace, WrittenRow, key_of, known_by
from data.records.spreadsheet.cells import Flat, as_read, retyped, tabled
from data.records.spreadsheet.writing import KEY, SHEETS, VERSION, said
from data.records.state import RecordState, next_key

_OF_ANOTHER = ("course",)
"""Kinds whose key is that of what they are about: nobody can make one up."""
_NAMED = ("knot", "task", "hand_over")
"""Kinds that hold their key as `id`."""


def rows_of_workbook(path: Path, state: RecordState) -> tuple[WrittenRow, ...]:
    """Return the records a workbook holds. Raises `Problems`: a hostile file, personal data, and what cannot be read.

    Nothing is left out in silence: a sheet or a column nobody knows, merged cells, formulas and errors are refused.
    """
    import openpyxl

    book = open_file(path)
    if book.kind != "workbook":
        raise_all(path.name, [Problem(code="records_no_workbook", file=path.name)])
    refuse(book)
    written = openpyxl.load_workbook(path, keep_links=False)
    sheets = [ReadSheet(sheet, path.name, state) for sheet in written.worksheets if sheet.title in SHEETS]
    if not sheets:
        raise_all(path.name, [Problem(code="records_no_sheet", file=path.name, expected=", ".join(SHEETS))])
    found = [row for sheet in sheets for row in sheet.records()]
    unknown = [sheet for sheet in written.worksheets if sheet.title not in SHEETS and _holds_anything(sheet)]
    problems = [problem for sheet in sheets for problem in sheet.problems]
    problems += [_unknown(sheet.title, path.name) for sheet in unknown]
    if not found and not problems:
        problems.append(Problem(code="records_no_rows", file=path.name))
    raise_all(path.name, problems)
    return tuple(found)


def _holds_anything(sheet: Any) -> bool:  # noqa: ANN401 - openpyxl is untyped
    return any(value is not None for row in sheet.iter_rows(values_only=True) for value in row)


def _unknown(title: str, file: str) -> Problem:
    facts = {"found": title, "expected": ", ".join(SHEETS)}
    return Problem(code="records_unknown_sheet", file=file, sheet=title, **facts)


@dataclass
class ReadSheet:
    """A sheet of one kind as it is read; `problems` is everything that is wrong with it."""

    sheet: Any
    file: str
    state: RecordState
    problems: list[Problem] = field(default_factory=list)

    def records(self) -> list[WrittenRow]:
        """Return its rows as records; a row with a fault is none."""
        head, *body = list(self.sheet.iter_rows()) or [()]
        names = self._names(head)
        for each in self.sheet.merged_cells.ranges:
            self._tell("records_merged", each.coord)
        rows = [(cells[0].row, *found) for cells in body if (found := self._filled(cells, names))]
        return self._keyed(rows)

    def _names(self, head: Sequence[Any]) -> list[str]:
        """Return the key each heading stands for, "" where there is none."""
        names: list[str] = []
        for cell in head:
            name = _name(self.sheet.title, str(cell.value or "").strip())
            twice = name and any(name == each or f"{each}.".startswith(f"{name}.") for each in names if each)
            if twice or any(name.startswith(f"{each}.") for each in names if each):
                self._tell("records_column_twice", cell.coordinate, found=name)
            names.append(name)
        return names

    def _filled(self, cells: Sequence[Any], names: list[str]) -> tuple[Flat, dict[str, str]] | None:
        """Return a row's values and cells by key; None where it is empty, or has what cannot be read."""
        values: Flat = {}
        places: dict[str, str] = {}
        faults = len(self.problems)
        for number, cell in enumerate(cells):
            value = as_read(cell.value)
            if value is None:
                continue
            name = names[number] if number < len(names) else ""
            if not name:
                self._tell("records_no_heading", cell.coordinate, found=str(value))
            elif cell.data_type in ("f", "e"):
                code = "plan_formula" if cell.data_type == "f" else "records_error_cell"
                self._tell(code, cell.coordinate, found=str(value))
            values[name], places[name] = value, cell.coordinate
        return (values, places) if values and len(self.problems) == faults else None

    def _keyed(self, rows: list[tuple[int, Flat, dict[str, str]]]) -> list[WrittenRow]:
        """Return rows as records, each under a key of its own: that of its row, or the next one for a new row."""
        first: dict[str, str] = {}
        found: list[tuple[str, SheetPlace, Flat, int | None]] = []
        for number, values, cells in rows:
            place = SheetPlace(self.file, self.sheet.title, number, cells)
            key = self._key(values, place)
            version = self._version(key, values.pop(VERSION, None), place)
            if key and key in first:
                self._tell("records_key_twice", place.cell(KEY), found=key, expected=first[key])
            if key:
                first.setdefault(key, place.cell(KEY))
            found.append((key, place, values, version))
        return list(self._records(found, {*first, *self.state.taken(self.sheet.title)}))

    def _records(self, rows: list[tuple[str, SheetPlace, Flat, int | None]], taken: set[str]) -> Iterator[WrittenRow]:
        kind = self.sheet.title
        for key, place, values, version in rows:
            known = key or next_key(kind, taken)
            taken.add(known)
            if not key and kind in _NAMED:
                values.setdefault("id", known)
            table = tabled(kind, retyped(kind, known, values))
            yield WrittenRow(kind, known, self._as_it_stands(known, table), version, place)

    def _as_it_stands(self, key: str, table: dict[str, Any]) -> dict[str, Any]:
        """Return what stands there, where nothing but empty texts tells it from the row."""
        found = self.state.of(self.sheet.title).get(key)
        return dict(found.table) if found is not None and said(found.table) == said(table) else table

    def _key(self, values: Flat, place: SheetPlace) -> str:
        """Return the key a row names, itself or by its id; "" for a new one."""
        kind = self.sheet.title
        key = str(values.pop(KEY, ""))
        if key and key != key_of(key):
            self._tell("records_key", place.cell(KEY), found=key)
        if not key and (VERSION in values or kind in _OF_ANOTHER):
            self._tell("records_no_key", place.cell(KEY))
        said = known_by(kind, values)
        return key or (key_of(said) if said else "")

    def _version(self, key: str, value: object, place: SheetPlace) -> int | None:
        """Return the version a row was written from, None for a new one."""
        if value is None and key not in self.state.of(self.sheet.title):
            return None
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        self._tell("records_version", place.cell(VERSION), found="–" if value is None else str(value))
        return None

    def _tell(self, code: str, cell: str, **facts: str) -> None:
        self.problems.append(Problem(code=code, file=self.file, sheet=self.sheet.title, cell=cell, **facts))


def _name(kind: str, heading: str) -> str:
    """Return the key a heading stands for."""
    own = {say("data", lang, f"records.{name[1:]}"): name for lang in LANGUAGES for name in (KEY, VERSION)}
    column = plan_form().by_heading(heading) if kind == "gain" else None
    return own.get(heading) or (column.key if column else heading)
