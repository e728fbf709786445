"""The pictures of the exclusion page, one at a time."""

import streamlit as st

from pages.ui import charts
from pages.ui.charts import Chart
from pages.ui.exclusion_beside import compare_chart, profile_chart, standardised_chart
from pages.ui.exclusion_choice import Choice
from pages.ui.exclusion_places import funnel_chart, map_chart, ranking_chart
from pages.ui.exclusion_time import groups_chart, trend_chart
from pages.ui.texts import language

PICTURES = {
    "trend": trend_chart,
    "compare": compare_chart,
    "ranking": ranking_chart,
    "map": map_chart,
    "groups": groups_chart,
    "standardised": standardised_chart,
    "funnel": funnel_chart,
    "profile": profile_chart,
}


def show(choice: Choice) -> None:
    """Write the chosen picture, or why there is none."""
    made = PICTURES[choice.picture](choice)
    if isinstance(made, Chart):
        charts.show(made)
    else:
        st.info(made.sentence(language()))
