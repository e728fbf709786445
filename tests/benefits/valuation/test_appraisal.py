"""What an appraisal must be: honest about loss, equal on replay, and right in its proportions."""

import json
import math
from dataclasses import FrozenInstanceError, fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benefits.scenario.model import LEDGERS, PAYERS, shipped, shipped_scenario
from benefits.valuation.appraisal import Appraisal, appraise
from benefits.valuation.discounting import discount_factor
from benefits.valuation.summaries import by_term, ledger_summary
from tests.benefits.scenarios import FIELDS, scenario

DRAWS = 400
PROMISED = {
    *("public", "participants", "employers", "others", "society", "tax_financing_term", "mvpf", "benefit_cost_ratio"),
    *("break_even", "economic_plan", "by_year", "seed", "draws", "parameters_hash"),
}
CERTAIN = {
    "persistence": {"half_life_years": 4.0},
    "displacement": {"value": 0.2},
    "effect": {"value": 0.1, "low": 0.1, "high": 0.1, "evidence": "rct"},
}
COST = FIELDS["cost"]


def run(**changes) -> Appraisal:
    return appraise(scenario(**changes), draws=DRAWS)


def test_the_answer_holds_the_keys_that_are_promised() -> None:
    plain = json.loads(run().as_json())
    assert set(plain) >= PROMISED
    assert set(plain["public"]) == set(PAYERS)
    keys = {"expected", "npv", "p10", "p50", "p90", "probability_positive", "payback_year", "payback"}
    for summary in [*plain["public"].values(), *(plain[name] for name in ("participants", "others", "society"))]:
        assert set(summary) == keys


@pytest.mark.parametrize("name", shipped())
def test_every_shipped_scenario_survives_json(name: str) -> None:
    appraisal = appraise(shipped_scenario(name), draws=DRAWS)
    assert json.loads(appraisal.as_json()) == appraisal.as_dict()
    assert all(appraisal.sentence(lang) for lang in ("nb", "en"))


def test_the_answer_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        run().seed = 2  # type: ignore[misc]


def test_a_replay_gives_the_same_bits() -> None:
    assert run().as_json() == run().as_json()


def test_another_seed_gives_other_draws_and_the_same_point() -> None:
    one, two = appraise(scenario(), DRAWS, seed=1), appraise(scenario(), DRAWS, seed=2)
    assert one.society.npv == two.society.npv
    assert one.society.p50 != two.society.p50
    assert one.parameters_hash != two.parameters_hash


@pytest.mark.long
def test_the_hash_knows_scenario_parameters_draws_and_seed() -> None:
    hashes = {
        run().parameters_hash,
        run(participants=101).parameters_hash,
        run(parameters={"nav.rates.aap_minimum": 2.1}).parameters_hash,
        appraise(scenario(), DRAWS + 1).parameters_hash,
        appraise(scenario(), DRAWS, effect_draws=[0.1] * 5).parameters_hash,
    }
    assert len(hashes) == 5


def test_zero_effect_gives_minus_the_cost() -> None:
    none = run(effect={"value": 0, "low": 0, "high": 0, "evidence": "rct"})
    assert none.public["municipality"].npv == pytest.approx(-3_000_000)
    assert none.society.npv == pytest.approx(-3_600_000)
    assert none.society.p10 == none.society.p90 == pytest.approx(-3_600_000)
    assert none.society.probability_positive == 0
    assert none.society.payback_year is None
    assert none.participants.npv == 0
    assert none.cost_per_extra_person_in_work is None
    assert none.no_answers["cost_per_extra_person_in_work"] == "nobody_extra"


@pytest.mark.long
@settings(deadline=None, max_examples=15)
@given(st.floats(0, 1000), st.floats(0.01, 0.3))
def test_twice_the_participants_give_twice_the_gains_and_no_more_cost(count: float, effect: float) -> None:
    known = {"effect": {"value": effect, "low": 0.0, "high": 0.4, "evidence": "rct"}}
    once, twice = run(**known, participants=count), run(**known, participants=2 * count)
    for name in ("participants", "others", "employers"):
        assert getattr(twice, name).npv == pytest.approx(2 * getattr(once, name).npv, abs=1e-3)
    for payer, cost in zip(PAYERS, [3_000_000, 0, 0, 0, 0, 0, 0], strict=True):
        gain = once.public[payer].npv + cost
        assert twice.public[payer].npv + cost == pytest.approx(2 * gain, abs=1e-3)
    assert twice.programme_cost == once.programme_cost


