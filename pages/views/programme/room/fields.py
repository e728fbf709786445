"""What each form of the room asks for, and how what is typed becomes what the record holds."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from data.i18n import LANGUAGES
from pages.format.texts import language

Means = Literal["line", "words", "long", "day", "month", "number", "choice"]
Typed = Mapping[str, Any]


@dataclass(frozen=True)
class FormField:
    """A field of a form. words and long are said in a language, line is not; `needed` may not be left empty."""

    name: str
    means: Means
    needed: bool = False
    options: tuple[str, ...] = ()


def _needed(means: Means, *names: str) -> tuple[FormField, ...]:
    return tuple(FormField(name, means, needed=True) for name in names)


def _asked(means: Means, *names: str) -> tuple[FormField, ...]:
    return tuple(FormField(name, means) for name in names)


def _choice(name: str, *options: str) -> FormField:
    return FormField(name, "choice", needed=True, options=options)


FORMS: dict[str, tuple[FormField, ...]] = {
    "meeting": (
        *_needed("day", "date"),
        *_needed("words", "body"),
        _choice("status", "planned", "held", "cancelled"),
    ),
    "agenda": (
        *_needed("line", "meeting"),
        *_needed("number", "number"),
        *_needed("words", "title"),
        _choice("purpose", "information", "discussion", "decision"),
    ),
    "decision": (
        *_needed("words", "title"),
        *_needed("words", "body"),
        *_needed("day", "date"),
        *_asked("long", "because"),
        *_asked("words", "follows_up"),
        *_asked("day", "due"),
        _choice("status", "open", "done", "dropped"),
    ),
    "right": (*_needed("words", "matter", "decides"), *_asked("words", "prepares", "heard")),
    "problem": (
        *_needed("long", "original", "agreed"),
        *_asked("long", "causes", "insight", "changes", "chosen_space", "schedule"),
        *_asked("day", "signed"),
        *_asked("words", "signed_by"),
    ),
    "deliverable": (*_needed("words", "title"), *_asked("day", "due", "delivered"), *_asked("line", "link")),
    "hand_over": (
        *_needed("line", "what"),
        *_needed("words", "to"),
        _choice("answer", "open", "yes", "no", "in_part"),
        *_asked("day", "asked"),
        *_asked("long", "why"),
    ),
    "measure": (
        *_needed("words", "name", "owner"),
        *_asked("line", "targets"),
        *_asked("number", "places", "cost_nok"),
        *_asked("long", "evidence"),
        *_asked("line", "source"),
    ),
    "money": (
        *_needed("month", "period"),
        *_needed("words", "label"),
        *_asked("number", "granted_nok", "spent_nok", "hours_planned", "hours"),
    ),
    "lesson": (*_needed("long", "text"), *_asked("day", "date")),
    "quote": (*_needed("long", "text"), *_needed("words", "group"), *_asked("line", "source")),
    "closing": _needed("long", "problem", "done", "solution", "in_use", "next_steps"),
}
"""Kind → its fields, in the order in which they are asked for."""
_LISTS = {("measure", "targets")}
_WHOLE = {("agenda", "number"), ("measure", "places")}


def payload(kind: str, typed: Typed, before: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a record is to hold: what was typed, over what stood there and the form does not ask for."""
    asked = {each.name for each in FORMS[kind]}
    made = {name: value for name, value in before.items() if name not in asked}
    for each in FORMS[kind]:
        value = _value(kind, each, typed.get(each.name), before.get(each.name))
        if value not in (None, "", ()):
            made[each.name] = value
    return made


def typed_of(kind: str, table: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record as its form shows it."""
    return {each.name: _shown(table.get(each.name)) for each in FORMS[kind]}


def _value(kind: str, field: FormField, typed: Any, before: Any) -> Any:  # noqa: ANN401 - a field of any kind
    if isinstance(typed, str):
        typed = typed.strip()
    if field.means in ("words", "long"):
        return _said(str(typed or ""), before)
    if (kind, field.name) in _LISTS:
        return [part.strip() for part in str(typed or "").split(",") if part.strip()] or None
    if (kind, field.name) in _WHOLE and typed is not None:
        return int(typed)
    if field.means == "day" and isinstance(typed, str) and typed:
        return dt.date.fromisoformat(typed)
    return typed


def _said(typed: str, before: Any) -> Any:  # noqa: ANN401
    """Return a text in both languages: one that stands in its own words in the other language stays so."""
    old = before if isinstance(before, Mapping) else {}
    own = old.get(language(), "")
    return {lang: old[lang] if lang != language() and old.get(lang, own) != own else typed for lang in LANGUAGES}


def _shown(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, Mapping):
        return value[language()]
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else value
