"""The steering group's room, as one story: closing, gains, experiments, and how the programme works."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from analytics import regions
from analytics.programme.readings import Programme
from benefits.realisation.plan import GainStatus, Plan
from pages.components import empty_state, section
from pages.components.citations import own_source
from pages.format.html import tag
from pages.format.texts import language, text
from pages.frame import page_parts, shell, sign_in
from pages.frame.page_parts import PagePart
from pages.frame.sight import seeing, seen
from pages.frame.source_footer import Citation
from pages.views.programme import (
    areas,
    closing,
    experiment_list,
    figures,
    organisation,
    phase_board,
    selection,
    voices,
    ways,
    without,
)  # fmt: skip
from pages.views.programme.plan import view as plan
from pages.views.programme.room import book, erasure, history, parts, release, writer
from pages.views.programme.selection import NoteChoice

NoteWriter = Callable[[NoteChoice, Plan | None, tuple[GainStatus, ...]], None]


def show(found: Programme | None, show_note: NoteWriter) -> None:
    """Write the room; without a programme, that there is none and how one begins. The page gives `show_note`."""
    if found is None:
        empty_state.show("programme", forms=(empty_state.form("programme"),), place=regions.name_of(regions.home()))
        history.begun(seen())
        plan.show()
        return
    sources, state = (_source(found),), seen()
    shell.cite(*sources)
    about = (tag("strong", f"{found.name[language()]}."), f" {found.about[language()]}")
    may = text("room.may_write" if writer.may_write() else "room.read_only")
    told = [] if state.closed else [tag("p", may, class_="quiet")]
    st.html(tag("div", tag("p", *about), *told, class_="innenfor-section"))
    history.closed(state)
    history.unreleased(state)
    parts.since()
    _closing(found, show_note)
    plan.show()
    _experiments(found, sources)
    _decisions()
    _ways(found, sources)


def _closing(found: Programme, show_note: NoteWriter) -> None:
    closing.show(found)
    without.show_picture()
    _folded(
        without=without.show_rest,
        hand_over=partial(closing.show_hand_overs, found),
        voices=partial(voices.show, found),
        note=partial(_note, show_note),
    )
    release.close(found.id)


def _experiments(found: Programme, sources: tuple[Citation, ...]) -> None:
    experiment_list.show()
    _folded(board=lambda: phase_board.show(found, sources), areas=partial(areas.show, found))


def _decisions() -> None:
    section.begin(text("room.title"), "decisions", text("room.lead"))
    written: dict[str, Callable[[], object]] = {part: partial(parts.show, part) for part in parts.PARTS}
    if sign_in.inner():
        written["book"] = partial(book.show, seen())
    if writer.may_release() and seen().number:
        written["erase"] = partial(erasure.show, seen())
    _folded(**written)


def _ways(found: Programme, sources: tuple[Citation, ...]) -> None:
    section.begin(text("programme.ways.title"), "ways")
    written: dict[str, Callable[[], object]] = {
        "organisation": partial(organisation.show, found, sources),
        "knots": lambda: figures.show_knots(found, sources),
        "forms": partial(figures.show_forms, found, sources),
        "method": partial(ways.show, found),
    }
    if (state := seen()).past:
        written["past"] = partial(history.show, state)
    _folded(**written)


def _note(show_note: NoteWriter) -> None:
    choice = selection.note()
    with seeing(inner=choice.inner):
        show_note(choice, *plan.in_use())
    release.kept(seen())


def _folded(**written: Callable[[], object]) -> None:
    page_parts.show([PagePart(name, text(f"programme.part.{name}"), write) for name, write in written.items()])


def _source(found: Programme) -> Citation:
    title = text("programme.source", name=found.name[language()])
    return own_source(title, text("programme.source_edition"))
