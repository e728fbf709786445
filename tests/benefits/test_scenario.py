"""A scenario is read as it is written; what is wrong in it is named with key, value and cure."""

from pathlib import Path

import pytest

from benefits.appraisal import appraise
from benefits.errors import ParameterUndefined, ScenarioError
from benefits.scenario import Scenario, shipped, shipped_scenario
from tests.benefits.scenarios import FIELDS, fields, scenario

PATH = [{"state": "aap", "years": 3}]
COST = {"payer": "municipality", "nok": 100}


def refusal(**changes) -> ScenarioError:
    with pytest.raises(ScenarioError) as refused:
        scenario(**changes)
    return refused.value


@pytest.mark.parametrize(
    ("changes", "code", "where", "said"),
    [
        ({"participnts": 5}, "unknown_key", "participnts", "participants"),
        ({"effect__vlue": 0.1}, "unknown_key", "effect.vlue", "value"),
        ({"zzzzzz": 5}, "unknown_key", "zzzzzz", "base_year"),
        ({"cost": [{**COST, "payr": "x"}]}, "unknown_key", "cost[1].payr", "payer"),
        ({"participants": -1}, "out_of_range", "participants", ">= 0"),
        ({"participants": "many"}, "wrong_type", "participants", "number"),
        ({"participants": True}, "wrong_type", "participants", "number"),
        ({"participants": float("nan")}, "out_of_range", "participants", ">= 0"),
        ({"participants": 1e300}, "out_of_range", "participants", ">= 0"),
        ({"destination__wage_nok": 1e16}, "out_of_range", "destination.wage_nok", ">= 0"),
        ({"cost": [{**COST, "nok": -1e300}]}, "out_of_range", "cost[1].nok", "1e+15"),
        ({"participants": None}, "missing_key", "participants", ">= 0"),
        ({"uptake": 1.2}, "out_of_range", "uptake", "0 – 1"),
        ({"displacement__value": 1.2}, "out_of_range", "displacement.value", "0 – 1"),
        ({"displacement__low": 0.3}, "conflict", "displacement.value", "low <= value <= high"),
        ({"displacement__low": None}, "missing_key", "displacement.low", "0 – 1"),
        ({"horizon_years": 0}, "out_of_range", "horizon_years", "1 – 100"),
        ({"horizon_years": 500}, "out_of_range", "horizon_years", "1 – 100"),
        ({"horizon_years": 2.5}, "wrong_type", "horizon_years", "whole"),
        ({"start_year": 2024}, "out_of_range", "start_year", "2025"),
        ({"start_year": 2037}, "out_of_range", "start_year", "2036"),
        ({"base_year": 2027}, "grunnbeloep_unknown", "base_year", "2025"),
        ({"base_year": "2025"}, "wrong_type", "base_year", "number"),
        ({"cost": [{**COST, "payer": "municipalty"}]}, "unknown_name", "cost[1].payer", "municipality"),
        ({"cost": [{**COST, "kind": "transfer"}]}, "missing_key", "cost[1].to", "participants"),
        ({"cost": [{**COST, "to": "county"}]}, "conflict", "cost[1].to", "transfer"),
        ({"cost": [{**COST, "year": 12}]}, "out_of_range", "cost[1].year", "0 – 11"),
        ({"cost": [{**COST, "year": 2037}]}, "out_of_range", "cost[1].year", "2036"),
        ({"cost": [{"payer": "county"}]}, "missing_key", "cost[1].nok", "1e+15"),
        ({"cost": {"payer": "county"}}, "wrong_type", "cost", "[[cost]]"),
        ({"effect": 0.1}, "wrong_type", "effect", "table"),
        ({"origin__path": [{"state": "app"}]}, "unknown_name", "origin.path[1].state", "aap"),
        ({"origin__path": [{"state": "aap"}, {"state": "kvp"}]}, "missing_key", "origin.path[1].years", "0 – 100"),
        ({"origin__age": 70}, "out_of_range", "origin.age", "10 – 66"),
        ({"destination__state": "wrk"}, "unknown_name", "destination.state", "work"),
        ({"destination__zone": "9"}, "unknown_name", "destination.zone", "4a"),
        ({"destination__full_time_share": 80}, "out_of_range", "destination.full_time_share", "0 – 1"),
        ({"destination__fills_vacancy": True}, "conflict", "destination.fills_vacancy", "municipality"),
        ({"destination__fills_vacancy": "yes"}, "wrong_type", "destination.fills_vacancy", "true"),
        ({"effect__value": 10}, "looks_like_percent", "effect.value", "0.1"),
        ({"effect__high": 18}, "looks_like_percent", "effect.high", "0.18"),
        ({"effect__value": 500}, "out_of_range", "effect.value", "-1 – 1"),
        ({"effect__value": []}, "wrong_type", "effect.value", "-1 – 1"),
        ({"effect__low": 0.15}, "conflict", "effect", "low <= value <= high"),
        ({"effect__low": None}, "missing_interval", "effect", "se"),
        ({"effect__low": None, "effect__high": None}, "missing_interval", "effect", "se"),
        ({"effect__se": 0.01}, "conflict", "effect.se", "se"),
        ({"effect": {"value": 0.1, "se": -0.1, "evidence": "rct"}}, "out_of_range", "effect.se", "0 – 1"),
        ({"effect__low": [0.0, 0.0]}, "conflict", "effect.low", "1"),
        ({"effect__evidence": "hearsay"}, "unknown_name", "effect.evidence", "rct"),
        ({"effect__evidence": "monitoring"}, "missing_deadweight", "effect.deadweight", "0 – 1"),
        ({"effect__control_group": False}, "missing_deadweight", "effect.deadweight", "0 – 1"),
        ({"effect__evidence": None}, "missing_deadweight", "effect.deadweight", "0 – 1"),
        ({"effect__outcome": "any_job"}, "missing_key", "effect.work_years_per_success", "work_years_low"),
        ({"persistence__constant_years": 3}, "conflict", "persistence.constant_years", "schedule"),
        ({"persistence__half_life_years": 0}, "out_of_range", "persistence.half_life_years", "0.01"),
        ({"persistence": {"schedule": [1.2]}}, "out_of_range", "persistence.schedule", "0 – 1"),
        ({"title": 5}, "wrong_type", "title", "table"),
        ({"not_priced": [{"label": "x", "weight": "huge"}]}, "unknown_name", "not_priced[1].weight", "large"),
        ({"parameters": {"nav.rates.aap_rte": 0.7}}, "unknown_name", "parameters.nav.rates.aap_rte", "aap_rate"),
        ({"parameters": 3}, "wrong_type", "parameters", "table"),
    ],
)
def test_bad_input_is_one_error_with_key_value_and_cure(changes, code: str, where: str, said: str) -> None:
    error = refusal(**changes)
    assert (error.code, error.where) == (code, where)
    for lang in ("nb", "en"):
        assert where in error.says(lang)
        assert said in error.says(lang) + error.do(lang)
    assert set(error.as_json()["error"]) >= {"code", "where", "found", "do"}


