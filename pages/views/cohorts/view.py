"""The pictures of the cohorts page, one at a time."""

import streamlit as st

from analytics.results import NotEstimable
from pages.components import begin, chart_card
from pages.components.chart_card import Chart
from pages.format.texts import language
from pages.frame import shell
from pages.frame.cache import kept
from pages.views.cohorts.age_period_cohort import apart_chart
from pages.views.cohorts.projection import ahead_chart
from pages.views.cohorts.published_outcomes import outcomes_chart
from pages.views.cohorts.same_age import lexis_chart, same_age_chart
from pages.views.cohorts.school_completion import school_chart
from pages.views.cohorts.selection import CohortsSelection, flows_delivered, with_study
from pages.views.cohorts.transitions import flows_chart

PICTURES = {
    "same_age": same_age_chart,
    "lexis": lexis_chart,
    "apart": apart_chart,
    "flows": flows_chart,
    "ahead": ahead_chart,
    "school": school_chart,
}


@kept
def drawn(choice: CohortsSelection, lang: str, narrow: bool) -> Chart | NotEstimable:  # noqa: ARG001, FBT001 - the cache's key
    """Return the chosen picture in a language for a width of screen."""
    return PICTURES[choice.picture](choice)


@kept
def published(choice: CohortsSelection, lang: str, narrow: bool) -> Chart | NotEstimable:  # noqa: ARG001, FBT001 - the cache's key
    """Return the picture of the chosen published study."""
    return outcomes_chart(choice)


def show(choice: CohortsSelection) -> None:
    """Write the chosen picture, or why there is none; what came next stands by published studies too."""
    if choice.picture != "flows":
        _write(drawn(choice, language(), shell.narrow()))
        return
    if flows_delivered():
        _write(drawn(choice, language(), shell.narrow()))
    _write(published(with_study(choice), language(), shell.narrow()))
    if not flows_delivered():
        command = f"python -m data check {begin.in_home('raw', 'nav', '2027-01', 'flows.csv')} --source nav"
        begin.show("flows", command=command, more=("method", {}, "missing"))


def _write(made: Chart | NotEstimable) -> None:
    if isinstance(made, Chart):
        chart_card.show(made)
    else:
        st.info(made.sentence(language()))
