"""A place beside others: the rest of the county and the nation, peers, similar places, and its own past."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from analytics import places
from analytics.places import NATION
from analytics.rates import Rate, View, cross_section, edition_for, rate_at, series
from analytics.results import Interval, NotEstimable
from analytics.similar import DEFAULT_RULE, Rule, similar_municipalities
from analytics.statistics import difference_test, rest_of
from data.catalogue import indicators
from data.settings import settings

KINDS = ("rest_of_nation", "rest_of_county", "peer", "also_shown", "similar", "past")


@dataclass(frozen=True)
class Comparison:
    """Home against one other.

    kind: one of `KINDS`; other: a region code (several pooled: the kind itself); period: the other's period.
    count, population, value: the other's; difference: home minus other, shares 0–1, with Newcombe's 95 % interval.
    verdict: as `difference_test`, or `across_break`; breaks: the breaks between the two periods, named by their first
    period; reason: why there is no verdict (key of `not_estimable` in the texts), "" where there is one.
    """

    kind: str
    other: str
    period: str
    count: int | None
    population: int | None
    value: float | None
    difference: Interval | NotEstimable
    p: float | None
    verdict: str
    breaks: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class Gap:
    """Persons between home's level and another's: home's count minus what the other's level would give.

    Positive: more stand outside than at the other's level. The interval is the difference's, times home's population.
    """

    other: str
    persons: Interval | NotEstimable


@dataclass(frozen=True)
class Beside:
    """Home's rate at one time and everything it is compared with."""

    view: View
    home: Rate
    comparisons: tuple[Comparison, ...]

    def one(self, kind: str) -> Comparison | None:
        """Return the first comparison of a kind, None without any."""
        return next((each for each in self.comparisons if each.kind == kind), None)


def view_of(indicator: str, region: str, age_group: str = "15-29", sex: str = "both") -> View | None:
    """Return the view in which a region is compared, None where the indicator has no figure for it."""
    edition = edition_for(indicator, region, age_group, sex)
    return None if edition is None else View(indicator, age_group, sex, edition)


def beside(view: View, region: str, period: str, rule: Rule = DEFAULT_RULE) -> Beside | NotEstimable:
    """Return a region at one time beside its comparators and its own past, all in one edition.

    NotEstimable where the region has no known rate then.
    """
    everyone = pl.concat([cross_section(view, period, level) for level in places.LEVELS])
    home = rate_at(everyone, region, period)
    if home is None or home.value is None:
        reason = "no_row" if home is None else home.status
        return NotEstimable(f"rate_{reason}", (("region", places.name_of(region)), ("period", period)))
    rests = [_rest(home, rate_at(everyone, whole, period), kind) for kind, whole in _wholes(region)]
    singles = [
        _against(home, rate_at(everyone, code, period), kind) for kind, codes in _singles(region) for code in codes
    ]
    pooled = _pooled(home, everyone, similar_municipalities(view, region, period, rule))
    found = [each for each in [*rests, pooled, *singles] if each is not None]
    return Beside(view, home, (*found, *own_past(view, home)))


def own_past(view: View, home: Rate) -> list[Comparison]:
    """Return home now against each of its earlier years; across a break there is no verdict, only the break's name."""
    earlier = series(view, (home.region,)).filter(pl.col("period") < home.period)
    rates = [rate_at(earlier, home.region, period) for period in earlier["period"]]
    return [
        _against(home, rate, "past", breaks_between(view.indicator, rate.period, home.period)) for rate in rates if rate
    ]


def breaks_between(indicator: str, first: str, last: str) -> tuple[str, ...]:
    """Return the breaks after `first` up to and with `last`, each by the first period of the new series."""
    return tuple(b.at for b in indicators()[indicator].breaks if first < b.at <= last and not first.startswith(b.at))


def gap_in_persons(home: Rate, comparison: Comparison) -> Gap:
    """Return how many persons lie between home's level and the other's (see `Gap`)."""
    if isinstance(comparison.difference, NotEstimable) or home.population is None:
        return Gap(comparison.other, NotEstimable("unknown_count"))
    difference, people = comparison.difference, home.population
    return Gap(
        comparison.other, Interval(difference.estimate * people, difference.low * people, difference.high * people)
    )


def _wholes(region: str) -> list[tuple[str, str]]:
    county = places.county_of(region)
    wholes = [("rest_of_county", county)] if county and county != region else []
    return wholes + ([("rest_of_nation", NATION)] if region != NATION else [])


def _singles(region: str) -> list[tuple[str, Sequence[str]]]:
    if places.level_of(region) != "municipality":
        return []
    also = [code for code in settings().also_shown if code != region]
    return [("peer", places.peers_of(region)), ("also_shown", also)]


def _rest(home: Rate, whole: Rate | None, kind: str) -> Comparison | None:
    if whole is None:
        return None
    rest = rest_of(home.count, home.population, whole.count, whole.population)
    if isinstance(rest, NotEstimable) or whole.lower_bound or home.lower_bound:
        reason = rest.reason if isinstance(rest, NotEstimable) else "lower_bound"
        return _without_verdict(kind, whole, reason)
    return _tested(home, kind, whole.region, whole.period, int(rest.count), int(rest.population))


def _against(home: Rate, other: Rate | None, kind: str, breaks: tuple[str, ...] = ()) -> Comparison | None:
    if other is None:
        return None
    if other.count is None or other.population is None or home.count is None or other.lower_bound or home.lower_bound:
        unknown = "lower_bound" if other.lower_bound or home.lower_bound else "unknown_count"
        return _without_verdict(kind, other, unknown, breaks)
    found = _tested(home, kind, other.region, other.period, other.count, other.population)
    if not breaks:
        return found
    return Comparison(
        **{**vars(found), "verdict": "across_break", "p": None, "breaks": breaks, "reason": "across_break"}
    )


def _pooled(home: Rate, everyone: pl.DataFrame, codes: tuple[str, ...]) -> Comparison | None:
    """Return home against similar municipalities put together; unknown among them leaves their sum unknown."""
    others = everyone.filter(pl.col("region_code").is_in(codes))
    if others.is_empty() or others["count"].null_count() or others["lower_bound"].any():
        return None
    return _tested(home, "similar", "similar", home.period, int(others["count"].sum()), int(others["population"].sum()))


def _tested(home: Rate, kind: str, other: str, period: str, count: int, population: int) -> Comparison:
    test = difference_test(home.count, home.population, count, population)
    value = count / population if population else None
    return Comparison(kind, other, period, count, population, value, test.difference, test.p, test.verdict)


def _without_verdict(kind: str, other: Rate, reason: str, breaks: tuple[str, ...] = ()) -> Comparison:
    return Comparison(
        kind, other.region, other.period, other.count, other.population, other.value,
        NotEstimable(reason), None, "not_comparable", breaks, reason,
    )  # fmt: skip
