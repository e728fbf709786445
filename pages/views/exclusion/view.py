"""The pictures of the exclusion page, one at a time."""

from dataclasses import replace

import streamlit as st

from analytics.exclusion import comparability
from analytics.exclusion.subject import Subject
from analytics.results import NotEstimable
from pages.components import chart_card, notices
from pages.components.chart_card import Chart
from pages.components.rate_trend import trend_chart
from pages.format.sentences import join_sentences
from pages.format.texts import language, text
from pages.frame.cache import cached_object
from pages.views.exclusion.comparisons import compare_chart, profile_chart, standardised_chart
from pages.views.exclusion.demand import demand_chart
from pages.views.exclusion.origin import origin_chart, origin_subject
from pages.views.exclusion.over_time import groups_chart
from pages.views.exclusion.places import funnel_chart, map_chart, ranking_chart
from pages.views.exclusion.selection import NONE, ExclusionSelection, in_persons, nearest_of

PICTURES = {
    "trend": lambda choice: trend_chart(choice.subject, choice.beside),
    "compare": compare_chart,
    "ranking": ranking_chart,
    "map": map_chart,
    "groups": groups_chart,
    "origin": origin_chart,
    "standardised": standardised_chart,
    "funnel": funnel_chart,
    "profile": profile_chart,
    "demand": demand_chart,
}

OF_COUNTS = ("trend", "origin", "profile", "demand")
"""The pictures that need no share of the subject: counts over time, or what is read of other indicators."""

OF_NO_INDICATOR = ("demand",)
"""The pictures whose figures are of no indicator: what is to be said of the chosen one does not concern them."""


def show(choice: ExclusionSelection) -> None:
    """Write the chosen picture, or why there is none."""
    if choice.picture not in OF_COUNTS and in_persons(choice.subject):
        st.info(join_sentences(NotEstimable("counts_only").sentence(language()), text("exclusion.see_trend")))
    else:
        chart_card.show_answer(drawn(choice) if choice.picture != "map" else map_chart(choice))
    if choice.also != NONE:
        _apart(choice)


def read(choice: ExclusionSelection) -> Subject:
    """Return the subject whose figures the chosen picture shows: by origin they are of another table."""
    return origin_subject(choice) if choice.picture == "origin" else choice.subject


@cached_object
def drawn(choice: ExclusionSelection) -> Chart | NotEstimable:
    """Return the chosen picture; the map is not kept, since it draws a widget."""
    return PICTURES[choice.picture](choice)


def _apart(choice: ExclusionSelection) -> None:
    """Write a second measure in a picture of its own, and why the two never share an axis."""
    first, second = choice.subject.view.indicator, choice.also
    found = nearest_of(second, choice.subject.asked, "both")
    st.info(comparability.apart(first, second).says(language()))
    if found is not None:
        notices.before(found)
        chart_card.show(replace(trend_chart(found, choice.beside), stem="trend-also"))
