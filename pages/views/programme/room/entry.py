"""One record at a time is written in a dialogue: errors at the field, a safe draft, both texts where two wrote."""

import datetime as dt
from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st

from analytics.programme import drafts, withdrawal
from analytics.programme.room import Conflict, Records, RecordState
from data.errors import InnenforError
from pages.format.markdown import literal
from pages.format.texts import language, text
from pages.frame import session
from pages.frame.sight import seeing, seen
from pages.views.programme.room import away, faults, fields, forms, locking, release, titles, widget, writer
from pages.views.programme.room.form_field import FormField
from pages.views.programme.room.forms import form_of

NEW = "new"


def offer(kind: str, found: Mapping[str, str], state: RecordState, *, begins: Mapping[str, Any] | None = None) -> None:
    """Draw the choice of a record and the button that opens its form; nothing for those who may only read.

    found: the title of each record by its key, those of files too. begins: what a new record holds beside what is
    asked, in place of what the form says.
    """
    if not writer.may_write() or (state.closed and begins is None):
        return
    labels = _labels(kind, found, state) if begins is None else {NEW: ""}
    chosen = next(iter(labels))
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"write-{kind}"):
        if len(labels) > 1:
            box = f"row-{kind}-{language()}"
            away.followed(kind, box)
            chosen = str(st.selectbox(text(f"room.kind.{kind}"), list(labels), format_func=labels.__getitem__, key=box))
        if chosen.startswith(away.GONE):
            away.bring_back(kind, chosen, state)
            return
        pressed = st.button(_opens(kind, chosen), key=f"open-{kind}")
        if chosen != NEW:
            away.offer(kind, chosen, state)
        if not release.asked_above(kind, state):
            release.offer(kind, chosen, state)
    release.told(kind, chosen, state)
    if pressed:
        _begun(kind, state)
        _open(kind, chosen, found, begins or {})


def begin(kind: str, found: Mapping[str, str], typed: Mapping[str, str]) -> None:
    """Open the form of a new record with some fields chosen, whatever its draft says of them."""
    _begun(kind, seen())
    for each in form_of(kind).fields:
        session.forget(_key(kind, NEW, each))
    _open(kind, NEW, found, {}, typed)


def _begun(kind: str, state: RecordState) -> None:
    """Remember who begins to write, and in which programme."""
    session.forget(f"wrong-{kind}")
    session.forget(f"seen-{kind}")
    session.remember(_writer(kind), writer.who().id)
    session.remember(f"past-{kind}", len(state.past))


def _open(
    kind: str, chosen: str, found: Mapping[str, str], begins: Mapping[str, Any], typed: Mapping[str, str] | None = None
) -> None:
    write = partial(_write, kind, chosen, frozenset(found), begins, typed or {})
    st.dialog(text(f"room.kind.{kind}"), width="large")(write)()


def offer_standing(*kinds: str) -> None:
    """Offer every record of some kinds, those of files too, to those who may write."""
    if writer.may_write():
        for kind in kinds:
            offer(kind, titles.titles(kind, seen()), seen())


def _opens(kind: str, chosen: str) -> str:
    """Return what the button says that opens the form."""
    if chosen == NEW:
        return text(f"room.new.{kind}")
    return text(f"room.alter.{kind}" if kind in withdrawal.ALONE else "room.change")


def _labels(kind: str, found: Mapping[str, str], state: RecordState) -> dict[str, str]:
    """Return what may be chosen to write: a new record, those that stand, and those that were taken away."""
    if kind in withdrawal.ALONE:
        return dict(found)
    return {NEW: text(f"room.new.{kind}"), **found, **away.choices(kind, state)}


def _write(kind: str, chosen: str, taken: frozenset[str], begins: Mapping[str, Any], picked: Mapping[str, str]) -> None:
    """Draw the form. What is typed stays in sight though the writer's role is taken away: saving is then refused."""
    version, stood = withdrawal.met(Records.open().state(), kind, "" if chosen == NEW else chosen)
    seen = session.recall(f"seen-{kind}")
    if seen is None:
        seen = version
        session.remember(f"seen-{kind}", seen)
    started = drafts.kept(session.recall(_writer(kind)), _draft(kind, chosen))
    shown = fields.typed_of(kind, stood) if stood else fields.begun(kind)
    start = {**shown, **started, **picked}
    wrong: dict[str, str] = session.recall(f"wrong-{kind}") or {}
    if started:
        st.caption(text("room.draft"))
    with seeing(inner=writer.may_write()):
        typed = {each.name: _field(kind, chosen, each, start, wrong) for each in _asked(kind, chosen)}
    if general := wrong.get(""):
        st.error(general)
    locking.told(kind, typed)
    saves = text("room.lock" if kind in withdrawal.LOCKS else "room.save")
    with st.container(horizontal=True):
        saved = st.button(saves, key=f"save-{kind}", type="primary")
        dropped = st.button(text("room.throw_away"), key=f"drop-{kind}")
    if saved:
        _save(kind, chosen, typed, {**begins, **stood}, int(seen), taken)
    if dropped:
        _done(kind, chosen)


