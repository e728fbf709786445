"""A place beside others: the rest of the county and the nation, peers, similar places, and its own past."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from analytics import regions
from analytics.exclusion import rounded_shares
from analytics.exclusion.comparability import SumTerm, addable
from analytics.exclusion.rates import Rate, View, as_rate, cross_section, edition_for, rate_at, series
from analytics.exclusion.rounded_shares import HalfUnits, Side
from analytics.exclusion.similar_municipalities import DEFAULT_RULE, Rule, named_beside, similar_municipalities
from analytics.regions import NATION
from analytics.results import Interval, NotEstimable
from data.catalogue import indicators
from data.period import Period, part_of_year
from data.settings import settings

KINDS = ("rest_of_nation", "rest_of_county", "peer", "also_shown", "similar", "past", "origin")


@dataclass(frozen=True)
class Comparison:
    """Home against one other.

    kind: one of `KINDS`; other: a region code (several pooled: the kind itself); period: the other's period.
    count, population, value: the other's (of a rest: the rest's own, None where it cannot be had); status: the other's.
    difference: home minus other, shares 0–1, with Newcombe's 95 % interval.
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
    status: str = "final"


@dataclass(frozen=True)
class Gap:
    """Persons between home's level and another's: home's count minus what the other's level would give.

    Positive: more stand outside than at the other's level. The interval is the difference's, times home's population.
    certain: whether the test supports a difference at all; without it no number of persons is claimed.
    """

    other: str
    persons: Interval | NotEstimable
    certain: bool = False


@dataclass(frozen=True)
class Beside:
    """Home's rate at one time and everything it is compared with."""

    view: View
    home: Rate
    comparisons: tuple[Comparison, ...]

    def one(self, kind: str) -> Comparison | None:
        """Return the first comparison of a kind, None without any."""
        return next((each for each in self.comparisons if each.kind == kind), None)


def view_of(
    indicator: str, region: str, age_group: str = "15-29", sex: str = "both", period: str | None = None
) -> View | None:
    """Return the view a region is compared in at a time (default its newest), None where it has no figure."""
    edition = edition_for(indicator, region, age_group, sex, period)
    return None if edition is None else View(indicator, age_group, sex, edition)


def beside(view: View, region: str, period: str, rule: Rule = DEFAULT_RULE) -> Beside | NotEstimable:
    """Return a region at one time beside its comparators, all in the view's edition, and its own past.

    NotEstimable where the region has no known rate then.
    """
    everyone = pl.concat([cross_section(view, period, level) for level in regions.LEVELS])
    home = rate_at(everyone, region, period)
    if home is None or home.value is None:
        reason = "no_row" if home is None else "empty" if home.population == 0 else home.status
        when = {"period": period, "frequency": indicators()[view.indicator].frequency}
        return NotEstimable(f"rate_{reason}", (("region", regions.name_of(region)), *when.items()))
    halves = rounded_shares.half_units(view.indicator)
    rests = [_rest(home, rate_at(everyone, whole, period), kind, halves) for kind, whole in _wholes(region)]
    singles = [
        against(home, rate_at(everyone, code, period), kind, halves)
        for kind, codes in _singles(region, named_beside(view, region, period, rule))
        for code in codes
    ]
    pooled = _pooled(view, home, everyone, similar_municipalities(view, region, period, rule))
    found = [each for each in [*rests, pooled, *singles] if each is not None]
    return Beside(view, home, (*found, *own_past(view, home)))


def own_past(view: View, home: Rate) -> list[Comparison]:
    """Return home now against the same season of earlier years, joined from editions.

    Across a break there is no verdict, only its name.
    """
    seasonal = indicators()[view.indicator].frequency in {"month", "quarter"}
    alike = part_of_year() == home.period[4:] if seasonal else pl.lit(value=True)
    earlier, halves = series(view, (home.region,)), rounded_shares.half_units(view.indicator)
    rates = [as_rate(row) for row in earlier.filter(pl.col("period") < home.period, alike).iter_rows(named=True)]
    found = [
        against(home, rate, "past", halves, breaks_between(view.indicator, rate.period, home.period)) for rate in rates
    ]
    return [each for each in found if each is not None]


def breaks_between(indicator: str, first: str, last: str) -> tuple[str, ...]:
    """Return the breaks after `first` up to and with `last`, each by the first period of the new series."""
    frequency = indicators()[indicator].frequency
    start, end = Period.of(first, frequency).start, Period.of(last, frequency).start
    return tuple(b.at for b in indicators()[indicator].breaks if start < Period.of(b.at).start <= end)


