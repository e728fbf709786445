"""Results as sentences. A sentence says what its values say: a verdict comes from the test, a break is always named."""

import re
from collections.abc import Sequence
from itertools import accumulate

from analytics import provenance
from analytics.exclusion.comparisons import Beside, Comparison, Gap
from analytics.exclusion.rates import Rate
from analytics.results import NotEstimable
from pages.format import numbers
from pages.format.place_names import PopulationGroup, place
from pages.format.texts import language, listed, text

PAST_YEARS = 5
FEW = 10
"""Fewer persons than this carry no headline and no verdict: chance and the publisher's rounding decide."""


def too_few(told: Rate | Comparison) -> bool:
    """Return whether a figure rests on too few persons to carry a headline or a verdict."""
    return told.count is not None and told.count < FEW


GLANCE = 30
"""The most words beneath a picture that are read at a glance."""
_BETWEEN = re.compile(r"(?<=[a-zæøå0-9)%»”][.!?]) (?=[A-ZÆØÅ0-9«“])(?<!\bnr\. )(?<!\bca\. )(?<!\bjf\. )(?<!\bmill\. )")


def join_sentences(*parts: str) -> str:
    """Return sentences one after the other, the empty ones left out."""
    return " ".join(filter(None, parts))


def level(group: PopulationGroup, rate: Rate) -> str:
    """Return the level of one rate: count, population and share, as far as they are published, with its status."""
    definition = provenance.indicators()[group.indicator]
    facts = {
        "place": place(rate.region), "period": numbers.period(rate.period, frequency=definition.frequency),
        "share": numbers.percent(rate.value), "what": definition.numerator[language()], "group": group,
        "whole": definition.unit[language()], "status": status(rate),
    }  # fmt: skip
    if rate.count is None:
        return text("sentence.level_share", **facts)
    if rate.implied:
        return text("sentence.level_count", **facts, count=numbers.number(rate.count))
    people = {"count": numbers.number(rate.count), "population": numbers.number(rate.population)}
    return text("sentence.level_least" if rate.lower_bound else "sentence.level", **facts, **people)


def short_level(what: str, group: PopulationGroup, rate: Rate, frequency: str | None = None) -> str:
    """Return the level as a heading, a least as such: `Utenfor, Kristiansand: 9,9 % (innbyggere 15–29 år) i 2024`."""
    facts = {"what": what, "place": place(rate.region), "share": numbers.percent(rate.value), "group": group}
    key = "sentence.short_least" if rate.lower_bound else "sentence.short"
    return text(key, **facts, period=numbers.period(rate.period, frequency=frequency), status=status(rate))


def status(rate: Rate, other: str = "") -> str:
    """Return ` (foreløpige tall)` where the figure, or the one beside it, is preliminary, else nothing."""
    return text("sentence.preliminary") if "preliminary" in {rate.status, other} else ""


def comparison(found: Comparison, home: Rate, group: PopulationGroup, frequency: str | None = None) -> str:
    """Return home against one other: when, the verdict of the test, and the other's level where it is known."""
    if found.kind == "past":
        return past(found, home, group, frequency)
    level_words = _share(found.value, least=found.reason == "lower_bound")
    share = text("sentence.in_brackets", words=level_words) if found.value is not None else ""
    facts = {
        "place": place(home.region), "group": group, "other": other_name(found, frequency) + share,
        "period": numbers.period(home.period, frequency=frequency), "status": status(home, found.status),
    }  # fmt: skip
    if found.verdict == "not_comparable":
        return text("sentence.not_comparable", **facts, reason=reason(found))
    return text(f"sentence.verdict.{found.verdict}", **facts, difference=_difference(found))


def past(found: Comparison, home: Rate, group: PopulationGroup, frequency: str | None = None) -> str:
    """Return home now and in an earlier period; a break between them is named and no change is claimed across it."""
    facts = {
        "place": place(home.region), "group": group, "then": numbers.period(found.period, frequency=frequency),
        "now": numbers.period(home.period, frequency=frequency), "status": status(home),
        "share_then": _share(found.value, least=found.reason == "lower_bound"),
        "share_now": _share(home.value, least=home.lower_bound),
        "status_then": text("sentence.preliminary") if found.status == "preliminary" else "",
    }  # fmt: skip
    if found.value is None:
        return text("sentence.past.unknown", **facts, reason=text(f"sentence.reason.{found.reason}"))
    if found.breaks:
        return text("sentence.past.across_break", **facts, breaks=breaks(found.breaks))
    if found.verdict == "not_comparable":
        return text("sentence.past.not_comparable", **facts, reason=reason(found))
    return text(f"sentence.past.{found.verdict}", **facts)


