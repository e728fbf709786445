"""What the reader has chosen for a table of one's own: all of it lives in the link."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

import streamlit as st

from analytics import provenance, regions
from analytics.exclusion import subject
from analytics.pivot import counted as to_count
from analytics.pivot import followed
from analytics.pivot.question import (
    COLUMNS,
    COUNTIES,
    FIGURES,
    MEASURES,
    MUNICIPALITIES,
    NONE,
    OF_COUNTY,
    PivotQuestion,
    kind_of,
)  # fmt: skip
from pages.format import numbers
from pages.format.texts import labels, language, text
from pages.frame import expander, visit
from pages.frame.cache import cached_object, cached_value
from pages.frame.url import state, widgets
from pages.frame.url.choices import Choice, PageChoices
from pages.views.workshop import pivot_words

countable = cached_value(to_count.countable)
all_periods = cached_value(subject.all_periods)
age_groups = cached_value(subject.ages_by_preference)
sexes = cached_value(subject.sexes)
followed_options = cached_value(followed.followed_options)
first_row = cached_value(followed.first_row)
counted_words = cached_value(to_count.counted_words)
_NEWEST, _ACROSS = 5, 3
_DIMENSIONS = tuple(dict.fromkeys(name for each in COLUMNS.values() for name in each))
_LAYOUT = ("rows", "columns", "measure")


def _linked() -> str:
    """Return the first thing the link asks for: its times, ages and sexes are that one's."""
    asked = state.every().get("indicator", ())
    return next((code for code in asked if code in countable()), countable()[0])


@cached_value
def _sexes(counted: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sex for age in age_groups(counted) for sex in sexes(counted, age)))


@cached_value
def _options(counted: str) -> Mapping[str, tuple[str, ...]]:
    """Return the dimensions of what is counted, and the codes each may have."""
    if kind_of(counted) != FIGURES:
        return followed_options(counted)
    places, ages = tuple(place_labels()), age_groups(counted)
    return {"place": places, "period": all_periods(counted), "age": ages, "sex": _sexes(counted)}


def _linked_options() -> Mapping[str, tuple[str, ...]]:
    return _options(_linked())


def _dimension(name: str) -> Choice:
    """Return the choice of what is shown of a dimension; one that is not of what is counted has no codes."""
    return Choice(lambda: _linked_options().get(name, ()), f"pivot.dimension.{name}", name=name, many=True)


def _label(code: str) -> str:
    return counted_words(code, language())["label"]


@dataclass(frozen=True)
class PivotChoice:
    """A table as its link describes it: what is counted, and of which; what stands where, and which number.

    asked: the question itself, as `analytics` answers it.
    """

    asked: Annotated[
        PivotQuestion,
        Choice(countable, "pivot.indicator", _label, name="indicator", many=True),
        *(_dimension(name) for name in _DIMENSIONS),
        Choice(lambda: tuple(_linked_options()), "pivot.rows", "pivot.dimension.{}", name="rows"),
        Choice(lambda: (*_linked_options(), NONE), "pivot.columns", name="columns"),
    ]
    measure: Annotated[str, Choice(MEASURES, "pivot.numbers", "pivot.measure.{}")]


CHOICES = PageChoices(PivotChoice)
NAMES = tuple(CHOICES.by_name)
"""What the link says of a table."""


def choose() -> PivotChoice:
    """Draw the choices and return what is chosen."""
    before = _linked()
    chosen = CHOICES.draw_many("indicator", countable(), countable()[:1])
    counted = (chosen or countable())[0]
    if counted != before:
        figures = kind_of(counted) == kind_of(before) == FIGURES
        widgets.begin_anew(*(("period", "age", "sex") if figures else (*_DIMENSIONS, *_LAYOUT)))
    if kind_of(counted) != FIGURES:
        return _of_followed(counted, chosen)
    home = regions.home()
    near = tuple(dict.fromkeys((home, regions.county_of(home) or home, regions.NATION)))
    places = CHOICES.draw_many("place", place_labels(), near, label=text("pivot.place"))
    with expander.choices(text("pivot.more"), "pivot", expanded=not visit.narrow()):
        periods, ages, chosen_sexes = _of_indicator(counted)
        rows, columns, measure = _layout(tuple(COLUMNS[FIGURES]), ("place", "period"))
    told = (("place", places), ("period", periods), ("age", ages), ("sex", chosen_sexes))
    return PivotChoice(PivotQuestion(chosen, rows, columns, told), measure)


