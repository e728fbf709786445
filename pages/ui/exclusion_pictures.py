"""The pictures of the exclusion page, one at a time."""

from dataclasses import replace

import streamlit as st

from analytics import exclusion, guard
from pages.ui import charts, notices
from pages.ui.charts import Chart
from pages.ui.exclusion_beside import compare_chart, profile_chart, standardised_chart
from pages.ui.exclusion_choice import NONE, Choice, subject_of
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
    if choice.also != NONE:
        _apart(choice)


def _apart(choice: Choice) -> None:
    """Write a second measure in a picture of its own, and why the two never share an axis."""
    first, second = choice.subject.view.indicator, choice.also
    age = exclusion.default_age(second)
    found = subject_of(second, choice.subject.asked, age, "both")
    st.info(guard.apart(first, second).says(language()))
    if found is not None:
        notices.before(found)
        charts.show(replace(trend_chart(replace(choice, subject=found)), stem="trend-also"))
