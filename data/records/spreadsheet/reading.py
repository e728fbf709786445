"""Records in from a spreadsheet: all of it or none, and every fault with its sheet and cell."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from data.ingest.open_file import open_file
from data.ingest.personal_data import refuse
from data.problems import Problem, raise_all
from data.records.files import WrittenRow, key_of, known_by, rows_of_files
from data.records.spreadsheet.cells import Flat, as_read, retyped, tabled
from data.records.spreadsheet.headings import CLOSED, KEY, SHEETS, VERSION, kind_of, name_of, sheet_name
from data.records.spreadsheet.lists import as_list, list_columns
from data.records.spreadsheet.references import CellNames, names_in
from data.records.spreadsheet.sheet_place import SheetPlace
from data.records.spreadsheet.writing import said
from data.records.state import RecordState, next_key

_OF_ANOTHER = ("course",)
"""Kinds whose key is that of what they are about: nobody can make one up."""
_NAMED = ("knot", "task", "hand_over")
"""Kinds that hold their key as `id`."""


@dataclass(eq=False, kw_only=True)
class SheetProblem(Problem):
    """Something about which sheets there are; what is expected is what they are called."""

    def expects(self, lang: str = "en") -> str:
        """Return the sheets that can be put in, as the export in this language calls them."""
        return self.expected or ", ".join(sheet_name(kind, lang) for kind in SHEETS)


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
    _refuse_earlier(written, path.name, state)
    kinds = [(sheet, kind_of(sheet.title)) for sheet in written.worksheets]
    names = names_in(state, () if state.past else rows_of_files())
    sheets = [ReadSheet(sheet, path.name, state, kind, names) for sheet, kind in kinds if kind]
    if not sheets:
        raise_all(path.name, [SheetProblem(code="records_no_sheet", file=path.name)])
    found = [row for sheet in sheets for row in sheet.records()]
    problems = [problem for sheet in sheets for problem in sheet.problems]
    problems += [_unknown(sheet.title, path.name) for sheet, kind in kinds if not kind and _holds_anything(sheet)]
    problems += _twice(sheets)
    if not found and not problems:
        problems.append(Problem(code="records_no_rows", file=path.name))
    raise_all(path.name, problems)
    return tuple(found)


def _refuse_earlier(written: Any, file: str, state: RecordState) -> None:  # noqa: ANN401 - openpyxl is untyped
    """Raise `Problems` where the workbook was taken out before a programme was closed: its rows are that one's."""
    told = {each.name: each.value for each in written.custom_doc_props.props}.get(CLOSED)
    if isinstance(told, int | float) and 0 <= told < len(state.past):  # some programs save whole numbers as others
        raise_all(file, [Problem(code="records_of_closed", file=file, found=list(state.past)[int(told)])])


def _holds_anything(sheet: Any) -> bool:  # noqa: ANN401 - openpyxl is untyped
    return any(value is not None for row in sheet.iter_rows(values_only=True) for value in row)


def _unknown(title: str, file: str) -> Problem:
    return SheetProblem(code="records_unknown_sheet", file=file, sheet=title, found=title)


def _twice(sheets: Sequence["ReadSheet"]) -> Iterator[Problem]:
    """Yield a problem for each sheet of a kind that an earlier sheet has too, under another name."""
    first: dict[str, str] = {}
    for each in sheets:
        before = first.setdefault(each.kind, each.sheet.title)
        if before != each.sheet.title:
            yield SheetProblem(code="records_sheet_twice", file=each.file, sheet=each.sheet.title, expected=before)


