"""What the steering group releases: records, notes kept as they were, and the end of a programme."""

import datetime as dt

import streamlit as st

from analytics.programme import withdrawal
from analytics.programme.room import Records, RecordState, StandingRecord
from analytics.provenance import editions, version
from benefits.parameters.seal import parameters_hash
from pages.components import downloads
from pages.format import numbers
from pages.format.texts import text
from pages.views.programme.room import writer

MONTH, CLOSING = "month", "closing"


_HOLDERS = ("programme", "baseline")
"""Kinds of records that hold lists of other things, which become public with them."""
_BESIDE = ("partner", "target")
"""Lists of the programme that stand beside its button."""


def offer(kind: str, key: str, state: RecordState) -> None:
    """Draw the button that lets everybody see a record, or takes that back; of what a record lists it is that one's."""
    record = state.of(kind).get(key)
    if record is None or not writer.may_release():
        return
    label = text("room.hide" if record.released else "room.release")
    if st.button(label, key=f"release-{kind}") and writer.done(lambda: _turned(record)):
        st.rerun()


def asked_above(kind: str, state: RecordState) -> bool:
    """Return whether a record's release is asked for at the top of the page: a programme opened after a closed one."""
    return kind == "programme" and bool(state.past) and not all(each.released for each in state.of(kind).values())


def told(kind: str, key: str, state: RecordState) -> None:
    """Write what becomes public with a record that holds more, or with which record a row of such a list does."""
    listed = withdrawal.LISTED.get(kind)
    of, holder = (listed.holder, withdrawal.holder_key(state, kind)) if listed else (kind, key)
    record = state.of(of).get(holder)
    if record is None or record.released or kind in _BESIDE or asked_above(of, state) or not writer.may_release():
        return
    if listed:
        st.caption(text(f"room.released_with.{of}", part=text("programme.part.organisation")))
    elif kind in _HOLDERS:
        st.caption(text(f"room.releases.{kind}"))


def _turned(record: StandingRecord) -> None:
    """Let everybody see a record as it stands, or take that back."""
    log, of = Records.open(), (record.kind, record.key)
    if record.released:
        log.hide(*of, who=writer.who(), reason=text("room.hide"), seen_version=record.version)
    else:
        log.release(*of, who=writer.who(), seen_version=record.version)


def note(kind: str, lang: str, day: dt.date, name: str, content: bytes) -> None:
    """Draw the button that keeps a note as it was released; nothing for those who may not, or once it is all over."""
    if not writer.may_release() or Records.open().state().closed:
        return
    if st.button(text("room.release_note"), key=f"release-note-{kind}-{lang}", type="primary") and writer.done(
        lambda: _keep_note(kind, lang, day, name, content)
    ):
        st.rerun()


def _keep_note(kind: str, lang: str, day: dt.date, name: str, content: bytes) -> None:
    log = Records.open()
    facts = {
        "month": f"{day:%Y-%m}", "purpose": CLOSING if kind == "closing" else MONTH, "lang": lang, "name": name,
        "version": version(), "editions": [each.edition for each in editions()], "parameters": parameters_hash(),
    }  # fmt: skip
    log.keep_note(log.state().free_key("note"), facts, content, who=writer.who())


def kept(state: RecordState) -> None:
    """Write the notes that are released in a programme, each as it was: now, or in one that is over."""
    log, notes = Records.open(), state.of("note")
    if not notes:
        return
    st.subheader(text("room.notes"), anchor=False)
    erased: list[str] = []
    with st.container(horizontal=True, key="files-released"):
        for key, each in reversed(list(notes.items())):
            content = log.kept(str(each.table["sha256"]))
            month, spoken = numbers.period(str(each.table["month"])), text(f"plan.spoken.{each.table['lang']}")
            label = text(f"room.note.{each.table['purpose']}", month=month, spoken=spoken)
            if content is None:
                erased.append(label)
            else:
                downloads.button(label, content, str(each.table["name"]), f"released-{key}")
    for label in erased:
        st.caption(text("room.note_erased", note=label))


def close(key: str) -> None:
    """Draw what closes a programme whose five points are written; nothing for those who may not."""
    state = Records.open().state()
    if state.closed:
        return
    if not writer.may_release() or not state.of("closing"):
        return
    with st.form("close-programme", border=True):
        reason = st.text_input(text("room.close_reason"), max_chars=280)
        pressed = st.form_submit_button(text("room.close"))
    if pressed and writer.done(lambda: closed(key, reason)):
        st.rerun()


def closed(key: str, reason: str) -> None:
    """Close a programme, kept whole in the log. Raises `Problems` (no reason, a faulty file), Conflict, NotAllowed."""
    from data.records.exchange import keep_whole

    records = Records.open()
    if reason.strip():
        keep_whole(records, who=writer.who(), reason=reason)
    record = records.state().of("programme").get(key)
    records.close(key, who=writer.who(), reason=reason, seen_version=record.version if record else 0)
