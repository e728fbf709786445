"""The expectation: the mean of the draws in every ledger, year and ratio, told with its chance."""

import math

import numpy as np
import pytest

from benefits.scenario.model import PAYERS
from benefits.valuation.appraisal import Appraisal, appraise
from benefits.valuation.discounting import present_value
from benefits.valuation.simulation import prepared, simulate
from benefits.valuation.summaries import all_ledgers
from benefits.valuation.yearly_chances import chances_by_year
from tests.benefits.scenarios import FIELDS, scenario

DRAWS = 400
COST = FIELDS["cost"]


def run(**changes) -> Appraisal:
    return appraise(scenario(**changes), draws=DRAWS)


def test_the_expectation_is_the_mean_of_the_draws_in_every_ledger_year_and_term() -> None:
    appraisal, model = run(), prepared(scenario())
    drawn = simulate(model, model.drawn(DRAWS, seed=1))
    for name, amounts in all_ledgers(drawn).items():
        summary = appraisal.public[name] if name in PAYERS else getattr(appraisal, name)
        assert summary.expected == pytest.approx(np.mean(present_value(amounts.mean(axis=0))))
        if name != "public_total":
            path = appraisal.by_year["public"][name] if name in PAYERS else appraisal.by_year[name]
            assert path == pytest.approx(amounts.mean(axis=0).tolist())
    assert appraisal.by_year["tax_financing_term"] == pytest.approx(drawn.tax_financing_term.mean(axis=0).tolist())
    assert appraisal.by_year["persons_in_work"] == pytest.approx(drawn.heads.mean(axis=0).tolist())


@pytest.mark.parametrize(
    "uncertain",
    [{}, {"parameters": {"finansdepartementet.r109.tax_financing_cost": {"value": 0.2, "low": 0.1, "high": 0.3}}}],
)
def test_every_ledger_has_its_chance_in_every_year(uncertain: dict[str, object]) -> None:
    changed = scenario(cost=[{**COST[0], "low": 2_000_000, "high": 6_000_000}], **uncertain)
    model, found = prepared(changed), chances_by_year(changed, DRAWS, seed=1)
    drawn = all_ledgers(simulate(model, model.drawn(DRAWS, seed=1)))
    assert found.keys() == drawn.keys()
    for name, amounts in drawn.items():
        assert found[name] == pytest.approx(np.mean(amounts > 0, axis=0).tolist(), abs=2 / DRAWS), name
    plan = appraise(changed, draws=DRAWS).economic_plan["municipality"]
    assert [row["probability_positive"] for row in plan] == found["municipality"][: len(plan)]
    assert set(found["health_trust"]) == {0.0}


def test_skewed_ranges_move_the_expectation_and_not_the_central_run() -> None:
    skewed = run(displacement={"value": 0.0, "low": 0.0, "high": 0.9})
    assert skewed.society.expected < skewed.society.npv
    assert skewed.society.npv == run(displacement={"value": 0.0, "low": 0.0, "high": 0.1}).society.npv


def test_the_four_years_are_told_with_their_chance() -> None:
    appraisal = run(cost=[{**COST[0], "low": 2_000_000, "high": 6_000_000}])
    for payer, total in appraisal.economic_plan_total.items():
        rows = appraisal.economic_plan[payer]
        assert total["nok"] == pytest.approx(sum(row["nok"] for row in rows))
        for row in (*rows, total):
            assert row["p10"] <= row["p90"]
            assert 0 <= row["probability_positive"] <= 1
    assert appraisal.economic_plan["municipality"][0]["probability_positive"] == 0


def test_a_payer_nothing_touches_pays_nothing_back() -> None:
    untouched = run().public["health_trust"]
    assert untouched.untouched
    assert (untouched.payback_year, untouched.payback) == (None, "untouched")


def test_who_never_has_the_money_back_is_told_from_who_is_not_touched() -> None:
    lost = run(cost=[{**COST[0], "payer": "health_trust"}]).public["health_trust"]
    assert (lost.payback_year, lost.payback, lost.untouched) == (None, "never", False)
    assert run().public["state_tax"].payback == "year"


@pytest.mark.long
def test_a_ratio_has_its_range_and_the_share_of_draws_in_which_it_is_infinite() -> None:
    found = run(destination__wage_nok=700_000)
    model = prepared(scenario(destination__wage_nok=700_000))
    drawn = all_ledgers(simulate(model, model.drawn(DRAWS, seed=1)))
    worth = {name: np.array([present_value(row) for row in amounts]) for name, amounts in drawn.items()}
    willing, free = sum(worth[name] for name in ("participants", "employers", "others")), worth["public_total"] >= 0
    told = found.ratio_ranges["mvpf"]
    assert told.infinite == np.mean(free & (willing >= 0)) > 0
    assert told.undefined == np.mean(free & (willing < 0))
    said = sorted([*(willing[~free] / -worth["public_total"][~free]), *[math.inf] * int(np.sum(free & (willing >= 0)))])
    assert told.p10 == pytest.approx(said[math.ceil(0.1 * len(said)) - 1])
    assert found.as_dict()["ratio_ranges"]["mvpf"]["p90"] in ("Infinity", told.p90)


def test_percentiles_lie_in_order_around_the_middle() -> None:
    appraisal = run()
    for summary in (*appraisal.public.values(), appraisal.society, appraisal.participants):
        assert summary.p10 <= summary.p50 <= summary.p90
        assert 0 <= summary.probability_positive <= 1
