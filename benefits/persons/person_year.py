"""What one person-year in a state is worth to whom: wages, benefits, taxes and their payers, by rule."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from benefits import rules
from benefits.parameters import Rates
from benefits.persons.sampled_scenario import SampledScenario
from benefits.rules.basis import is_nil
from benefits.scenario.model import PAYERS, WORK_STATES

_WEEKS = 52
Amount = Any  # a number, or an array with one element a draw
BENEFIT_PAYER = {
    "aap": "state_transfers",
    "ufoeretrygd": "state_transfers",
    "dagpenger": "state_transfers",
    "kvp": "municipality",
    "sosialhjelp": "municipality",
}
TAX_FREE = ("sosialhjelp",)
_AGES = ("benefit_age_first", "ufoeretrygd_young_from_age", "under_25_age")
GRADED = ("aap", "ufoeretrygd")
WITH_CHILD_SUPPLEMENT = ("aap", "dagpenger", "kvp")


@dataclass(frozen=True)
class Account:
    """One person-year in a state, in NOK: plus is better for the holder of each budget."""

    net_income: Amount
    pension: Amount
    labour_cost: Amount
    gross: Amount
    public: Mapping[str, Amount]


def rules_of_age(rates: Rates, ages: Sequence[float]) -> list[tuple[bool, ...]]:
    """Return, for each age, which of the ages that rules turn on are reached: 18, 20 and 25 years."""
    limits = [rates[f"nav.rates.{name}"] for name in _AGES]
    reached = [[bool(age >= limit) for age in ages] for limit in limits]
    return list(zip(*reached, strict=True))


def destination_account(sampled: SampledScenario) -> Account:
    """Return a person-year in the destination; the full-time share enters here and nowhere else."""
    destination, values, rates = sampled.scenario.destination, sampled.values, sampled.rates
    if destination.state not in WORK_STATES:
        return _account(sampled, 0.0, 0.0, 0.0, 0.0)
    gross = np.asarray(values["destination.wage_nok"]) * np.asarray(values["destination.full_time_share"])
    if destination.wage.low is None:
        gross = gross * rates["innenfor.model.wage_factor"]
    pension = np.asarray(rules.occupational_pension(gross, rates["innenfor.model.occupational_pension"]))
    paid = rules.employers_contribution(rates, destination.zone, gross + pension)
    contribution = np.asarray(paid)
    account = _account(sampled, gross, gross, pension, contribution)
    public = {**account.public, "state_tax": account.public["state_tax"] + contribution}
    return Account(account.net_income, pension, gross + pension + contribution, gross, public)


def participant_account(sampled: SampledScenario, job: Account, state: str, age: float) -> Account:
    """Return a participant's person-year in the destination: the job, and what is left of the benefit.

    Wage and benefit are taxed together.
    """
    drawn = left_of_benefit(sampled, job, state, age) if state in BENEFIT_PAYER else 0.0
    if not np.any(drawn):
        return job
    gross = job.gross + drawn
    taxed = _account(sampled, gross, job.gross if state in TAX_FREE else gross, job.pension, 0.0)
    contribution = job.labour_cost - job.gross - job.pension
    public = {**taxed.public, "state_tax": taxed.public["state_tax"] + contribution}
    public[BENEFIT_PAYER[state]] = public[BENEFIT_PAYER[state]] - drawn
    return Account(taxed.net_income, job.pension, job.labour_cost, gross, public)


def left_of_benefit(sampled: SampledScenario, job: Account, state: str, age: float) -> Amount:
    """Return what is drawn of a benefit beside the job, NOK a year: the share a scenario gives, else by rule.

    AAP falls with the hours worked, disability benefit with the wage; the others stop.
    """
    scenario, rates, origin = sampled.scenario, sampled.rates, sampled.scenario.origin
    whole = partial(benefit, sampled, state, age, origin.income_base_nok)
    if scenario.destination.benefit_kept is not None:
        return np.asarray(sampled.values["destination.benefit_kept"]) * whole()
    if scenario.destination.state not in WORK_STATES or state not in GRADED:
        return 0.0
    if state == "aap":
        return np.asarray(whole()) * rules.aap_left(rates, sampled.values["destination.full_time_share"])
    g, own = scenario.grunnbeloep_nok, _own_benefit(sampled, state, age, origin.income_base_nok)
    left = rules.ufoeretrygd_left(rates, own, job.gross, _income_before(sampled, age), grunnbeloep=g)
    supplement = _disability_child_supplement(sampled, age, own, job.gross + np.asarray(left))
    return left if is_nil(supplement) else left + np.where(np.asarray(left) > 0, supplement, 0.0)


def benefit_account(
    sampled: SampledScenario, state: str, age: float, income_base: Amount | None = None, years: int | None = None
) -> Account:
    """Return a person-year on a benefit, in education or without income, at the rules of the base year.

    `years` is how long the person has been in the state: unemployment benefit takes an income and ends after its weeks.
    Without it the benefit is that of a whole year.
    """
    if state not in BENEFIT_PAYER:
        return _account(sampled, 0.0, 0.0, 0.0, 0.0)
    base = sampled.scenario.origin.income_base_nok if income_base is None else income_base
    amount = benefit(sampled, state, age, base)
    if state == "dagpenger" and years is not None:
        weeks = rules.dagpenger_weeks(sampled.rates, base, grunnbeloep=sampled.scenario.grunnbeloep_nok)
        drawn = np.clip(np.asarray(weeks) / _WEEKS - years, 0.0, 1.0)
        amount = amount * drawn if np.any(drawn) else 0.0
    account = _account(sampled, amount, 0.0 if state in TAX_FREE else amount, 0.0, 0.0)
    payer = BENEFIT_PAYER[state]
    return Account(account.net_income, 0.0, 0.0, amount, {**account.public, payer: account.public[payer] - amount})


def benefit(sampled: SampledScenario, state: str, age: float, income_base: Amount) -> Amount:
    """Return a benefit per year before tax, in NOK, at the mean base amount (G) of the base year, for its children."""
    own = _own_benefit(sampled, state, age, income_base)
    if state in WITH_CHILD_SUPPLEMENT and rules.of_working_age(sampled.rates, age):
        return own + rules.child_supplement_year(sampled.rates, sampled.scenario.origin.children)
    return own + _disability_child_supplement(sampled, age, own, own) if state == "ufoeretrygd" else own


def _disability_child_supplement(sampled: SampledScenario, age: float, whole: Amount, income: Amount) -> Amount:
    """Return the child supplement to a whole disability benefit, at the person's own income from wage and benefit."""
    origin = sampled.scenario.origin
    if not origin.children or not rules.of_working_age(sampled.rates, age):
        return 0.0
    return rules.ufoeretrygd_child_supplement(
        sampled.rates, origin.children, whole, income, _income_before(sampled, age),
        partner_income=sampled.nok("innenfor.model.partner_income") if origin.partner else None,
        grunnbeloep=sampled.scenario.grunnbeloep_nok,
    )  # fmt: skip


