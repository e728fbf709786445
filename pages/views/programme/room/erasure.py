"""A text that should not stand in the log, such as somebody's name: the approver finds it and erases it for good."""

import streamlit as st

from analytics.programme import room
from analytics.programme.room import CONTENT, LoggedEvent, Records, RecordState
from data.errors import InnenforError, foreseen
from pages.format.markdown import literal
from pages.format.texts import language, text
from pages.frame.streamlit_internals import DeltaGenerator
from pages.views.programme.room import writer

_MOST, _AROUND = 20, 40
_Found = tuple[LoggedEvent, str, str]


def show(state: RecordState) -> None:
    """Ask for words, list the texts of the log that hold them, and offer to erase one."""
    st.markdown(text("room.erase.lead"))
    words = st.text_input(text("room.erase.words"), key="erase-words", max_chars=80)
    if not words.strip():
        return
    found = list(room.texts_with(room.events(state), words))
    if not found:
        st.info(text("room.erase.none"))
        return
    if len(found) > _MOST:
        st.caption(text("room.erase.more", shown=_MOST, count=len(found)))
    asking = st.empty()
    try:
        done = _asked(asking, found[:_MOST], words)
    except (InnenforError, ExceptionGroup) as fault:
        st.error(" ".join(each.line(language()) for each in foreseen(fault)))
    else:
        if done:
            asking.success(done)


def _asked(asking: DeltaGenerator, found: list[_Found], words: str) -> str:
    """Ask which text is to be erased, and return what became of it; "" until it is decided."""
    with asking.form("erase", border=True):
        number = st.radio(
            text("room.erase.which"), range(len(found)), format_func=lambda each: _told(found[each], words)
        )
        reason = st.text_input(text("room.erase.reason"), max_chars=280)
        pressed = st.form_submit_button(text("room.erase.do"))
    return erase(found[number], reason) if pressed else ""


def erase(found: _Found, reason: str) -> str:
    """Erase a text and return what became of it: which released notes may hold it. Raises `Problems`, NotAllowed."""
    event, place, _text = found
    records = Records.open()
    records.redact(event.number, place, who=writer.who(), reason=reason)
    notes = room.notes_since(records.events(), event.number)
    kept = text("room.erase.notes", notes=", ".join(str(each.table["name"]) for each in notes)) if notes else ""
    return f"{text('room.erase.done', number=event.number)} {kept}".strip()


def _told(found: _Found, words: str) -> str:
    event, place, said = found
    if place == CONTENT:
        return text("room.erase.whole_note", number=event.number, name=literal(said))
    at = max(said.casefold().find(words.strip().casefold()) - _AROUND, 0)
    piece = said[at : at + len(words) + 2 * _AROUND]
    start, end = "…" if at else "", "…" if at + len(piece) < len(said) else ""
    kind = text(f"room.kind_one.{event.kind}")
    return text("room.erase.line", number=event.number, kind=kind, words=f"{start}{literal(piece)}{end}")
