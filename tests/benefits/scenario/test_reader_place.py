"""A scenario that names no municipality follows the reader's own, and never silently Kristiansand's tax."""

from types import SimpleNamespace

import pytest

from benefits.scenario import reader
from benefits.scenario.model import shipped, shipped_scenario
from benefits.valuation.appraisal import appraise

SOUTH = {"4204": "equalisation_supplement", "4228": "equalisation_symmetric", "9999": "equalisation_both_cases"}


@pytest.mark.parametrize("name", shipped())
def test_no_shipped_scenario_bears_a_place_or_years_of_its_own(name: str) -> None:
    assert not {"municipality", "base_year", "start_year"} & set(shipped_scenario(name).raw)


@pytest.mark.parametrize(("code", "note"), SOUTH.items())
def test_the_readers_own_municipality_decides_what_equalisation_takes(code: str, note: str, monkeypatch) -> None:
    monkeypatch.setattr(reader, "settings", lambda: SimpleNamespace(home_municipality=code))
    scenario = shipped_scenario("ips_job_support")
    found = appraise(scenario, 50)
    assert scenario.municipality == (code if code != "9999" else "")
    assert note in found.notes
    assert "municipality" in {each.key for each in found.defaults}
