"""The parts of the room that rest on records: each a table, or what is missing and who delivers it, and its form."""

from collections import Counter
from collections.abc import Mapping, Sequence

import polars as pl
import streamlit as st

from analytics.programme import room
from analytics.programme.room import Records, RecordState
from pages.components import table_card
from pages.components.citations import own_source
from pages.components.data_table import Kind, TableColumn
from pages.format import numbers
from pages.format.texts import listed, text
from pages.frame import sign_in
from pages.views.programme.room import entry, fields
from pages.views.programme.room.fields import FORMS

PARTS: dict[str, tuple[str, ...]] = {
    "decisions": ("decision", "meeting", "agenda"),
    "rights": ("right",),
    "problem": ("problem", "deliverable"),
    "landscape": ("measure",),
    "money": ("money",),
}
"""Part of the page → the kinds of records it shows."""
_TITLES = {"meeting": "date", "right": "matter", "problem": "original", "hand_over": "to", "measure": "name",
           "money": "label", "closing": "problem"}  # fmt: skip
_KINDS: dict[str, Kind] = {"number": "count", "day": "period", "month": "period"}


def show(part: str) -> None:
    """Write the records of a part, kind by kind."""
    state = stands()
    for kind in PARTS[part]:
        st.subheader(text(f"room.kind.{kind}"), anchor=False)
        records(kind, state)


def stands() -> RecordState:
    """Return how the records stand for whoever is at the browser: all of them, or what is released."""
    return room.stands(inner=sign_in.inner())


def records(kind: str, state: RecordState) -> None:
    """Write the records of one kind as a table, and their form where it may be written."""
    rows = {key: fields.typed_of(kind, each.table) for key, each in state.of(kind).items()}
    if rows:
        frame = pl.DataFrame([_cells(kind, row) for row in rows.values()], infer_schema_length=None)
        source = own_source(text("room.source"), text("room.source_edition", number=state.number))
        table_card.show(frame, _columns(kind), text(f"room.kind.{kind}"), (source,), f"room-{kind}")
        if told := _sums(kind, tuple(rows.values())):
            st.markdown(told)
    else:
        st.markdown(text(f"room.none.{kind}"))
    entry.offer(kind, {key: _title(kind, row) for key, row in rows.items()}, state)


def since() -> None:
    """Write what has come since the last meeting that was held; nothing where nothing has been written."""
    state = stands()
    found = room.since_meeting(state, Records.open().events())
    # told as the reader may see it: what was written after a release is not everybody's
    there = [(each, state.of(each.kind)[each.key]) for each in found.events if each.key in state.of(each.kind)]
    shown = [(each, _event_title(each.kind, record.table)) for each, record in there]
    shown = [(each, title) for each, title in shown if title]
    if not shown:
        return
    day = numbers.period(found.day) if found.day else ""
    st.subheader(text("room.since", day=day) if day else text("room.since_start"), anchor="since")
    lines = [
        f"- {text(f'room.kind_one.{each.kind}')}: **{title}** ({text(f'room.act.{each.act}')})" for each, title in shown
    ]
    st.markdown("\n".join(lines))


def _event_title(kind: str, table: Mapping[str, object]) -> str:
    return _title(kind, fields.typed_of(kind, table)) if kind in FORMS and table else ""


def _title(kind: str, row: Mapping[str, object]) -> str:
    title = str(row.get(_TITLES.get(kind, "title")) or "")
    return title if len(title) <= 60 else f"{title[:60]}…"


def _cells(kind: str, row: Mapping[str, object]) -> dict[str, object]:
    return {each.name: _cell(each.means, row.get(each.name)) for each in FORMS[kind]}


def _cell(means: str, value: object) -> object:
    if value in (None, ""):
        return None
    return text(f"room.option.{value}") if means == "choice" else value if means == "number" else str(value)


def _columns(kind: str) -> tuple[TableColumn, ...]:
    return tuple(
        TableColumn(each.name, text(f"room.field.{each.name}"), _KINDS.get(each.means, "prose")) for each in FORMS[kind]
    )


def _sums(kind: str, rows: Sequence[Mapping[str, object]]) -> str:
    """Return what the rows come to: money left, or target groups that several measures are for."""
    if kind == "money":
        granted, spent = (_sum(rows, name) for name in ("granted_nok", "spent_nok"))
        facts = {"granted": numbers.nok(granted), "spent": numbers.nok(spent)}
        return text("room.money_sum", **facts) if granted is not None and spent is not None else text("room.money_open")
    if kind == "measure":
        groups = Counter(part.strip() for row in rows for part in str(row.get("targets") or "").split(",") if part)
        shared = [f"{name} ({count})" for name, count in groups.most_common() if count > 1]
        return text("room.overlap", groups=listed(shared)) if shared else ""
    return ""


def _sum(rows: Sequence[Mapping[str, object]], name: str) -> float | None:
    """Return a sum, None where one of its parts is unknown."""
    values = [row.get(name) for row in rows]
    return sum(float(str(value)) for value in values) if None not in values else None