def _income_before(sampled: SampledScenario, age: float) -> Amount:
    """Return the income before disability, NOK per year."""
    origin, rates = sampled.scenario.origin, sampled.rates
    young = origin.young_disabled and rules.of_young_disabled_age(rates, age)
    g = sampled.scenario.grunnbeloep_nok
    return rules.income_before_disability(
        rates, origin.income_base_nok, partner=origin.partner, young_disabled=young, grunnbeloep=g
    )


def _own_benefit(sampled: SampledScenario, state: str, age: float, income_base: Amount) -> Amount:
    rates, origin, g = sampled.rates, sampled.scenario.origin, sampled.scenario.grunnbeloep_nok
    if state == "aap":
        return rules.aap_year(rates, age, income_base, grunnbeloep=g)
    if state == "ufoeretrygd":
        kind = {"partner": origin.partner, "young_disabled": origin.young_disabled}
        return rules.ufoeretrygd_year(rates, age, income_base, **kind, grunnbeloep=g)
    if state == "kvp":
        return rules.kvp_year(rates, age, grunnbeloep=g)
    if state == "dagpenger":
        return rules.dagpenger_year(rates, age, income_base, grunnbeloep=g)
    housing, months = sampled.nok("innenfor.model.sosialhjelp_housing"), rates["innenfor.model.sosialhjelp_months"]
    return rules.sosialhjelp_year(rates, age, housing=housing, months=months)


def equalised(sampled: SampledScenario, taxes: Mapping[str, Amount]) -> dict[str, Amount]:
    """Return taxes by payer after income equalisation, which moves money between authorities and sums to zero."""
    public: dict[str, Amount] = dict.fromkeys(PAYERS, 0.0) | dict(taxes)
    if not sampled.scenario.income_equalisation:
        return public
    for payer, others in (("municipality", "other_municipalities"), ("county", "other_counties")):
        lost = sampled.once(lost_share, payer)
        if not is_nil(taxes[payer]):
            own_change, others_change = rules.income_equalisation(taxes[payer], lost)
            public[payer] = public[payer] + own_change
            public[others] = public[others] + others_change
    return public


def lost_share(sampled: SampledScenario, payer: str) -> Amount:
    """Return the share of an extra tax krone that equalisation takes from the municipality or the county.

    Where the municipality's tax per head is not known, whether the supplement reaches it is a parameter with a range.
    """
    rates = sampled.rates
    if payer == "county":
        return rates["innenfor.model.equalisation_county"]
    known = rules.tax_base(sampled.scenario.municipality, sampled.scenario.base_year)
    if known is None:
        reach, weight = (rates[f"innenfor.model.{name}"] for name in ("supplement_reach", "own_weight"))
        return rules.lost_of_a_krone(rates, reach, weight)
    return rules.lost_of_a_krone(rates, rules.under_limit(rates, known.ratio), known.weight)


def _account(sampled: SampledScenario, gross: Amount, taxed: Amount, pension: Amount, contribution: Amount) -> Account:
    taxes = rules.tax_split(sampled.rates, taxed)
    paid = taxes["municipality"] + taxes["county"] + taxes["state_tax"]
    return Account(gross - paid, pension, gross + pension + contribution, gross, equalised(sampled, taxes))
