"""Closing: the five points of the closing note as they stand, and the attempts to find an owner."""

from collections.abc import Mapping

import polars as pl
import streamlit as st

from analytics.programme import readings, solutions
from analytics.programme.readings import HandOver, Programme
from pages.components import empty_state, section, table_card
from pages.components.citations import own_source
from pages.components.data_table import columns_of
from pages.format import numbers
from pages.format.html import tag
from pages.format.markdown import literal
from pages.format.texts import language, text
from pages.frame.sight import seen
from pages.frame.source_footer import Citation
from pages.views.programme import closing_points, wording
from pages.views.programme.phase_board import badge
from pages.views.programme.room import entry, writer


def show(found: Programme) -> None:
    """Write the five points, each in its sentences, and the quotes that were chosen for them."""
    items = (
        tag("li", tag("h3", heading), *(tag("p", each) for each in said))
        for heading, said in closing_points.points(found, seen())
    )
    example = any(each.example for each in readings.experiments_in(seen()))
    chosen = (tag("figure", tag("blockquote", wording.quoted(each.text[language()])),
                  tag("figcaption", each.group[language()], class_="quiet"), class_="innenfor-voice")
              for each in closing_points.quotes(seen()))  # fmt: skip
    body = tag("div", tag("ol", *items, class_="innenfor-five"), *chosen)
    title, lead = text("programme.closing.title"), text("programme.closing.lead")
    section.write(title, "closing", lead, body=body, example=example)
    _written()


def _written() -> None:
    """Offer the closing note's own five points, and show them where they are written."""
    state = seen()
    entry.offer("closing", {key: text("programme.closing.title") for key in state.of("closing")}, state)


def show_hand_overs(found: Programme) -> None:
    """Write who was asked to take over what, with the answer."""
    if found.hand_overs:
        _hand_overs(found)
    elif not writer.may_write():
        empty_state.show("hand_over", forms=(empty_state.form("hand_over"),))
    rows = readings.keyed("hand_over", [(each.id, each.to[language()]) for each in found.hand_overs], seen())
    _owners(found, rows)
    entry.offer("hand_over", rows, seen())


def _owners(found: Programme, rows: Mapping[str, str]) -> None:
    """Write how much has an owner; whoever may write gets a way into the form for each that has none."""
    example = any(each.example for each in solutions.solutions(found, seen()))
    for said in closing_points.owned(found):
        st.html(tag("p", said, " ", badge(example=example)))
    if not writer.may_write() or seen().closed:
        return
    for each in solutions.without_owner(found, seen()):
        name = literal(each.name[language()])
        if st.button(text("programme.hand_over.owner_of", what=name), key=f"owner-{each.id}"):
            entry.begin("hand_over", rows, {"what": each.id})


def _hand_overs(found: Programme) -> None:
    st.markdown(text("programme.hand_over.lead"))
    table = pl.DataFrame([_tried(each, found) for each in found.hand_overs])
    columns = columns_of("programme.column", to="prose", what="text", answer="text", why="prose")
    sources = tuple(dict.fromkeys(_source(each, found) for each in found.hand_overs))
    table_card.show(table, columns, text("programme.hand_over.title"), sources, "hand-over")


def _tried(each: HandOver, found: Programme) -> dict[str, str | None]:
    told = text(f"programme.answer.{each.answer}")
    day = f" ({numbers.period(each.asked)})" if each.asked else ""
    lang = language()
    what = solutions.solution_name(each.what, found, lang, seen())
    return {"to": each.to[lang], "what": what, "answer": told + day, "why": each.why[lang] or None}


def _source(each: HandOver, found: Programme) -> Citation:
    title, edition = text("programme.hand_over.title"), text("programme.source_edition")
    if not each.source:
        return own_source(title, edition)
    return Citation(found.place[language()], title, edition, text("shell.no_licence"), each.source)
