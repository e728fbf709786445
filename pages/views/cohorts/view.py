"""The cohorts page: later born at the same age and the years ahead together, or one picture at a time."""

from dataclasses import replace

from analytics.results import NotEstimable
from pages.components import chart_card, empty_state, further
from pages.components.chart_card import Chart
from pages.components.further import STORY
from pages.frame.cache import cached_object
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
TOGETHER = ("same_age", "ahead")
FURTHER = ("flows", "ahead", "school")
SPECIAL = ("lexis", "apart")


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
        for picture in TOGETHER:
            chart_card.show_answer(drawn(replace(choice, picture=picture)))
    else:
        _one(choice)
    further.show("cohorts.picture", "cohorts.says", FURTHER, SPECIAL, choice.picture)


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
