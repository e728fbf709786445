"""What others have found: the published trials with known numbers as a picture and cards, the others folded up."""

from html import escape

import streamlit as st

from analytics.experiments.portfolio.results import Reported, published_difference
from pages.components import html
from pages.components.trial_bars import trials_picture
from pages.format.numbers import number
from pages.format.texts import text
from pages.frame.url import widgets
from pages.views.experiments import phase_board
from pages.views.experiments.selection import UNKNOWN, rank


def show(kept: tuple[Reported, ...]) -> None:
    """Write the published trials that passed the filters: what helped first, then what is known less well."""
    trials = sorted((each for each in kept if each.experiment.published), key=rank)
    if not trials:
        return
    st.header(text("experiments.evidence.title"), anchor="evidence")
    known = [each for each in trials if published_difference(each.experiment)]
    if drawn := trials_picture(known):
        price = html.link(widgets.address("gains"), text("experiments.evidence.price"))
        image = html.image(drawn.address, drawn.alt, drawn.width, drawn.height)
        st.html(f'<div class="innenfor-evidence">{image}{price}</div>')
    st.caption(text("experiments.evidence.lead"))
    judged = [each for each in trials if each.verdict != UNKNOWN]
    rest = [each for each in trials if each.verdict == UNKNOWN]
    st.html(phase_board.cards(judged) + (_folded(rest) if judged else phase_board.cards(rest)))


def _folded(trials: list[Reported]) -> str:
    if not trials:
        return ""
    summary = escape(text("experiments.evidence.unknown", count=number(len(trials))))
    return f'<details class="innenfor-rest"><summary>{summary}</summary>{phase_board.cards(trials)}</details>'
