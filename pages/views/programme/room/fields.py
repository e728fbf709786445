"""How what is typed into a form becomes what the record holds, and back; what each form asks stands in `forms`."""

import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from analytics.programme.assessment import lines_apart, lines_listed
from benefits.realisation.plan import plan_form
from data.i18n import LANGUAGES
from data.records.files import key_of
from data.records.in_use import day, number
from pages.format import numbers
from pages.format.texts import language
from pages.views.programme.room.form_field import FormField
from pages.views.programme.room.forms import form_of

Typed = Mapping[str, Any]
Table = Mapping[str, Any]
_SAID = ("words", "long")


def payload(kind: str, typed: Typed, before: Table) -> dict[str, Any]:
    """Return what a record is to hold: what was typed, over what stood there and the form does not ask for."""
    form = form_of(kind)
    asked = [each for each in form.fields if each.name in typed and not each.key]
    before = lines_apart(kind, before or form.begins)
    made = _without(before, {each.name for each in asked})
    for each in asked:
        value = _value(each, typed.get(each.name), found(before, each.name))
        if value not in (None, "", (), []) or (value == [] and each.needed):
            _put(made, each.name, value)
    return lines_listed(kind, made)


def typed_of(kind: str, table: Table) -> dict[str, Any]:
    """Return a record as its form shows it."""
    table = lines_apart(kind, table)
    return {each.name: _shown(each, _plain(kind, each, found(table, each.name))) for each in form_of(kind).fields}


def begun(kind: str) -> dict[str, Any]:
    """Return a record nobody has written yet as its form shows it."""
    return typed_of(kind, form_of(kind).begins)


def key_for(kind: str, typed: Typed) -> str:
    """Return the key of a new record by what is typed; "" where it gets the next one that is free."""
    form = form_of(kind)
    return key_of("-".join(str(typed.get(name) or "").rpartition("/")[2] for name in form.key)) if form.key else ""


def _plain(kind: str, field: FormField, value: Any) -> Any:  # noqa: ANN401 - a field of any kind
    """Return a cell of the plan, which a file may hold as text, as the form's widget takes it; others as they are."""
    if kind != "gain" or not isinstance(value, str):
        return value
    readers: dict[str, Callable[[str], object]] = {
        "number": number, "day": day, "choice": partial(plan_form().choice, field.name),
    }  # fmt: skip
    return readers.get(field.means, str)(value)


def found(table: Table, name: str) -> Any:  # noqa: ANN401 - a field of any kind
    """Return what stands in a table under a dotted name, None where nothing does."""
    value: Any = table
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _without(table: Table, names: set[str], place: str = "") -> dict[str, Any]:
    """Return a table without the fields of some dotted names."""
    kept: dict[str, Any] = {}
    for key, value in table.items():
        here = f"{place}{key}"
        if here not in names:
            kept[key] = _without(value, names, f"{here}.") if isinstance(value, Mapping) else value
    return kept


def _put(table: dict[str, Any], name: str, value: object) -> None:
    *outer, last = name.split(".")
    for part in outer:
        table = table.setdefault(part, {})
    table[last] = value


def _value(field: FormField, typed: Any, before: Any) -> Any:  # noqa: ANN401, PLR0911 - a field of any kind
    if isinstance(typed, str):
        typed = typed.strip()
    if field.means in _SAID:
        return _said(str(typed or ""), before)
    if field.means == "numbers":
        return _numbers(str(typed or ""))
    if field.means == "list":
        return [part.strip() for part in str(typed or "").split(",") if part.strip()]
    if field.means == "many":
        return list(typed or ())
    if field.means == "about":
        return [typed] if typed else []
    if (field.means in ("whole", "level") or field.of == "area") and typed not in (None, ""):
        return int(typed)
    if field.means == "day" and isinstance(typed, str) and typed:
        return dt.date.fromisoformat(typed)
    return typed


def _numbers(typed: str) -> list[float | str]:
    """Return numbers that stand with a semicolon between; a part that is none stays as it stands, and is refused."""
    parts = [part.strip() for part in typed.split(";") if part.strip()]
    plain = {part: part.replace(",", "") if language() == "en" else part for part in parts}  # 5,000,000
    return [part if (found := number(plain[part])) is None else found for part in parts]


def _said(typed: str, before: Any) -> Any:  # noqa: ANN401
    """Return a text in both languages: one that stands in its own words in the other language stays so."""
    old = before if isinstance(before, Mapping) else dict.fromkeys(LANGUAGES, before) if before else {}
    own = old.get(language(), "")
    if not typed and not any(old.values()):
        return ""
    return {lang: old[lang] if lang != language() and old.get(lang, own) != own else typed for lang in LANGUAGES}


def _shown(field: FormField, value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, Mapping):
        return value.get(language(), "")
    if field.means == "many":
        return list(value or ())
    if field.means == "about":
        return next(iter(value or ()), None)
    if field.of == "area" and value is not None:
        return str(value)
    if field.means == "numbers":
        return "; ".join(map(numbers.trimmed, value or ()))
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else value
