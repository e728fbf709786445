"""The records as a spreadsheet, out and in: many rows at once, told before they are put in, all of them or none."""

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import streamlit as st

from analytics.programme.room import Records, RecordState
from data.errors import InnenforError, foreseen
from pages.components import downloads
from pages.format.texts import language, listed, text
from pages.frame import session, upload
from pages.frame.upload import Upload
from pages.views.programme.room import writer

if TYPE_CHECKING:
    from data.records.exchange import Brought

BOX, _DONE, _MOST = "room-book-in", "room-book-done", 20


def show(state: RecordState) -> None:
    """Offer the spreadsheet, and a box for what was made of it."""
    st.markdown(text("room.book.lead"))
    downloads.button(text("room.book.out"), lambda: _written(state), "innenfor-program.xlsx", "room-book")
    if state.closed or not writer.may_write():
        return
    upload.draw(text("room.book.in"), ["xlsx"], BOX)
    brought = upload.file(BOX)
    if brought is None:
        return
    if session.recall(_DONE) == brought.id:
        st.success(text("room.book.done"))
    elif _told(brought) and st.button(text("room.book.put_in"), type="primary", key="room-book-put-in"):
        _put_in(brought)


def _told(brought: Upload) -> "Brought | None":
    """Write what a spreadsheet would come to, or what is wrong with it; return it where there is anything to put in."""
    try:
        found = put(brought, dry=True)
    except (InnenforError, ExceptionGroup) as fault:
        _refused(fault)
        return None
    st.markdown(text("room.book.told", new=len(found.new), changed=len(found.changed), same=found.same))
    kinds = Counter(each.partition("/")[0] for each in (*found.new, *found.changed))
    st.caption(listed([f"{text(f'room.kind_one.{kind}')}: {count}" for kind, count in kinds.items()]))
    return found if kinds else None


def _put_in(brought: Upload) -> None:
    try:
        put(brought)
    except (InnenforError, ExceptionGroup) as fault:
        _refused(fault)
    else:
        session.remember(_DONE, brought.id)
        st.rerun()


def _refused(fault: Exception) -> None:
    told = foreseen(fault)
    if not told:
        raise fault
    upload.refused(*told[:_MOST])
    if len(told) > _MOST:
        st.caption(text("room.book.more", count=len(told) - _MOST))


def put(brought: Upload, *, dry: bool = False) -> "Brought":
    """Put a spreadsheet's rows into the log, or only tell what that would come to. Raises `Problems`, Conflict …"""
    from data.records.exchange import bring
    from data.records.spreadsheet import rows_of_workbook

    records, who = Records.open(), writer.who()
    with TemporaryDirectory() as folder:
        file = Path(folder) / Path(brought.name).name
        file.write_bytes(brought.content)
        rows = rows_of_workbook(file, records.state())
    return bring(records, rows, who=who, reason=text("room.book.reason"), dry=dry)


def _written(state: RecordState) -> bytes:
    from data.records.files import rows_of_files
    from data.records.spreadsheet import as_workbook

    return as_workbook(state, language(), () if state.past else rows_of_files())
