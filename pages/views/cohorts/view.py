"""The cohorts page: later born at the same age and the years ahead together, or one picture at a time."""

from dataclasses import replace

import streamlit as st

from analytics import regions
from analytics.results import NotEstimable
from pages.components import chart_card, empty_state, further
from pages.components.chart_card import Chart
from pages.components.further import STORY
from pages.format.place_names import place
from pages.format.texts import text
from pages.frame.cache import cached_object
from pages.views.cohorts.age_period_cohort import apart_chart
from pages.views.cohorts.projection import ahead_chart
from pages.views.cohorts.published_outcomes import outcomes_chart
from pages.views.cohorts.same_age import lexis_chart, same_age_chart, too_few
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
TOGETHER = ("same_age", "ahead")
FURTHER = ("flows", "ahead", "school")


@cached_object
def drawn(choice: CohortsSelection) -> Chart | NotEstimable:
    """Return the chosen picture."""
    return PICTURES[choice.picture](choice)


@cached_object
def published(choice: CohortsSelection) -> Chart | NotEstimable:
    """Return the picture of the chosen published study."""
    return outcomes_chart(choice)


def show(choice: CohortsSelection) -> None:
    """Write the story or the chosen picture, and the ways on."""
    if choice.picture == STORY:
        choice = _with_enough(choice)
        for picture in TOGETHER:
            chart_card.show_answer(drawn(replace(choice, picture=picture)))
    else:
        _one(choice)
    further.show("cohorts", FURTHER, choice.picture)


def _with_enough(choice: CohortsSelection) -> CohortsSelection:
    """Return the choice with its county in its place, and say so, where its own cohorts are of too few persons."""
    county = regions.county_of(choice.region)
    if not county or not too_few(choice):
        return choice
    st.info(text("cohorts.county_instead", place=place(choice.region), county=place(county)))
    return replace(choice, region=county, complete=True)


def _one(choice: CohortsSelection) -> None:
    """Write the chosen picture, or why there is none; what came next stands by published studies too."""
    if choice.picture != "flows":
        chart_card.show_answer(drawn(choice))
        return
    if flows_delivered():
        chart_card.show_answer(drawn(choice))
    chart_card.show_answer(published(with_study(choice)))
    if not flows_delivered():
        command = f"python -m data check {empty_state.in_home('raw', 'nav', '2027-01', 'flows.csv')} --source nav"
        empty_state.show("flows", command=command, more=("method", {}, "missing"))
