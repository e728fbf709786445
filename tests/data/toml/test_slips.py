"""Whatever slips into settings or indicators: one sentence each with key and cure, exit 1, and the old data serve."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from data import paths
from data.__main__ import main
from data.i18n import LANGUAGES
from data.warehouse import pointer
from tests.data.toml.slips import Slip, slips
from tests.ground import built

SLIPS = list(slips(seed=10, rounds=3))


def in_a_home(slip: Slip, folder: Path) -> Path:
    file = folder / slip.file
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(slip.content)
    return folder


def test_there_are_at_least_two_hundred_slips() -> None:
    assert len(SLIPS) >= 200


@pytest.mark.long
@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: f"{slip.file}: {slip.what}")
def test_a_slip_is_told_with_its_key_and_cure_and_changes_nothing(slip, tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.setenv("INNENFOR_VAR", str(built()))
    monkeypatch.setenv("INNENFOR_HOME", str(in_a_home(slip, tmp_path)))
    before = (built() / pointer.POINTER).read_bytes()
    turn = SLIPS.index(slip)
    assert main(["build", "--json"] if turn % 3 else ["build", "--lang", LANGUAGES[turn % 2]]) == 1
    told = capsys.readouterr().out
    if turn % 3:
        assert_helpful(json.loads(told)["problems"])
    else:
        assert told
        assert all(line.startswith("$INNENFOR_HOME/") for line in told.splitlines())
    assert (built() / pointer.POINTER).read_bytes() == before


def assert_helpful(problems: list[dict[str, str]]) -> None:
    assert problems
    for problem in problems:
        assert problem["file"].startswith("$INNENFOR_HOME/")
        assert problem["cell"] or problem["code"] in ("toml_broken", "toml_twice", "toml_not_utf8")
        assert min(len(problem["says"]), len(problem["do"])) > 10


@pytest.mark.long
@pytest.mark.parametrize("slip", SLIPS[:2], ids=lambda slip: f"{slip.file}: {slip.what}")
def test_each_problem_has_one_line(slip, tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.setenv("INNENFOR_VAR", str(built()))
    monkeypatch.setenv("INNENFOR_HOME", str(in_a_home(slip, tmp_path)))
    main(["build", "--json"])
    problems = json.loads(capsys.readouterr().out)["problems"]
    main(["build", "--lang", "nb"])
    assert len(capsys.readouterr().out.splitlines()) == len(problems)


@pytest.mark.long
@pytest.mark.parametrize("what", ["a home that does not exist", "Latin-1", "a measure that another has"])
def test_a_command_of_its_own_ends_with_one_and_without_a_traceback(what: str, tmp_path) -> None:
    slip = next(each for each in SLIPS if each.what == what)
    own = str(in_a_home(slip, tmp_path))
    environment = {
        **os.environ, "INNENFOR_VAR": str(built()), "INNENFOR_HOME": own, "INNENFOR_LANG": "nb",
    }  # fmt: skip
    for asked in ("build", "check"):
        command = [sys.executable, "-m", "data", asked]
        answer = subprocess.run(command, cwd=paths.ROOT, env=environment, capture_output=True, text=True, check=False)
        assert answer.returncode == 1
        assert "Traceback" not in answer.stderr + answer.stdout
        assert answer.stdout.startswith("$INNENFOR_HOME/")


@pytest.mark.long
def test_the_files_as_shipped_are_fine(capsys) -> None:
    assert main(["check", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["indicators"] == len(list(paths.shipped("indicators").glob("*.toml")))


OPENED = """
import json, sys
from streamlit.testing.v1 import AppTest
app = AppTest.from_file("app.py", default_timeout=120).run()
print(json.dumps({"broken": len(app.exception), "html": [each.proto.body for each in app.get("html")]}))
"""


@pytest.mark.long
@pytest.mark.parametrize("what", ["a peer that does not exist", "half a file", "another id"])
def test_the_app_starts_and_says_what_is_wrong(what: str, tmp_path) -> None:
    slip = next(each for each in SLIPS if each.what == what)
    environment = {
        **os.environ, "INNENFOR_VAR": str(built()), "INNENFOR_HOME": str(in_a_home(slip, tmp_path)),
    }  # fmt: skip
    command = [sys.executable, "-c", OPENED]
    answer = subprocess.run(command, cwd=paths.ROOT, env=environment, capture_output=True, text=True, check=True)
    shown = json.loads(answer.stdout.splitlines()[-1])
    assert shown["broken"] == 0
    assert any('role="alert"' in each and "$INNENFOR_HOME/" in each for each in shown["html"])
