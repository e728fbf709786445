"""A scenario is read as it is written; what is wrong in it is named with key, value and cure."""

from pathlib import Path

import pytest

from benefits.scenario.model import Scenario, shipped, shipped_scenario
from benefits.valuation.appraisal import appraise
from data.i18n import LANGUAGES
from data.ingest.contract import Problem, Problems
from tests.benefits.scenarios import FIELDS, fields, scenario

PATH = [{"state": "aap", "years": 3}]
COST = {"payer": "municipality", "nok": 100}


def refusal(**changes) -> list[Problem]:
    with pytest.raises(Problems) as refused:
        scenario(**changes)
    return [each for each in refused.value.exceptions if isinstance(each, Problem)]


@pytest.mark.parametrize(
    ("changes", "code", "where", "said"),
    [
        ({"participnts": 5}, "toml_unknown_key_near", "participnts", "participants"),
        ({"effect__vlue": 0.1}, "toml_unknown_key_near", "effect.vlue", "value"),
        ({"zzzzzz": 5}, "toml_unknown_key", "zzzzzz", "base_year"),
        ({"cost": [{**COST, "payr": "x"}]}, "toml_unknown_key_near", "cost[1].payr", "payer"),
        ({"participants": -1}, "toml_value", "participants", "from 0"),
        ({"participants": "many"}, "toml_value", "participants", "number"),
        ({"participants": True}, "toml_value", "participants", "number"),
        ({"participants": float("nan")}, "toml_value", "participants", "a number"),
        ({"participants": 1e300}, "toml_value", "participants", "from 0"),
        ({"destination__wage_nok": 1e16}, "toml_value", "destination.wage_nok", "from 0"),
        ({"cost": [{**COST, "nok": -1e300}]}, "toml_value", "cost[1].nok", "−10¹⁵"),
        ({"participants": None}, "toml_missing", "participants", "from 0"),
        ({"uptake": 1.2}, "toml_value", "uptake", "from 0 to 1"),
        ({"displacement__value": 1.2}, "toml_value", "displacement.value", "from 0 to 1"),
        ({"displacement__low": 0.3}, "conflict", "displacement.value", "low <= value <= high"),
        ({"displacement__low": None}, "toml_missing", "displacement.low", "a number"),
        ({"horizon_years": 0}, "toml_value", "horizon_years", "from 1 to 100"),
        ({"horizon_years": 500}, "toml_value", "horizon_years", "from 1 to 100"),
        ({"horizon_years": 2.5}, "toml_value", "horizon_years", "whole"),
        ({"start_year": 2024}, "toml_value", "start_year", "2025"),
        ({"start_year": 2037}, "toml_value", "start_year", "2036"),
        ({"base_year": 2027, "start_year": 2027}, "grunnbeloep_unknown", "base_year", "2026"),
        (
            {"base_year": 2027, "start_year": 2027, "grunnbeloep_nok": 140_000},
            "grunnbeloep_unknown",
            "base_year",
            "2026",
        ),
        ({"base_year": 2020, "start_year": 2020}, "toml_value", "base_year", "2021"),
        (
            {"cost": [{"payer": "county", "nok": 1.0, "kind": "transfer", "to": "county"}]},
            "conflict",
            "cost[1].to",
            "≠",
        ),
        ({"base_year": "2025"}, "toml_value", "base_year", "number"),
        ({"cost": [{**COST, "payer": "municipalty"}]}, "toml_unknown_name_near", "cost[1].payer", "municipality"),
        ({"cost": [{**COST, "kind": "transfer"}]}, "toml_missing", "cost[1].to", "participants"),
        ({"cost": [{**COST, "to": "county"}]}, "conflict", "cost[1].to", "transfer"),
        ({"cost": [{**COST, "year": 12}]}, "toml_value", "cost[1].year", "from 0 to 11"),
        ({"cost": [{**COST, "year": 2037}]}, "toml_value", "cost[1].year", "2036"),
        ({"cost": [{"payer": "county"}]}, "toml_missing", "cost[1].nok", "−10¹⁵"),
        ({"cost": {"payer": "county"}}, "toml_value", "cost", "list"),
        ({"effect": 0.1}, "toml_value", "effect", "table"),
        ({"origin__path": [{"state": "app"}]}, "toml_unknown_name_near", "origin.path[1].state", "aap"),
        ({"origin__path": [{"state": "aap"}, {"state": "kvp"}]}, "toml_missing", "origin.path[1].years", "from 0 to"),
        ({"origin__age": 70}, "toml_value", "origin.age", "from 10 to 66"),
        ({"destination__state": "wrk"}, "toml_unknown_name_near", "destination.state", "work"),
        ({"destination__zone": "9"}, "toml_unknown_name", "destination.zone", "4a"),
        ({"destination__full_time_share": 80}, "toml_value", "destination.full_time_share", "from 0 to 1"),
        ({"destination__fills_vacancy": True}, "conflict", "destination.fills_vacancy", "municipality"),
        ({"destination__fills_vacancy": "yes"}, "toml_value", "destination.fills_vacancy", "true"),
        ({"effect__value": 10}, "looks_like_percent", "effect.value", "0.1"),
        ({"effect__high": 18}, "looks_like_percent", "effect.high", "0.18"),
        ({"effect__value": 500}, "toml_value", "effect.value", "from -1 to 1"),
        ({"effect__value": []}, "toml_value", "effect.value", "at least one"),
        ({"effect__low": 0.15}, "conflict", "effect", "low <= value <= high"),
        ({"effect__low": None}, "missing_interval", "effect", "se"),
        ({"effect__low": None, "effect__high": None}, "missing_interval", "effect", "se"),
        ({"effect__se": 0.01}, "conflict", "effect.se", "se"),
        ({"effect": {"value": 0.1, "se": -0.1, "evidence": "rct"}}, "toml_value", "effect.se", "from 0 to 1"),
        ({"effect__low": [0.0, 0.0]}, "conflict", "effect.low", "1"),
        ({"effect__evidence": "hearsay"}, "toml_unknown_name", "effect.evidence", "rct"),
        ({"effect__evidence": "monitoring"}, "missing_deadweight", "effect.deadweight", "from 0 to 1"),
        ({"effect__control_group": False}, "missing_deadweight", "effect.deadweight", "from 0 to 1"),
        ({"effect__evidence": None}, "missing_deadweight", "effect.deadweight", "from 0 to 1"),
        (
            {"effect__outcome": "any_job", "effect__work_years_per_success": 0.6},
            "toml_missing",
            "effect.work_years_low",
            "from 0 to 1",
        ),
        ({"persistence__constant_years": 3}, "conflict", "persistence.constant_years", "schedule"),
        ({"persistence__half_life_years": 0}, "toml_value", "persistence.half_life_years", "0.01"),
        ({"persistence": {"schedule": [100, 50]}}, "looks_like_percent", "persistence.schedule", "0.5"),
        ({"persistence": {"schedule": [-0.5]}}, "toml_value", "persistence.schedule", "from 0 to 1"),
        ({"title": 5}, "toml_value", "title", "table"),
        ({"not_priced": [{"label": "x", "weight": "huge"}]}, "toml_unknown_name", "not_priced[1].weight", "large"),
        (
            {"parameters": {"nav.rates.aap_rte": 0.7}},
            "toml_unknown_name_near",
            "parameters.nav.rates.aap_rte",
            "aap_rate",
        ),
        ({"parameters": 3}, "toml_value", "parameters", "table"),
    ],
)
def test_bad_input_is_told_at_its_key_with_the_cure(changes, code: str, where: str, said: str) -> None:
    problems = {(each.code, each.cell): each for each in refusal(**changes)}
    assert set(problems) == {(code, where)}
    problem = problems[code, where]
    assert all(where in problem.line(lang) for lang in LANGUAGES)
    assert said in problem.line("en")
    assert set(problem.as_json()["error"]) >= {"code", "where", "found", "do"}