def test_a_later_gain_is_worth_less() -> None:
    lasting = {
        "persistence": {"constant_years": 5},
        "cost": [],
        "origin": {"age": 30, "path": [{"state": "no_income"}]},
    }
    now, later = run(**lasting), run(**lasting, start_year=2028)
    assert later.society.npv == pytest.approx(now.society.npv * discount_factor(3))
    assert later.by_year["persons_in_work"][:3] == [0, 0, 0]


def test_the_order_of_costs_does_not_matter() -> None:
    costs = [*COST, {"payer": "county", "year": 1, "nok": 500_000}]
    assert run(cost=costs).society.npv == pytest.approx(run(cost=costs[::-1]).society.npv)


@pytest.mark.long
@settings(deadline=None, max_examples=10)
@given(st.permutations(["state_transfers", "county", "municipality"]))
def test_the_order_of_payers_does_not_matter(order: list[str]) -> None:
    costs = [{"payer": payer, "year": 0, "nok": 1000 * (len(payer))} for payer in order]
    reference = run(cost=[{"payer": payer, "year": 0, "nok": 1000 * (len(payer))} for payer in sorted(order)])
    assert {name: run(cost=costs).public[name].npv for name in PAYERS} == pytest.approx(
        {name: reference.public[name].npv for name in PAYERS}
    )


def test_heads_follow_effect_and_half_life() -> None:
    heads = run(**CERTAIN).by_year["persons_in_work"]
    assert heads == pytest.approx([100 * 0.1 * 0.5 ** (year / 4) for year in range(12)])


def test_heads_follow_a_schedule_and_constant_years() -> None:
    def heads(**persistence) -> list[float]:
        return run(**CERTAIN | {"persistence": persistence}).by_year["persons_in_work"][:4]

    assert heads(schedule=[1, 0.5]) == pytest.approx([10, 5, 0, 0])
    assert heads(constant_years=2.5) == pytest.approx([10, 10, 5, 0])


def test_an_effect_path_fades_after_its_last_year() -> None:
    path = {"value": [-0.02, 0.05, 0.1], "se": 0, "evidence": "rct"}
    heads = run(**CERTAIN | {"effect": path}).by_year["persons_in_work"]
    assert heads[:4] == pytest.approx([-2, 5, 10, 10 * 0.5**0.25])


def test_uptake_deadweight_and_work_years_take_their_part() -> None:
    effect = {**CERTAIN["effect"], "deadweight": 0.25, "outcome": "any_job", "work_years_per_success": 0.5}
    effect |= {"work_years_low": 0.5, "work_years_high": 0.5}
    assert run(**CERTAIN | {"effect": effect}, uptake=0.8).by_year["persons_in_work"][0] == pytest.approx(
        100 * 0.8 * 0.1 * 0.75 * 0.5
    )


def test_terms_sum_to_the_whole() -> None:
    appraisal = run(horizon_years=20)
    for name in LEDGERS:
        whole = appraisal.public[name].expected if name in PAYERS else getattr(appraisal, name).expected
        assert sum(term[name] for term in appraisal.horizons.values()) == pytest.approx(whole)
    assert all(term["society"] > 0 for name, term in appraisal.horizons.items() if name != "short")


def test_the_short_term_ends_with_year_two_and_the_medium_with_year_ten() -> None:
    one_in = {f"year {year}": np.eye(13)[year] for year in (0, 2, 3, 10, 11)}
    found = by_term(one_in)
    assert [next(term for term in found if found[term][name]) for name in one_in] == [
        "short", "short", "medium", "medium", "long",
    ]  # fmt: skip


