"""What the reader has chosen on the programme page."""

from dataclasses import dataclass

import streamlit as st

from analytics.programme import readings
from analytics.programme.readings import CRITERIA, Programme
from pages.format.texts import labels, language, text
from pages.frame import shell
from pages.frame.url import widgets
from pages.frame.url.parameters import UrlParameter
from pages.server import index_html

PARTS = ("areas", "board", "organisation", "method", "knots", "forms", "without", "voices")
VIEWS = ("slik", "diamond")
ALL = "all"
WEIGHTS = ("0", "1", "2", "3")
GAINS = ("typed", "appraisal")


@dataclass(frozen=True)
class ProgrammeSelection:
    """The programme page as its link describes it."""

    part: str
    view: str = "slik"
    area: int | None = None
    track: str = ""
    concept: str = ""
    weights: tuple[float, ...] = (1.0, 1.0, 1.0)
    gain_from: str = "typed"


def choose() -> ProgrammeSelection | None:
    """Check the link, draw the widgets of the chosen part and return the choice; None where there is no programme."""
    try:
        found = readings.programme()
    except readings.NoProgramme:
        shell.open_page(UrlParameter("part", PARTS))
        return None
    shell.open_page(*_parameters(found))
    st.html(index_html.STATIC / "programme.css")
    st.markdown(f"**{found.name[language()]}.** {found.about[language()]} {found.why[language()]}")
    parts = labels("programme.part", PARTS)
    part = widgets.one_of("part", parts, PARTS[0], text("programme.choose_part"), buttons=True)
    if part == "board" and readings.experiments_in():
        return _board(found)
    return _knots() if part == "knots" and found.knots.knots else ProgrammeSelection(part)


def _parameters(found: Programme) -> tuple[UrlParameter, ...]:
    return (
        UrlParameter("part", PARTS),
        UrlParameter("view", VIEWS),
        UrlParameter("area", (ALL, *(str(area.number) for area in found.areas))),
        UrlParameter("track", (ALL, *(track.id for track in found.tracks))),
        UrlParameter("concept", (ALL, *(concept.id for concept in found.concepts))),
        *(UrlParameter(name, WEIGHTS) for name in CRITERIA),
        UrlParameter("gain_from", GAINS),
    )


def _board(found: Programme) -> ProgrammeSelection:
    lang = language()
    views = labels("programme.view", VIEWS)
    view = widgets.one_of("view", views, VIEWS[0], text("programme.choose_view"), buttons=True)
    filters = {
        "area": {str(area.number): f"{area.number} {area.name[lang]}" for area in found.areas},
        "track": {track.id: track.name[lang] for track in found.tracks},
        "concept": {concept.id: concept.name[lang] for concept in found.concepts},
    }
    chosen = []
    for column, (name, known) in zip(st.columns(3), filters.items(), strict=True):
        with column:
            options = {ALL: text("programme.all"), **known}
            chosen.append(widgets.one_of(name, options, ALL, text(f"programme.filter.{name}")))
    area, track, concept = ("" if each == ALL else each for each in chosen)
    return ProgrammeSelection("board", view, int(area) if area else None, track, concept)


def _knots() -> ProgrammeSelection:
    st.markdown(text("programme.knots_lead"))
    levels = {weight: text(f"programme.weight.w{weight}") for weight in WEIGHTS}
    weights = []
    for column, name in zip(st.columns(len(CRITERIA)), CRITERIA, strict=True):
        with column:
            heading = text("programme.weight_of", what=text(f"programme.criterion.{name}").lower())
            weights.append(float(widgets.one_of(name, levels, "1", heading)))
    names = labels("programme.gain_from", GAINS)
    taken = widgets.one_of("gain_from", names, "typed", text("programme.choose_gain"), buttons=True)
    return ProgrammeSelection("knots", weights=tuple(weights), gain_from=taken)