def _writer(kind: str) -> str:
    return f"writer-{kind}"


def _draft(kind: str, chosen: str) -> str:
    """Return what a draft is kept under: its programme's, for keys begin anew in one that is opened after it."""
    past = int(session.recall(f"past-{kind}") or 0)
    return f"{past}/{kind}/{chosen}" if past else f"{kind}/{chosen}"


def _asked(kind: str, chosen: str) -> tuple[FormField, ...]:
    """Return the fields that are asked for: what a record is known by is not changed once it stands."""
    return tuple(each for each in form_of(kind).fields if chosen == NEW or not each.fixed)


def _field(kind: str, chosen: str, each: FormField, start: dict[str, Any], wrong: dict[str, str]) -> Any:  # noqa: ANN401
    """Draw a field with what is wrong with it beneath; leaving it keeps the draft."""
    hint = forms.hint(kind, each)
    kept = {"key": _key(kind, chosen, each), "on_change": _keep, "args": (kind, chosen), "help": hint}
    label = forms.label(kind, each) + ("" if each.needed else f" ({text('room.optional')})")
    typed = widget.draw(kind, each, label, start.get(each.name), kept)
    if each.name in wrong:
        st.error(wrong[each.name])
    return typed


def _key(kind: str, chosen: str, each: FormField) -> str:
    return f"field-{kind}-{chosen}-{each.name}-{language()}"


def _keep(kind: str, chosen: str) -> None:
    """Keep what is typed, field by field as each is left."""
    typed = {each.name: session.recall(_key(kind, chosen, each)) for each in _asked(kind, chosen)}
    told = {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in typed.items()}
    drafts.keep(session.recall(_writer(kind)), _draft(kind, chosen), told)


def _save(
    kind: str, chosen: str, typed: dict[str, Any], stood: Mapping[str, Any], seen: int, taken: frozenset[str]
) -> None:
    """Write the record; what is wrong is told at its field, and where somebody else has written, both are shown."""
    if len(Records.open().state().past) != session.recall(f"past-{kind}"):
        session.remember(f"wrong-{kind}", {"": text("room.of_closed")})
        st.rerun(scope="fragment")
    empty = [each.name for each in _asked(kind, chosen) if each.needed and typed[each.name] in (None, "")]
    key = fields.key_for(kind, typed) if chosen == NEW else chosen
    wrong = dict.fromkeys(empty, text("room.needed"))
    if not wrong and chosen == NEW and key in taken:
        wrong = {form_of(kind).key[-1]: text("room.taken")}
    if wrong:
        session.remember(f"wrong-{kind}", wrong)
        st.rerun(scope="fragment")
    try:
        put(kind, key or NEW, fields.payload(kind, typed, stood), seen)
    except Conflict as conflict:
        session.remember(f"seen-{kind}", conflict.now_version)
        session.remember(f"wrong-{kind}", {"": _both(kind, conflict)})
    except (InnenforError, ExceptionGroup) as fault:
        session.remember(f"wrong-{kind}", faults.told(kind, fault))
    else:
        _done(kind, chosen)
    st.rerun(scope="fragment")


def put(kind: str, chosen: str, table: dict[str, Any], seen: int) -> None:
    """Set a record as its form saw it; a new one takes the next key where somebody took its own meanwhile."""
    if chosen != NEW:
        withdrawal.put(kind, chosen, _named(kind, table, chosen), who=writer.who(), seen=seen)
        return
    while True:
        state = Records.open().state()
        key, version = withdrawal.free_key(state, kind), withdrawal.met(state, kind)[0]
        try:
            withdrawal.put(kind, key, _named(kind, table, key), who=writer.who(), seen=version)
        except Conflict:
            continue
        return


def _named(kind: str, table: dict[str, Any], key: str) -> dict[str, Any]:
    """Return a record that holds its own key, where its kind does."""
    return {"id": key, **table} if form_of(kind).named else table


def _both(kind: str, conflict: Conflict) -> str:
    """Return what stands there now beside what was typed; saving again writes over it, knowingly."""
    there = fields.typed_of(kind, conflict.now) if conflict.now else {}
    asked = {each.name: each for each in form_of(kind).fields}
    lines = [
        f"{forms.label(kind, asked[name])}: {literal(widget.told(kind, asked[name], value))}"
        for name, value in there.items()
        if value not in (None, "", [])
    ]
    return f"{text('room.conflict')} {' · '.join(lines) or text('room.taken_away')}"


def _done(kind: str, chosen: str) -> None:
    drafts.drop(session.recall(_writer(kind)), _draft(kind, chosen))
    for name in ("wrong", "seen"):
        session.forget(f"{name}-{kind}")
    for each in form_of(kind).fields:
        session.forget(_key(kind, chosen, each))
    st.rerun()
