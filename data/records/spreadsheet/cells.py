"""What stands in cells as what a record holds: people and programs write numbers, dates and lists in their own ways."""

import datetime as dt
import json
import re
from collections.abc import Callable
from typing import Any

from data.curated.plan.form import day, number
from data.curated.programme.forms import empty_assessment, line_named, lines_apart, lines_listed
from data.problems import Problems
from data.records.kinds import KINDS
from data.records.spreadsheet.choices import as_code
from data.records.spreadsheet.lists import as_list
from data.toml import TomlProblem

Flat = dict[str, Any]
_POINTS = re.compile(r"-?\d{1,3}(\.\d{3})+")
_FLAGS = {
    "ja": True, "yes": True, "true": True, "sann": True, "nei": False, "no": False, "false": False, "usann": False,
}  # fmt: skip
_MONTHS = ("month", "period")
"""Columns of months: a spreadsheet makes the first day of the month of `2026-10`."""


def as_read(value: object) -> object:
    """Return the value of a cell, None where it is empty: a list that was written as JSON is that list."""
    if isinstance(value, dt.datetime):
        return value.date()
    if not isinstance(value, str):
        return value
    said = value.strip()
    if not said.startswith("["):
        return said or None
    try:
        return json.loads(said, object_hook=_day_of)
    except (ValueError, RecursionError):
        return said


def tabled(kind: str, flat: Flat) -> dict[str, Any]:
    """Return a row as the table of its kind; the questions of a self-assessment need not be written again."""
    table = _nested(flat)
    if kind == "maturity":
        begun, said = empty_assessment(), lines_apart(kind, table).get("item", {})
        asked = begun["item"]
        lines = {line: {**asked.get(line, {}), **said.get(line, {})} for line in {**asked, **said}}
        table = {**begun, **table, "item": lines}
    return lines_listed(kind, table)


def _nested(flat: Flat) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for place, value in flat.items():
        *outer, last = place.split(".")
        inner = table
        for key in outer:
            inner = inner.setdefault(key, {}) if isinstance(inner.get(key, {}), dict) else {}
        inner[last] = value
    return table


def retyped(kind: str, key: str, flat: Flat) -> Flat:
    """Return a row with what its kind asks for, where a cell says just that in another form; else as it stands."""
    flat = {name: as_code(kind, name, value) for name, value in flat.items()}
    try:
        KINDS[kind].read(table := tabled(kind, flat), key, None)
    except Problems as faults:
        told = [each for each in faults.exceptions if isinstance(each, TomlProblem)]
        rules = {line_named(kind, each.cell, table): each.rule for each in told}
        return flat | {name: _READERS.get(rules[name], _same)(name, flat[name]) for name in rules.keys() & flat}
    return flat


def _same(_place: str, value: Any) -> Any:  # noqa: ANN401 - any cell
    return value


def _number(_place: str, value: Any) -> Any:  # noqa: ANN401
    """Return a number written as text; one whose point may part thousands or decimals stays what nobody can read."""
    if not isinstance(value, str) or _POINTS.fullmatch(value):
        return value
    found = number(value)
    return value if found is None else found


def _whole(place: str, value: Any) -> Any:  # noqa: ANN401
    found = _number(place, value)
    return int(found) if isinstance(found, float) and found.is_integer() else value


def _date(_place: str, value: Any) -> Any:  # noqa: ANN401
    return (day(value) if isinstance(value, str) else None) or value


def _text(place: str, value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, dt.date):
        month = place.rpartition(".")[2] in _MONTHS and value.day == 1
        return f"{value:%Y-%m}" if month else value.isoformat()
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _list(_place: str, value: Any) -> Any:  # noqa: ANN401
    return value if not isinstance(value, str) or value.startswith("[") else as_list(value)


def _flag(_place: str, value: Any) -> Any:  # noqa: ANN401
    return _FLAGS.get(str(value).lower(), value)


_READERS: dict[str, Callable[[str, Any], Any]] = {
    "int_type": _whole, "float_type": _number, "date_type": _date, "string_type": _text, "both_languages": _text,
    "tuple_type": _list, "bool_type": _flag,
}  # fmt: skip
"""What TOML's rule asks for, and how a cell may say it."""


def _day_of(table: dict[str, Any]) -> object:
    return dt.date.fromisoformat(table["day"]) if set(table) == {"day"} else table
