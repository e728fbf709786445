"""A programme that is closed: read-only history, and another opened after it."""

import streamlit as st

from analytics.programme import room
from analytics.programme.room import RecordState
from pages.components import downloads
from pages.format import numbers
from pages.format.texts import language, text
from pages.frame import sign_in
from pages.frame.sight import seeing, sees_inner
from pages.views.programme.room import entry, forms, parts, release, titles, writer


def closed(state: RecordState) -> None:
    """Write that the programme is closed, and offer those who may write to open another."""
    if not state.closed:
        return
    st.info(text("room.closed", day=numbers.period(state.at[:10])))
    if writer.may_write():
        st.markdown(text("room.open_lead"))
        entry.offer("programme", titles.titles("programme", state), state, begins=room.basis(state))


def begun(state: RecordState) -> None:
    """Offer those who may write to describe the first programme of a home that has none."""
    if writer.may_write():
        entry.offer("programme", {}, state, begins=room.basis(state))


def unreleased(state: RecordState) -> None:
    """Offer the approver to let everybody see a programme that was opened after a closed one."""
    if release.asked_above("programme", state) and sign_in.inner():
        st.info(text("room.opened_inner"))
        release.offer("programme", list(state.of("programme"))[-1], state)
        if writer.may_release():
            st.caption(text("room.releases.programme"))


def show(state: RecordState) -> None:
    """Write what an earlier programme came to: its notes as they were, its records, and all of it as a spreadsheet."""
    names = {key: _name(key, each) for key, each in state.past.items()}
    chosen = st.selectbox(text("room.past"), list(names), format_func=names.__getitem__) if len(names) > 1 else ""
    found = state.past[chosen or next(iter(names))]
    st.subheader(names[chosen or next(iter(names))], anchor=False)
    st.caption(text("room.closed", day=numbers.period(found.at[:10])))
    release.kept(found)
    with seeing(inner=sees_inner(), state=found):  # what a record names is looked up as it stood then
        for kind in forms.KINDS:
            if parts.records_of(kind, found):
                st.subheader(text(f"room.kind.{kind}"), anchor=False)
                parts.table(kind, found, f"past-{kind}")
    downloads.button(text("room.past_book"), lambda: _book(found), "innenfor-program.xlsx", "past-book")


def _book(found: RecordState) -> bytes:
    from data.records.spreadsheet import as_workbook

    return as_workbook(found, language())


def _name(key: str, state: RecordState) -> str:
    told = list(state.of("programme").values())
    return str(told[-1].value.name[language()]) if told else key