def _of_indicator(counted: str) -> tuple[tuple[str, ...], ...]:
    """Draw the choices of time, age and sex of an indicator, and return them."""
    frequency = provenance.indicators()[counted].frequency
    times = {code: numbers.period(code, frequency=frequency) for code in all_periods(counted)}
    ages = {code: pivot_words.member(counted, "age", code) for code in age_groups(counted)}
    left, middle, right = st.columns([2, 1, 1])
    with left:
        newest = tuple(sorted(tuple(times)[:_NEWEST]))
        periods = CHOICES.draw_many("period", times, newest)
    with middle:
        chosen_ages = CHOICES.draw_many("age", ages, tuple(ages)[:1])
    with right:
        both = labels("sex", _sexes(counted))
        chosen_sexes = CHOICES.draw_many("sex", both, tuple(both)[:1])
    return tuple(sorted(periods)), chosen_ages, chosen_sexes


def _of_followed(counted: str, chosen: tuple[str, ...]) -> PivotChoice:
    """Draw the choices of flows or a study: what stands in the table is whole, the rest one thing of each."""
    options = followed_options(counted)
    varied = [name for name, codes in options.items() if len(codes) > 1]
    proposed = [*varied, *(name for name in options if name not in varied), NONE]
    with expander.choices(text("pivot.more_followed"), "pivot", expanded=not visit.narrow()):
        rows, columns, measure = _layout(tuple(options), (proposed[0], proposed[1]), tuple(options))
        told = tuple(_members(counted, options, {rows, columns}))
    return PivotChoice(PivotQuestion(chosen, rows, columns, told), measure)


def _members(
    counted: str, options: Mapping[str, Sequence[str]], shown: set[str]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Draw a choice for each dimension and yield what is chosen of it."""
    first = first_row(counted)
    for start in range(0, len(options), _ACROSS):
        part = list(options.items())[start : start + _ACROSS]
        for (name, codes), place in zip(part, st.columns(_ACROSS), strict=False):
            with place:
                named = {code: pivot_words.member(counted, name, code) for code in codes}
                whole = tuple(code for code in codes if code != followed.TOTAL) if name in shown else (first[name],)
                yield name, CHOICES.draw_many(name, named, whole)


def _layout(dimensions: Sequence[str], proposed: tuple[str, str], resets: Sequence[str] = ()) -> tuple[str, str, str]:
    """Draw the choices of rows, columns and measure, and return them."""
    named = labels("pivot.dimension", dimensions)
    left, middle, right = st.columns(3)
    with left:
        rows = CHOICES.draw("rows", named, first=proposed[0], resets=("columns", *resets))
    others = {name: label for name, label in named.items() if name != rows} | {NONE: text("pivot.no_columns")}
    with middle:
        beside = next((name for name in reversed(proposed) if name != rows), NONE)
        columns = CHOICES.draw("columns", others, first=beside, resets=resets)
    with right:
        measure = CHOICES.draw("measure")
    return rows, columns, measure


@cached_object
def place_labels() -> Mapping[str, str]:
    """Return every place of today and every set of them by code, with what a reader calls it."""
    table = regions.current_regions()
    counties = [row["code"] for row in table.iter_rows(named=True) if row["level"] == "county"]
    sets = {COUNTIES: text("pivot.counties"), MUNICIPALITIES: text("pivot.municipalities")}
    inside = {f"{OF_COUNTY}{code}": text("pivot.in_county", county=regions.name_of(code)) for code in counties}
    return {**widgets.region_labels(), **sets, **inside}