def test_the_first_problem_alone_is_told() -> None:
    assert refusal(horizon_years=0, participants=-1).where == "horizon_years"


def test_an_effect_without_a_control_group_is_less_its_deadweight() -> None:
    known = {"effect__evidence": "monitoring", "effect__deadweight": 0.25}
    assert scenario(**known).effect.deadweight.value == 0.25
    assert scenario(effect__evidence="register", effect__control_group=True).effect.deadweight.value == 0


def test_a_standard_error_gives_the_95_per_cent_interval() -> None:
    effect = scenario(effect={"value": 0.1, "se": 0.02, "evidence": "rct"}).effect
    assert effect.low == pytest.approx((0.1 - 1.959964 * 0.02,))
    assert effect.high == pytest.approx((0.1 + 1.959964 * 0.02,))


def test_what_is_left_out_is_listed_with_the_value_taken() -> None:
    least = Scenario.from_dict({"base_year": 2025, "participants": 10, "effect": FIELDS["effect"]})
    listed = {item.key: item.value for item in least.defaults}
    assert listed["uptake"] == 1.0
    assert listed["horizon_years"] == 10
    assert listed["start_year"] == 2025
    assert listed["persistence.half_life_years"] == 4.0
    assert listed["displacement.value"] == 0.2
    assert listed["origin.path"] == "sosialhjelp"
    assert listed["destination.zone"] == "1"
    assert listed["income_equalisation"] is True
    assert {item["key"] for item in appraise(least, draws=10).as_dict()["defaults"]} == set(listed)


