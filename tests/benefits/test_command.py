"""The command prints one JSON object, and refuses with one too."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benefits.__main__ import main
from benefits.appraisal import appraise
from benefits.scenario import shipped
from tests.benefits.scenarios import fields, scenario

ROOT = Path(__file__).resolve().parents[2]


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
    assert found == expected.as_dict()


def test_bad_input_exits_with_one_and_an_error(capsys, tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text("base_year = 2025\nparticipants = -3\n", encoding="utf-8")
    code, found = answer(capsys, str(path), "--lang", "nb")
    assert code == 1
    assert set(found) == {"error"}
    assert found["error"]["code"] == "out_of_range"
    assert found["error"]["where"] == "participants"
    assert "-3" in found["error"]["says"]
    assert ">= 0" in found["error"]["do"]


def test_a_missing_file_and_bad_draws_are_errors_too(capsys) -> None:
    assert answer(capsys, "nowhere.toml")[1]["error"]["code"] == "scenario_unreadable"
    code = main(["appraise", shipped()[0], "--draws", "0"])
    assert code == 1
    assert json.loads(capsys.readouterr().out)["error"]["where"] == "draws"


def test_the_command_runs_as_a_module_and_prints_utf8(tmp_path: Path) -> None:
    path = tmp_path / "æøå.toml"
    path.write_text(scenario(title="Følgeskap på vei").as_toml(), encoding="utf-8")
    command = [sys.executable, "-m", "benefits", "appraise", str(path), "--draws", "20"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0
    assert json.loads(done.stdout.decode("utf-8"))["title"]["nb"] == "Følgeskap på vei"


def test_no_fields_are_left_over_for_another_test() -> None:
    assert fields() == fields()
