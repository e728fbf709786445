"""The switches an economist expects: none is on in the main case, and each does what its name says, by hand."""

import numpy as np
import pytest

from benefits.scenario.model import shipped_scenario
from benefits.scenario.unit_costs import payer_of, unit_cost, unit_costs
from benefits.valuation.appraisal import Appraisal, appraise
from benefits.valuation.simulation import prepared, simulate
from data.problems import Problems
from tests.benefits.scenarios import FIELDS, scenario

DRAWS = 50
COST = FIELDS["cost"][0]
SURE = {"persistence": {"constant_years": 12}, "displacement": {"value": 0}, "cost": []}


def run(**changes) -> Appraisal:
    return appraise(scenario(**changes), DRAWS)


def society(**changes) -> np.ndarray:
    model = prepared(scenario(**changes))
    return simulate(model, model.point()).society[0]


def heads(**changes) -> np.ndarray:
    model = prepared(scenario(**SURE, **changes))
    return simulate(model, model.point()).heads[0]


def test_real_growth_raises_a_head_year_by_year_and_no_cost() -> None:
    plain, grown = (society(**{**SURE, "cost": [COST]}, real_growth=on) for on in (False, True))
    free = society(**SURE)
    assert grown - plain == pytest.approx(free * (1.008 ** np.arange(12) - 1))
    assert "real_growth" in run(real_growth=True).notes


def test_another_rate_discounts_all_and_is_said() -> None:
    flows = society()
    found = run(discount_rate=0.02)
    assert found.society.npv == pytest.approx(float(flows @ 1.02 ** -np.arange(12)))
    assert "discount_rate" in found.notes
    assert sum(term["society"] for term in found.horizons.values()) == pytest.approx(found.society.expected)
    assert found.programme_cost == pytest.approx(3_000_000)


def test_a_cost_is_carried_from_its_own_year_by_the_municipal_deflator() -> None:
    found = run(cost=[{**COST, "price_year": 2023, "low": 2_000_000, "high": 4_000_000}], effect__value=0.08)
    assert found.tornado
    assert scenario(cost=[{**COST, "price_year": 2023}]).costs[0].nok.value == pytest.approx(3_000_000 * 1.05 * 1.04)
    ends = scenario(cost=[{**COST, "price_year": 2026, "low": 2_070_000, "high": 4_140_000}]).costs[0].nok.ends
    assert ends == pytest.approx((2_000_000, 4_000_000))


@pytest.mark.parametrize("year", [2017, 2027])
def test_a_cost_in_a_year_without_a_deflator_is_refused(year: int) -> None:
    with pytest.raises(Problems) as refused:
        scenario(cost=[{**COST, "price_year": year}])
    assert [each.cell for each in refused.value.exceptions] == ["cost[1].price_year"]


def test_a_cost_without_a_year_falls_when_the_measure_starts() -> None:
    assert scenario(start_year=2027, cost=[{"payer": "county", "nok": 1}]).costs[0].year == 2


def test_an_effect_measured_after_months_grows_to_it_and_fades_from_it() -> None:
    certain = {"value": [0.08, 0.1], "se": 0, "evidence": "rct", "months": [12, 18]}
    found = heads(effect=certain)
    assert found[:3] == pytest.approx([4.0, 0.25 * 8 + 0.75 * 10, 10.0])
    one = {"value": 0.1, "se": 0, "evidence": "rct", "months": 12}
    assert heads(effect=one)[:3] == pytest.approx([5.0, 10.0, 10.0])
    early = {"value": 0.1, "se": 0, "evidence": "rct", "months": 6}
    assert heads(effect=early)[:2] == pytest.approx([7.5, 10.0])
    half = {"persistence": {"half_life_years": 2.0}, "effect": early}
    model = prepared(scenario(**{**SURE, **half}))
    assert simulate(model, model.point()).heads[0][:3] == pytest.approx([7.5, 10 * 0.5**0.5, 5.0])


@pytest.mark.parametrize(("months", "cell"), [([12], "effect.months"), ([18, 12], "effect.months")])
def test_months_that_do_not_fit_the_effect_are_refused(months: list[float], cell: str) -> None:
    effect = {"value": [0.08, 0.1], "se": 0.01, "evidence": "rct", "months": months}
    with pytest.raises(Problems) as refused:
        scenario(effect=effect)
    assert [each.cell for each in refused.value.exceptions] == [cell]


