"""What the reader has chosen on the page of the plan."""

from dataclasses import dataclass

import streamlit as st

from benefits.realisation.plan import plan_in_use
from data.i18n import LANGUAGES
from pages.format.texts import language, text
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
    labels = {part: text(f"plan.part.{part}") for part in PARTS}
    part = widgets.one_of("part", PARTS, labels, PARTS[0], text("programme.choose_part"), buttons=True)
    if part != "note":
        return PlanSelection(part)
    st.markdown(text("plan.note_lead"))
    kinds = {kind: text(f"plan.kind.{kind}") for kind in KINDS}
    kind = widgets.one_of("kind", KINDS, kinds, KINDS[0], text("plan.choose_kind"), buttons=True)
    names = {lang: text(f"plan.spoken.{lang}") for lang in LANGUAGES}
    spoken = widgets.one_of("spoken", LANGUAGES, names, language(), text("plan.choose_language"), buttons=True)
    return PlanSelection(part, kind, spoken)


def pick_gain() -> str:
    """Draw the choice of one gain and return its id."""
    gains = _gains()
    return widgets.one_of("gain", list(gains), gains, next(iter(gains)), text("plan.choose_gain"))


def _gains() -> dict[str, str]:
    """Return id → label of every gain of the plan in use."""
    found = plan_in_use().plan
    return {row.id: f"{row.id} {row.gain[language()]}" for row in found.rows} if found else {}
