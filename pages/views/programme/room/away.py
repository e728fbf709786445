"""A record is taken away with a reason, and brought back: the log forgets neither."""

from functools import partial

import streamlit as st

from analytics.programme import withdrawal
from analytics.programme.room import RecordState
from pages.format.markdown import literal
from pages.format.texts import text
from pages.frame import session
from pages.views.programme.room import titles, writer

GONE = "gone:"  # no key of a record begins so


def choices(kind: str, state: RecordState) -> dict[str, str]:
    """Return what was taken away, as the list of records names it."""
    gone = withdrawal.gone(state, kind) if state.number else {}
    return {f"{GONE}{key}": text("room.away", title=titles.title(kind, key, row)) for key, row in gone.items()}


def offer(kind: str, chosen: str, state: RecordState) -> None:
    """Draw the button that takes a record away; nothing for those who may not."""
    if not withdrawal.may_take_away(state, kind, chosen, approver=writer.may_release()):
        return
    if st.button(text("room.take_away"), key=f"away-{kind}"):
        seen, table = withdrawal.met(state, kind, chosen)
        st.dialog(text("room.take_away"))(partial(_ask, kind, chosen, titles.title(kind, chosen, table), seen))()


def bring_back(kind: str, chosen: str, state: RecordState) -> None:
    """Draw the button that brings a record back as it stood."""
    if st.button(text("room.bring_back"), key=f"back-{kind}"):
        key = chosen.removeprefix(GONE)
        if writer.done(lambda: withdrawal.bring_back(state, kind, key, who=writer.who())):
            session.remember(_next(kind), key)
            st.rerun()


def followed(kind: str, box: str) -> None:
    """Let the list of records stand at the one that was just taken away or brought back; call it before the list."""
    if (key := session.recall(_next(kind))) is not None:
        session.remember(box, key)
        session.forget(_next(kind))


def _ask(kind: str, chosen: str, title: str, seen: int) -> None:
    st.markdown(text("room.take_away_lead", title=literal(title)))
    with st.form(f"take-away-{kind}", border=False):
        reason = st.text_input(text("room.take_away_reason"), max_chars=280)
        pressed = st.form_submit_button(text("room.take_away"), type="primary")
    if pressed and writer.done(lambda: withdrawal.take_away(kind, chosen, who=writer.who(), reason=reason, seen=seen)):
        session.remember(_next(kind), f"{GONE}{chosen}")
        st.rerun()


def _next(kind: str) -> str:
    return f"next-{kind}"
