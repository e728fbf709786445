"""The pictures of the cohorts page, one at a time."""

from analytics.results import NotEstimable
from pages.components import chart_card, empty_state
from pages.components.chart_card import Chart
from pages.frame.cache import cached_object
from pages.views.cohorts.age_period_cohort import apart_chart
from pages.views.cohorts.projection import ahead_chart
from pages.views.cohorts.same_age import lexis_chart, same_age_chart
from pages.views.cohorts.school_completion import school_chart
from pages.views.cohorts.selection import CohortsSelection, flows_delivered
from pages.views.cohorts.transitions import flows_chart

PICTURES = {
    "same_age": same_age_chart,
    "lexis": lexis_chart,
    "apart": apart_chart,
    "flows": flows_chart,
    "ahead": ahead_chart,
    "school": school_chart,
}


@cached_object
def drawn(choice: CohortsSelection) -> Chart | NotEstimable:
    """Return the chosen picture."""
    return PICTURES[choice.picture](choice)


def show(choice: CohortsSelection) -> None:
    """Write the chosen picture, why there is none, or what must be delivered first."""
    if choice.picture == "flows" and not flows_delivered():
        command = f"python -m data check {empty_state.in_home('raw', 'nav', '2027-01', 'flows.csv')} --source nav"
        empty_state.show("flows", command=command, more=("method", {}, "missing"))
    else:
        chart_card.show_answer(drawn(choice))
