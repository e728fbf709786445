"""Editing a copy of a scenario: the range moves with its number, and the original stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.scenario.edits import changes, edited, own_values
from benefits.scenario.model import Scenario, shipped, shipped_scenario
from benefits.valuation.appraisal import appraise
from data.ingest.contract import Problems

DRAWS = 50


@pytest.mark.long
@pytest.mark.parametrize("name", shipped())
def test_editing_a_scenario_to_what_it_is_changes_nothing(name: str) -> None:
    scenario = shipped_scenario(name)
    before, after = (appraise(each, DRAWS) for each in (scenario, edited(scenario, own_values(scenario))))
    assert (before.society, before.public, before.tornado) == (after.society, after.public, after.tornado)


@pytest.mark.long
@given(
    name=st.sampled_from(shipped()),
    peak=st.floats(-1, 1),
    share=st.floats(0, 1),
    years=st.floats(0.01, 100),
    count=st.integers(0, 10_000),
)
def test_whatever_the_sliders_say_the_range_holds_the_number(
    name: str, peak: float, share: float, years: float, count: int
) -> None:
    edits = {"effect": peak, "displacement": share, "full_time_share": share, "lasting_years": years}
    found = edited(shipped_scenario(name), {**edits, "participants": count, "wage_nok": 1000.0 * count})
    for low, value, high in zip(found.effect.low, found.effect.value, found.effect.high, strict=True):
        assert -1 <= low <= value <= high <= 1
    for spread in (found.displacement, found.destination.full_time_share, found.persistence.years):
        assert spread.ends[0] <= spread.value <= spread.ends[1]


def test_a_path_is_scaled_as_a_whole_and_keeps_its_uncertainty() -> None:
    found = edited(shipped_scenario("ips_job_support"), {"effect": 0.206})
    assert found.effect.value == pytest.approx((0.19, 0.206))
    assert found.effect.high[0] - found.effect.low[0] == pytest.approx(0.18)


def test_a_path_of_nothing_takes_the_new_effect_in_every_year() -> None:
    nothing = shipped_scenario("ips_job_support").changed(effect__value=[0.0, 0.0], effect__low=-0.1, effect__high=0.1)
    assert edited(nothing, {"effect": 0.05}).effect.value == (0.05, 0.05)


def test_a_duration_of_no_years_keeps_a_range_when_it_is_lengthened() -> None:
    none = shipped_scenario("municipality_as_employer").changed(persistence__constant_years=0.0, persistence__low=0.0)
    assert edited(none, {"lasting_years": 3.0}).persistence.years.ends == (3.0, 7.0)


def test_the_original_stays_as_it_was() -> None:
    scenario = shipped_scenario("ips_job_support")
    edited(scenario, {"participants": 7, "cost_factor": 2.0})
    assert scenario.raw == shipped_scenario("ips_job_support").raw


def test_doubling_the_cost_costs_twice_as_much() -> None:
    scenario = shipped_scenario("ips_job_support")
    once, twice = (appraise(edited(scenario, {"cost_factor": factor}), DRAWS) for factor in (1.0, 2.0))
    assert twice.programme_cost == pytest.approx(2 * once.programme_cost)
    assert twice.participants == once.participants


def test_a_horizon_shorter_than_its_costs_is_refused_by_name() -> None:
    with pytest.raises(Problems) as refused:
        edited(shipped_scenario("completing_upper_secondary"), {"horizon_years": 1})
    assert "cost[2].year" in [each.where for each in refused.value.exceptions]


def test_what_has_no_one_number_cannot_be_edited() -> None:
    fields = {"persistence": {"schedule": [1.0, 0.5]}, "cost": None}
    found = own_values(shipped_scenario("ips_job_support").changed(**fields))
    assert {"lasting_years", "cost_factor"}.isdisjoint(found)


def test_the_edits_can_be_written_as_a_call() -> None:
    scenario = shipped_scenario("ips_job_support")
    edits = {"participants": 50, "displacement": 0.0}
    assert scenario.changed(**changes(scenario, edits)) == edited(scenario, edits)
    assert edited(scenario, edits).displacement.ends == (0.0, 0.25)


@pytest.mark.parametrize(
    "text", ["x = " + "1" * 5000, "a = " + "[" * 100_000, "base_year = 2025\nparticipants = " + "9" * 400, "a = "]
)
def test_a_file_that_is_absurd_is_refused_in_words(text: str) -> None:
    with pytest.raises(Problems) as refused:
        Scenario.from_toml(text, "mine.toml")
    assert all(len(each.line("nb")) < 250 for each in refused.value.exceptions)
