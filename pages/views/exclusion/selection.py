"""What the reader has chosen on the exclusion page."""

from dataclasses import dataclass
from typing import ClassVar

import streamlit as st

from analytics import provenance, regions
from analytics.exclusion import subject
from analytics.exclusion.subject import Subject
from data.errors import InnenforError
from pages.components import sentence_bar
from pages.components.further import STORY
from pages.format import numbers, place_names, sentences, texts
from pages.format.place_names import place
from pages.format.texts import labels, language, text
from pages.frame import shell
from pages.frame.cache import cached_value
from pages.frame.url import state, widgets
from pages.frame.url.parameters import UrlParameter

NONE = "none"
PICTURES = ("trend", "compare", "ranking", "map", "groups", "origin", "standardised", "funnel", "profile", "demand")
OF_NO_INDICATOR = ("demand",)
"""The pictures whose figures are of no indicator: what is to be said of the chosen one does not concern them."""

BESIDE = ("whole", "peers")
WITHIN = ("county", "nation")
BY = ("verdict", "value")
RULE = ("size_age", "size")
AMONG_MUNICIPALITIES = ("map", "funnel", "standardised")
"""Pictures of municipalities, also where a county is chosen: they begin in the newest period municipalities have."""
DETAILS = (
    ("beside", BESIDE, (STORY, "trend")),
    ("within", WITHIN, ("ranking",)),
    ("within", WITHIN[::-1], ("funnel",)),
    ("by", BY, ("map",)),
    ("rule", RULE, (STORY, "compare")),
)

subject_of = cached_value(subject.subject)
loaded_indicators = cached_value(subject.loaded_indicators)
subject_at = cached_value(subject.at)
rate_of = cached_value(subject.rate)
age_groups = cached_value(subject.ages_by_preference)
sexes = cached_value(subject.sexes)
periods_of = cached_value(subject.periods)
newest_of_municipalities = cached_value(subject.newest_of_municipalities)
all_periods = cached_value(subject.all_periods)
nearest_of = cached_value(subject.nearest_subject)
in_persons = cached_value(subject.in_persons)


@dataclass(frozen=True)
class ExclusionSelection:
    """The exclusion page as its link describes it: the place with figures, and the picture of it, or its story.

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
    shell.open_page(*_parameters(widgets.linked("indicator", loaded_indicators())))
    bar, asked = sentence_bar.draw(), state.get("year")
    picture = widgets.linked("picture", (STORY, *PICTURES))
    with bar.change("more"):
        found, period = _group(bar.chosen, _indicator(), picture)
        choice = ExclusionSelection(found, picture, period, **_details(found, picture))
    if picture not in OF_NO_INDICATOR:
        at = rate_of(found, period)
        time = numbers.period(period, frequency=_frequency(found.view.indicator))
        bar.say(str(place_names.group_of(found.view)), time, aside=sentences.status(at) if at else "")
        _gone(found, asked, period)
    else:
        bar.say()
    return choice


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
    return kept | ({"also": _also(found)} if picture in (STORY, "trend") else {})


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
    return widgets.one_of("year", words, newest, text("choose.period"))


def _gone(found: Subject, asked: str | None, shown: str) -> None:
    """Write that the place has no figures for the time the link asks for, where it has none."""
    if asked is None or asked in periods_of(found):
        return
    facts = {"place": place(found.region), "group": place_names.group_of(found.view)}
    said = {name: numbers.period(code, frequency=_frequency(found.view.indicator)) for name, code in
            (("asked", asked), ("shown", shown))}  # fmt: skip
    st.info(text("notice.no_period", **facts, **said))


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
        UrlParameter("picture", (STORY, *PICTURES)),
        UrlParameter("age", ages),
        UrlParameter("sex", every_sex),
        UrlParameter("year", all_periods(indicator)),
        UrlParameter("beside", BESIDE),
        UrlParameter("within", WITHIN),
        UrlParameter("by", BY),
        UrlParameter("rule", RULE),
        UrlParameter("also", (NONE, *(code for code in loaded_indicators() if code != indicator))),
    )


def _indicator() -> str:
    names = {code: indicator_label(code) for code in loaded_indicators()}
    resets = ("age", "sex", "year", "also")
    return widgets.one_of("indicator", names, next(iter(names)), text("choose.indicator"), resets=resets)


def _labelled(name: str, options: tuple[str, ...]) -> str:
    return widgets.one_of(name, labels(name, options), options[0], text(f"choose.{name}"))


def _frequency(indicator: str) -> str:
    return provenance.indicators()[indicator].frequency
