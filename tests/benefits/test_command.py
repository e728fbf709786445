"""The command prints one JSON object, and refuses with one too."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benefits.__main__ import main
from benefits.scenario.model import shipped
from benefits.valuation.appraisal import appraise
from benefits.valuation.yearly_chances import chances_by_year
from data import paths
from tests.benefits.scenarios import fields, scenario

ROOT = paths.ROOT


def answer(capsys, *arguments: str) -> tuple[int, dict]:
    code = main(["appraise", *arguments, "--draws", "50", "--json"])
    return code, json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_scenario_is_appraised_by_name(capsys, name: str) -> None:
    code, found = answer(capsys, name)
    assert code == 0
    assert found["society"]["npv"]


def test_the_command_and_the_function_give_the_same(capsys, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(scenario().as_toml(), encoding="utf-8")
    code, found = answer(capsys, str(path), "--seed", "7", "--lang", "nb")
    expected = appraise(scenario(), 50, 7)
    assert code == 0
    assert found.pop("sentence") == expected.sentence("nb")
    assert found["by_year"].pop("probability_positive") == chances_by_year(scenario(), 50, 7)
    assert found == expected.as_dict()


def test_bad_input_exits_with_one_and_an_error(capsys, tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text("base_year = 2025\nparticipants = -3\n", encoding="utf-8")
    code, found = answer(capsys, str(path), "--lang", "nb")
    assert code == 1
    assert set(found) == {"error", "errors"}
    assert found["error"] == found["errors"][0]
    assert found["error"]["code"] == "toml_value"
    assert found["error"]["where"] == "bad.toml: participants"
    assert "-3" in found["error"]["says"]
    assert "fra 0" in found["error"]["expected"]
    assert found["errors"][1]["cell"] == "effect"


def test_a_missing_file_and_bad_draws_are_errors_too(capsys) -> None:
    assert answer(capsys, "nowhere.toml")[1]["error"]["code"] == "toml_no_file"
    code = main(["appraise", shipped()[0], "--draws", "0"])
    assert code == 1
    assert json.loads(capsys.readouterr().out)["error"]["where"] == "draws"


@pytest.mark.long
def test_the_command_runs_as_a_module_and_prints_utf8(tmp_path: Path) -> None:
    path = tmp_path / "æøå.toml"
    path.write_text(scenario(title="Følgeskap på vei").as_toml(), encoding="utf-8")
    command = [sys.executable, "-m", "benefits", "appraise", str(path), "--draws", "20"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0
    assert json.loads(done.stdout.decode("utf-8"))["title"]["nb"] == "Følgeskap på vei"


def test_no_fields_are_left_over_for_another_test() -> None:
    assert fields() == fields()


PLAIN = """
base_year = 2025
participants = 1
horizon_years = 1
effect = { value = 1.0, low = 1.0, high = 1.0, evidence = "rct" }
persistence = { constant_years = 1 }
displacement = { value = 0 }
origin = { age = 30, path = [{ state = "no_income" }] }
destination = { state = "education" }
"""
FRAM = """
[[cost]]
payer = "state_tax"
nok = 17560282.392525304
[[other_gain]]
beneficiary = "others"
nok_per_person_year = 21579564.9271875378
evidence = "statute"
"""
JOB_CORPS = """
[[cost]]
payer = "state_transfers"
nok = 13844
[[cost]]
payer = "state_transfers"
nok = 2314
kind = "transfer"
to = "participants"
[[other_gain]]
beneficiary = "participants"
nok_per_person_year = 68.59
evidence = "statute"
[[other_gain]]
beneficiary = "state_tax"
nok_per_person_year = 272.15
evidence = "statute"
"""


def test_frams_lines_typed_in_as_a_scenario_come_out_as_published(capsys, tmp_path: Path) -> None:
    path = tmp_path / "fram.toml"
    path.write_text(PLAIN + FRAM, encoding="utf-8")
    found = answer(capsys, str(path))[1]
    assert found["tax_financing_term"] == pytest.approx(-3512056.4785050615, rel=1e-9)
    assert found["society"]["npv"] == pytest.approx(507226.0561572327, rel=1e-9)
    assert found["society"]["probability_positive"] == 1


def test_job_corps_typed_in_as_a_scenario_comes_out_as_published(capsys, tmp_path: Path) -> None:
    path = tmp_path / "job_corps.toml"
    path.write_text(PLAIN + JOB_CORPS, encoding="utf-8")
    found = answer(capsys, str(path))[1]
    assert round(-found["public_total"]["npv"]) == 15886
    assert found["participants"]["npv"] == pytest.approx(2382.59)
    assert round(found["mvpf"], 3) == 0.150
