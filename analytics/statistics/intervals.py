"""Intervals for a share, a rate and a difference between two shares.

The functions named `…_limits` take and return columns (NaN is unknown); the others take single numbers and use the
same code. In a full count the interval expresses chance variation from year to year, not sampling.
"""

from statistics import NormalDist

import numpy as np

from analytics.results import Interval, NotEstimable
from analytics.statistics.argument_checks import (
    Column,
    above_zero,
    between_zero_and_one,
    column,
    columns_among,
    people,
    people_among,
)

EXACT_BELOW = 10
"""Events below which a Poisson limit is exact, from which Byar's approximation serves (PHE 2018)."""


def two_sided_z(level: float) -> float:
    """Return the normal deviate of a two-sided level: 0.95 gives 1.959964."""
    return -NormalDist().inv_cdf((1 - between_zero_and_one(level, "level")) / 2)


def wilson_limits(counts: object, populations: object, level: float = 0.95) -> tuple[Column, Column]:
    """Return the lower and upper Wilson limits of columns of counts and populations, as shares 0–1.

    NaN where the count or the population is unknown or the population is 0. Raises StatisticsInputError.
    Source: Wilson (1927); method 3 of Newcombe (1998), Statistics in Medicine 17:857–872.
    """
    events, persons = columns_among(counts, populations)
    return wilson_limits_at(events, persons, two_sided_z(level))


def wilson_limits_at(events: Column, persons: Column, z: float | Column) -> tuple[Column, Column]:
    """Return Wilson limits at a normal deviate: the roots of (p̂ − p)² = z² p (1 − p) / n, in a stable form."""
    with np.errstate(divide="ignore", invalid="ignore"):
        known = np.where(persons > 0, persons, np.nan)
        share = events / known
        middle = events + z**2 / 2
        spread = z * np.sqrt(events * ((known - events) / known) + z**2 / 4)
        low = np.minimum(events * share / (middle + spread), share)
        high = np.maximum(np.minimum((middle + spread) / (known + z**2), 1.0), share)
    return low, high


def wilson_interval(count: float | None, population: float | None, level: float = 0.95) -> Interval | NotEstimable:
    """Return a share 0–1 with Wilson's score interval, without continuity correction.

    0 events: the lower limit is exactly 0; all events: the upper is exactly 1; one person and very large populations
    are ordinary cases. NotEstimable: a number is None, or the population is 0. Raises StatisticsInputError: negative
    or non-finite number, count above population, level outside 0–1.
    Source: Wilson (1927); recommended by Newcombe (1998) and by APHO Technical Briefing 3 (2008).
    """
    z = two_sided_z(level)
    known = people_among(count, population)
    if isinstance(known, NotEstimable):
        return known
    low, high = wilson_limits_at(*_as_columns(known), z)
    return Interval(known[0] / known[1], float(low[0]), float(high[0]))


def poisson_limits(counts: object, level: float = 0.95) -> tuple[Column, Column]:
    """Return limits of the expected number of events behind columns of counts: exact below 10, Byar's from 10.

    0 events: the lower limit is exactly 0. NaN where the count is unknown.
    Source: Garwood (1936), Biometrika 28:437–442 (exact, by chi-squared quantiles); Byar in Breslow & Day (1987),
    Statistical Methods in Cancer Research II, p. 69; the switch at 10 follows Public Health England (2018).
    """
    events = column(counts, "counts")
    exact, byar = _garwood(events, between_zero_and_one(level, "level")), _byar(events, two_sided_z(level))
    few = events < EXACT_BELOW
    return np.where(few, exact[0], byar[0]), np.where(few, exact[1], byar[1])


def _garwood(events: Column, level: float) -> tuple[Column, Column]:
    from scipy.special import gammainccinv, gammaincinv

    few, tail = np.where(events < EXACT_BELOW, events, np.nan), (1 - level) / 2
    low = np.where(few > 0, gammaincinv(np.where(few > 0, few, 1.0), tail), few)
    return low, gammainccinv(few + 1, tail)


def _byar(events: Column, z: float) -> tuple[Column, Column]:
    many = np.where(events < EXACT_BELOW, np.nan, events)
    low = many * (1 - 1 / (9 * many) - z / (3 * np.sqrt(many))) ** 3
    return low, (many + 1) * (1 - 1 / (9 * (many + 1)) + z / (3 * np.sqrt(many + 1))) ** 3


def rate_interval(
    count: float | None, population: float | None, per: float = 100, level: float = 0.95
) -> Interval | NotEstimable:
    """Return events per `per` persons (or person-years) with its Poisson interval: exact below 10 events, else Byar's.

    0 events: estimate and lower limit are 0, the upper is exact. Events may outnumber persons (a person-year may hold
    several). NotEstimable: a number is None, or the population is 0. Raises StatisticsInputError.
    Source: Garwood (1936); Breslow & Day (1987); Public Health England (2018), Technical Guide: Confidence Intervals.
    """
    scale, known = above_zero(per, "per"), people(count, population)
    low, high = poisson_limits([0.0 if isinstance(known, NotEstimable) else known[0]], level)
    if isinstance(known, NotEstimable):
        return known
    events, persons = known
    return Interval(events / persons * scale, float(low[0]) / persons * scale, float(high[0]) / persons * scale)


def newcombe_limits(
    events1: object, n1: object, events0: object, n0: object, level: float = 0.95
) -> tuple[Column, Column]:
    """Return lower and upper limits of differences between shares, first minus second, for columns."""
    first, second = columns_among(events1, n1), columns_among(events0, n0)
    return newcombe_limits_at(first, second, two_sided_z(level))


def newcombe_limits_at(
    first: tuple[Column, Column], second: tuple[Column, Column], z: float | Column
) -> tuple[Column, Column]:
    """Return Newcombe's limits at a normal deviate: each share's distance to its Wilson limit, squared and added."""
    (low1, high1), (low0, high0) = wilson_limits_at(*first, z), wilson_limits_at(*second, z)
    with np.errstate(divide="ignore", invalid="ignore"):
        share1, share0 = first[0] / first[1], second[0] / second[1]
    below, above = np.hypot(share1 - low1, high0 - share0), np.hypot(high1 - share1, share0 - low0)
    return np.maximum(share1 - share0 - below, -1.0), np.minimum(share1 - share0 + above, 1.0)


def newcombe_interval(
    events1: float | None, n1: float | None, events0: float | None, n0: float | None, level: float = 0.95
) -> Interval | NotEstimable:
    """Return the difference between two independent shares, first minus second, with Newcombe's hybrid score interval.

    No continuity correction. The limits stay within −1 and 1; 10/10 v. 0/10 ends at exactly 1. NotEstimable: a number
    is None or a group is empty. Raises StatisticsInputError.
    Source: method 10 of Newcombe (1998), Statistics in Medicine 17:873–890.
    """
    z, first, second = two_sided_z(level), people_among(events1, n1), people_among(events0, n0)
    if isinstance(first, NotEstimable):
        return first
    if isinstance(second, NotEstimable):
        return second
    low, high = newcombe_limits_at(_as_columns(first), _as_columns(second), z)
    return Interval(first[0] / first[1] - second[0] / second[1], float(low[0]), float(high[0]))


def _as_columns(pair: tuple[float, float]) -> tuple[Column, Column]:
    return np.array(pair[:1]), np.array(pair[1:])
