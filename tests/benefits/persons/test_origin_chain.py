"""Where participants would be without the measure: a certain path, or a mix that changes state by published rates."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benefits.errors import InvalidInput
from benefits.persons.origin_chain import exits, origin_shares
from benefits.persons.sampled_scenario import SampledScenario
from benefits.scenario.model import LEDGERS, ORIGIN_STATES
from benefits.valuation.appraisal import appraise
from benefits.valuation.simulation import prepared, simulate
from data.problems import Problems
from tests.benefits.scenarios import scenario

STILL = {f"innenfor.exits.{left}_to_{entered}": 0.0 for left, entered in exits()}


def mix(**shares: float) -> list[dict]:
    return [{"state": state, "share": share} for state, share in shares.items()]


def sampled(**changes) -> SampledScenario:
    model = prepared(scenario(**changes))
    return model.at(model.point())


def years_of(origin: dict, count: int) -> list[dict[str, float]]:
    """The shares by state of each year, at the point."""
    shares = origin_shares(sampled(origin=origin), count)
    told: list[dict[str, float]] = [{} for _ in range(count)]
    for (state, _), share in shares.items():
        for year, part in zip(told, share, strict=True):
            year[state] = year.get(state, 0.0) + float(part)
    return told


def test_a_year_moves_the_shares_by_the_rates_of_the_parameters() -> None:
    first, second, third = years_of({"age": 25, "mix": mix(aap=1.0)}, 3)
    assert first == {"aap": 1.0, "ufoeretrygd": 0, "no_income": 0, "sosialhjelp": 0}
    assert second == pytest.approx({"aap": 0.86, "ufoeretrygd": 0.067, "no_income": 0.058, "sosialhjelp": 0.015})
    assert third["ufoeretrygd"] == pytest.approx(0.067 + 0.86 * 0.067)
    assert third["aap"] == pytest.approx(0.86**2 + 0.058 * 0.05 + 0.015 * 0.08)


def test_nobody_is_on_the_qualification_programme_after_two_years() -> None:
    years = years_of({"age": 25, "mix": mix(kvp=1.0)}, 4)
    assert [round(found["kvp"], 2) for found in years] == [1.0, 0.5, 0.0, 0.0]


@pytest.mark.long
@settings(deadline=None, max_examples=30)
@given(st.lists(st.floats(0.01, 1), min_size=len(ORIGIN_STATES), max_size=len(ORIGIN_STATES)))
def test_the_shares_sum_to_one_in_every_year(weights: list[float]) -> None:
    shares = dict(zip(ORIGIN_STATES, np.array(weights) / sum(weights), strict=True))
    for found in years_of({"age": 25, "mix": mix(**shares)}, 12):
        assert sum(found.values()) == pytest.approx(1)


def test_a_mix_of_one_state_that_nobody_leaves_is_that_state() -> None:
    mixed = scenario(origin={"age": 25, "mix": mix(no_income=1.0)}, parameters=_only("no_income"))
    alone = scenario(origin={"age": 25, "path": [{"state": "no_income"}]})
    flows = [simulate(model, model.point()).ledgers for model in map(prepared, (mixed, alone))]
    assert all(np.allclose(flows[0][name], flows[1][name]) for name in LEDGERS)


def _only(state: str) -> dict[str, float]:
    return {name: 0.0 for name in STILL if name.startswith(f"innenfor.exits.{state}_to_")}


def test_a_mix_is_worth_what_its_states_are_worth_each_by_its_share() -> None:
    still = {name: value for name, value in STILL.items() if "sosialhjelp_to" in name or "no_income_to" in name}
    both = scenario(origin={"age": 25, "mix": mix(sosialhjelp=0.25, no_income=0.75)}, parameters=still, cost=[])
    states = ("sosialhjelp", "no_income")
    one, other = (scenario(origin={"age": 25, "path": [{"state": state}]}, cost=[]) for state in states)
    flows = [simulate(model, model.point()) for model in map(prepared, (both, one, other))]
    for name, amounts in flows[0].ledgers.items():
        assert np.allclose(amounts, 0.25 * flows[1].ledgers[name] + 0.75 * flows[2].ledgers[name])


def test_more_on_no_income_leaves_the_state_less_to_save() -> None:
    state = [
        appraise(scenario(origin={"age": 25, "mix": mix(aap=aap, no_income=1 - aap)}), 200).public["state_transfers"]
        for aap in (1.0, 0.5)
    ]
    assert state[0].expected > state[1].expected > 0


def test_rates_that_are_more_than_all_are_refused() -> None:
    over = {"innenfor.exits.aap_to_ufoeretrygd": {"value": 0.95, "low": 0.9, "high": 1.0}}
    names = ["parameters.innenfor.exits.aap_to_ufoeretrygd"]
    with pytest.raises(InvalidInput):
        appraise(scenario(origin={"age": 25, "mix": mix(aap=1.0)}, parameters=over, meant=names), 50)


@pytest.mark.parametrize(
    ("origin", "cell"),
    [
        ({"mix": mix(aap=0.5, kvp=0.4)}, "origin.mix"),
        ({"mix": [*mix(aap=0.5), *mix(aap=0.5)]}, "origin.mix"),
        ({"mix": mix(aap=1.0), "path": [{"state": "aap"}]}, "origin.mix"),
        ({"mix": mix(prison=1.0)}, "origin.mix[1].state"),
        ({"mix": [{"state": "aap", "share": 1.0, "low": 0.2}]}, "origin.mix[1].high"),
    ],
)
def test_a_mix_that_does_not_hold_together_is_told_at_its_key(origin: dict, cell: str) -> None:
    with pytest.raises(Problems) as refused:
        scenario(origin=origin)
    assert [each.cell for each in refused.value.exceptions] == [cell]


def test_pupils_leave_education_for_nothing_a_benefit_or_the_next_year_of_it() -> None:
    first, second, third = years_of({"age": 17, "mix": mix(education=1.0)}, 3)
    assert first["education"] == 1.0
    assert second == pytest.approx(
        {"education": 0.8, "no_income": 0.15, "sosialhjelp": 0.03, "aap": 0.02, "ufoeretrygd": 0.0}
    )
    assert third["education"] == pytest.approx(0.64)
    assert third["ufoeretrygd"] == pytest.approx(0.02 * 0.067)
