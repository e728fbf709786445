"""Discounting at a real rate that may fall with time, in constant prices."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from benefits.errors import InvalidInput
from benefits.parameters import parameter

Steps = tuple[tuple[int, float], ...]
_CIRCULAR = "finansdepartementet.r109"


@dataclass(frozen=True)
class DiscountSchedule:
    """A real rate by year: `steps` are (first year, rate), the first from year 1, each until the next.

    `published` names a schedule kept among the parameters instead (`"R109"`), read when first used.
    """

    steps: Steps = ()
    published: str = ""

    def __post_init__(self) -> None:
        years = [year for year, _ in self.steps]
        if not self.published and (not years or years[0] != 1 or years != sorted(set(years))):
            raise InvalidInput(where="steps", found=str(self.steps), allowed="(1, rate), (later year, rate), …")
        for _, rate in self.steps:
            _real_rate(rate)

    @classmethod
    def constant(cls, rate: float) -> "DiscountSchedule":
        """Return a schedule with one rate for all years (a share a year, above −1)."""
        return cls(((1, rate),))

    def rate(self, year: int) -> float:
        """Return the rate between year − 1 and year; years before the first take the first rate."""
        steps = _published_steps(self.published) if self.published else self.steps
        return next((rate for first, rate in reversed(steps) if year >= first), steps[0][1])


R109 = DiscountSchedule(published="R109")
Rate = DiscountSchedule | float


def schedule_of(rate: float | None) -> Rate:
    """Return the schedule of a scenario: the circular's, or the constant real rate it chooses instead."""
    return R109 if rate is None else DiscountSchedule.constant(rate)


def discount_factor(years: float, schedule: Rate = R109) -> float:
    """Return the value in year 0 of one krone in year `years`: Π 1/(1 + r_k) for k = 1 … years.

    Year 0 gives 1.0. A part of a year is discounted at the rate of the year it lies in, so the factor is continuous.
    Years before 0 are compounded at the first rate, so the factor is above 1. Not a finite number: InvalidInput.
    `schedule` may be a plain rate (0.03) in place of a DiscountSchedule.
    """
    if not math.isfinite(years):
        raise InvalidInput(where="years", found=str(years), allowed="finite")
    rates = _schedule(schedule)
    if years < 0:
        return float((1 + rates.rate(1)) ** -years)
    whole = math.floor(years)
    factor = _whole_years(rates, whole)
    rest = years - whole
    return factor if rest == 0 else float(factor * (1 + rates.rate(whole + 1)) ** -rest)


def discount_factors(first_year: int, count: int, schedule: Rate = R109) -> NDArray[np.float64]:
    """Return the discount factors of `count` years from `first_year` on, shape (count,)."""
    return np.array(_factors(first_year, count, _schedule(schedule)), dtype=float)


def present_value(flows: Sequence[float] | ArrayLike, schedule: Rate = R109, first_year: int = 0) -> float:
    """Return the value in year 0 of flows in NOK a year; the first falls in `first_year`, each next a year later."""
    amounts = np.asarray(flows, dtype=float)
    if amounts.ndim != 1 or not bool(np.all(np.isfinite(amounts))):
        raise InvalidInput(where="flows", found=str(flows), allowed="finite numbers, one a year")
    return math.fsum(amounts * discount_factors(first_year, len(amounts), schedule))


def annuity(years: int, rate: Rate) -> float:
    """Return the value in year 0 of one krone at the end of each of `years` years; at rate 0 it is the years.

    `rate` is a share a year, or a DiscountSchedule.
    """
    if years < 0 or years != int(years):
        raise InvalidInput(where="years", found=str(years), allowed="0, 1, 2, …")
    return math.fsum(discount_factors(1, int(years), rate))


def _schedule(schedule: Rate) -> DiscountSchedule:
    return schedule if isinstance(schedule, DiscountSchedule) else DiscountSchedule.constant(float(schedule))


def _real_rate(rate: float) -> float:
    if not (math.isfinite(rate) and rate > -1):
        raise InvalidInput(where="rate", found=str(rate), allowed="> -1")
    return rate


@lru_cache(maxsize=256)
def _factors(first_year: int, count: int, schedule: DiscountSchedule) -> tuple[float, ...]:
    return tuple(discount_factor(first_year + step, schedule) for step in range(count))


@lru_cache(maxsize=4096)
def _whole_years(schedule: DiscountSchedule, years: int) -> float:
    return math.prod((1 / (1 + schedule.rate(year)) for year in range(1, years + 1)), start=1.0)


@cache
def _published_steps(name: str) -> Steps:
    if name != "R109":
        raise InvalidInput(where="published", found=name, allowed="R109")
    rates = [_circular(key) for key in ("rate_years_1_40", "rate_years_41_75", "rate_years_76_on")]
    firsts = [1, int(_circular("first_year_middle")), int(_circular("first_year_last"))]
    return tuple(zip(firsts, rates, strict=True))


def _circular(key: str) -> float:
    return parameter(f"{_CIRCULAR}.{key}").latest()
