"""Where the note is made: its kind and language are in the link, and the three files come of one composition."""

import datetime as dt

import streamlit as st

from benefits.realisation.plan import GainStatus, Plan, today
from pages.components import downloads, example_mark, share
from pages.format import marking
from pages.format.numbers import number
from pages.format.texts import text
from pages.frame import session, shell
from pages.frame.cache import cached_value
from pages.frame.sight import seen
from pages.report import document
from pages.views.programme.plan import wording
from pages.views.programme.room import release
from pages.views.programme.selection import NoteChoice

_KB = 1024


@cached_value
def files(
    kind: str, lang: str, found: Plan | None, gains: tuple[GainStatus, ...], day: str, _stands: tuple[str, bool]
) -> tuple[str, dict[str, bytes]]:
    """Return the note's title and its files by kind (`pdf`, `xlsx`, `csv`).

    day: ISO. _stands: the log's hash and whether what is not released is taken in, by which the answer is kept.
    """
    from pages.report import pdf, workbook

    note = document.of_plan(found, gains, lang, kind, dt.date.fromisoformat(day))
    return note.title, {"pdf": pdf.pdf(note), "xlsx": workbook.xlsx(note), "csv": workbook.csv(note)}


def show(choice: NoteChoice, found: Plan | None, gains: tuple[GainStatus, ...]) -> None:
    """Draw the button that makes the note, then its files."""
    made = f"note-{choice.kind}-{choice.spoken}" + ("-inner" if choice.inner else "")
    st.button(text("plan.note_make"), key=f"make-{made}", type="primary", on_click=session.remember, args=(made,))
    if not session.recall(made):
        return
    stands = (seen().hash, choice.inner)
    title, written = files(choice.kind, choice.spoken, found, gains, today().isoformat(), stands)
    st.subheader(title, anchor=False)
    example = found is not None and found.example
    stem = f"{choice.kind}-{choice.spoken}-{today().isoformat()}" + ("-internt" if choice.inner else "")
    example_mark.say(example=example)
    with st.container(horizontal=True, key=f"files-{made}"):
        for kind, content in written.items():
            name = marking.file_name(f"{stem}.{kind}")
            downloads.button(text(f"plan.note_{kind}"), content, name, f"{kind}-{made}")
    if choice.inner:
        st.caption(text("room.note_inner"))
    else:
        release.note(choice.kind, choice.spoken, today(), marking.file_name(f"{stem}.pdf"), written["pdf"])
    st.caption(text("plan.note_ready", size=number(len(written["pdf"]) / _KB)))
    if found is not None:
        sources = wording.sources(gains, wording.plan_source(found))
        shell.cite(*sources)
        share.show(wording.summary(gains), sources, "note", example=example)
