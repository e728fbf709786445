"""What the reader has chosen on the page of the plan."""

from dataclasses import dataclass

import streamlit as st

from benefits.realisation.plan import plan_in_use
from data.i18n import LANGUAGES
from pages.format.texts import labels, language, text
from pages.frame import shell
from pages.frame.url import widgets
from pages.frame.url.parameters import UrlParameter
from pages.server import index_html

PARTS = ("status", "map", "modelled", "note", "file")
KINDS = ("status", "closing")


@dataclass(frozen=True)
class PlanSelection:
    """The plan page as its link describes it; `kind` and `spoken` are of the note."""

    part: str
    kind: str = "status"
    spoken: str = "nb"


def choose() -> PlanSelection:
    """Check the link, draw the widgets and return the choice."""
    choices = {"part": PARTS, "kind": KINDS, "spoken": LANGUAGES, "gain": tuple(_gains())}
    shell.open_page(*(UrlParameter(name, options) for name, options in choices.items()))
    st.html(index_html.STATIC / "programme.css")
    st.markdown(text("plan.lead"))
    if plan_in_use().plan is None:
        return PlanSelection("file")
    part = widgets.one_of("part", labels("plan.part", PARTS), PARTS[0], text("programme.choose_part"), buttons=True)
    if part != "note":
        return PlanSelection(part)
    st.markdown(text("plan.note_lead"))
    kind = widgets.one_of("kind", labels("plan.kind", KINDS), KINDS[0], text("plan.choose_kind"), buttons=True)
    languages = labels("plan.spoken", LANGUAGES)
    spoken = widgets.one_of("spoken", languages, language(), text("plan.choose_language"), buttons=True)
    return PlanSelection(part, kind, spoken)


def pick_gain() -> str:
    """Draw the choice of one gain and return its id."""
    gains = _gains()
    return widgets.one_of("gain", gains, next(iter(gains)), text("plan.choose_gain"))


def _gains() -> dict[str, str]:
    """Return id → label of every gain of the plan in use."""
    found = plan_in_use().plan
    return {row.id: f"{row.id} {row.gain[language()]}" for row in found.rows} if found else {}
