"""What a person receives in benefits, by date, age and earlier income. Amounts in nominal NOK, before tax."""

import math

import numpy as np

from benefits.errors import InvalidInput
from benefits.parameters import Rates
from benefits.rules import price_levels
from benefits.rules.basis import When, as_plain, rates_on


def of_working_age(when: When, age: float) -> bool:
    """Return whether the benefits reach a person: from the day of 18 years to the day before 67.

    An age that is no number of years raises InvalidInput.
    """
    if not math.isfinite(age) or age < 0:
        raise InvalidInput(where="age", found=str(age), allowed=">= 0 years")
    rates = rates_on(when)
    return bool(rates["nav.rates.benefit_age_first"] <= age < rates["nav.rates.benefit_age_last"])


def is_young(when: When, age: float) -> bool:
    """Return whether the lower rates for the young hold: until the day before 25 years."""
    return bool(age < rates_on(when)["nav.rates.under_25_age"])


def aap_minimum(when: When, age: float, *, under_25_rule: bool = True) -> float:
    """Return the least work assessment allowance per year, in G.

    2.00 G before 1 July 2024 and 2.041 G from that day; two thirds of it for a person under 25 from 1 February 2020.
    `under_25_rule=False` gives the minimum without that reduction.
    """
    rates = rates_on(when)
    reduced = under_25_rule and is_young(rates, age)
    return as_plain(rates["nav.rates.aap_minimum"] * (rates["nav.rates.aap_minimum_under_25"] if reduced else 1.0))


def aap_year(
    when: When, age: float, income_base: float, *, under_25_rule: bool = True, grunnbeloep: float | None = None
) -> float:
    """Return work assessment allowance (AAP) per year, in NOK before tax; 0 for a person outside 18–66.

    `income_base` is NOK per year; it counts up to 6 G. The allowance is 66 per cent of it, at least the minimum.
    `grunnbeloep` is G in NOK; omitted it is the published G of the day (raises ParameterUndefined where unknown).
    """
    rates = rates_on(when)
    if not of_working_age(rates, age):
        return 0.0
    g = _grunnbeloep(rates, grunnbeloep)
    base = _counted(income_base, rates["nav.rates.aap_base_cap"] * g)
    return _at_least(rates["nav.rates.aap_rate"] * base, aap_minimum(rates, age, under_25_rule=under_25_rule) * g)


def aap_day_rate(
    when: When, age: float, income_base: float, *, under_25_rule: bool = True, grunnbeloep: float | None = None
) -> float:
    """Return the AAP day rate in NOK, unrounded: the yearly allowance over 260 days."""
    year = aap_year(when, age, income_base, under_25_rule=under_25_rule, grunnbeloep=grunnbeloep)
    return year / float(rates_on(when)["nav.rates.aap_days"])


def ufoeretrygd_floor(when: When, *, partner: bool = False, young_disabled: bool = False) -> float:
    """Return the least disability benefit per year at full degree, in G."""
    kind = ("young_" if young_disabled else "") + ("partner" if partner else "single")
    return as_plain(rates_on(when)[f"nav.rates.ufoeretrygd_floor_{kind}"])


def ufoeretrygd_base(when: When, incomes: tuple[float, ...], grunnbeloep: float | None = None) -> float:
    """Return the income base: the mean of the best three of the last five years, each up to the cap, in NOK.

    `incomes` are NOK per year, already adjusted to the day; fewer than three years count as years without income.
    """
    rates = rates_on(when)
    cap: float = rates["nav.rates.ufoeretrygd_base_cap"] * _grunnbeloep(rates, grunnbeloep)
    best = sorted((_counted(income, cap, "incomes") for income in incomes[-5:]), reverse=True)[:3]
    return sum(best) / 3


def ufoeretrygd_year(
    when: When, age: float, income_base: float, *, partner: bool = False, young_disabled: bool = False,
    grunnbeloep: float | None = None,
) -> float:  # fmt: skip
    """Return disability benefit (uføretrygd) per year at full degree, in NOK before tax; 0 outside 18–66.

    `income_base` is NOK per year (see `ufoeretrygd_base`), counted up to the cap; the floor holds beneath 66 per cent.
    The floor of the young disabled is paid from 20 years; a younger person has the ordinary one.
    """
    rates = rates_on(when)
    if not of_working_age(rates, age):
        return 0.0
    g = _grunnbeloep(rates, grunnbeloep)
    base = _counted(income_base, rates["nav.rates.ufoeretrygd_base_cap"] * g)
    young = young_disabled and of_young_disabled_age(rates, age)
    floor = ufoeretrygd_floor(rates, partner=partner, young_disabled=young) * g
    return _at_least(rates["nav.rates.ufoeretrygd_rate"] * base, floor)