def gap(found: Gap, other: str, group: PopulationGroup) -> str:
    """Return the gap in persons as `at the level of …`, with its interval; no number where the test finds none."""
    facts = {"other": other, "group": group, "what": provenance.indicators()[group.indicator].numerator[language()]}
    if isinstance(found.persons, NotEstimable):
        return text("sentence.gap.unknown", **facts)
    low, high = found.persons.low, found.persons.high
    if not found.certain:
        return text("sentence.gap.none", **facts, low=numbers.signed(low), high=numbers.signed(high))
    key = "fewer" if found.persons.estimate > 0 else "more"
    ends = sorted((abs(low), abs(high)))
    return text(
        f"sentence.gap.{key}", **facts, persons=numbers.number(abs(found.persons.estimate)),
        low=numbers.number(ends[0]), high=numbers.number(ends[1]),
    )  # fmt: skip


def earlier(found: Beside) -> Comparison | None:
    """Return the comparison with the own past that the first screen names.

    The oldest period since the last break, at most five years back; without one, the newest before the break. None is
    of too few persons.
    """
    pasts = [each for each in found.comparisons if each.kind == "past" and each.value is not None and not too_few(each)]
    oldest = str(int(found.home.period[:4]) - PAST_YEARS)
    alike = [each for each in pasts if not each.breaks and each.period[:4] >= oldest]
    return next(iter(alike), pasts[-1] if pasts else None)


def of_few_before(found: Beside) -> bool:
    """Return whether the place had too few persons in all earlier periods that are known."""
    return earlier(found) is None and any(each.kind == "past" and too_few(each) for each in found.comparisons)


def breaks(periods: tuple[str, ...]) -> str:
    """Return breaks in words: `mellom 2020 og 2021`, `fra november 2018`."""
    return listed([_break(each) for each in periods])


def other_name(found: Comparison, frequency: str | None = None) -> str:
    """Return the other side of a comparison in words."""
    if found.kind == "rest_of_county":
        return text("sentence.rest_of_county", county=place(found.other))
    if found.kind in {"rest_of_nation", "similar"}:
        return text(f"sentence.{found.kind}")
    return place(found.other) if found.kind != "past" else numbers.period(found.period, frequency=frequency)


def reason(found: Comparison) -> str:
    """Return why there is no verdict."""
    if found.breaks:
        return text("sentence.reason.across_break", breaks=breaks(found.breaks))
    return text(f"sentence.reason.{found.reason}")


def _share(value: float | None, *, least: bool) -> str:
    """Return a share in words; a share that is a least (part of the sum is unknown) says so."""
    return text("sentence.at_least", share=numbers.percent(value)) if least else numbers.percent(value)


def _difference(found: Comparison) -> str:
    if isinstance(found.difference, NotEstimable):
        return numbers.unknown()
    low, high = (numbers.signed_per_hundred(end) for end in (found.difference.low, found.difference.high))
    return text("sentence.points_between", low=low, high=high)


def _break(period: str) -> str:
    """Return one break: between two years where the new series begins with a year, else when it begins."""
    if len(period) == 4:
        return text("sentence.break_between", before=str(int(period) - 1), after=period)
    return text("sentence.break_from", after=numbers.period(period))


def at_a_glance(note: str) -> tuple[str, str]:
    """Return as many of a note's first sentences as are read at a glance, one at the least, and the rest of it."""
    each = _BETWEEN.split(note.strip())
    words = list(accumulate(len(sentence.split()) for sentence in each))
    count = max(1, sum(many <= GLANCE for many in words))
    return join_sentences(*each[:count]), join_sentences(*each[count:])


def short_and_rest(notes: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Return the first notes that are read at a glance together as one text, and the others, each a paragraph."""
    known = [each for each in notes if each]
    whole = list(accumulate(len(each.split()) for each in known))
    count = sum(words <= GLANCE for words in whole)
    return join_sentences(*known[:count]), tuple(known[count:])
