"""Doubt in an appraisal: grades, break-even, tornado, and an experiment's own draws."""

import numpy as np
import pytest

from benefits.errors import InvalidInput
from benefits.valuation.appraisal import Appraisal, appraise
from benefits.valuation.simulation import prepared, simulate
from benefits.valuation.uncertainty import effect_at, stream
from tests.benefits.scenarios import FIELDS, scenario

DRAWS = 400
CERTAIN = {
    "persistence": {"half_life_years": 4.0},
    "displacement": {"value": 0.2},
    "effect": {"value": 0.1, "low": 0.1, "high": 0.1, "evidence": "rct"},
}


def run(**changes) -> Appraisal:
    return appraise(scenario(**changes), draws=DRAWS)


@pytest.mark.parametrize("evidence", ["quasi_experiment", "register", "monitoring", "judgement", "assumption"])
def test_a_weaker_grade_lowers_and_widens_what_it_promises(evidence: str) -> None:
    weak = {**FIELDS["effect"], "deadweight": 0.0, "evidence": evidence}
    best, less = run(), run(effect=weak)
    assert less.society.npv < best.society.npv
    assert less.society.p90 - less.society.p10 > 0.9 * (best.society.p90 - best.society.p10)
    tornado = {row["name"]: row["swing"] for row in less.tornado}
    assert tornado["effect"] > {row["name"]: row["swing"] for row in best.tornado}["effect"]


@pytest.mark.long
@pytest.mark.parametrize("evidence", ["rct", "quasi_experiment", "register", "assumption"])
def test_a_harm_is_never_shrunk(evidence: str) -> None:
    harm = {"value": -0.1, "low": -0.2, "high": 0.0, "deadweight": 0.0, "evidence": evidence}
    assert run(effect=harm).by_year["persons_in_work"][0] <= -10
    assert run(effect=harm).society.npv <= run(effect={**harm, "evidence": "rct"}).society.npv


def test_where_more_work_is_a_loss_a_weaker_grade_makes_the_loss_larger() -> None:
    costly = [{"payer": "municipality", "nok_per_person_year": -2_000_000, "evidence": "statute"}]
    weak = {**FIELDS["effect"], "deadweight": 0.0, "evidence": "judgement"}
    assert run(service=costly, effect=weak).society.npv < run(service=costly).society.npv < 0


def test_the_model_run_at_its_break_even_effect_gives_zero() -> None:
    for changes in ({}, {"effect__evidence": "judgement", "effect__deadweight": 0.2}):
        found = run(**changes).break_even
        assert found.effect is not None
        again = run(**changes, effect__value=found.effect, effect__low=-1.0, effect__high=1.0)
        assert again.society.npv == pytest.approx(0, abs=1)
        assert found.effect_npv == pytest.approx(0, abs=1)


@pytest.mark.parametrize("kind", ["half_life_years", "constant_years"])
def test_the_model_run_at_its_break_even_persistence_gives_zero(kind: str) -> None:
    found = run(persistence={kind: 3.0}).break_even
    assert found.persistence is not None
    assert found.persistence_kind == kind
    assert run(persistence={kind: found.persistence}).society.npv == pytest.approx(0, abs=1)


def test_a_measure_that_pays_without_an_effect_breaks_even_at_a_harm() -> None:
    saving = [{"payer": "municipality", "year": 0, "nok": -3_000_000, "kind": "resource"}]
    found = run(cost=saving).break_even
    assert found.effect is not None
    assert found.effect < 0
    assert found.effect_npv == pytest.approx(0, abs=1)


def test_an_effect_is_drawn_as_far_to_each_side_as_its_own_limit() -> None:
    given = scenario(effect={"value": 0.1, "low": 0.08, "high": 0.2, "evidence": "rct"})
    ends = effect_at(given, np.array([-1.959964, 0.0, 1.959964]))[:, 0]
    assert ends == pytest.approx([0.08, 0.1, 0.2], abs=1e-6)


def test_every_quantity_has_draws_of_its_own_and_the_same_for_the_same_seed() -> None:
    one, other, again = (stream(1, name).random(4) for name in ("displacement", "participants", "displacement"))
    assert (one == again).all()
    assert (one != other).all()
    assert (one != stream(2, "displacement").random(4)).all()


def test_the_tornado_moves_an_experiments_effect_between_its_95_per_cent_limits() -> None:
    draws = np.linspace(0, 0.2, 401)
    rows = {row["name"]: row for row in appraise(scenario(), 50, effect_draws=draws).tornado}
    assert (rows["effect"]["low"], rows["effect"]["high"]) == pytest.approx((0.005, 0.195))


def test_no_break_even_is_said_with_a_reason() -> None:
    hopeless = run(cost=[{"payer": "municipality", "year": 0, "nok": 1e12}], persistence={"schedule": [1.0]}).break_even
    assert (hopeless.effect, hopeless.effect_reason) == (None, "no_break_even")
    assert (hopeless.persistence, hopeless.persistence_reason) == (None, "persistence_is_schedule")


@pytest.mark.long
def test_the_tornado_puts_the_widest_first_and_runs_the_model() -> None:
    appraisal = run()
    swings = [row["swing"] for row in appraisal.tornado]
    assert swings == sorted(swings, reverse=True)
    rows = {row["name"]: row for row in appraisal.tornado}
    assert rows["displacement"]["npv_high"] == pytest.approx(
        run(displacement={"value": 0.5, "fades": False}).society.npv
    )
    assert rows["persistence.years"]["npv_low"] == pytest.approx(run(persistence={"half_life_years": 2.0}).society.npv)
    low = {"value": 0.02, "low": 0.02, "high": 0.02, "evidence": "rct"}
    assert rows["effect"]["npv_low"] == pytest.approx(run(effect=low).society.npv)


def test_an_experiment_lends_its_draws() -> None:
    draws = np.random.default_rng(3).normal(0.05, 0.01, 1000)
    appraisal = appraise(scenario(), len(draws), effect_draws=draws)
    assert appraisal.by_year["persons_in_work"][0] == pytest.approx(100 * draws.mean())
    assert appraisal.society.npv < run().society.npv
    model = prepared(scenario(), draws)
    heads = simulate(model, model.drawn(1000, 1)).heads[:, 0]
    assert np.array_equal(heads, 100 * draws)


@pytest.mark.parametrize("draws", [[], [float("nan")], [5.0], [[[0.1]]]])
def test_draws_that_are_no_shares_are_refused(draws) -> None:
    with pytest.raises(InvalidInput):
        appraise(scenario(), DRAWS, effect_draws=draws)


@pytest.mark.parametrize(("draws", "seed"), [(0, 1), (-5, 1), (10, -1), (2.5, 1), (10**9, 1), (True, 1)])
def test_no_draws_or_a_bad_seed_is_refused(draws, seed) -> None:
    with pytest.raises(InvalidInput):
        appraise(scenario(), draws, seed)
