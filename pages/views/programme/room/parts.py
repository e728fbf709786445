"""The parts of the room that rest on records: each a table, or what is missing and who delivers it, and its form."""

from collections import Counter
from collections.abc import Mapping, Sequence

import polars as pl
import streamlit as st

from analytics.programme import room
from analytics.programme.room import LoggedEvent, Records, RecordState
from pages.components import table_card
from pages.components.citations import own_source
from pages.components.data_table import Kind, TableColumn
from pages.format import numbers
from pages.format.texts import listed, text
from pages.frame import sign_in
from pages.frame.cache import cached_value
from pages.views.programme.plan import wording
from pages.views.programme.room import entry, fields
from pages.views.programme.room.fields import FORMS

PARTS: dict[str, tuple[str, ...]] = {
    "decisions": ("decision", "meeting", "agenda"),
    "rights": ("right",),
    "problem": ("problem", "deliverable"),
    "lessons": ("lesson",),
    "landscape": ("measure",),
    "money": ("money",),
}
"""Part of the page → the kinds of records it shows."""
_TITLES = {"meeting": "date", "right": "matter", "problem": "original", "hand_over": "to", "measure": "name",
           "money": "label", "closing": "problem", "lesson": "text", "quote": "text"}  # fmt: skip
_MOST_NEWS = 12
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
        frame = frame.select(name for name in frame.columns if set(frame[name]) - {None, ""})
        source = own_source(text("room.source"), text("room.source_edition", number=state.number))
        table_card.show(frame, _columns(kind, frame), text(f"room.kind.{kind}"), (source,), f"room-{kind}")
        if told := _sums(kind, tuple(rows.values())):
            st.markdown(told)
    else:
        st.markdown(text(f"room.none.{kind}"))
    entry.offer(kind, {key: _title(kind, row) for key, row in rows.items()}, state)


def since() -> None:
    """Write what has come since the last meeting that was held; nothing where nothing has been written."""
    state, inner = stands(), sign_in.inner()
    found = room.since_meeting(state, _events(state.hash)) if state.number else None
    lines = [_line(each, state) for each in found.events if inner or each.act == "release"] if found else []
    lines = [line for line in lines if line]
    if found and lines:
        key, facts = ("since", {"day": numbers.period(found.day)}) if found.day else ("since_start", {})
        st.subheader(text(f"room.{key}", **facts), anchor="since")
        st.markdown("\n".join(lines[:_MOST_NEWS]))


@cached_value
def _events(_hash: str) -> tuple[LoggedEvent, ...]:
    """Return every event, read once for each state of the log."""
    return Records.open().events()


def _line(each: LoggedEvent, state: RecordState) -> str:
    """Return what happened to a record in a line, titled as it may be seen; nothing where it may not."""
    record = state.of(each.kind).get(each.key)
    if record is None or each.kind not in FORMS:
        return ""
    title = wording.literal(_title(each.kind, fields.typed_of(each.kind, record.table)))
    return f"- {text(f'room.kind_one.{each.kind}')}: **{title}** ({text(f'room.act.{each.act}')})"


def _title(kind: str, row: Mapping[str, object]) -> str:
    title = str(row.get(_TITLES.get(kind, "title")) or "")
    return title if len(title) <= 60 else f"{title[:60]}…"


def _cells(kind: str, row: Mapping[str, object]) -> dict[str, object]:
    return {each.name: _cell(each.means, row.get(each.name)) for each in FORMS[kind]}


def _cell(means: str, value: object) -> object:
    if value in (None, ""):
        return "" if means in ("line", "words", "long") else None
    return text(f"room.option.{value}") if means == "choice" else value if means == "number" else str(value)


def _columns(kind: str, frame: pl.DataFrame) -> tuple[TableColumn, ...]:
    return tuple(
        TableColumn(each.name, text(f"room.field.{each.name}"), _KINDS.get(each.means, "prose"))
        for each in FORMS[kind]
        if each.name in frame.columns
    )


def _sums(kind: str, rows: Sequence[Mapping[str, object]]) -> str:
    """Return what the rows come to: money left, or target groups that several measures are for."""
    if kind == "money":
        granted, spent = (_sum(rows, name) for name in ("granted_nok", "spent_nok"))
        facts = {"granted": numbers.nok(granted), "spent": numbers.nok(spent)}
        return text("room.money_sum", **facts) if granted is not None and spent is not None else text("room.money_open")
    if kind == "measure":
        groups = Counter(part.strip() for row in rows for part in str(row.get("targets") or "").split(",") if part)
        shared = [f"{wording.literal(name)} ({count})" for name, count in groups.most_common() if count > 1]
        return text("room.overlap", groups=listed(shared)) if shared else ""
    return ""


def _sum(rows: Sequence[Mapping[str, object]], name: str) -> float | None:
    """Return a sum, None where one of its parts is unknown."""
    values = [row.get(name) for row in rows]
    return sum(float(str(value)) for value in values) if None not in values else None