def of_young_disabled_age(when: When, age: float) -> bool:
    """Return whether a person is old enough for the floor of the young disabled: from 20 years."""
    return bool(age >= rates_on(when)["nav.rates.ufoeretrygd_young_from_age"])


def child_supplement_year(when: When, children: float) -> float:
    """Return the child supplement per year to AAP, unemployment benefit and KVP, in NOK before tax: 260 days."""
    rates = rates_on(when)
    day = rates["nav.rates.child_supplement_day"] * rates["nav.rates.dagpenger_days"]
    return as_plain(day * _not_negative("children", children))


def kvp_year(when: When, age: float, *, grunnbeloep: float | None = None) -> float:
    """Return the qualification benefit (kvalifiseringsstønad) per year, in NOK before tax; 0 outside 18–66."""
    rates = rates_on(when)
    if not of_working_age(rates, age):
        return 0.0
    share = rates["nav.rates.kvp_under_25"] if is_young(rates, age) else 1.0
    return as_plain(rates["nav.rates.kvp"] * share * _grunnbeloep(rates, grunnbeloep))


def dagpenger_day_rate(when: When, age: float, income_base: float, *, grunnbeloep: float | None = None) -> float:
    """Return unemployment benefit per day (five days a week), in NOK before tax; 0 outside 18–66.

    0.24 per cent of the income base (NOK per year) up to 6 G; for how long, see `dagpenger_weeks`.
    """
    rates = rates_on(when)
    if not of_working_age(rates, age):
        return 0.0
    cap = rates["nav.rates.dagpenger_cap"] * _grunnbeloep(rates, grunnbeloep)
    return as_plain(rates["nav.rates.dagpenger_day"] * _counted(income_base, cap))


def dagpenger_year(when: When, age: float, income_base: float, *, grunnbeloep: float | None = None) -> float:
    """Return unemployment benefit for a whole year of 260 days, in NOK before tax."""
    rates = rates_on(when)
    rate = dagpenger_day_rate(rates, age, income_base, grunnbeloep=grunnbeloep)
    return as_plain(rate * rates["nav.rates.dagpenger_days"])


def dagpenger_weeks(
    when: When, income_base: float, *, income_36: float = 0.0, grunnbeloep: float | None = None
) -> float:
    """Return for how many weeks unemployment benefit is paid: 104, 52 with an income base under 2 G, else none.

    A right takes 1.5 G in the last 12 months (`income_base`, NOK), or 3 G in the last 36 (`income_36`, NOK).
    """
    rates = rates_on(when)
    g, year = _grunnbeloep(rates, grunnbeloep), np.asarray(_not_negative("income_base", income_base))
    total = np.asarray(_not_negative("income_36", income_36))
    right = (year >= rates["nav.rates.dagpenger_min_income"] * g) | (
        total >= rates["nav.rates.dagpenger_min_income_36"] * g
    )
    long = np.maximum(year, total / 3) >= rates["nav.rates.dagpenger_weeks_limit"] * g
    weeks = np.where(long, rates["nav.rates.dagpenger_weeks"], rates["nav.rates.dagpenger_weeks_low"])
    return as_plain(np.where(right, weeks, 0.0))


def sosialhjelp_month(when: When, age: float, *, housing: float = 0.0) -> float:
    """Return social assistance per month for a single person, in NOK; it is free of tax; 0 outside 18–66.

    The state guideline leaves out rent and power: `housing` (NOK per month) comes on top.
    """
    rates = rates_on(when)
    if not of_working_age(rates, age):
        return 0.0
    return as_plain(rates["nav.rates.sosialhjelp_single"] + _not_negative("housing", housing))


def sosialhjelp_year(when: When, age: float, *, housing: float = 0.0, months: float = 12) -> float:
    """Return social assistance in a year with so many months of it (0–12), at the rate of the day, in NOK."""
    return as_plain(months * sosialhjelp_month(when, age, housing=housing))


def _grunnbeloep(rates: Rates, given: float | None) -> float:
    if given is not None and not (math.isfinite(given) and given > 0):
        raise InvalidInput(where="grunnbeloep", found=str(given), allowed="> 0 NOK")
    return price_levels.grunnbeloep(rates) if given is None else given


def _not_negative(name: str, amount: float) -> float:
    if not bool(np.all(np.asarray(amount) >= 0)):
        raise InvalidInput(where=name, found=str(amount), allowed=">= 0 NOK")
    return amount


def _counted(income: float, cap: float, name: str = "income_base") -> float:
    """Return the part of an income that counts: up to the cap."""
    return as_plain(np.minimum(_not_negative(name, income), cap))


def _at_least(amount: float, floor: float) -> float:
    return as_plain(np.maximum(amount, floor))
