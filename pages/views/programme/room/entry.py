"""One record at a time is written in a dialogue: errors at the field, a safe draft, both texts where two wrote."""

import datetime as dt
from typing import Any

import streamlit as st

from analytics.programme import drafts
from analytics.programme.room import Conflict, Records, RecordState, StandingRecord
from data.errors import InnenforError, foreseen
from pages.format.texts import language, text
from pages.frame import session
from pages.views.programme.plan.wording import literal
from pages.views.programme.room import fields, release, writer
from pages.views.programme.room.fields import FORMS, FormField

NEW = "new"
LIKE_LONG = ("long",)


def offer(kind: str, found: dict[str, str], state: RecordState) -> None:
    """Draw the choice of a record and the button that opens its form; nothing for those who may only read."""
    if not writer.may_write() or state.closed:
        return
    chosen = NEW
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"write-{kind}"):
        if found:
            labels = {NEW: text(f"room.new.{kind}"), **found}
            box = f"row-{kind}-{language()}"
            chosen = str(st.selectbox(text("room.which"), list(labels), format_func=labels.__getitem__, key=box))
        label = text("room.change") if chosen != NEW else text(f"room.new.{kind}")
        pressed = st.button(label, key=f"open-{kind}")
        release.offer(kind, chosen, state)
    if pressed:
        session.forget(f"wrong-{kind}")
        session.forget(f"seen-{kind}")
        st.dialog(text(f"room.kind.{kind}"), width="large")(_write)(kind, chosen)


def _write(kind: str, chosen: str) -> None:
    records, who = Records.open(), writer.who()
    state = records.state()
    record = state.of(kind).get(chosen)
    seen = session.recall(f"seen-{kind}")
    if seen is None:
        seen = record.version if record else 0
        session.remember(f"seen-{kind}", seen)
    started = drafts.kept(who.id, f"{kind}/{chosen}")
    shown = fields.typed_of(kind, record.table) if record else {}
    wrong: dict[str, str] = session.recall(f"wrong-{kind}") or {}
    if started:
        st.caption(text("room.draft"))
    typed = {each.name: _field(kind, chosen, each, {**shown, **started}, wrong) for each in FORMS[kind]}
    if general := wrong.get(""):
        st.error(general)
    with st.container(horizontal=True):
        saved = st.button(text("room.save"), key=f"save-{kind}", type="primary")
        dropped = st.button(text("room.throw_away"), key=f"drop-{kind}")
    if saved:
        _save(kind, chosen, typed, record, int(seen))
    if dropped:
        _done(kind, chosen)


def _field(kind: str, chosen: str, each: FormField, start: dict[str, Any], wrong: dict[str, str]) -> Any:  # noqa: ANN401
    """Draw a field with what is wrong with it beneath; leaving it keeps the draft."""
    key = f"field-{kind}-{chosen}-{each.name}-{language()}"
    label = text(f"room.field.{each.name}") + ("" if each.needed else f" ({text('room.optional')})")
    kept: dict[str, Any] = {"key": key, "on_change": _keep, "args": (kind, chosen)}
    value = start.get(each.name)
    typed: Any
    if each.means == "choice":
        names = {option: text(f"room.option.{option}") for option in each.options}
        place = each.options.index(value) if value in each.options else 0
        typed = st.selectbox(label, each.options, place, names.__getitem__, **kept)
    elif each.means == "day":
        typed = st.date_input(label, _day(value), format="DD.MM.YYYY", **kept)
    elif each.means == "number":
        typed = st.number_input(label, min_value=0.0, value=None if value is None else float(value), step=1.0, **kept)
    elif each.means in LIKE_LONG:
        typed = st.text_area(label, str(value or ""), max_chars=4000, **kept)
    else:
        hint = text("room.month_hint") if each.means == "month" else None
        typed = st.text_input(label, str(value or ""), max_chars=280, placeholder=hint, **kept)
    if each.name in wrong:
        st.error(wrong[each.name])
    return typed


def _day(value: Any) -> dt.date | None:  # noqa: ANN401
    return dt.date.fromisoformat(value) if isinstance(value, str) and value else value or None


def _keep(kind: str, chosen: str) -> None:
    """Keep what is typed, field by field as each is left."""
    typed = {each.name: session.recall(f"field-{kind}-{chosen}-{each.name}-{language()}") for each in FORMS[kind]}
    told = {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in typed.items()}
    drafts.keep(writer.who().id, f"{kind}/{chosen}", told)


def _save(kind: str, chosen: str, typed: dict[str, Any], record: StandingRecord | None, seen: int) -> None:
    """Write the record; what is wrong is told at its field, and where somebody else has written, both are shown."""
    if empty := [each.name for each in FORMS[kind] if each.needed and typed[each.name] in (None, "")]:
        session.remember(f"wrong-{kind}", dict.fromkeys(empty, text("room.needed")))
        st.rerun(scope="fragment")
    table = fields.payload(kind, typed, record.table if record else {})
    try:
        put(kind, chosen, table, seen)
    except Conflict as conflict:
        session.remember(f"seen-{kind}", conflict.now_version)
        session.remember(f"wrong-{kind}", {"": _both(kind, conflict)})
    except (InnenforError, ExceptionGroup) as fault:
        session.remember(f"wrong-{kind}", _told(kind, fault))
    else:
        _done(kind, chosen)
    st.rerun(scope="fragment")


def put(kind: str, chosen: str, table: dict[str, Any], seen: int) -> None:
    """Set a record as its form saw it; a new one takes the next key where somebody took its own meanwhile."""
    records = Records.open()
    if chosen != NEW:
        records.append(kind, chosen, table, who=writer.who(), seen_version=seen or None)
        return
    while True:
        try:
            records.append(kind, records.state().free_key(kind), table, who=writer.who())
        except Conflict:
            continue
        return


def _both(kind: str, conflict: Conflict) -> str:
    """Return what stands there now beside what was typed; saving again writes over it, knowingly."""
    there = fields.typed_of(kind, conflict.now) if conflict.now else {}
    lines = [
        f"{text(f'room.field.{name}')}: {literal(str(value))}"
        for name, value in there.items()
        if value not in (None, "")
    ]
    return f"{text('room.conflict')} {' · '.join(lines) or text('room.taken_away')}"


def _told(kind: str, fault: Exception) -> dict[str, str]:
    """Return what is wrong by the name of the field; "" is for what belongs to none."""
    names = {each.name for each in FORMS[kind]}
    told: dict[str, str] = {}
    for problem in foreseen(fault):
        place = str(getattr(problem, "column", "") or getattr(problem, "cell", "")).split(".")[0]
        told.setdefault(place if place in names else "", f"{problem.says(language())} {problem.do(language())}")
    return told


def _done(kind: str, chosen: str) -> None:
    drafts.drop(writer.who().id, f"{kind}/{chosen}")
    for name in ("wrong", "seen"):
        session.forget(f"{name}-{kind}")
    for each in FORMS[kind]:
        session.forget(f"field-{kind}-{chosen}-{each.name}-{language()}")
    st.rerun()