def test_displacement_fades_by_its_half_life_unless_it_is_said_to_last() -> None:
    given = {"persistence": {"constant_years": 12}, "cost": [], "origin": {"age": 30, "path": [{"state": "no_income"}]}}
    none = society(**given, displacement={"value": 0})
    lasting = society(**given, displacement={"value": 0.4, "fades": False})
    fading = society(**given, displacement={"value": 0.4, "half_life_years": 2.0})
    assert none - fading == pytest.approx((none - lasting) * 0.5 ** (np.arange(12) / 2))
    assert "displacement_lasts" in run(displacement={"value": 0.4, "fades": False}).notes


def test_a_service_by_its_unit_cost_is_the_cost_times_the_units_to_who_pays_it() -> None:
    name = "services.health_trust.outpatient_consultation"
    given = scenario(service=[{"unit_cost": name, "units": 10, "units_low": 5, "units_high": 20}])
    (saved,) = given.services
    grown = 1.032 * 1.01 * 1.044 * 1.067 * 1.043 * 1.05 * 1.04
    assert saved.ledger == "health_trust"
    assert saved.nok.value == pytest.approx(10 * 2496 * grown, rel=1e-3)
    assert saved.nok.ends == pytest.approx((5 * 2023 * grown, 20 * 3256 * grown), rel=1e-3)
    assert saved.label["nb"]


@pytest.mark.parametrize("name", unit_costs())
def test_every_unit_cost_has_a_payer_and_a_range_or_a_published_rate(name: str) -> None:
    nok = unit_cost(name, 2026)
    assert payer_of(name) in ("county", "municipality", "health_trust", "state_transfers")
    assert 0 < nok.ends[0] <= nok.value <= nok.ends[1]


@pytest.mark.parametrize(
    ("service", "cells"),
    [
        ({"unit_cost": "services.county.apprentice_grant"}, ["service[1].units"]),
        ({"unit_cost": "services.county.nothing", "units": 1}, ["service[1].unit_cost"]),
        ({"unit_cost": "services.county.apprentice_grant", "units": 1, "payer": "county"}, ["service[1].payer"]),
        ({"payer": "county"}, ["service[1].nok_per_person_year"]),
        ({"nok_per_person_year": 10}, ["service[1].payer"]),
    ],
)
def test_a_service_that_is_half_said_is_refused(service: dict, cells: list[str]) -> None:
    with pytest.raises(Problems) as refused:
        scenario(service=[service])
    assert [each.cell for each in refused.value.exceptions] == cells


def test_health_is_counted_once() -> None:
    gain = {"beneficiary": "participants", "nok_per_person_year": 20_000, "topic": "health"}
    for twice in (
        {"other_gain": [gain, gain]},
        {"other_gain": [gain], "not_priced": [{"label": "Health", "topic": "health"}]},
        {
            "other_gain": [{"beneficiary": "health_trust", "nok_per_person_year": 1}],
            "service": [{"payer": "health_trust", "nok_per_person_year": 1}],
        },
    ):
        with pytest.raises(Problems) as refused:
            scenario(**twice)
        assert {each.code for each in refused.value.exceptions} == {"counted_twice"}
    assert scenario(other_gain=[gain], not_priced=[{"label": "Peace", "topic": "safety"}])


@pytest.mark.parametrize(("name", "warned"), [("ips_job_support", True), ("seed_young_adults", False)])
def test_an_effect_from_adults_is_told_where_the_young_are_meant(name: str, warned: bool) -> None:
    assert ("effect_from_adults" in appraise(shipped_scenario(name), 20).notes) is warned


def test_the_trial_on_young_people_is_there_at_its_published_effect() -> None:
    effect = shipped_scenario("seed_young_adults").effect
    assert effect.value == (pytest.approx(0.48 - 0.08),)
    assert (effect.low, effect.high, effect.months) == ((0.217,), (0.538,), (12,))
    assert effect.work_years.ends[0] < effect.work_years.value < effect.work_years.ends[1]