@dataclass
class ReadSheet:
    """A sheet of one kind as it is read; `problems` is everything that is wrong with it."""

    sheet: Any
    file: str
    state: RecordState
    kind: str
    names: CellNames
    problems: list[Problem] = field(default_factory=list)

    def records(self) -> list[WrittenRow]:
        """Return its rows as records; a row with a fault is none."""
        head, *body = list(self.sheet.iter_rows()) or [()]
        names = self._names(head)
        columns = {name: (cell.column_letter, str(cell.value)) for name, cell in zip(names, head, strict=True) if name}
        for each in self.sheet.merged_cells.ranges:
            self._tell("records_merged", each.coord)
        rows = [(cells[0].row, found) for cells in body if (found := self._filled(cells, names))]
        return self._keyed(rows, columns)

    def _names(self, head: Sequence[Any]) -> list[str]:
        """Return the key each heading stands for, "" where there is none."""
        names: list[str] = []
        for cell in head:
            name = name_of(self.kind, str(cell.value or "").strip())
            twice = name and any(name == each or f"{each}.".startswith(f"{name}.") for each in names if each)
            if twice or any(name.startswith(f"{each}.") for each in names if each):
                self._tell("records_column_twice", cell.coordinate, found=str(cell.value))
            names.append(name)
        return names

    def _filled(self, cells: Sequence[Any], names: list[str]) -> Flat | None:
        """Return a row's values by key; None where it is empty, or has what cannot be read."""
        values: Flat = {}
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
            if isinstance(value, str) and name in list_columns(self.kind):
                value = as_list(value)
            values[name] = self.names.id(self.kind, name, value)
        return values if values and len(self.problems) == faults else None

    def _keyed(self, rows: list[tuple[int, Flat]], columns: dict[str, tuple[str, str]]) -> list[WrittenRow]:
        """Return rows as records, each under a key of its own: that of its row, or the next one for a new row."""
        first: dict[str, str] = {}
        found: list[tuple[str, SheetPlace, Flat, int | None]] = []
        for number, values in rows:
            place = SheetPlace(self.file, self.kind, self.sheet.title, number, columns, self.names)
            key = self._key(values, place)
            version = self._version(key, values.pop(VERSION, None), place)
            if key and key in first:
                self._tell("records_key_twice", place.cell(KEY), found=key, expected=first[key])
            if key:
                first.setdefault(key, place.cell(KEY))
            found.append((key, place, values, version))
        return list(self._records(found, {*first, *self.state.taken(self.kind)}))

    def _records(self, rows: list[tuple[str, SheetPlace, Flat, int | None]], taken: set[str]) -> Iterator[WrittenRow]:
        kind = self.kind
        for key, place, values, version in rows:
            known = key or next_key(kind, taken)
            taken.add(known)
            if not key and kind in _NAMED:
                values.setdefault("id", known)
            table = tabled(kind, retyped(kind, known, values))
            yield WrittenRow(kind, known, self._as_it_stands(known, table), version, place)

    def _as_it_stands(self, key: str, table: dict[str, Any]) -> dict[str, Any]:
        """Return what stands there, where nothing but empty texts tells it from the row."""
        found = self.state.of(self.kind).get(key)
        same = found is not None and said(self.kind, found.table) == said(self.kind, table)
        return dict(found.table) if found is not None and same else table

    def _key(self, values: Flat, place: SheetPlace) -> str:
        """Return the key a row names, itself or by its id; "" for a new one."""
        kind = self.kind
        key = str(values.pop(KEY, ""))
        if key and key != key_of(key):
            self._tell("records_key", place.cell(KEY), found=key)
        if not key and (VERSION in values or kind in _OF_ANOTHER):
            self._tell("records_no_key", place.cell(KEY))
        said = known_by(kind, values)
        return key or (key_of(said) if said else "")

    def _version(self, key: str, value: object, place: SheetPlace) -> int | None:
        """Return the version a row was written from, None for a new one."""
        if value is None and key not in self.state.of(self.kind):
            return None
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        self._tell("records_version", place.cell(VERSION), found="–" if value is None else str(value))
        return None

    def _tell(self, code: str, cell: str, **facts: str) -> None:
        self.problems.append(Problem(code=code, file=self.file, sheet=self.sheet.title, cell=cell, **facts))
