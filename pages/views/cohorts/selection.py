"""What the reader has chosen on the cohorts page."""

from dataclasses import dataclass, field, replace
from typing import Annotated

import streamlit as st

from analytics import cohorts, regions
from analytics.results import NotEstimable
from pages.components import sentence_bar
from pages.components.further import STORY
from pages.format import place_names
from pages.format.texts import language, text
from pages.frame import expander
from pages.frame.cache import cached_value
from pages.frame.url import state, widgets
from pages.frame.url.choices import Choice, PageChoices, Place

PICTURES = ("same_age", "lexis", "apart", "flows", "ahead", "school")
OF_OTHER_FIGURES = ("flows", "school")
"""The pictures whose figures are not those of the cohorts: their year is another."""

MONTHS = ("12", "1", "3", "6", "60")
FACTORS = {"f15": "15-19", "f20": "20-24", "f25": "25-29"}
PERCENTS = tuple(str(percent) for percent in range(50, 151, 5))
AS_TODAY = "100"
EVERYONE = "15-29"


flows_delivered = cached_value(cohorts.flows_delivered)
followed = cached_value(cohorts.follow)


def _study_ids() -> tuple[str, ...]:
    return tuple(each.id for each in cohorts.outcome_studies())


def _study_title(study: str) -> str:
    return next(each.title[language()] for each in cohorts.outcome_studies() if each.id == study)


def _state(code: str) -> str:
    return cohorts.state_label(code, language())


@dataclass(frozen=True)
class CohortsSelection:
    """The cohorts page as its link describes it.

    complete: a county is shown as the sum of its municipalities with every figure known. months: after how many.
    factors: on the rate of each age group.
    """

    region: Place
    sex: Annotated[str, Choice(cohorts.SEXES, "choose.sex", "sex.{}", first="both")]
    picture: Annotated[str, Choice((STORY, *PICTURES))]
    complete: bool
    origin: Annotated[str, Choice(cohorts.ORIGINS, "cohorts.choose.origin", _state, first="aap")] = "aap"
    months: Annotated[int, Choice(MONTHS, "cohorts.choose.months", "cohorts.months.m{}")] = int(MONTHS[0])
    study: Annotated[str, Choice(_study_ids, "outcomes.choose", _study_title)] = ""
    factors: Annotated[dict[str, float], *(Choice(PERCENTS, name=name) for name in FACTORS)] = field(
        default_factory=dict
    )


CHOICES = PageChoices(CohortsSelection)


def choose() -> CohortsSelection:
    """Check the link, draw the widgets and return the choice."""
    CHOICES.open()
    bar = sentence_bar.draw()
    with bar.change("more"):
        sex = CHOICES.draw("sex")
    picture = CHOICES.linked("picture")
    complete = regions.level_of(bar.chosen) == "county"
    newest = _newest(bar.chosen, sex, complete=complete) if picture not in OF_OTHER_FIGURES else ""
    bar.say(str(place_names.PopulationGroup(EVERYONE, sex)), newest)
    chosen = CohortsSelection(bar.chosen, sex, picture, complete)
    if picture == "flows":
        return _with_flow(chosen)
    return _with_factors(chosen) if picture == "ahead" else chosen


def _newest(region: str, sex: str, *, complete: bool) -> str:
    """Return the newest year with known cohorts; "" where the place has none."""
    table = followed(region, sex, complete=complete)
    known = [] if isinstance(table, NotEstimable) else table.frame.drop_nulls("share")["year"].to_list()
    return str(max(known, default=""))


def _with_flow(chosen: CohortsSelection) -> CohortsSelection:
    if not flows_delivered():
        return chosen
    left, right = st.columns(2)
    with left:
        origin = CHOICES.draw("origin")
    with right:
        months = CHOICES.draw("months")
    return replace(chosen, origin=origin, months=int(months))


def with_study(chosen: CohortsSelection) -> CohortsSelection:
    """Draw the choice of published study and return the choice with it."""
    return replace(chosen, study=CHOICES.draw("study"))


def _with_factors(chosen: CohortsSelection) -> CohortsSelection:
    with expander.choices(text("cohorts.choose.factors"), "factors"):
        st.markdown(text("cohorts.choose.factors_say"))
        return replace(chosen, factors={age: _factor(name, age) for name, age in FACTORS.items()})


def _factor(name: str, age: str) -> float:
    """Draw the slider of one age group's rate, kept in the link, and return the factor."""
    asked = state.get(name)
    start = asked if asked in PERCENTS else AS_TODAY
    if not expander.is_open():
        return int(start) / 100
    key = widgets.prepared(name, PERCENTS, start)
    label = text("cohorts.choose.factor", age=place_names.age(age))
    chosen = str(st.select_slider(label, PERCENTS, key=key, format_func=lambda code: f"{code} %"))
    if chosen != start:
        state.put(name, chosen)
    return int(chosen) / 100
