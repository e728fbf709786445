"""The pictures of the cohorts page, one at a time."""

import streamlit as st

from analytics.results import NotEstimable
from pages.ui import begin, charts, shell
from pages.ui.cached import kept
from pages.ui.charts import Chart
from pages.ui.cohorts_ages import lexis_chart, same_age_chart
from pages.ui.cohorts_ahead import ahead_chart
from pages.ui.cohorts_choice import Choice, flows_delivered
from pages.ui.cohorts_flows import flows_chart
from pages.ui.cohorts_model import apart_chart
from pages.ui.cohorts_school import school_chart
from pages.ui.texts import language

PICTURES = {
    "same_age": same_age_chart,
    "lexis": lexis_chart,
    "apart": apart_chart,
    "flows": flows_chart,
    "ahead": ahead_chart,
    "school": school_chart,
}


@kept
def drawn(choice: Choice, lang: str, narrow: bool) -> Chart | NotEstimable:  # noqa: ARG001, FBT001 - the cache's key
    """Return the chosen picture in a language for a width of screen."""
    return PICTURES[choice.picture](choice)


def show(choice: Choice) -> None:
    """Write the chosen picture, why there is none, or what must be delivered first."""
    if choice.picture == "flows" and not flows_delivered():
        command = f"python -m data check {begin.in_home('raw', 'nav', '2027-01', 'flows.csv')} --source nav"
        begin.show("flows", command=command, more=("method", {}, "missing"))
        return
    made = drawn(choice, language(), shell.narrow())
    if isinstance(made, Chart):
        charts.show(made)
    else:
        st.info(made.sentence(language()))
