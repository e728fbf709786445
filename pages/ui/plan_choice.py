"""What the reader has chosen on the page of the plan."""

from dataclasses import dataclass

import streamlit as st

from benefits.plan import plan_in_use
from data.wording import LANGUAGES
from pages.ui import documents, selections, shell
from pages.ui.links import Parameter
from pages.ui.texts import language, text

PARTS = ("status", "map", "modelled", "note", "file")
KINDS = ("status", "closing")


@dataclass(frozen=True)
class Choice:
    """The plan page as its link describes it; `kind` and `spoken` are of the note."""

    part: str
    kind: str = "status"
    spoken: str = "nb"


def choose() -> Choice:
    """Check the link, draw the widgets and return the choice."""
    choices = {"part": PARTS, "kind": KINDS, "spoken": LANGUAGES, "gain": tuple(_gains())}
    shell.open_page(*(Parameter(name, options) for name, options in choices.items()))
    st.html(documents.STATIC / "programme.css")
    st.markdown(text("plan.lead"))
    if plan_in_use().plan is None:
        return Choice("file")
    labels = {part: text(f"plan.part.{part}") for part in PARTS}
    part = selections.one_of("part", PARTS, labels, PARTS[0], text("programme.choose_part"), buttons=True)
    if part != "note":
        return Choice(part)
    st.markdown(text("plan.note_lead"))
    kinds = {kind: text(f"plan.kind.{kind}") for kind in KINDS}
    kind = selections.one_of("kind", KINDS, kinds, KINDS[0], text("plan.choose_kind"), buttons=True)
    names = {lang: text(f"plan.spoken.{lang}") for lang in LANGUAGES}
    spoken = selections.one_of("spoken", LANGUAGES, names, language(), text("plan.choose_language"), buttons=True)
    return Choice(part, kind, spoken)


def pick_gain() -> str:
    """Draw the choice of one gain and return its id."""
    gains = _gains()
    return selections.one_of("gain", list(gains), gains, next(iter(gains)), text("plan.choose_gain"))


def _gains() -> dict[str, str]:
    """Return id → label of every gain of the plan in use."""
    found = plan_in_use().plan
    return {row.id: f"{row.id} {row.gain[language()]}" for row in found.rows} if found else {}