def test_what_is_given_is_not_listed_as_a_default() -> None:
    keys = {item.key for item in scenario().defaults}
    assert keys & {"uptake", "horizon_years", "displacement.value", "origin.age", "destination.zone"} == set()


def test_a_cost_may_name_the_calendar_year() -> None:
    costs = scenario(cost=[{**COST, "year": 2027}, {**COST, "year": 2}]).costs
    assert [cost.year for cost in costs] == [2, 2]


def test_the_reader_may_give_the_base_amount_of_an_unpublished_year() -> None:
    given = scenario(base_year=2026, start_year=2026, grunnbeloep_nok=135_000)
    assert given.grunnbeloep_nok == 135_000
    assert appraise(given, draws=10).base_year == 2026


def test_a_year_without_taxes_names_the_rate_that_is_missing() -> None:
    with pytest.raises(ParameterUndefined) as refused:
        appraise(scenario(base_year=2023, start_year=2023), draws=10)
    assert refused.value.where.startswith("skatteetaten.tax.")


def test_a_scenario_may_replace_a_parameter_it_uses() -> None:
    replaced = scenario(parameters={"nav.rates.aap_minimum": 3.0})
    assert appraise(replaced, draws=10).parameters["nav.rates.aap_minimum"] == 3.0
    assert appraise(replaced, draws=10).participants.npv < appraise(scenario(), draws=10).participants.npv


def test_a_replacement_that_nothing_uses_is_refused() -> None:
    with pytest.raises(ScenarioError) as refused:
        appraise(scenario(parameters={"nav.rates.kvp": 3.0}), draws=10)
    assert refused.value.where == "parameters.nav.rates.kvp"


def test_a_changed_copy_leaves_the_first_alone() -> None:
    first = scenario()
    copy = first.changed(participants=5, effect__value=0.05)
    assert (copy.participants.value, copy.effect.value) == (5, (0.05,))
    assert (first.participants.value, first.effect.value) == (100, (0.10,))


@pytest.mark.parametrize("name", shipped())
def test_a_scenario_written_out_reads_back_the_same(name: str) -> None:
    first = shipped_scenario(name)
    again = Scenario.from_toml(first.as_toml())
    assert again == first


@pytest.mark.parametrize("text", ['a\tb "c" \\ \n æøå', "", "\x7f"])
def test_any_title_survives_being_written(text: str) -> None:
    assert Scenario.from_toml(scenario(title=text).as_toml()).title == {"nb": text, "en": text}


def test_a_replaced_parameter_survives_being_written() -> None:
    first = scenario(parameters={"nav.rates.aap_rate": {"value": 0.6, "low": 0.5, "high": 0.7}})
    assert Scenario.from_toml(first.as_toml()).parameters == first.parameters


def test_a_file_that_is_missing_or_not_toml_is_one_error(tmp_path: Path) -> None:
    broken, binary = tmp_path / "broken.toml", tmp_path / "binary.toml"
    broken.write_text("participants = = 3")
    binary.write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path / "none.toml", broken, binary, tmp_path):
        with pytest.raises(ScenarioError) as refused:
            Scenario.read(path)
        assert refused.value.code == "scenario_unreadable"


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "windows.toml"
    path.write_text("\ufeff" + Scenario.from_dict(fields()).as_toml(), encoding="utf-8")
    assert Scenario.read(path) == scenario()


@pytest.mark.parametrize("name", shipped())
def test_what_a_shipped_scenario_names_has_a_name_in_each_language(name: str) -> None:
    found = shipped_scenario(name)
    labels = [found.title, *(item.label for item in (*found.costs, *found.services, *found.other_gains))]
    assert all(label["nb"] != label["en"] for label in labels)
