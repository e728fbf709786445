"""What the reader has chosen on the programme page."""

from dataclasses import dataclass

import streamlit as st

from analytics import programme
from analytics.programme import CRITERIA, Programme
from pages.ui import documents, selections, shell
from pages.ui.links import Parameter
from pages.ui.texts import language, text

PARTS = ("areas", "board", "organisation", "method", "knots", "forms", "voices")
VIEWS = ("slik", "diamond")
ALL = "all"
WEIGHTS = ("0", "1", "2", "3")
GAINS = ("typed", "appraisal")


@dataclass(frozen=True)
class Choice:
    """The programme page as its link describes it."""

    part: str
    view: str = "slik"
    area: int | None = None
    track: str = ""
    concept: str = ""
    weights: tuple[float, ...] = (1.0, 1.0, 1.0)
    gain_from: str = "typed"


def choose() -> Choice | None:
    """Check the link, draw the widgets of the chosen part and return the choice; None where there is no programme."""
    try:
        found = programme.programme()
    except programme.NoProgramme:
        shell.open_page(Parameter("part", PARTS))
        return None
    shell.open_page(*_parameters(found))
    st.html(documents.STATIC / "programme.css")
    st.markdown(f"**{found.name[language()]}.** {found.about[language()]} {found.why[language()]}")
    labels = {part: text(f"programme.part.{part}") for part in PARTS}
    part = selections.one_of("part", PARTS, labels, PARTS[0], text("programme.choose_part"), buttons=True)
    if part == "board" and programme.experiments_in():
        return _board(found)
    return _knots() if part == "knots" and found.knots.knots else Choice(part)


def _parameters(found: Programme) -> tuple[Parameter, ...]:
    return (
        Parameter("part", PARTS),
        Parameter("view", VIEWS),
        Parameter("area", (ALL, *(str(area.number) for area in found.areas))),
        Parameter("track", (ALL, *(track.id for track in found.tracks))),
        Parameter("concept", (ALL, *(concept.id for concept in found.concepts))),
        *(Parameter(name, WEIGHTS) for name in CRITERIA),
        Parameter("gain_from", GAINS),
    )


def _board(found: Programme) -> Choice:
    lang = language()
    views = {view: text(f"programme.view.{view}") for view in VIEWS}
    view = selections.one_of("view", VIEWS, views, VIEWS[0], text("programme.choose_view"), buttons=True)
    areas = {str(area.number): f"{area.number} {area.name[lang]}" for area in found.areas}
    tracks = {track.id: track.name[lang] for track in found.tracks}
    concepts = {concept.id: concept.name[lang] for concept in found.concepts}
    columns = st.columns(3)
    chosen = []
    for column, (name, labels) in zip(columns, _filters(areas, tracks, concepts), strict=True):
        with column:
            options = {ALL: text("programme.all"), **labels}
            chosen.append(selections.one_of(name, list(options), options, ALL, text(f"programme.filter.{name}")))
    area, track, concept = ("" if each == ALL else each for each in chosen)
    return Choice("board", view, int(area) if area else None, track, concept)


def _filters(*labels: dict[str, str]) -> list[tuple[str, dict[str, str]]]:
    return list(zip(("area", "track", "concept"), labels, strict=True))


def _knots() -> Choice:
    st.markdown(text("programme.knots_lead"))
    labels = {weight: text(f"programme.weight.w{weight}") for weight in WEIGHTS}
    weights = []
    for column, name in zip(st.columns(len(CRITERIA)), CRITERIA, strict=True):
        with column:
            heading = text("programme.weight_of", what=text(f"programme.criterion.{name}").lower())
            weights.append(float(selections.one_of(name, WEIGHTS, labels, "1", heading)))
    names = {each: text(f"programme.gain_from.{each}") for each in GAINS}
    taken = selections.one_of("gain_from", GAINS, names, "typed", text("programme.choose_gain"), buttons=True)
    return Choice("knots", weights=tuple(weights), gain_from=taken)
