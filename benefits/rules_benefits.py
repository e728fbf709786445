"""What a person receives in benefits, by date, age and earlier income. Amounts in nominal NOK, before tax."""

import math
from datetime import date
from typing import Any

import numpy as np

from benefits import prices
from benefits.errors import InvalidInput
from benefits.parameters import value


def of_working_age(day: date, age: float) -> bool:
    """Return whether the benefits reach a person: from the day of 18 years to the day before 67.

    An age that is no number of years raises InvalidInput.
    """
    if not math.isfinite(age) or age < 0:
        raise InvalidInput(where="age", found=str(age), allowed=">= 0 years")
    return value("nav.rates.benefit_age_first", day) <= age < value("nav.rates.benefit_age_last", day)


def is_young(day: date, age: float) -> bool:
    """Return whether the lower rates for the young hold: until the day before 25 years."""
    return age < value("nav.rates.under_25_age", day)


def aap_minimum(day: date, age: float, *, under_25_rule: bool = True) -> float:
    """Return the least work assessment allowance per year, in G.

    2.00 G before 1 July 2024 and 2.041 G from that day; two thirds of it for a person under 25 from 1 February 2020.
    `under_25_rule=False` gives the minimum without that reduction.
    """
    minimum = value("nav.rates.aap_minimum", day)
    return minimum * value("nav.rates.aap_minimum_under_25", day) if under_25_rule and is_young(day, age) else minimum


def aap_year(
    day: date, age: float, income_base: float, *, under_25_rule: bool = True, grunnbeloep: float | None = None
) -> float:
    """Return work assessment allowance (AAP) per year, in NOK before tax; 0 for a person outside 18–66.

    `income_base` is NOK per year; it counts up to 6 G. The allowance is 66 per cent of it, at least the minimum.
    `grunnbeloep` is G in NOK; omitted it is the published G of the day (raises ParameterUndefined where unknown).
    """
    if not of_working_age(day, age):
        return 0.0
    g = _grunnbeloep(day, grunnbeloep)
    base = _lesser(_not_negative("income_base", income_base), value("nav.rates.aap_base_cap", day) * g)
    minimum = aap_minimum(day, age, under_25_rule=under_25_rule) * g
    return _greater(value("nav.rates.aap_rate", day) * base, minimum)


def aap_day_rate(
    day: date, age: float, income_base: float, *, under_25_rule: bool = True, grunnbeloep: float | None = None
) -> float:
    """Return the AAP day rate in NOK, unrounded: the yearly allowance over 260 days."""
    year = aap_year(day, age, income_base, under_25_rule=under_25_rule, grunnbeloep=grunnbeloep)
    return year / value("nav.rates.aap_days", day)


def ufoeretrygd_floor(day: date, *, partner: bool = False, young_disabled: bool = False) -> float:
    """Return the least disability benefit per year at full degree, in G."""
    kind = ("young_" if young_disabled else "") + ("partner" if partner else "single")
    return value(f"nav.rates.ufoeretrygd_floor_{kind}", day)


def ufoeretrygd_base(day: date, incomes: tuple[float, ...], grunnbeloep: float | None = None) -> float:
    """Return the income base: the mean of the best three of the last five years, each up to the cap, in NOK.

    `incomes` are NOK per year, already adjusted to the day; fewer than three years count as years without income.
    """
    cap = value("nav.rates.ufoeretrygd_base_cap", day) * _grunnbeloep(day, grunnbeloep)
    best = sorted((min(_not_negative("incomes", income), cap) for income in incomes[-5:]), reverse=True)[:3]
    return sum(best) / 3


def ufoeretrygd_year(
    day: date,
    age: float,
    income_base: float,
    *,
    partner: bool = False,
    young_disabled: bool = False,
    grunnbeloep: float | None = None,
) -> float:
    """Return disability benefit (uføretrygd) per year at full degree, in NOK before tax; 0 outside 18–66.

    `income_base` is NOK per year (see `ufoeretrygd_base`), counted up to the cap; the floor holds beneath 66 per cent.
    """
    if not of_working_age(day, age):
        return 0.0
    g = _grunnbeloep(day, grunnbeloep)
    base = _lesser(_not_negative("income_base", income_base), value("nav.rates.ufoeretrygd_base_cap", day) * g)
    floor = ufoeretrygd_floor(day, partner=partner, young_disabled=young_disabled) * g
    return _greater(value("nav.rates.ufoeretrygd_rate", day) * base, floor)


def kvp_year(day: date, age: float, *, grunnbeloep: float | None = None) -> float:
    """Return the qualification benefit (kvalifiseringsstønad) per year, in NOK before tax; 0 outside 18–66."""
    if not of_working_age(day, age):
        return 0.0
    share = value("nav.rates.kvp_under_25", day) if is_young(day, age) else 1.0
    return value("nav.rates.kvp", day) * share * _grunnbeloep(day, grunnbeloep)


def dagpenger_day_rate(day: date, age: float, income_base: float, *, grunnbeloep: float | None = None) -> float:
    """Return unemployment benefit per day (five days a week), in NOK before tax; 0 outside 18–66.

    0.24 per cent of the income base (NOK per year) up to 6 G. The test of minimum income is the caller's.
    """
    if not of_working_age(day, age):
        return 0.0
    cap = value("nav.rates.dagpenger_cap", day) * _grunnbeloep(day, grunnbeloep)
    return value("nav.rates.dagpenger_day", day) * _lesser(_not_negative("income_base", income_base), cap)


def dagpenger_year(day: date, age: float, income_base: float, *, grunnbeloep: float | None = None) -> float:
    """Return unemployment benefit for a whole year of 260 days, in NOK before tax."""
    rate = dagpenger_day_rate(day, age, income_base, grunnbeloep=grunnbeloep)
    return rate * value("nav.rates.dagpenger_days", day)


def sosialhjelp_month(day: date, age: float, *, housing: float = 0.0) -> float:
    """Return social assistance per month for a single person, in NOK; it is free of tax; 0 outside 18–66.

    The state guideline leaves out rent and power: `housing` (NOK per month) comes on top.
    """
    if not of_working_age(day, age):
        return 0.0
    return value("nav.rates.sosialhjelp_single", day) + _not_negative("housing", housing)


def sosialhjelp_year(day: date, age: float, *, housing: float = 0.0) -> float:
    """Return social assistance for twelve months at the rate of the day, in NOK."""
    return 12 * sosialhjelp_month(day, age, housing=housing)


def _grunnbeloep(day: date, given: float | None) -> float:
    if given is not None and not (math.isfinite(given) and given > 0):
        raise InvalidInput(where="grunnbeloep", found=str(given), allowed="> 0 NOK")
    return prices.grunnbeloep(day) if given is None else given


def _not_negative(name: str, amount: float) -> float:
    if not bool(np.all(np.asarray(amount) >= 0)):
        raise InvalidInput(where=name, found=str(amount), allowed=">= 0 NOK")
    return amount


def _lesser(one: float, other: float) -> float:
    return as_plain(np.minimum(one, other))


def _greater(one: float, other: float) -> float:
    return as_plain(np.maximum(one, other))


def as_plain(amount: Any) -> float:  # noqa: ANN401 - a number, or an array with one element a draw
    """Return a number as a plain float; an array, one element a draw, goes through as it is."""
    return float(amount) if np.ndim(amount) == 0 else amount