def test_a_job_of_any_kind_needs_all_three_numbers_of_its_work_years() -> None:
    found = [each.cell for each in refusal(effect__outcome="any_job")]
    assert found == ["effect.work_years_low", "effect.work_years_per_success"]


def test_every_problem_is_told_at_once() -> None:
    found = refusal(
        horizon_years=0, participants=-1, effect__low=None, displacement__low=0.3, destination__zone="9", titel="x",
        cost=[{**COST, "payer": "me"}, {**COST, "kind": "transfer"}], parameters={"nav.rates.aap_rte": 0.7},
    )  # fmt: skip
    assert [each.cell for each in found] == [
        "participants", "effect", "horizon_years", "displacement.value", "destination.zone", "cost[1].payer",
        "cost[2].to", "parameters.nav.rates.aap_rte", "titel",
    ]  # fmt: skip


def test_the_problems_of_a_file_name_it(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("base_year = 2025\nparticipants = -1\n[effect]\nvalue = 0.1\nse = 2", encoding="utf-8")
    with pytest.raises(Problems) as refused:
        Scenario.read(path)
    told = {each.where: each.line("nb") for each in refused.value.exceptions if isinstance(each, Problem)}
    assert set(told) == {"mine.toml: participants", "mine.toml: effect.se"}
    assert all(line.startswith("mine.toml · ") for line in told.values())


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


def test_a_scenario_may_replace_a_parameter_it_uses() -> None:
    replaced = scenario(parameters={"nav.rates.aap_minimum": 3.0})
    assert appraise(replaced, draws=10).parameters["nav.rates.aap_minimum"] == 3.0
    assert appraise(replaced, draws=10).participants.npv < appraise(scenario(), draws=10).participants.npv


def test_a_replacement_that_nothing_uses_is_refused() -> None:
    with pytest.raises(Problems) as refused:
        appraise(scenario(parameters={"nav.rates.kvp": 3.0}), draws=10)
    assert [each.where for each in refused.value.exceptions] == ["parameters.nav.rates.kvp"]


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
        with pytest.raises(Problems) as refused:
            Scenario.read(path)
        (problem,) = refused.value.exceptions
        assert problem.file == path.name


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "windows.toml"
    path.write_text("\ufeff" + Scenario.from_dict(fields()).as_toml(), encoding="utf-8")
    assert Scenario.read(path) == scenario()


@pytest.mark.parametrize("name", shipped())
def test_what_a_shipped_scenario_names_has_a_name_in_each_language(name: str) -> None:
    found = shipped_scenario(name)
    labels = [found.title, *(item.label for item in (*found.costs, *found.services, *found.other_gains))]
    assert all(label["nb"] != label["en"] for label in labels)
