"""The workshop page: what can be dropped, what the file holds, what loading it would change, and how to undo it."""

import time
from dataclasses import dataclass
from typing import Annotated

import polars as pl
import streamlit as st

from analytics import provenance
from pages.components import data_table, further
from pages.components.data_table import columns_of
from pages.format.html import joined, tag, terms
from pages.format.numbers import number
from pages.format.texts import listed, text
from pages.frame import session, upload
from pages.frame.cache import cached_value
from pages.frame.url import state
from pages.frame.url.choices import Choice, PageChoices, Place
from pages.server import index_html
from pages.server.data_process import BroughtFile
from pages.views.workshop import errand, own_table, pivot, pivot_choice, sql_question, told, wording
from pages.views.workshop.errand import Errand

own_editions = cached_value(provenance.own_editions)
_BOX = "_innenfor_door_box"
_STEP = 0.25  # seconds between two looks at a process
PARTS = ("delivery", "own", "pivot", "sql", "pictures")
_WHO = ("nav", "ssb", "county", "imdi", "fhi", "uia")


@dataclass(frozen=True)
class WorkshopLink:
    """What a link may ask of the workshop: a part of it, and the place its pictures are of."""

    part: Annotated[str, Choice(PARTS, "workshop.which", "workshop.part.{}", buttons=True, resets=pivot_choice.NAMES)]
    region: Place


CHOICES = PageChoices(WorkshopLink)


def open_page() -> None:
    """Check the link and write the title."""
    CHOICES.open(*(pivot_choice.CHOICES.parameters() if state.get("part") == "pivot" else ()))
    st.html(index_html.STATIC / "workshop.css")


def show() -> None:
    """Write what the reader is about: what has come of a file, or the part of the workshop that was chosen."""
    found = errand.here()
    if found is not None and found.act != "ask":
        _follow(found)
        told.show(found)
        if found.act not in errand.OWN_TRIAL:
            _deliveries()
        return
    part = CHOICES.draw("part")  # what the link says of a table goes where another part is chosen
    if part == "pivot":
        pivot.show()
    elif part == "pictures":
        st.markdown(text("workshop.pictures_lead"))
        further.show_special()
    elif part == "sql":
        if found is not None:
            _follow(found)
        sql_question.show(found)
    else:
        _door(own=part == "own")


def _door(*, own: bool) -> None:
    """Draw the box a file is dropped in: a delivery, or the table of an own trial.

    One that is dropped is read at once, and the box keeps nothing of it.
    """
    turn = int(session.recall(_BOX, 0))
    st.markdown(text("workshop.own_table.lead" if own else "workshop.lead"))
    st.html(upload.box_words(drop=text("workshop.drop"), heavy=text("workshop.too_large")))
    brought = st.file_uploader(text("workshop.drop"), key=f"door-box-{turn}", label_visibility="collapsed")
    promise = text("workshop.own_table.promise" if own else "workshop.promise")
    st.html(tag("p", promise, class_="innenfor-quiet"))
    if brought is not None:
        session.remember(_BOX, turn + 1)
        (own_table.begin if own else errand.check)(BroughtFile(brought.name, brought.getvalue()))
        st.rerun()
    if not own:
        _steps()
        _whom()
        _deliveries()


def _deliveries() -> None:
    """Write what is loaded: the deliveries of the municipality's own, and the last builds."""
    _own()
    _builds()


def _steps() -> None:
    items = (tag("li", text(f"workshop.step.{name}")) for name in ("drop", "look", "load"))
    said = "" if errand.writing() else tag("p", text("workshop.read_only"), class_="innenfor-door-closed")
    st.html(joined((tag("ol", *items, class_="innenfor-steps"), said)))


def _whom() -> None:
    """Write who delivers which figures, and in which form they are dropped."""
    items = (tag("div", terms(((text(f"source.{name}"), text(f"workshop.from.{name}")),))) for name in _WHO)
    heading = tag("h2", text("workshop.from_whom"))
    st.html(tag("section", heading, tag("dl", *items), class_="innenfor-whom"))


def _follow(found: Errand) -> None:
    """Show how far a process has come until it has ended; the page begins anew where other figures are loaded since."""
    place, waited = st.empty(), False
    while not found.process.look():
        with place.container():
            step, seconds = found.process.step, number(found.process.elapsed())
            said = text(f"workshop.doing.{found.act}", seconds=seconds)
            if step is None:
                st.progress(0.0, text=said)
            else:
                st.progress(step[0] / max(step[1], 1), text=f"{said} {step[2]} ({step[0]}/{step[1]})")
        waited = True
        time.sleep(_STEP)
    place.empty()
    errand.settle(found)
    if (waited and found.act != "check") or errand.here() is not found:
        st.rerun()


def _own() -> None:
    """Write the deliveries of the municipality's own with a button that takes each out, where that is allowed."""
    names = own_editions() if errand.writing() else ()
    if not names:
        return
    st.header(text("workshop.own"), anchor=False)
    known = {each.edition: each for each in provenance.editions()}
    for name in names:
        left, right = st.columns([4, 1], vertical_alignment="center")
        left.markdown(wording.edition(name, known.get(name)))
        button = text("workshop.take_out")
        right.button(button, key=f"take-out-{name}", on_click=errand.take_out, args=(name,), help=name)


def _builds() -> None:
    found = [each for each in provenance.last_builds() if each.first or each.brought or each.left]
    if not found:
        return
    st.header(text("workshop.builds"), anchor=False)
    rows = [
        {"at": wording.moment(each.built_at), "what": _what(each), "editions": each.editions, "rows": each.rows}
        for each in found
    ]
    columns = columns_of("workshop.build", at="text", what="prose", editions="count", rows="count")
    data_table.show(pl.DataFrame(rows), columns, text("workshop.builds_caption"))


def _what(build: provenance.BuildRecord) -> str:
    """Return what a build has that the one before it had not."""
    if build.first:
        return text("workshop.build_first")
    parts = [("brought", build.brought), ("left", build.left)]
    return listed([text(f"workshop.build_{name}", names=wording.few(names)) for name, names in parts if names])
