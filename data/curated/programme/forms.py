"""The forms a programme fills in: the baseline before its experiments, and its maturity after SLIK's five parts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from data import paths
from data.catalogue import indicators
from data.ingest.personal_text import REACHES, Impersonal
from data.toml import Day, Fits, Name, OneOf, Text, Unique, at_least, key, toml_table, within

FIRST, LAST = 1, 5
_LINE = re.compile(r"item\[(\d+)\]")
Said = Annotated[Name, Impersonal()]
Reason = Annotated[Name, Impersonal(REACHES)]


@dataclass(frozen=True)
class Item:
    """A line of a form: its value (None where an indicator fills it, or where it is unknown), reason and role."""

    id: Text
    name: Name
    by: Said
    reason: Reason
    value: Annotated[float, at_least(0)] | None = None
    indicator: Annotated[str, OneOf(indicators, empty=True)] = ""
    region: str = ""


@dataclass(frozen=True, kw_only=True)
class MaturityItem(Item):
    """A line of a self-assessment: a level 1–5."""

    value: Annotated[float, Fits("whole_within", range(FIRST, LAST + 1).__contains__, (("low", FIRST), ("high", LAST)))]


@dataclass(frozen=True)
class Form:
    """A filled-in form, `baseline` or `maturity`, of one date and one version of its questions."""

    form: Annotated[str, OneOf("form")]
    version: Annotated[int, within(1, 99)]
    date: Day
    scale: Name
    example: bool
    items: Annotated[tuple[Item, ...], Unique()] = key("item")


@dataclass(frozen=True)
class MaturityForm(Form):
    """A self-assessment after SLIK's five parts."""

    items: Annotated[tuple[MaturityItem, ...], Unique()] = key("item")


FORMS = {"baseline": Form, "maturity": MaturityForm}
ASKED = ("value", "by", "reason")
"""What each line of a self-assessment asks its writer."""
Table = Mapping[str, Any]


def lines_apart(kind: str, table: Table) -> Table:
    """Return a form's table with its lines by their id, so that each value has a name (`item.what.value`)."""
    if kind not in FORMS or not isinstance(table.get("item"), list | tuple):
        return table
    return {**table, "item": {each["id"]: _without_id(each) for each in table["item"]}}


def _without_id(line: Table) -> dict[str, Any]:
    return {name: value for name, value in line.items() if name != "id"}


def lines_listed(kind: str, table: Table) -> dict[str, Any]:
    """Return a form's table with its lines as a list again."""
    if kind not in FORMS or not isinstance(table.get("item"), Mapping):
        return dict(table)
    return {**table, "item": [{"id": name, **each} for name, each in table["item"].items()]}


def line_named(kind: str, place: str, table: Table) -> str:
    """Return the name of a value by its place in the list: `item[2].value` → `item.who.value`."""
    hit = _LINE.match(place) if kind in FORMS else None
    names = list(lines_apart(kind, table).get("item", ())) if hit else []
    return f"item.{names[int(hit[1]) - 1]}{place[hit.end() :]}" if hit and int(hit[1]) <= len(names) else place


def empty_assessment() -> dict[str, Any]:
    """Return a self-assessment nobody has answered or dated: its questions, with their lines by id."""
    form = toml_table(paths.DATA / "templates" / "maturity.toml")
    questions = [{name: value for name, value in each.items() if name not in ASKED} for each in form["item"]]
    undated = {name: value for name, value in form.items() if name != "date"}
    return dict(lines_apart("maturity", {**undated, "item": questions}))
