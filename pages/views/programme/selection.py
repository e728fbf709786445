"""What the reader has chosen on the programme page: the part the link opens, and the choices inside parts."""

from dataclasses import dataclass
from typing import Annotated

import streamlit as st

from analytics.programme import readings
from analytics.programme.readings import CRITERIA, Programme
from benefits.realisation.plan import plan_in_use
from data.i18n import LANGUAGES
from pages.format import numbers
from pages.format.texts import language, text
from pages.frame.sight import seen, sees_inner
from pages.frame.url.choices import Choice, PageChoices

PARTS = (
    "without", "hand_over", "voices", "note", "status", "map", "modelled", "file", "board", "areas", "decisions",
    "rights", "problem", "lessons", "landscape", "money", "book", "erase", "organisation", "knots", "forms", "method",
    "past",
)  # fmt: skip
"""The parts that are folded up, in the order of the page."""
VIEWS = ("slik", "diamond")
KINDS = ("status", "closing")
SIGHTS = ("public", "inner")
ALL = "all"
WEIGHTS = ("0", "1", "2", "3")
GAINS = ("typed", "appraisal")


def _gains() -> dict[str, str]:
    """Return id → label of every gain of the plan in use."""
    found = plan_in_use(seen()).plan
    return {row.id: f"{row.id} {row.gain[language()]}" for row in found.rows} if found else {}


def _sights() -> tuple[str, ...]:
    return SIGHTS if sees_inner() else SIGHTS[:1]


def _own_weight(name: str) -> str:
    """Return the weight the programme gives a criterion; a reader may try others."""
    found = _found()
    return str(found.knots.weights[name]).removesuffix(".0") if found else WEIGHTS[1]


def _weighed(name: str) -> Choice:
    def may() -> tuple[str, ...]:
        return tuple(sorted({*WEIGHTS, _own_weight(name)}, key=float))

    return Choice(may, words=_weight, first=lambda: _own_weight(name), name=name)


def _weight(code: str) -> str:
    return text(f"programme.weight.w{code}") if code in WEIGHTS else numbers.trimmed(float(code))


def _filter(name: str) -> Choice:
    """Return the choice of what the board's experiments have in common; what there is, the programme tells."""
    return Choice(lambda: (ALL, *_known(_found(), name)), f"programme.filter.{name}", first=ALL, name=name)


@dataclass(frozen=True)
class RoomLink:
    """What a link may ask of the room itself: the part it opens, and the gain shown in it."""

    part: Annotated[str, Choice(PARTS)]
    of_gain: Annotated[str, Choice(lambda: tuple(_gains()), "plan.choose_gain")]


@dataclass(frozen=True)
class BoardChoice:
    """The board's columns, and what its experiments have in common."""

    view: Annotated[str, Choice(VIEWS, "programme.choose_view", "programme.view.{}", buttons=True)] = VIEWS[0]
    area: Annotated[int | None, _filter("area")] = None
    track: Annotated[str, _filter("track")] = ""
    concept: Annotated[str, _filter("concept")] = ""


@dataclass(frozen=True)
class KnotsChoice:
    """How the criteria are weighed, and where the gains come from."""

    weights: Annotated[
        tuple[float, ...],
        *(_weighed(name) for name in CRITERIA),
    ] = (1.0, 1.0, 1.0)
    gain_from: Annotated[str, Choice(GAINS, "programme.choose_gain", "programme.gain_from.{}", buttons=True)] = GAINS[0]


@dataclass(frozen=True)
class NoteChoice:
    """The kind of note, its language, and whether it takes in what is not released."""

    kind: Annotated[str, Choice(KINDS, "plan.choose_kind", "plan.kind.{}", buttons=True)]
    spoken: Annotated[str, Choice(LANGUAGES, "plan.choose_language", "plan.spoken.{}", buttons=True)]
    inner: Annotated[bool, Choice(_sights, "room.note_sight", "room.sight.{}", name="sight", buttons=True)] = False


CHOICES = PageChoices(RoomLink, BoardChoice, KnotsChoice, NoteChoice)


def open_room() -> Programme | None:
    """Check the link, write the title and return the programme; None where there is none."""
    CHOICES.open()
    return _found()


def _found() -> Programme | None:
    try:
        return readings.programme(seen())
    except readings.NoProgramme:
        return None


def _known(found: Programme | None, name: str) -> dict[str, str]:
    """Return what the programme has of areas, tracks or concepts, each code with its words."""
    lang = language()
    if found is None:
        return {}
    if name == "area":
        return {str(area.number): f"{area.number} {area.name[lang]}" for area in found.areas}
    return {each.id: each.name[lang] for each in (found.tracks if name == "track" else found.concepts)}


def board(found: Programme) -> BoardChoice:
    """Draw the board's choices and return them."""
    view, chosen = CHOICES.draw("view"), []
    for column, name in zip(st.columns(3), ("area", "track", "concept"), strict=True):
        with column:
            chosen.append(CHOICES.draw(name, {ALL: text("programme.all"), **_known(found, name)}))
    area, track, concept = ("" if each == ALL else each for each in chosen)
    return BoardChoice(view, int(area) if area else None, track, concept)


def knots() -> KnotsChoice:
    """Draw the weights and return them."""
    st.markdown(text("programme.knots_lead"))
    weights = []
    for column, name in zip(st.columns(len(CRITERIA)), CRITERIA, strict=True):
        with column:
            heading = text("programme.weight_of", what=text(f"programme.criterion.{name}").lower())
            weights.append(float(CHOICES.draw(name, label=heading)))
    return KnotsChoice(tuple(weights), CHOICES.draw("gain_from"))


def note() -> NoteChoice:
    """Draw the choice of note and return it."""
    st.markdown(text("plan.note_lead"))
    kind, spoken = CHOICES.draw("kind"), CHOICES.draw("spoken", first=language())
    return NoteChoice(kind, spoken, sees_inner() and CHOICES.draw("sight") == "inner")


def pick_gain() -> str:
    """Draw the choice of one gain and return its id."""
    return CHOICES.draw("of_gain", _gains())
