"""Results as sentences. A sentence says what its values say: a verdict comes from the test, a break is always named."""

from analytics import places, provenance
from analytics.comparisons import Beside, Comparison, Gap
from analytics.rates import Rate
from analytics.results import NotEstimable
from pages.ui import format as written
from pages.ui.texts import language, text

PAST_YEARS = 5


def level(indicator: str, age_group: str, rate: Rate) -> str:
    """Return the level of one rate: count, population and share, as far as they are published, with its status."""
    definition = provenance.indicators()[indicator]
    facts = {
        "place": places.name_of(rate.region), "period": written.period(rate.period, frequency=definition.frequency),
        "share": written.percent(rate.value), "what": definition.numerator[language()], "ages": ages(age_group),
        "whole": definition.unit[language()], "status": status(rate),
    }  # fmt: skip
    if rate.count is None:
        return text("sentence.level_share", **facts)
    if rate.implied:
        return text("sentence.level_count", **facts, count=written.number(rate.count))
    people = {"count": written.number(rate.count), "population": written.number(rate.population)}
    return text("sentence.level_least" if rate.lower_bound else "sentence.level", **facts, **people)


def short_level(age_group: str, rate: Rate) -> str:
    """Return the level as a heading: `Kristiansand: 9,9 % av 15–29 år i 2024 (foreløpig)`."""
    facts = {"place": places.name_of(rate.region), "share": written.percent(rate.value), "ages": ages(age_group)}
    return text("sentence.short", **facts, period=written.period(rate.period), status=status(rate))


def ages(age_group: str) -> str:
    """Return an age group in words."""
    key = age_group.replace("-", "_")
    return text(f"age.{f'y{key}' if key[0].isdigit() else key}")


def status(rate: Rate) -> str:
    """Return ` (foreløpig)` where the figure is preliminary, else nothing."""
    return text("sentence.preliminary") if rate.status == "preliminary" else ""


def comparison(found: Comparison, home: Rate) -> str:
    """Return home against one other: the verdict of the test, and the other's level."""
    facts = {
        "place": places.name_of(home.region),
        "other": other_name(found),
        "share": written.percent(found.value),
    }
    if found.verdict in {"not_comparable", "across_break"}:
        return text("sentence.not_comparable", **facts, reason=reason(found))
    interval = _difference(found)
    return text(f"sentence.verdict.{found.verdict}", **facts, difference=interval)


def past(found: Comparison, home: Rate) -> str:
    """Return home now and in an earlier period; a break between them is named and no change is claimed across it."""
    facts = {
        "place": places.name_of(home.region), "then": written.period(found.period), "now": written.period(home.period),
        "share_then": written.percent(found.value), "share_now": written.percent(home.value), "status": status(home),
    }  # fmt: skip
    if found.verdict == "across_break":
        return text("sentence.past.across_break", **facts, breaks=breaks(found.breaks))
    if found.verdict == "not_comparable":
        return text("sentence.past.not_comparable", **facts, reason=reason(found))
    return text(f"sentence.past.{found.verdict}", **facts)


def gap(found: Gap, other: str) -> str:
    """Return the gap in persons as `if … were at the level of …`, with its interval."""
    if isinstance(found.persons, NotEstimable):
        return text("sentence.gap.unknown", other=other)
    low, high = found.persons.low, found.persons.high
    if low <= 0 <= high:
        return text("sentence.gap.none", other=other, low=_whole(low), high=_whole(high))
    key = "fewer" if found.persons.estimate > 0 else "more"
    ends = sorted((abs(low), abs(high)))
    return text(
        f"sentence.gap.{key}", other=other, persons=written.number(abs(found.persons.estimate)),
        low=written.number(ends[0]), high=written.number(ends[1]),
    )  # fmt: skip


def earlier(found: Beside) -> Comparison | None:
    """Return the comparison with the own past that the first screen names.

    The oldest period since the last break, at most five years back; without one, the newest before the break.
    """
    pasts = [each for each in found.comparisons if each.kind == "past" and each.value is not None]
    oldest = str(int(found.home.period[:4]) - PAST_YEARS) + found.home.period[4:]
    alike = [each for each in pasts if not each.breaks and each.period >= oldest]
    same_season = [each for each in alike if each.period[4:] == found.home.period[4:]]
    return next(iter(same_season or alike), pasts[-1] if pasts else None)


def breaks(periods: tuple[str, ...]) -> str:
    """Return breaks in words: `mellom 2020 og 2021`."""
    named = [text("sentence.break_between", before=_before(each), after=written.period(each)) for each in periods]
    return text("sentence.and").join(named)


def other_name(found: Comparison) -> str:
    """Return the other side of a comparison in words."""
    if found.kind == "rest_of_county":
        return text("sentence.rest_of_county", county=places.name_of(found.other))
    if found.kind in {"rest_of_nation", "similar"}:
        return text(f"sentence.{found.kind}")
    return places.name_of(found.other) if found.kind != "past" else written.period(found.period)


def reason(found: Comparison) -> str:
    """Return why there is no verdict."""
    return (
        text("sentence.reason.across_break", breaks=breaks(found.breaks))
        if found.breaks
        else text(f"sentence.reason.{found.reason}")
    )


def _difference(found: Comparison) -> str:
    if isinstance(found.difference, NotEstimable):
        return written.unknown()
    low, high = found.difference.low * 100, found.difference.high * 100
    return text("sentence.points_between", low=written.signed(low, 1), high=written.signed(high, 1))


def _before(period: str) -> str:
    """Return the last year of the old series where the new one begins with a year, else words for it."""
    return str(int(period) - 1) if len(period) == 4 else text("sentence.earlier")


def _whole(value: float) -> str:
    return written.signed(value, 0)
