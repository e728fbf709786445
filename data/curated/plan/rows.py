"""Reads the cells of a plan into rows: every fault is told at its cell, and nothing is guessed."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from data.catalogue import indicators, region_names
from data.curated.plan.cells import Cell, Cells
from data.curated.plan.form import LONGEST, PlanColumn, day, number, plan_form
from data.ingest.contract import Problem

Words = Mapping[str, str]
_EMPTY = Cell("", "", {"nb": "", "en": ""})


@dataclass(frozen=True)
class PlanRow:
    """One gain. Texts are {nb, en}; values are in `unit` (`percent` as 0–1, money in NOK); dates are days.

    `actual` is None where an indicator fills it, or where nobody has measured.
    """

    id: str
    gain: Words
    type: str
    beneficiary: Words
    owner: Words
    prerequisites: Words
    measure: Words
    output: Words
    user_effect: Words
    social_effect: Words
    goal: Words
    indicator: str
    region: str
    age_group: str
    unit: str
    baseline: float
    baseline_date: dt.date
    target: float
    target_date: dt.date
    actual: float | None
    actual_date: dt.date | None
    method: Words
    frequency: str
    risk: Words
    side_effects: Words
    scenario: str


@dataclass
class _Reading:
    """A row being read: its cells, and where its problems go."""

    cells: Mapping[str, Cell]
    file: str
    sheet: str
    place: str
    problems: list[Problem]
    lang: str

    def note(self, code: str, key: str, expected: str = "") -> None:
        cell = self.cells.get(key, _EMPTY)
        column = next(each.label[self.lang] for each in plan_form().columns if each.key == key)
        facts = {"cell": cell.place or self.place, "column": column, "expected": expected, "found": cell.text}
        self.problems.append(Problem(code=code, file=self.file, sheet=self.sheet, **facts))


def rows_of(cells: Cells, file: str, problems: list[Problem]) -> tuple[PlanRow, ...]:
    """Return the rows of a plan up to its first fault; all faults, these and those known before, are noted."""
    made: list[PlanRow] = []
    seen: dict[str, str] = {}
    for place, row in enumerate(cells.rows, 1):
        first = next((cell.place for cell in row.values()), "")
        start = first.split(".")[0] if "[" in first else first or str(place)
        reading = _Reading(row, file, cells.sheet, start, problems, cells.lang)
        values = {column.key: _value(reading, column) for column in plan_form().columns}
        _agrees(reading, values, seen)
        if not problems:
            made.append(_made(values))
    return tuple(made)


def _value(row: _Reading, column: PlanColumn) -> object:
    cell = row.cells.get(column.key, _EMPTY)
    if not cell.text:
        if column.required and (column.key in row.cells or not row.sheet):
            row.note("plan_missing", column.key)
        return None
    if column.kind == "text":
        return _text(row, column.key, cell)
    readers: dict[str, Callable[[str], object]] = {
        "choice": partial(plan_form().choice, column.key),
        "number": number,
        "date": day,
    }
    value = readers[column.kind](cell.text)
    if value is None:
        row.note(f"plan_{column.kind}", column.key, _allowed(row, column.key) if column.kind == "choice" else "")
    return value


def _text(row: _Reading, key: str, cell: Cell) -> object:
    if max(map(len, cell.words.values())) > LONGEST:
        row.note("plan_too_long", key, str(LONGEST))
    known: dict[str, Callable[[], Mapping[str, object]]] = {"indicator": indicators, "region": region_names}
    if key in known and cell.text not in known[key]():
        row.note(f"plan_unknown_{key}", key, ", ".join(indicators()) if key == "indicator" else "data/regions.csv")
    return cell.words


def _allowed(row: _Reading, key: str) -> str:
    return ", ".join(words[row.lang] for words in plan_form().words[key].values())


def _agrees(row: _Reading, values: Mapping[str, object], seen: dict[str, str]) -> None:
    """Note where the cells of a row, or two rows, contradict each other."""
    name = row.cells.get("id", _EMPTY).text
    if name and name.casefold() in seen:
        row.note("plan_twice", "id", seen[name.casefold()])
    seen.setdefault(name.casefold(), row.cells.get("id", _EMPTY).place)
    start, end, measured = (values[key] for key in ("baseline_date", "target_date", "actual_date"))
    if isinstance(start, dt.date) and isinstance(end, dt.date) and start >= end:
        row.note("plan_dates_order", "target_date", row.cells["baseline_date"].text)
    if isinstance(start, dt.date) and isinstance(measured, dt.date) and measured < start:
        row.note("plan_actual_before", "actual_date", row.cells["baseline_date"].text)
    if values["baseline"] is not None and values["baseline"] == values["target"]:
        row.note("plan_no_change", "target", row.cells["baseline"].text)
    if values["actual"] is not None and values["indicator"]:
        row.note("plan_actual_with_indicator", "actual")
    if (values["actual"] is None) != (values["actual_date"] is None):
        row.note("plan_actual_without_date", "actual_date" if values["actual_date"] is None else "actual")
    _in_unit(row, values)


def _in_unit(row: _Reading, values: Mapping[str, object]) -> None:
    """Note numbers that cannot be in the unit, and percent that looks like a share of 1."""
    numbers = {key: values[key] for key in ("baseline", "target", "actual")}
    known = {key: value for key, value in numbers.items() if isinstance(value, float)}
    if values["unit"] == "percent":
        for key in (key for key, value in known.items() if not 0 <= value <= 100):
            row.note("plan_percent_range", key)
        if values["indicator"] and len(known) > 1 and all(0 < value < 1 for value in known.values()):
            row.note("plan_looks_like_share", "baseline")
    elif values["indicator"] and values["unit"] is not None:
        row.note("plan_unit_of_indicator", "unit")


def _made(values: Mapping[str, object]) -> PlanRow:
    """Return the row: what was left out is empty, percent becomes 0–1."""
    codes = ("id", "indicator", "region", "age_group", "scenario")
    facts = {
        key: ({"nb": "", "en": ""} if value is None and key not in ("actual", "actual_date") else value)
        for key, value in values.items()
    }
    facts |= {key: str(facts[key]["nb"]) for key in codes}  # type: ignore[index]
    facts["age_group"] = str(facts["age_group"]).replace("–", "-")  # a spreadsheet turns the one into the other
    if facts["unit"] == "percent":
        for key in ("baseline", "target", "actual"):
            facts[key] = None if facts[key] is None else facts[key] / 100  # type: ignore[operator]
    return PlanRow(**facts)  # type: ignore[arg-type]
