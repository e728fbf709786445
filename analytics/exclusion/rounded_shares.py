"""Shares whose population the publisher does not give: a test must hold wherever the true share can lie.

NAV prints a count and a rounded share. The population is count ÷ share, known only within the rounding. A test on the
middle of it would call two places different that differ by the rounding alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from analytics import regions
from analytics.exclusion.rates import Rate
from analytics.results import Interval, NotEstimable
from analytics.statistics import difference_test, rest_of
from data.warehouse.connection import query

HalfUnits = Mapping[tuple[str, str, str], float]


@dataclass(frozen=True)
class Side:
    """One side of a comparison: a count among a population that lies between `fewest` and `most`."""

    count: int
    fewest: float
    most: float


@dataclass(frozen=True)
class Tested:
    """What may be said of two sides: the difference (shares 0–1, with interval), p and the verdict."""

    difference: Interval | NotEstimable
    p: float | None
    verdict: str


def half_units(indicator: str) -> HalfUnits:
    """Return how far the published shares of an indicator may lie from the true ones: half of the last decimal printed,
    by edition, level and period. Empty where the publisher gives the populations.
    """
    rows = query("share_decimals", indicator=indicator)
    return {tuple(where): 0.5 * 10.0 ** -int(decimals) for *where, decimals in rows.iter_rows()}


def side_of(rate: Rate, halves: HalfUnits) -> Side | NotEstimable:
    """Return a rate as one side of a comparison; NotEstimable where its count or population is unknown."""
    if rate.count is None or rate.population is None or rate.value is None:
        return NotEstimable("unknown_count")
    if not rate.implied:
        return Side(rate.count, rate.population, rate.population)
    half = halves[rate.edition, regions.level_of(rate.region), rate.period]
    if rate.value <= half:
        return NotEstimable("unknown_count")
    return Side(rate.count, max(rate.count / (rate.value + half), rate.count), rate.count / (rate.value - half))


def rest(whole: Side, part: Side) -> Side | NotEstimable:
    """Return what is left of a whole without a part. NotEstimable as `rest_of`."""
    least = rest_of(part.count, part.most, whole.count, whole.fewest)
    most = rest_of(part.count, part.fewest, whole.count, whole.most)
    for each in (least, most):
        if isinstance(each, NotEstimable):
            return each
    return Side(whole.count - part.count, whole.fewest - part.most, whole.most - part.fewest)


def compare(home: Side, other: Side) -> Tested:
    """Return the test of home against another; where populations are ranges, what holds at both ends of them."""
    first = difference_test(home.count, home.most, other.count, other.fewest)
    if (home.fewest, other.fewest) == (home.most, other.most):
        return Tested(first.difference, first.p, first.verdict)
    second = difference_test(home.count, home.fewest, other.count, other.most)
    if isinstance(first.difference, NotEstimable) or isinstance(second.difference, NotEstimable):
        return Tested(NotEstimable("unknown_count"), None, "not_comparable")
    low, high = first.difference, second.difference
    middle = (low.estimate + high.estimate) / 2
    return Tested(
        Interval(middle, low.low, high.high), max(first.p or 0.0, second.p or 0.0), _both(first.verdict, second.verdict)
    )


def _both(one: str, two: str) -> str:
    """Return the weaker of two verdicts where both point the same way, else that nothing is certain."""
    strength, direction = zip(*(verdict.split("_", 1) for verdict in (one, two)), strict=True)
    if "no" in strength or direction[0] != direction[1]:
        return "no_certain_difference"
    return f"{'somewhat' if 'somewhat' in strength else 'clearly'}_{direction[0]}"
