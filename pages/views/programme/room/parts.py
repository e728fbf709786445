"""The parts of the room that rest on records: each a table, or what is missing and who delivers it, and its form."""

from collections import Counter
from collections.abc import Mapping, Sequence

import polars as pl
import streamlit as st

from analytics.programme import room, withdrawal
from analytics.programme.room import RecordState
from pages.components import table_card
from pages.components.citations import own_source
from pages.components.data_table import Kind, TableColumn
from pages.format.markdown import literal
from pages.format.texts import listed, text
from pages.frame import sign_in
from pages.frame.sight import seen
from pages.views.programme.room import entry, forms, money, news, titles, widget
from pages.views.programme.room.form_field import FormField
from pages.views.programme.room.forms import form_of

PARTS: dict[str, tuple[str, ...]] = {
    "decisions": ("decision", "meeting", "agenda"),
    "rights": ("right",),
    "problem": ("problem", "deliverable"),
    "lessons": ("lesson",),
    "landscape": ("measure",),
    "money": ("money",),
}
"""Part of the page → the kinds of records it shows."""
_KINDS: dict[str, Kind] = {"number": "count", "whole": "count", "level": "count", "day": "period", "month": "period"}


def show(part: str) -> None:
    """Write the records of a part, kind by kind."""
    state = seen()
    for kind in PARTS[part]:
        st.subheader(text(f"room.kind.{kind}"), anchor=False)
        records(kind, state)


def records(kind: str, state: RecordState) -> None:
    """Write the records of one kind as a table, and their form where it may be written."""
    table(kind, state, f"room-{kind}")
    entry.offer(kind, titles.titles(kind, state), state)


def table(kind: str, state: RecordState, name: str) -> None:
    """Write the records of one kind as a table with what they come to, or that there are none."""
    rows = [titles.shown(kind, key, table) for key, table in records_of(kind, state).items()]
    if not rows:
        st.markdown(text(f"room.none.{kind}"))
        return
    frame = pl.DataFrame([_cells(kind, row) for row in rows], infer_schema_length=None)
    frame = frame.select(each for each in frame.columns if set(frame[each]) - {None, ""})
    source = own_source(text("room.source"), text("room.source_edition", number=state.number))
    table_card.show(frame, _columns(kind, frame), text(f"room.kind.{kind}"), (source,), name)
    if said := _sums(kind, rows, state):
        st.markdown(said)


def records_of(kind: str, state: RecordState) -> Mapping[str, Mapping[str, object]]:
    """Return the records of a kind by key, or the rows of a list that a record holds."""
    if listed := withdrawal.LISTED.get(kind):
        return withdrawal.standing(state, kind) if state.of(listed.holder) else {}
    return {key: each.table for key, each in state.of(kind).items()}


def since() -> None:
    """Write what has come since the last meeting or released note; nothing where nothing has been written."""
    state = seen()
    found = room.since(state, room.events(state), inner=sign_in.inner()) if state.number else None
    lines = news.lines(found, marked=True) if found else ()
    if found and lines:
        st.subheader(news.heading(found), anchor="since")
        st.markdown("\n".join(f"- {line}" for line in lines))


def _cells(kind: str, row: Mapping[str, object]) -> dict[str, object]:
    return {each.name: _cell(kind, each, row.get(each.name)) for each in form_of(kind).fields}


def _cell(kind: str, each: FormField, value: object) -> object:
    if each.means in ("number", "whole", "level"):
        return value
    if each.means in ("day", "month"):
        return str(value) if value else None
    return widget.told(kind, each, value)


def _columns(kind: str, frame: pl.DataFrame) -> tuple[TableColumn, ...]:
    return tuple(
        TableColumn(each.name, forms.label(kind, each), _KINDS.get(each.means, "prose"))
        for each in form_of(kind).fields
        if each.name in frame.columns
    )


def _sums(kind: str, rows: Sequence[Mapping[str, object]], state: RecordState) -> str:
    """Return what the rows come to: money against what was granted, or groups that several measures are for."""
    if kind == "money":
        return "\n".join(f"- {line}" for line in money.told(state))
    if kind == "measure":
        groups = Counter(part.strip() for row in rows for part in str(row.get("targets") or "").split(",") if part)
        shared = [f"{literal(name)} ({count})" for name, count in groups.most_common() if count > 1]
        return text("room.overlap", groups=listed(shared)) if shared else ""
    return ""