def test_the_economic_plan_is_undiscounted_and_four_years_long() -> None:
    appraisal = run()
    plan = appraisal.economic_plan["municipality"]
    assert [row["year"] for row in plan] == [2025, 2026, 2027, 2028]
    assert [row["nok"] for row in plan] == appraisal.by_year["public"]["municipality"][:4]
    assert len(run(horizon_years=2, cost=[]).economic_plan["county"]) == 2


def test_a_ledger_is_summed_up_by_its_tenths_and_its_chance_above_zero() -> None:
    found = ledger_summary(np.zeros(3), np.arange(-20.0, 81.0), np.array([25.0]))
    assert (found.p10, found.p50, found.p90) == pytest.approx((-10, 30, 70))
    assert (found.expected, found.npv, found.probability_positive) == (30, 25, 80 / 101)


def test_certain_inputs_leave_the_model_parameters_uncertain() -> None:
    rows = run(**CERTAIN).tornado
    moving = {row["name"] for row in rows if row["swing"] > 0}
    assert "innenfor.model.productivity" in moving
    assert "effect" not in moving


def test_measures_are_the_ratios_of_what_the_ledgers_say() -> None:
    appraisal = run(cost=[{"payer": "municipality", "year": 0, "nok": 60_000_000}], destination__wage_nok=700_000)
    willing = appraisal.participants.expected + appraisal.employers.expected + appraisal.others.expected
    net_cost = -sum(appraisal.public[payer].expected for payer in PAYERS)
    assert appraisal.mvpf == pytest.approx(willing / net_cost)
    assert appraisal.benefit_cost_ratio == pytest.approx(1 + appraisal.society.expected / 60_000_000)
    assert appraisal.cost_per_extra_person_in_work == pytest.approx(60_000_000 / appraisal.extra_persons_in_work)
    assert appraisal.return_per_krone == pytest.approx(appraisal.society.expected / 60_000_000)
    assert appraisal.tax_financing_term == pytest.approx(-0.2 * net_cost)


def test_a_measure_that_pays_for_itself_has_an_infinite_mvpf() -> None:
    free = run(cost=[], destination__wage_nok=700_000)
    assert free.mvpf == math.inf
    assert free.as_dict()["mvpf"] == "Infinity"


def test_gains_without_a_price_stand_beside_and_are_never_summed() -> None:
    gain = [{"label": {"nb": "Trygghet", "en": "Safety"}, "direction": "better", "weight": "large"}]
    assert run(not_priced=gain).society == run().society
    assert run(not_priced=gain).not_priced[0]["weight"] == "large"


def test_every_field_of_the_answer_is_in_its_json() -> None:
    assert {field.name for field in fields(Appraisal)} == set(run().as_dict())


@pytest.mark.long
def test_doubt_about_a_scenario_is_noted() -> None:
    assert "aap_too_long" in run(origin__path=[{"state": "aap", "years": 9}, {"state": "kvp"}]).notes
    assert "aap_without_end" in run(origin__path=[{"state": "aap"}]).notes
    assert "too_young_for_benefits" in run(origin__age=16).notes
    assert "education_has_no_pay" in run(destination__state="education").notes
    assert {"persistence_certain", "displacement_certain"} <= set(run(**CERTAIN).notes)


def test_participants_from_hidden_counts_come_as_a_range() -> None:
    hidden = run(participants_low=60, participants_high=140, **CERTAIN)
    assert (
        hidden.participants.p90 - hidden.participants.p10
        > run(**CERTAIN).participants.p90 - run(**CERTAIN).participants.p10
    )


def test_numbers_without_a_range_are_listed_as_taken_for_certain() -> None:
    assert {"cost[1]", "participants", "destination.full_time_share"} <= set(run().certain)
    assert "displacement" not in run().certain
    assert "cost[1]" not in run(cost=[{**COST[0], "low": 1_000_000, "high": 5_000_000}]).certain


def test_a_measure_that_only_loses_heads_counts_those_it_loses() -> None:
    found = run(effect={"value": -0.1, "low": -0.2, "high": 0.0, "evidence": "rct"})
    assert found.extra_persons_in_work == min(found.by_year["persons_in_work"]) < 0
    assert found.cost_per_extra_person_in_work is None
