"""What a person receives in benefits, by date, age and earlier income. Amounts in nominal NOK, before tax."""

import math
from datetime import date
from typing import Any

import numpy as np

from benefits.errors import InvalidInput
from benefits.parameters import PUBLISHED, Parameters
from benefits.rules import price_levels


def of_working_age(day: date, age: float, *, parameters: Parameters = PUBLISHED) -> bool:
    """Return whether the benefits reach a person: from the day of 18 years to the day before 67.

    An age that is no number of years raises InvalidInput.
    """
    if not math.isfinite(age) or age < 0:
        raise InvalidInput(where="age", found=str(age), allowed=">= 0 years")
    rates = parameters.at(day)
    return bool(rates["nav.rates.benefit_age_first"] <= age < rates["nav.rates.benefit_age_last"])


def is_young(day: date, age: float, *, parameters: Parameters = PUBLISHED) -> bool:
    """Return whether the lower rates for the young hold: until the day before 25 years."""
    return bool(age < parameters.at(day)["nav.rates.under_25_age"])


def aap_minimum(day: date, age: float, *, under_25_rule: bool = True, parameters: Parameters = PUBLISHED) -> float:
    """Return the least work assessment allowance per year, in G.

    2.00 G before 1 July 2024 and 2.041 G from that day; two thirds of it for a person under 25 from 1 February 2020.
    `under_25_rule=False` gives the minimum without that reduction.
    """
    rates = parameters.at(day)
    reduced = under_25_rule and is_young(day, age, parameters=parameters)
    minimum = rates["nav.rates.aap_minimum"] * (rates["nav.rates.aap_minimum_under_25"] if reduced else 1.0)
    return as_plain(minimum)


def aap_year(
    day: date,
    age: float,
    income_base: float,
    *,
    under_25_rule: bool = True,
    grunnbeloep: float | None = None,
    parameters: Parameters = PUBLISHED,
) -> float:
    """Return work assessment allowance (AAP) per year, in NOK before tax; 0 for a person outside 18–66.

    `income_base` is NOK per year; it counts up to 6 G. The allowance is 66 per cent of it, at least the minimum.
    `grunnbeloep` is G in NOK; omitted it is the published G of the day (raises ParameterUndefined where unknown).
    """
    if not of_working_age(day, age, parameters=parameters):
        return 0.0
    g, rates = _grunnbeloep(day, grunnbeloep, parameters), parameters.at(day)
    base = _lesser(_not_negative("income_base", income_base), rates["nav.rates.aap_base_cap"] * g)
    minimum = aap_minimum(day, age, under_25_rule=under_25_rule, parameters=parameters) * g
    return _greater(rates["nav.rates.aap_rate"] * base, minimum)


def aap_day_rate(
    day: date,
    age: float,
    income_base: float,
    *,
    under_25_rule: bool = True,
    grunnbeloep: float | None = None,
    parameters: Parameters = PUBLISHED,
) -> float:
    """Return the AAP day rate in NOK, unrounded: the yearly allowance over 260 days."""
    year = aap_year(day, age, income_base, under_25_rule=under_25_rule, grunnbeloep=grunnbeloep, parameters=parameters)
    return year / float(parameters.at(day)["nav.rates.aap_days"])


def ufoeretrygd_floor(
    day: date, *, partner: bool = False, young_disabled: bool = False, parameters: Parameters = PUBLISHED
) -> float:
    """Return the least disability benefit per year at full degree, in G."""
    kind = ("young_" if young_disabled else "") + ("partner" if partner else "single")
    return as_plain(parameters.at(day)[f"nav.rates.ufoeretrygd_floor_{kind}"])


