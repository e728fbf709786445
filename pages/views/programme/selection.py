"""What the reader has chosen on the programme page: the part the link opens, and the choices inside parts."""

from dataclasses import dataclass

import streamlit as st

from analytics.programme import readings
from analytics.programme.readings import CRITERIA, Programme
from benefits.realisation.plan import plan_in_use
from data.i18n import LANGUAGES
from pages.format.texts import labels, language, text
from pages.frame import shell
from pages.frame.sight import seen, sees_inner
from pages.frame.url import widgets
from pages.frame.url.parameters import UrlParameter
from pages.server import index_html

PARTS = (
    "without", "hand_over", "voices", "note", "status", "map", "modelled", "file", "board", "areas", "decisions",
    "rights", "problem", "lessons", "landscape", "money", "erase", "organisation", "knots", "forms", "method",
    "past",
)  # fmt: skip
"""The parts that are folded up, in the order of the page."""
VIEWS = ("slik", "diamond")
KINDS = ("status", "closing")
SIGHTS = ("public", "inner")
ALL = "all"
WEIGHTS = ("0", "1", "2", "3")
GAINS = ("typed", "appraisal")


@dataclass(frozen=True)
class BoardChoice:
    """The board's columns, and what its experiments have in common."""

    view: str = "slik"
    area: int | None = None
    track: str = ""
    concept: str = ""


@dataclass(frozen=True)
class KnotsChoice:
    """How the criteria are weighed, and where the gains come from."""

    weights: tuple[float, ...] = (1.0, 1.0, 1.0)
    gain_from: str = "typed"


@dataclass(frozen=True)
class NoteChoice:
    """The kind of note, its language, and whether it takes in what is not released."""

    kind: str
    spoken: str
    inner: bool = False


def open_room() -> Programme | None:
    """Check the link, write the title and return the programme; None where there is none."""
    try:
        found = readings.programme(seen())
    except readings.NoProgramme:
        found = None
    shell.open_page(*_parameters(found))
    st.html(index_html.STATIC / "programme.css")
    return found


def _parameters(found: Programme | None) -> tuple[UrlParameter, ...]:
    areas, tracks, concepts = (found.areas, found.tracks, found.concepts) if found else ((), (), ())
    return (
        UrlParameter("part", PARTS),
        UrlParameter("view", VIEWS),
        UrlParameter("area", (ALL, *(str(area.number) for area in areas))),
        UrlParameter("track", (ALL, *(track.id for track in tracks))),
        UrlParameter("concept", (ALL, *(concept.id for concept in concepts))),
        *(UrlParameter(name, WEIGHTS) for name in CRITERIA),
        UrlParameter("gain_from", GAINS),
        UrlParameter("kind", KINDS),
        UrlParameter("spoken", LANGUAGES),
        UrlParameter("sight", SIGHTS if sees_inner() else SIGHTS[:1]),
        UrlParameter("of_gain", tuple(_gains())),
    )


def board(found: Programme) -> BoardChoice:
    """Draw the board's choices and return them."""
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
    return BoardChoice(view, int(area) if area else None, track, concept)


def knots() -> KnotsChoice:
    """Draw the weights and return them."""
    st.markdown(text("programme.knots_lead"))
    levels = {weight: text(f"programme.weight.w{weight}") for weight in WEIGHTS}
    weights = []
    for column, name in zip(st.columns(len(CRITERIA)), CRITERIA, strict=True):
        with column:
            heading = text("programme.weight_of", what=text(f"programme.criterion.{name}").lower())
            weights.append(float(widgets.one_of(name, levels, "1", heading)))
    names = labels("programme.gain_from", GAINS)
    taken = widgets.one_of("gain_from", names, "typed", text("programme.choose_gain"), buttons=True)
    return KnotsChoice(tuple(weights), taken)


def note() -> NoteChoice:
    """Draw the choice of note and return it."""
    st.markdown(text("plan.note_lead"))
    kind = widgets.one_of("kind", labels("plan.kind", KINDS), KINDS[0], text("plan.choose_kind"), buttons=True)
    languages = labels("plan.spoken", LANGUAGES)
    spoken = widgets.one_of("spoken", languages, language(), text("plan.choose_language"), buttons=True)
    if not sees_inner():
        return NoteChoice(kind, spoken)
    sights = labels("room.sight", SIGHTS)
    sight = widgets.one_of("sight", sights, SIGHTS[0], text("room.note_sight"), buttons=True)
    return NoteChoice(kind, spoken, sight == "inner")


def pick_gain() -> str:
    """Draw the choice of one gain and return its id."""
    gains = _gains()
    return widgets.one_of("of_gain", gains, next(iter(gains)), text("plan.choose_gain"))


def _gains() -> dict[str, str]:
    """Return id → label of every gain of the plan in use."""
    found = plan_in_use(seen()).plan
    return {row.id: f"{row.id} {row.gain[language()]}" for row in found.rows} if found else {}
