"""What others have found: the published trials with known numbers as a picture and cards, the others folded up."""

import streamlit as st

from analytics.experiments.portfolio.results import Reported, published_difference
from pages.components import chart_footer, picture_files
from pages.components.citations import experiment_sources
from pages.components.picture_files import PictureFrame
from pages.components.trial_bars import trials_picture
from pages.format.html import Html, joined, link, tag
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
        price = link(widgets.address("gains"), text("experiments.evidence.price"))
        picture, take = picture_files.drawn(_frame(known), drawn)
        st.html(tag("div", picture, price, take, class_="innenfor-evidence"))
    st.caption(text("experiments.evidence.lead"))
    judged = [each for each in trials if each.verdict != UNKNOWN]
    rest = [each for each in trials if each.verdict == UNKNOWN]
    st.html(joined((phase_board.cards(judged), _folded(rest) if judged else phase_board.cards(rest))))


def _frame(known: list[Reported]) -> PictureFrame:
    """Return what stands around the picture where it is taken away: which trials, and where each is published."""
    sources = [source for each in known for source in experiment_sources(each, defined=False)]
    about = text("experiments.evidence.about", count=number(len(known)))
    cited = chart_footer.source_line(sources)
    return PictureFrame("innenfor-evidence", text("overview.helps_caption"), about, cited, "trials")


def _folded(trials: list[Reported]) -> Html:
    if not trials:
        return Html()
    summary = tag("summary", text("experiments.evidence.unknown", count=number(len(trials))))
    return tag("details", summary, phase_board.cards(trials), class_="innenfor-rest")