def gap_in_persons(home: Rate, comparison: Comparison) -> Gap:
    """Return how many persons lie between home's level and the other's (see `Gap`); never across a break."""
    if comparison.verdict in {"not_comparable", "across_break"} or home.population is None:
        return Gap(comparison.other, NotEstimable(comparison.reason or "unknown_count"))
    if isinstance(comparison.difference, NotEstimable):
        return Gap(comparison.other, comparison.difference)
    difference, people = comparison.difference, home.population
    persons = Interval(difference.estimate * people, difference.low * people, difference.high * people)
    return Gap(comparison.other, persons, certain=comparison.verdict != "no_certain_difference")


def against(
    home: Rate, other: Rate | None, kind: str, halves: HalfUnits, breaks: tuple[str, ...] = ()
) -> Comparison | None:
    """Return home against another rate, None where the other has no row.

    halves: as `half_units`, empty where the publisher gives the populations; breaks: those between the two periods.
    """
    if other is None:
        return None
    sides = _sides(home, other, halves)
    if isinstance(sides, NotEstimable):
        return _without_verdict(kind, other, sides.reason, breaks)
    tested = replace(_tested(*sides, kind, other), population=other.population, value=other.value)
    return replace(tested, verdict="across_break", p=None, breaks=breaks, reason="across_break") if breaks else tested


def _wholes(region: str) -> list[tuple[str, str]]:
    county = regions.county_of(region)
    wholes = [("rest_of_county", county)] if county and county != region else []
    return wholes + ([("rest_of_nation", NATION)] if region != NATION else [])


def _singles(region: str, named: Sequence[str]) -> list[tuple[str, Sequence[str]]]:
    """Return the municipalities compared with one by one; those also shown are read beside the home and no other."""
    return [("peer", named), ("also_shown", settings().also_shown if region == regions.home() else ())]


def _rest(home: Rate, whole: Rate | None, kind: str, halves: HalfUnits) -> Comparison | None:
    """Return home against the whole without home; None where home is all of it (Oslo is its own county)."""
    if whole is None:
        return None
    sides = _sides(home, whole, halves)
    if isinstance(sides, NotEstimable):
        return _without_verdict(kind, whole, sides.reason)
    others = rounded_shares.rest(sides[1], sides[0])
    if isinstance(others, NotEstimable):
        return None if others.reason == "rest_empty" else _without_verdict(kind, whole, others.reason)
    return _tested(sides[0], others, kind, whole)


def _sides(home: Rate, other: Rate, halves: HalfUnits) -> tuple[Side, Side] | NotEstimable:
    if other.lower_bound or home.lower_bound:
        return NotEstimable("lower_bound")
    mine, theirs = rounded_shares.side_of(home, halves), rounded_shares.side_of(other, halves)
    if isinstance(mine, NotEstimable) or isinstance(theirs, NotEstimable):
        return NotEstimable("unknown_count")
    return mine, theirs


def _pooled(view: View, home: Rate, everyone: pl.DataFrame, codes: tuple[str, ...]) -> Comparison | None:
    """Return home against similar municipalities put together; unknown among them leaves their sum unknown."""
    addable([SumTerm(view.indicator, code, view.age_group, view.sex) for code in codes])
    others = everyone.filter(pl.col("region_code").is_in(codes))
    unknown = others["count"].null_count() + others["population"].null_count() + others["implied"].sum()
    if not codes or others.height < len(codes) or unknown or others["lower_bound"].any() or home.lower_bound:
        return None
    mine = rounded_shares.side_of(home, {})
    if isinstance(mine, NotEstimable):
        return None
    people = int(others["population"].sum())
    status = "preliminary" if (others["status"] == "preliminary").any() else "final"
    pool = replace(home, region="similar", status=status)
    return _tested(mine, Side(int(others["count"].sum()), people, people), "similar", pool)


def _tested(home: Side, other: Side, kind: str, source: Rate) -> Comparison:
    """Return the test of two sides; `source` names the other, its period and its status."""
    test = rounded_shares.compare(home, other)
    people = (other.fewest + other.most) / 2
    return Comparison(
        kind, source.region, source.period, other.count, round(people), other.count / people if people else None,
        test.difference, test.p, test.verdict, reason="" if test.p is not None else "unknown_count",
        status=source.status,
    )  # fmt: skip


def _without_verdict(kind: str, other: Rate, reason: str, breaks: tuple[str, ...] = ()) -> Comparison:
    """Return that there is no verdict, and why. The rest of a whole has no level of its own then."""
    own = not kind.startswith("rest_of")
    return Comparison(
        kind, other.region, other.period, other.count if own else None, other.population if own else None,
        other.value if own else None, NotEstimable(reason), None, "not_comparable", breaks, reason, other.status,
    )  # fmt: skip
