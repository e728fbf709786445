import json
import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from data import paths
from data.catalogue import indicators
from tests.data.raw_ground import deliver
from tests.ground import built

pytestmark = pytest.mark.long
ROOT = paths.ROOT


def command(*arguments: str, var: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "INNENFOR_VAR": str(var or built()), "INNENFOR_LANG": "en"}
    asked = [sys.executable, "-m", "data", *arguments]
    return subprocess.run(asked, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_show_prints_json_numbers_and_the_same_as_csv() -> None:
    told = json.loads(command("show", "neet_register", "--region", "4204", "--json").stdout)
    row = next(r for r in told["rows"] if (r["period"], r["age_group"], r["sex"]) == ("2024", "15-29", "both"))
    assert (row["count"], row["population"], row["status"]) == (2465, 24814, "preliminary")
    table = pl.read_csv(command("show", "neet_register", "--region", "4204", "--csv").stdout.encode())
    assert table.height == len(told["rows"])


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("show", "neet_registre", "--json"), 1, "unknown_indicator"),
        (("show", "neet_register", "--region", "9999", "--json"), 1, "unknown_region"),
        (("check", "gone.csv", "--json"), 1, "no_file"),
    ],
)
def test_what_cannot_be_answered_is_an_error_with_a_cure(arguments: tuple[str, ...], code: int, said: str) -> None:
    answer = command(*arguments)
    error = json.loads(answer.stdout)["error"]
    assert (answer.returncode, error["code"]) == (code, said)
    assert {"code", "where", "found", "do"} <= error.keys()


@pytest.mark.parametrize("arguments", [("check", "x.csv", "--source", "excel"), ("shout",), ()])
def test_wrong_usage_is_exit_two(arguments: tuple[str, ...]) -> None:
    assert command(*arguments).returncode == 2


def test_check_knows_the_projects_own_layout(tmp_path: Path) -> None:
    assert command("check", str(deliver(tmp_path))).returncode == 0
    bad = deliver(tmp_path, "neet_register,9998,2023,15-29,both,11,10,,final,0", edition="bad")
    answer = command("check", str(bad), "--json")
    assert answer.returncode == 1
    assert "count_above_population" in {p["code"] for p in json.loads(answer.stdout)["problems"]}


def test_build_tells_editions_rows_and_problems(tmp_path: Path) -> None:
    told = json.loads(command("build", "--json", var=built()).stdout)
    assert told.keys() >= {"hash", "fresh", "editions", "problems", "totals"}


def test_a_build_may_read_one_folder_and_write_another(tmp_path: Path) -> None:
    deliver(tmp_path / "raw")
    asked = ("build", "--raw", str(tmp_path / "raw"), "--var", str(tmp_path / "own"), "--json")
    told = json.loads(command(*asked, var=tmp_path / "default").stdout)
    assert [each["edition"] for each in told["editions"]] == ["first"]
    assert (tmp_path / "own" / told["totals"]["file"]).is_file()
    assert not (tmp_path / "default").exists()
    shown = json.loads(command("show", "neet_register", "--json", var=tmp_path / "own").stdout)["rows"]
    assert [row["count"] for row in shown] == [99, 2400]


def test_without_a_database_show_says_how_to_build_one(tmp_path: Path) -> None:
    answer = command("show", "neet_register", "--json", var=tmp_path)
    assert (answer.returncode, json.loads(answer.stdout)["error"]["code"]) == (1, "warehouse_missing")


def test_show_without_an_indicator_lists_them_all() -> None:
    told = json.loads(command("show", "--json").stdout)["indicators"]
    assert {"id": "neet_register", "label": indicators()["neet_register"].label} in told
    assert len(told) == len(indicators())
    assert "neet_register  " in command("show").stdout
    assert command("show", "--csv").stdout.startswith("id,label\n")