def ufoeretrygd_base(
    day: date,
    incomes: tuple[float, ...],
    grunnbeloep: float | None = None,
    *,
    parameters: Parameters = PUBLISHED,
) -> float:
    """Return the income base: the mean of the best three of the last five years, each up to the cap, in NOK.

    `incomes` are NOK per year, already adjusted to the day; fewer than three years count as years without income.
    """
    cap: float = parameters.at(day)["nav.rates.ufoeretrygd_base_cap"] * _grunnbeloep(day, grunnbeloep, parameters)
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
    parameters: Parameters = PUBLISHED,
) -> float:
    """Return disability benefit (uføretrygd) per year at full degree, in NOK before tax; 0 outside 18–66.

    `income_base` is NOK per year (see `ufoeretrygd_base`), counted up to the cap; the floor holds beneath 66 per cent.
    """
    if not of_working_age(day, age, parameters=parameters):
        return 0.0
    g, rates = _grunnbeloep(day, grunnbeloep, parameters), parameters.at(day)
    base = _lesser(_not_negative("income_base", income_base), rates["nav.rates.ufoeretrygd_base_cap"] * g)
    floor = ufoeretrygd_floor(day, partner=partner, young_disabled=young_disabled, parameters=parameters) * g
    return _greater(rates["nav.rates.ufoeretrygd_rate"] * base, floor)


def kvp_year(day: date, age: float, *, grunnbeloep: float | None = None, parameters: Parameters = PUBLISHED) -> float:
    """Return the qualification benefit (kvalifiseringsstønad) per year, in NOK before tax; 0 outside 18–66."""
    if not of_working_age(day, age, parameters=parameters):
        return 0.0
    rates = parameters.at(day)
    share = rates["nav.rates.kvp_under_25"] if is_young(day, age, parameters=parameters) else 1.0
    return as_plain(rates["nav.rates.kvp"] * share * _grunnbeloep(day, grunnbeloep, parameters))


def dagpenger_day_rate(
    day: date,
    age: float,
    income_base: float,
    *,
    grunnbeloep: float | None = None,
    parameters: Parameters = PUBLISHED,
) -> float:
    """Return unemployment benefit per day (five days a week), in NOK before tax; 0 outside 18–66.

    0.24 per cent of the income base (NOK per year) up to 6 G. The test of minimum income is the caller's.
    """
    if not of_working_age(day, age, parameters=parameters):
        return 0.0
    rates = parameters.at(day)
    cap = rates["nav.rates.dagpenger_cap"] * _grunnbeloep(day, grunnbeloep, parameters)
    return as_plain(rates["nav.rates.dagpenger_day"] * _lesser(_not_negative("income_base", income_base), cap))


def dagpenger_year(
    day: date,
    age: float,
    income_base: float,
    *,
    grunnbeloep: float | None = None,
    parameters: Parameters = PUBLISHED,
) -> float:
    """Return unemployment benefit for a whole year of 260 days, in NOK before tax."""
    rate = dagpenger_day_rate(day, age, income_base, grunnbeloep=grunnbeloep, parameters=parameters)
    return as_plain(rate * parameters.at(day)["nav.rates.dagpenger_days"])


def sosialhjelp_month(day: date, age: float, *, housing: float = 0.0, parameters: Parameters = PUBLISHED) -> float:
    """Return social assistance per month for a single person, in NOK; it is free of tax; 0 outside 18–66.

    The state guideline leaves out rent and power: `housing` (NOK per month) comes on top.
    """
    if not of_working_age(day, age, parameters=parameters):
        return 0.0
    single = parameters.at(day)["nav.rates.sosialhjelp_single"]
    return as_plain(single + _not_negative("housing", housing))


def sosialhjelp_year(day: date, age: float, *, housing: float = 0.0, parameters: Parameters = PUBLISHED) -> float:
    """Return social assistance for twelve months at the rate of the day, in NOK."""
    return 12 * sosialhjelp_month(day, age, housing=housing, parameters=parameters)


def _grunnbeloep(day: date, given: float | None, parameters: Parameters) -> float:
    if given is not None and not (math.isfinite(given) and given > 0):
        raise InvalidInput(where="grunnbeloep", found=str(given), allowed="> 0 NOK")
    return price_levels.grunnbeloep(day, parameters) if given is None else given


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
