"""The pictures of the exclusion page, one at a time."""

from dataclasses import replace

import streamlit as st

from analytics import guard
from analytics.results import NotEstimable
from pages.ui import charts, notices, shell
from pages.ui.cached import kept
from pages.ui.charts import Chart
from pages.ui.exclusion_beside import compare_chart, profile_chart, standardised_chart
from pages.ui.exclusion_choice import NONE, Choice, default_age, subject_of
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
    made = drawn(choice, language(), shell.narrow()) if choice.picture != "map" else map_chart(choice)
    if isinstance(made, Chart):
        charts.show(made)
    else:
        st.info(made.sentence(language()))
    if choice.also != NONE:
        _apart(choice)


@kept
def trend_of(choice: Choice, lang: str, narrow: bool) -> Chart:  # noqa: ARG001, FBT001 - the cache's key
    """Return the trend alone, for pages that show no other picture of exclusion."""
    return trend_chart(choice)


@kept
def drawn(choice: Choice, lang: str, narrow: bool) -> Chart | NotEstimable:  # noqa: ARG001, FBT001 - the cache's key
    """Return the chosen picture in a language for a width of screen; the map is not kept, since it draws a widget."""
    return PICTURES[choice.picture](choice)


def _apart(choice: Choice) -> None:
    """Write a second measure in a picture of its own, and why the two never share an axis."""
    first, second = choice.subject.view.indicator, choice.also
    age = default_age(second)
    found = subject_of(second, choice.subject.asked, age, "both")
    st.info(guard.apart(first, second).says(language()))
    if found is not None:
        notices.before(found)
        charts.show(replace(trend_of(replace(choice, subject=found), language(), shell.narrow()), stem="trend-also"))
