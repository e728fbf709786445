"""What the reader has chosen on the cohorts page."""

from dataclasses import dataclass, field, replace

import streamlit as st

from analytics import cohorts, regions
from analytics.results import NotEstimable
from pages.components import sentence_bar
from pages.components.further import STORY
from pages.format import place_names
from pages.format.texts import labels, language, text
from pages.frame import expander, shell
from pages.frame.cache import cached_value
from pages.frame.url import state, widgets
from pages.frame.url.parameters import UrlParameter

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


@dataclass(frozen=True)
class CohortsSelection:
    """The cohorts page as its link describes it.

    complete: a county is shown as the sum of its municipalities with every figure known.
    """

    region: str
    sex: str
    picture: str
    complete: bool
    origin: str = "aap"
    months: int = 12
    study: str = ""
    factors: dict[str, float] = field(default_factory=dict)


def choose() -> CohortsSelection:
    """Check the link, draw the widgets and return the choice."""
    shell.open_page(
        widgets.region_parameter(),
        UrlParameter("picture", (STORY, *PICTURES)),
        UrlParameter("sex", cohorts.SEXES),
        UrlParameter("origin", cohorts.ORIGINS),
        UrlParameter("months", MONTHS),
        UrlParameter("study", tuple(each.id for each in cohorts.outcome_studies())),
        *(UrlParameter(name, PERCENTS) for name in FACTORS),
    )
    bar = sentence_bar.draw()
    with bar.change("more"):
        sex = widgets.one_of("sex", labels("sex", cohorts.SEXES), "both", text("choose.sex"))
    picture = widgets.linked("picture", (STORY, *PICTURES))
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
        names = {code: cohorts.state_label(code, language()) for code in cohorts.ORIGINS}
        origin = widgets.one_of("origin", names, "aap", text("cohorts.choose.origin"))
    with right:
        after = {code: text(f"cohorts.months.m{code}") for code in MONTHS}
        months = widgets.one_of("months", after, MONTHS[0], text("cohorts.choose.months"))
    return replace(chosen, origin=origin, months=int(months))


def with_study(chosen: CohortsSelection) -> CohortsSelection:
    """Draw the choice of published study and return the choice with it."""
    titles = {each.id: each.title[language()] for each in cohorts.outcome_studies()}
    study = widgets.one_of("study", titles, next(iter(titles)), text("outcomes.choose"))
    return replace(chosen, study=study)


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
