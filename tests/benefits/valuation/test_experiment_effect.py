"""From experiment to kroner: shrunken, never the raw winner, and an example stays an example."""

import numpy as np
import pytest

from benefits.scenario.model import shipped_scenario
from benefits.valuation.appraisal import appraise
from benefits.valuation.experiment_effect import ExperimentEffect, experiment_effects, feeding, with_experiment

pytestmark = pytest.mark.usefixtures("demo")

DRAWS = 2000


def test_only_persons_in_work_can_be_an_effect() -> None:
    found = {each.key: each for each in feeding()}
    assert "en-kontaktperson" in found
    assert {each.design.outcome for each in found.values() if each.design} <= {"in_work", "steady_job"}


@pytest.mark.long
def test_the_raw_winner_is_never_used() -> None:
    found = experiment_effects()
    winner = max(found.values(), key=lambda each: each.raw)
    assert winner.value < winner.raw
    assert {each.pooled for each in found.values()} == {len(found)}


@pytest.mark.long
def test_an_uncertain_trial_is_drawn_further_than_a_certain_one() -> None:
    found = experiment_effects()
    moved = {key: abs(each.value - each.raw) for key, each in found.items()}
    assert moved["jobbsmak"] > moved["trade-certificate-at-work"]


@pytest.mark.long
def test_an_example_experiment_makes_an_example_result() -> None:
    effect = experiment_effects()["en-kontaktperson"]
    scenario = with_experiment(shipped_scenario("ips_job_support"), effect)
    found = appraise(scenario, DRAWS, effect_draws=effect.draws(DRAWS, 1))
    assert effect.example
    assert found.example
    assert "eksempel" in found.sentence("nb")


def test_draws_lie_around_the_shrunken_effect_and_are_the_same_again() -> None:
    effect = ExperimentEffect("k", {"nb": "", "en": ""}, 0.2, 0.0, 0.4, 0.1, 0.05, "rct", example=False, pooled=2)
    draws = effect.draws(20_000, 1)
    assert float(draws.mean()) == pytest.approx(0.1, abs=0.002)
    assert float(draws.std()) == pytest.approx(0.05, rel=0.03)
    assert np.array_equal(draws, effect.draws(20_000, 1))
    assert effect.draws(500, 1).max() <= 1
    assert (effect.low, effect.high) == pytest.approx((0.002, 0.198), abs=1e-4)
