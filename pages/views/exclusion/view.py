"""The exclusion page: how many, beside others, who; or one picture at a time."""

from dataclasses import replace

import streamlit as st

from analytics import regions
from analytics.exclusion import comparability
from analytics.exclusion.subject import Subject
from analytics.results import NotEstimable
from pages.components import chart_card, further, notices, rates
from pages.components.chart_card import Chart
from pages.components.further import STORY
from pages.components.rate_trend import trend_chart
from pages.format.place_names import place
from pages.format.sentences import join_sentences
from pages.format.texts import language, text
from pages.frame.cache import cached_object
from pages.views.exclusion.comparisons import compare_chart, profile_chart, standardised_chart
from pages.views.exclusion.demand import demand_chart
from pages.views.exclusion.origin import origin_chart, origin_subject
from pages.views.exclusion.over_time import groups_chart
from pages.views.exclusion.places import funnel_chart, map_chart, ranking_chart
from pages.views.exclusion.selection import (
    NONE,
    ExclusionSelection,
    in_persons,
    nearest_of,
    periods_of,
    rate_of,
    subject_at,
    subject_of,
)

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

FURTHER = ("ranking", "map", "groups", "origin", "demand")


def show(choice: ExclusionSelection) -> None:
    """Write the story or the chosen picture, and the ways on."""
    if choice.picture == STORY:
        _story(choice)
    else:
        _one(choice)
    if choice.also != NONE:
        _apart(choice)


def show_further(choice: ExclusionSelection) -> None:
    """Write the ways on to the other pictures: the story of shares shows those by origin already."""
    told = choice.picture == STORY and not in_persons(choice.subject)
    further.show("exclusion", [each for each in FURTHER if not (told and each == "origin")], choice.picture)


def _story(choice: ExclusionSelection) -> None:
    """Write how many there are over time, beside whom, and who they are, as far as it can be told of the place."""
    chart_card.show_answer(drawn(replace(choice, picture="trend")))
    if in_persons(choice.subject):
        return
    choice = _with_enough(choice)
    for either in (("compare",), ("origin", "groups")):
        answers = (drawn(replace(choice, picture=picture)) for picture in either)
        if found := next((answer for answer in answers if isinstance(answer, Chart)), None):
            chart_card.show(found)


def _with_enough(choice: ExclusionSelection) -> ExclusionSelection:
    """Return the choice with its county in its place, and say so, where its own figure is of too few persons.

    The newest period stays the newest: a county may have a later one, and no earlier one to be held beside others.
    """
    found, view = choice.subject, choice.subject.view
    rate, county = rate_of(found, choice.period), regions.county_of(found.region)
    around = subject_of(view.indicator, county, view.age_group, view.sex) if county else None
    if rate is None or around is None or not rates.too_few(rate):
        return choice
    st.info(text("exclusion.county_instead", place=place(found.region), county=place(around.region)))
    period = periods_of(around)[0] if choice.period == periods_of(found)[0] else choice.period
    return replace(choice, subject=subject_at(around, period), period=period, within="nation")


def _one(choice: ExclusionSelection) -> None:
    """Write the chosen picture, or why there is none."""
    if choice.picture not in OF_COUNTS and in_persons(choice.subject):
        st.info(join_sentences(NotEstimable("counts_only").sentence(language()), text("exclusion.see_trend")))
    else:
        _shown(choice)


def _shown(choice: ExclusionSelection) -> None:
    """Write the chosen picture; the map's box for boundaries, which decides how it is drawn, stands beneath it."""
    if choice.picture != "map":
        chart_card.show_answer(drawn(choice))
        return
    above = st.container()
    answer = map_chart(choice)
    with above:
        chart_card.show_answer(answer)


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
