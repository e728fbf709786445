"""A field of a form as its widget, and a value of it in words: in the form, in a table, where two wrote at once."""

import datetime as dt
from typing import Any

import streamlit as st

from pages.format import numbers
from pages.format.texts import text
from pages.views.programme.room import choices, forms
from pages.views.programme.room.form_field import FormField

LEVELS = (1, 2, 3, 4, 5)
_CHOSEN = ("one", "about", "many")


def draw(kind: str, each: FormField, label: str, value: Any, kept: dict[str, Any]) -> Any:  # noqa: ANN401 - any field
    """Draw a field's widget with the value it starts from; return what is typed."""
    if each.means in _CHOSEN:
        return _choose(each, label, value, kept)
    if each.means in ("choice", "level"):
        codes: tuple[Any, ...] = LEVELS if each.means == "level" else each.options
        place = codes.index(value) if value in codes else None if each.means == "level" or not each.needed else 0
        return st.selectbox(label, codes, place, lambda code: told(kind, each, code), placeholder="–", **kept)
    if each.means == "flag":
        return st.checkbox(label, value=value is not False, **kept)
    if each.means == "day":
        return st.date_input(label, _day(value), format="DD.MM.YYYY", **kept)
    return _typed(kind, each, label, value, kept)


def _typed(kind: str, each: FormField, label: str, value: Any, kept: dict[str, Any]) -> Any:  # noqa: ANN401
    if each.means == "whole":
        return st.number_input(label, min_value=0, value=None if value is None else int(value), step=1, **kept)
    if each.means == "number":
        least = None if kind == "gain" else 0.0
        return st.number_input(label, min_value=least, value=None if value is None else float(value), **kept)
    if each.means == "long":
        return st.text_area(label, str(value or ""), max_chars=4000, **kept)
    hint = text("room.month_hint") if each.means == "month" else None
    return st.text_input(label, str(value or ""), max_chars=280, placeholder=hint, **kept)


def told(kind: str, each: FormField, value: Any) -> str:  # noqa: ANN401 - any field
    """Return a value of a field in words."""
    if value in (None, "", []):
        return ""
    if each.means in _CHOSEN:
        named = choices.options(each.of)
        return ", ".join(named.get(code, code) for code in (value if each.means == "many" else [value]))
    if each.means == "flag":
        return text(f"room.option.{'yes' if value else 'no'}")
    return forms.option(kind, each, value) if each.means == "choice" else _plain(value)


def _plain(value: Any) -> str:  # noqa: ANN401 - any field
    if isinstance(value, int | float):
        return numbers.trimmed(value)
    return numbers.date(value) if isinstance(value, dt.date) else str(value)


def _choose(each: FormField, label: str, value: Any, kept: dict[str, Any]) -> Any:  # noqa: ANN401 - any field
    """Draw a choice among what stands elsewhere; what stood here and is there no longer can still be kept."""
    named = dict(choices.options(each.of))
    chosen = list(value or ()) if each.means == "many" else [value] if value else []
    named |= {code: code for code in chosen if code not in named}
    if each.means == "many":
        return st.multiselect(label, list(named), chosen, format_func=named.__getitem__, placeholder="–", **kept)
    named = named if each.needed else {"": "–", **named}
    place = list(named).index(value) if value else None if each.needed else 0
    return st.selectbox(
        label, list(named), place, lambda code: named.get(code, code), placeholder="–", accept_new_options=each.free,
        **kept,
    )  # fmt: skip


def _day(value: Any) -> dt.date | None:  # noqa: ANN401
    return dt.date.fromisoformat(value) if isinstance(value, str) and value else value or None
