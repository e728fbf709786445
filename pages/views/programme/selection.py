"""What the reader has chosen on the programme page."""

from dataclasses import dataclass

import streamlit as st

from analytics.programme import readings
from analytics.programme.readings import CRITERIA, Programme
from pages.format.texts import language, text
from pages.frame import shell
from pages.frame.url import widgets
from pages.frame.url.parameters import UrlParameter
from pages.server import index_html

PARTS = ("areas", "board", "organisation", "method", "knots", "forms", "voices")
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
    labels = {part: text(f"programme.part.{part}") for part in PARTS}
    part = widgets.one_of("part", PARTS, labels, PARTS[0], text("programme.choose_part"), buttons=True)
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
    views = {view: text(f"programme.view.{view}") for view in VIEWS}
    view = widgets.one_of("view", VIEWS, views, VIEWS[0], text("programme.choose_view"), buttons=True)
    areas = {str(area.number): f"{area.number} {area.name[lang]}" for area in found.areas}
    tracks = {track.id: track.name[lang] for track in found.tracks}
    concepts = {concept.id: concept.name[lang] for concept in found.concepts}
    columns = st.columns(3)
    chosen = []
    for column, (name, labels) in zip(columns, _filters(areas, tracks, concepts), strict=True):
        with column:
            options = {ALL: text("programme.all"), **labels}
            chosen.append(widgets.one_of(name, list(options), options, ALL, text(f"programme.filter.{name}")))
    area, track, concept = ("" if each == ALL else each for each in chosen)
    return ProgrammeSelection("board", view, int(area) if area else None, track, concept)


def _filters(*labels: dict[str, str]) -> list[tuple[str, dict[str, str]]]:
    return list(zip(("area", "track", "concept"), labels, strict=True))


def _knots() -> ProgrammeSelection:
    st.markdown(text("programme.knots_lead"))
    labels = {weight: text(f"programme.weight.w{weight}") for weight in WEIGHTS}
    weights = []
    for column, name in zip(st.columns(len(CRITERIA)), CRITERIA, strict=True):
        with column:
            heading = text("programme.weight_of", what=text(f"programme.criterion.{name}").lower())
            weights.append(float(widgets.one_of(name, WEIGHTS, labels, "1", heading)))
    names = {each: text(f"programme.gain_from.{each}") for each in GAINS}
    taken = widgets.one_of("gain_from", GAINS, names, "typed", text("programme.choose_gain"), buttons=True)
    return ProgrammeSelection("knots", weights=tuple(weights), gain_from=taken)
