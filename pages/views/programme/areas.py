"""The areas of the programme, with what is tried in each and what others have published."""

import streamlit as st

from analytics.experiments.portfolio.registry import Experiment
from analytics.programme import readings
from analytics.programme.readings import PERSPECTIVES, Programme
from pages.format.html import Html, bullets, joined, link, tag
from pages.format.texts import language, text
from pages.frame.sight import seen
from pages.frame.url import widgets
from pages.views.programme import phase_board
from pages.views.programme.phase_board import badge
from pages.views.programme.room import entry


def show(found: Programme) -> None:
    """Write the areas in their perspectives."""
    real = any(not each.example for each in readings.experiments_in(seen()))
    st.markdown(" ".join([text("programme.areas_lead"), *([] if real else [text("programme.areas_none")])]))
    for perspective in PERSPECTIVES:
        st.header(text(f"programme.perspective.{perspective}"), anchor=False)
        areas = [area for area in found.areas if area.perspective == perspective]
        cards = (
            tag("section", tag("h3", phase_board.area_name(found, area.number)), _in_area(area.number))
            for area in areas
        )
        st.html(tag("div", *cards, class_="innenfor-areas"))
    named = {str(each.number): phase_board.area_name(found, each.number) for each in found.areas}
    entry.offer("area", named, seen())
    st.html(link(widgets.address("gains", view="programme"), text("programme.worth")))


def _in_area(number: int) -> Html:
    own, others = (readings.experiments_in(seen(), area=number, published=flag) for flag in (False, True))
    lines = [
        joined((f"{_titled(each)} ", badge(example=each.example, published=each.published))) for each in (*own, *others)
    ]
    return bullets(lines) if lines else tag("p", text("programme.empty_area"))


def _titled(each: Experiment) -> str:
    """Return an experiment's title, with its concept where that is called something else."""
    title, concept = each.title[language()], phase_board.concept_name(each)
    return f"{title} · {concept}" if concept else title
