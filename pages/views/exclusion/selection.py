"""What the reader has chosen on the exclusion page."""

from dataclasses import dataclass
from typing import ClassVar

import streamlit as st

from analytics import provenance, regions
from analytics.exclusion import subject
from analytics.exclusion.subject import Subject
from data.errors import InnenforError
from pages.format import numbers, place_names, texts
from pages.format.place_names import place
from pages.format.texts import labels, language, text
from pages.frame import expander, shell
from pages.frame.cache import cached_value
from pages.frame.url import state, widgets
from pages.frame.url.parameters import UrlParameter

NONE = "none"
PICTURES = ("trend", "compare", "ranking", "map", "groups", "origin", "standardised", "funnel", "profile", "demand")
BESIDE = ("whole", "peers")
WITHIN = ("county", "nation")
BY = ("verdict", "value")
RULE = ("size_age", "size")
AMONG_MUNICIPALITIES = ("map", "funnel", "standardised")
"""Pictures of municipalities, also where a county is chosen: they begin in the newest period municipalities have."""
DETAILS = (
    ("beside", BESIDE, ("trend",)),
    ("within", WITHIN, ("ranking",)),
    ("within", WITHIN[::-1], ("funnel",)),
    ("by", BY, ("map",)),
    ("rule", RULE, ("compare",)),
)

subject_of = cached_value(subject.subject)
loaded_indicators = cached_value(subject.loaded_indicators)
subject_at = cached_value(subject.at)
age_groups = cached_value(subject.ages_by_preference)
sexes = cached_value(subject.sexes)
periods_of = cached_value(subject.periods)
newest_of_municipalities = cached_value(subject.newest_of_municipalities)
all_periods = cached_value(subject.all_periods)
nearest_of = cached_value(subject.nearest_subject)
in_persons = cached_value(subject.in_persons)


@dataclass(frozen=True)
class ExclusionSelection:
    """The exclusion page as its link describes it: the place with figures, and the picture of it.

    period: the time shown. beside, within, by, rule, also: choices that belong to one picture.
    """

    subject: Subject
    picture: str
    period: str
    beside: str = "whole"
    within: str = "county"
    by: str = "verdict"
    rule: str = "size_age"
    also: str = NONE


def choose() -> ExclusionSelection:
    """Check the link, draw the widgets and return the choice. Raises NoFigures where no place has the indicator."""
    asked = _asked("indicator", loaded_indicators(), loaded_indicators()[0])
    shell.open_page(*_parameters(asked))
    left, right = st.columns([3, 4])
    with left:
        region = widgets.region()
    with right:
        indicator = _indicator()
    picture = _labelled("picture", PICTURES, buttons=True)
    with expander.choices(text("choose.more"), "more"):
        found, period = _group(region, indicator, picture)
        return ExclusionSelection(found, picture, period, **_details(found, picture))


def _group(region: str, indicator: str, picture: str) -> tuple[Subject, str]:
    """Draw the choice of age, sex and period, and return the subject and the period."""
    names = {age: place_names.age(age) for age in age_groups(indicator)}
    first, second, third = st.columns(3)
    with first:
        age = widgets.one_of("age", names, _nearest_age(region, indicator), text("choose.age"))
    with second:
        sex = widgets.one_of("sex", labels("sex", sexes(indicator, age)), "both", text("choose.sex"))
    found = subject_of(indicator, region, age, sex)
    if found is None:
        group = place_names.PopulationGroup(age, sex, indicator)
        raise NoFigures(where=place(region), found=f"{indicator_label(indicator)} ({group})")
    with third:
        period = _period(found, picture)
        return subject_at(found, period), period


def _nearest_age(region: str, indicator: str) -> str:
    """Return the age group shown first: of those loaded, the one with figures nearest the place."""
    found = nearest_of(indicator, region, "both")
    return found.view.age_group if found else age_groups(indicator)[0]


def _details(found: Subject, picture: str) -> dict[str, str]:
    """Draw the choices that belong to one picture, and return them by name."""
    municipality = regions.level_of(found.region) == "municipality"
    kept = {} if municipality else {"within": "nation"}
    for name, options, pictures in DETAILS:
        if picture in pictures and (municipality or name != "within") and not in_persons(found):
            kept[name] = _labelled(name, options)
    return kept | ({"also": _also(found)} if picture == "trend" else {})


def _also(found: Subject) -> str:
    """Draw the choice of a second measure, which gets a picture of its own."""
    others = {code: indicator_label(code) for code in loaded_indicators() if code != found.view.indicator}
    return widgets.one_of("also", {NONE: text("choose.no_other"), **others}, NONE, text("choose.also"))


def _period(found: Subject, picture: str) -> str:
    periods = periods_of(found)
    of_municipalities = newest_of_municipalities(found) if picture in AMONG_MUNICIPALITIES else None
    newest = of_municipalities if of_municipalities in periods else periods[0]
    frequency = _frequency(found.view.indicator)
    words = {code: numbers.period(code, frequency=frequency) for code in periods}
    asked = state.get("year")
    if asked is not None and asked not in periods:
        gone = numbers.period(asked, frequency=frequency)
        facts = {"place": place(found.region), "group": place_names.group_of(found.view)}
        st.info(text("notice.no_period", **facts, asked=gone, shown=words[newest]))
    return widgets.one_of("year", words, newest, text("choose.period"))


def indicator_label(indicator: str) -> str:
    """Return an indicator's name in the reader's language."""
    return provenance.indicators()[indicator].label[language()]


@dataclass(eq=False)
class NoFigures(InnenforError):
    """No place the reader could be shown has figures for the indicator; `found` is its name."""

    code: ClassVar[str] = "no_figures"
    package: ClassVar[str] = texts.PACKAGE


def _parameters(indicator: str) -> tuple[UrlParameter, ...]:
    ages = age_groups(indicator)
    every_sex = tuple(dict.fromkeys(sex for age in ages for sex in sexes(indicator, age)))
    return (
        widgets.region_parameter(),
        UrlParameter("indicator", loaded_indicators()),
        UrlParameter("picture", PICTURES),
        UrlParameter("age", ages),
        UrlParameter("sex", every_sex),
        UrlParameter("year", all_periods(indicator)),
        UrlParameter("beside", BESIDE),
        UrlParameter("within", WITHIN),
        UrlParameter("by", BY),
        UrlParameter("rule", RULE),
        UrlParameter("also", (NONE, *(code for code in loaded_indicators() if code != indicator))),
    )


def _asked(name: str, options: tuple[str, ...], default: str) -> str:
    """Return what the link asks for where it is an option: the options of the others hang on it."""
    raw = state.get(name) or default
    return raw if raw in options else default


def _indicator() -> str:
    names = {code: indicator_label(code) for code in loaded_indicators()}
    resets = ("age", "sex", "year", "also")
    return widgets.one_of("indicator", names, next(iter(names)), text("choose.indicator"), resets=resets)


def _labelled(name: str, options: tuple[str, ...], *, buttons: bool = False) -> str:
    return widgets.one_of(name, labels(name, options), options[0], text(f"choose.{name}"), buttons=buttons)


def _frequency(indicator: str) -> str:
    return provenance.indicators()[indicator].frequency
