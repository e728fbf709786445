"""What the reader has chosen on the exclusion page."""

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Annotated

import streamlit as st

from analytics import provenance, regions
from analytics.exclusion import subject
from analytics.exclusion.subject import Subject
from data.errors import InnenforError
from pages.components import sentence_bar
from pages.components.further import STORY
from pages.format import numbers, place_names, sentences, texts
from pages.format.place_names import place
from pages.format.texts import language, text
from pages.frame import expander
from pages.frame.cache import cached_object, cached_value
from pages.frame.url import state
from pages.frame.url.choices import Choice, PageChoices, Place

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
OF_PICTURE = {
    "beside": (STORY, "trend"),
    "within": ("ranking", "funnel"),
    "by": ("map",),
    "rule": (STORY, "compare"),
    "also": (STORY, "trend"),
}
"""Choice → the pictures it belongs to."""

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


def indicator_label(indicator: str) -> str:
    """Return an indicator's name in the reader's language."""
    return _labels()[indicator]


@cached_object
def _labels() -> Mapping[str, str]:
    return {code: each.label[language()] for code, each in provenance.indicators().items()}


def _linked_indicator() -> str:
    return CHOICES.linked("indicator")


def _every_sex() -> tuple[str, ...]:
    indicator = _linked_indicator()
    return tuple(dict.fromkeys(sex for age in age_groups(indicator) for sex in sexes(indicator, age)))


def _others() -> tuple[str, ...]:
    shown = _linked_indicator()
    return (NONE, *(code for code in loaded_indicators() if code != shown))


def _other(code: str) -> str:
    return text("choose.no_other") if code == NONE else indicator_label(code)


@dataclass(frozen=True)
class AskedGroup:
    """Whom the exclusion page's link asks about; the subject may be of the place above it that has figures."""

    region: Place
    indicator: Annotated[
        str, Choice(loaded_indicators, "choose.indicator", indicator_label, resets=("age", "sex", "year", "also"))
    ]
    age: Annotated[str, Choice(lambda: age_groups(_linked_indicator()), "choose.age", place_names.age)]
    sex: Annotated[str, Choice(_every_sex, "choose.sex", "sex.{}", first="both")]


@dataclass(frozen=True)
class ExclusionSelection:
    """The exclusion page as its link describes it: the place with figures, and the picture of it, or its story.

    period: the time shown. beside, within, by, rule, also: choices that belong to one picture.
    """

    subject: Subject
    picture: Annotated[str, Choice((STORY, *PICTURES))]
    period: Annotated[str, Choice(lambda: all_periods(_linked_indicator()), "choose.period", name="year")]
    beside: Annotated[str, Choice(BESIDE, "choose.beside", "beside.{}")] = BESIDE[0]
    within: Annotated[str, Choice(WITHIN, "choose.within", "within.{}")] = WITHIN[0]
    by: Annotated[str, Choice(BY, "choose.by", "by.{}")] = BY[0]
    rule: Annotated[str, Choice(RULE, "choose.rule", "rule.{}")] = RULE[0]
    also: Annotated[str, Choice(_others, "choose.also", _other)] = NONE


CHOICES = PageChoices(AskedGroup, ExclusionSelection)


def choose() -> ExclusionSelection:
    """Check the link, draw the widgets and return the choice. Raises NoFigures where no place has the indicator."""
    CHOICES.open()
    bar, asked = sentence_bar.draw(), state.get("year")
    picture = CHOICES.linked("picture")
    with bar.change("more"):
        found, period = _group(bar.chosen, picture)
        choice = ExclusionSelection(found, picture, period, **_details(found, picture))
    if picture not in OF_NO_INDICATOR:
        at = rate_of(found, period)
        time = numbers.period(period, frequency=_frequency(found.view.indicator))
        bar.say(str(place_names.group_of(found.view)), time, aside=sentences.status(at) if at else "")
        _gone(found, asked, period)
    else:
        bar.say()
    return choice


def _group(region: str, picture: str) -> tuple[Subject, str]:
    """Draw the choice of indicator, age, sex and period, and return the subject and the period."""
    indicator = CHOICES.draw("indicator")
    first, second, third = st.columns(3) if expander.is_open() else [nullcontext()] * 3
    with first:
        age = CHOICES.draw("age", age_groups(indicator), first=_nearest_age(region, indicator))
    with second:
        asked = AskedGroup(region, indicator, age, CHOICES.draw("sex", sexes(indicator, age)))
    found = subject_of(asked.indicator, asked.region, asked.age, asked.sex)
    if found is None:
        group = place_names.PopulationGroup(asked.age, asked.sex, asked.indicator)
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
    offered = {
        "within": WITHIN[::-1] if picture == "funnel" else WITHIN,
        "also": [code for code in (NONE, *loaded_indicators()) if code != found.view.indicator],
    }
    for name, pictures in OF_PICTURE.items():
        comparable = name == "also" or ((municipality or name != "within") and not in_persons(found))
        if picture in pictures and comparable:
            kept[name] = CHOICES.draw(name, offered.get(name))
    return kept


def _period(found: Subject, picture: str) -> str:
    periods = periods_of(found)
    of_municipalities = newest_of_municipalities(found) if picture in AMONG_MUNICIPALITIES else None
    newest = of_municipalities if of_municipalities in periods else periods[0]
    frequency = _frequency(found.view.indicator)
    words = {code: numbers.period(code, frequency=frequency) for code in periods}
    return CHOICES.draw("year", words, first=newest)


def _gone(found: Subject, asked: str | None, shown: str) -> None:
    """Write that the place has no figures for the time the link asks for, where it has none."""
    if asked is None or asked in periods_of(found):
        return
    facts = {"place": place(found.region), "group": place_names.group_of(found.view)}
    said = {name: numbers.period(code, frequency=_frequency(found.view.indicator)) for name, code in
            (("asked", asked), ("shown", shown))}  # fmt: skip
    st.info(text("notice.no_period", **facts, **said))


class NoFigures(InnenforError, code="no_figures", package=texts.PACKAGE):
    """No place the reader could be shown has figures for the indicator; `found` is its name."""


def _frequency(indicator: str) -> str:
    return provenance.indicators()[indicator].frequency
