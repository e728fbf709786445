"""What the reader has chosen for a table of one's own: all of it lives in the link."""

from dataclasses import dataclass

import streamlit as st

from analytics import provenance, regions
from analytics.exclusion import subject
from analytics.exclusion.pivot import COUNTIES, DIMENSIONS, MEASURES, MUNICIPALITIES, NONE, OF_COUNTY, PivotQuestion
from pages.format import numbers, place_names
from pages.format.texts import labels, language, text
from pages.frame import expander, shell
from pages.frame.cache import cached_value
from pages.frame.url import state, widgets
from pages.frame.url.parameters import UrlParameter

loaded_indicators = cached_value(subject.loaded_indicators)
all_periods = cached_value(subject.all_periods)
age_groups = cached_value(subject.ages_by_preference)
sexes = cached_value(subject.sexes)
_NEWEST = 5
NAMES = ("indicator", "place", "period", "age", "sex", "rows", "columns", "measure")
"""What the link says of a table."""
_HANGING = ("period", "age", "sex")
"""The choices that hang on what is counted."""


@dataclass(frozen=True)
class PivotChoice:
    """A table as its link describes it: what is asked, and which number stands in its cells."""

    asked: PivotQuestion
    measure: str


def parameters() -> tuple[UrlParameter, ...]:
    """Return what a link may ask of a table; the times, ages and sexes are those of what it counts."""
    counted = _linked()
    return (
        UrlParameter("indicator", loaded_indicators(), many=True),
        UrlParameter("place", tuple(place_labels()), many=True),
        UrlParameter("period", all_periods(counted), many=True),
        UrlParameter("age", age_groups(counted), many=True),
        UrlParameter("sex", _sexes(counted), many=True),
        UrlParameter("rows", DIMENSIONS),
        UrlParameter("columns", (*DIMENSIONS, NONE)),
        UrlParameter("measure", MEASURES),
    )


def choose() -> PivotChoice:
    """Draw the choices and return what is chosen."""
    known = provenance.indicators()
    names = {code: known[code].label[language()] for code in loaded_indicators()}
    before = _linked()
    indicators = widgets.several("indicator", names, tuple(names)[:1], text("pivot.indicator"))
    counted = (indicators or loaded_indicators())[0]
    if counted != before:
        widgets.begin_anew(*_HANGING)
    home = regions.home()
    near = tuple(dict.fromkeys((home, regions.county_of(home) or home, regions.NATION)))
    places = widgets.several("place", place_labels(), near, text("pivot.place"))
    with expander.choices(text("pivot.more"), "pivot", expanded=not shell.narrow()):
        periods, ages, chosen_sexes = _of_indicator(counted)
        rows, columns, measure = _layout()
    return PivotChoice(PivotQuestion(indicators, rows, columns, places, periods, ages, chosen_sexes), measure)


def _of_indicator(counted: str) -> tuple[tuple[str, ...], ...]:
    """Draw the choices of time, age and sex, and return them."""
    frequency = provenance.indicators()[counted].frequency
    times = {code: numbers.period(code, frequency=frequency) for code in all_periods(counted)}
    ages = {code: place_names.age(code) for code in age_groups(counted)}
    left, middle, right = st.columns([2, 1, 1])
    with left:
        newest = tuple(sorted(tuple(times)[:_NEWEST]))
        periods = widgets.several("period", times, newest, text("pivot.dimension.period"))
    with middle:
        chosen_ages = widgets.several("age", ages, tuple(ages)[:1], text("pivot.dimension.age"))
    with right:
        both = labels("sex", _sexes(counted))
        chosen_sexes = widgets.several("sex", both, tuple(both)[:1], text("pivot.dimension.sex"))
    return tuple(sorted(periods)), chosen_ages, chosen_sexes


def _layout() -> tuple[str, str, str]:
    """Draw the choices of rows, columns and measure, and return them."""
    dimensions = labels("pivot.dimension", DIMENSIONS)
    left, middle, right = st.columns(3)
    with left:
        rows = widgets.one_of("rows", dimensions, DIMENSIONS[0], text("pivot.rows"), resets=("columns",))
    others = {name: label for name, label in dimensions.items() if name != rows} | {NONE: text("pivot.no_columns")}
    with middle:
        columns = widgets.one_of("columns", others, "period" if rows != "period" else "place", text("pivot.columns"))
    with right:
        measure = widgets.one_of("measure", labels("pivot.measure", MEASURES), MEASURES[0], text("pivot.numbers"))
    return rows, columns, measure


@cached_value
def place_labels() -> dict[str, str]:
    """Return every place of today and every set of them by code, with what a reader calls it."""
    table = regions.current_regions()
    counties = [row["code"] for row in table.iter_rows(named=True) if row["level"] == "county"]
    sets = {COUNTIES: text("pivot.counties"), MUNICIPALITIES: text("pivot.municipalities")}
    inside = {f"{OF_COUNTY}{code}": text("pivot.in_county", county=regions.name_of(code)) for code in counties}
    return widgets.region_labels() | sets | inside


def _linked() -> str:
    """Return the first indicator the link asks for: its times, ages and sexes are that one's."""
    asked = state.every().get("indicator", ())
    return next((code for code in asked if code in loaded_indicators()), loaded_indicators()[0])


def _sexes(counted: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sex for age in age_groups(counted) for sex in sexes(counted, age)))
