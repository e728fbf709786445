"""Every base year on published rates, the plan of the years to come, and rules held constant, said once."""

from datetime import date

import pytest

from benefits.parameters import parameter
from benefits.persons.origin_chain import origin_state
from benefits.scenario.model import Scenario
from benefits.valuation.appraisal import appraise
from data.problems import Problems
from tests.benefits.scenarios import fields, scenario


@pytest.mark.parametrize("year", range(2021, 2027))
def test_every_base_year_runs_on_rates_of_its_own(year: int) -> None:
    found = appraise(scenario(base_year=year, start_year=year), draws=50)
    assert found.base_year == year
    assert found.parameters["skatteetaten.tax.personfradrag"] == parameter("skatteetaten.tax.personfradrag").at(
        date(year, 7, 1)
    )


def test_the_years_left_out_are_prices_of_2026_a_start_in_2027_and_a_plan_to_2030() -> None:
    given = Scenario.from_dict(
        {key: value for key, value in fields().items() if key not in ("base_year", "start_year")}
    )
    found = appraise(given, draws=50)
    assert (given.base_year, given.start) == (2026, 1)
    assert [row["year"] for row in found.economic_plan["municipality"]] == [2027, 2028, 2029, 2030]
    assert {"base_year", "start_year"} <= {default.key for default in found.defaults}
    assert found.notes.count("rules_constant") == 1


def test_rules_may_be_kept_from_being_carried_on() -> None:
    with pytest.raises(Problems):
        scenario(rules_constant=False)
    assert scenario(rules_constant=False, horizon_years=2).horizon_years == 2


def test_the_qualification_programme_ends_after_two_years_and_says_so() -> None:
    given = scenario(origin__path=[{"state": "kvp", "years": 4}, {"state": "no_income"}])
    assert [origin_state(given, year)[0] for year in range(5)] == [
        "kvp",
        "kvp",
        "sosialhjelp",
        "sosialhjelp",
        "no_income",
    ]
    assert "kvp_too_long" in appraise(given, draws=10).notes


def test_children_raise_what_the_state_pays() -> None:
    none, two = (appraise(scenario(origin__children=children), draws=10) for children in (0, 2))
    assert two.public["state_transfers"].npv > none.public["state_transfers"].npv


def test_a_worker_who_loses_a_small_job_has_no_unemployment_benefit() -> None:
    small = {"destination__full_time_share": 0.4, "origin__path": [{"state": "no_income"}]}
    found = appraise(scenario(displacement={"value": 0.5}, **small), draws=10)
    assert found.public["state_transfers"].npv == 0
