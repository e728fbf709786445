"""Numbers no plan or trial can have are answered with an error, never with a traceback or a result."""

import json
from pathlib import Path

import pytest

from analytics.__main__ import main


@pytest.mark.parametrize(
    "given",
    [["--effect", "nan"], ["--effect", "inf"], ["--n", "inf"], ["--n", "100", "--clusters", "200"],
     ["--n", "100", "--sd", "inf"]],
)  # fmt: skip
def test_a_plan_that_cannot_be_is_refused(given: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["power", *given]) == 1
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "design"


@pytest.mark.parametrize(
    ("table", "code", "column"),
    [("study,events1,n1,events0,n0\na,12,10,1,10\nb,1,10,1,10\n", "E09", "events1"),
     ("study,events1,n1,events0,n0\na,2,10,1,10\nb,1,10,-1,10\n", "E09", "events0"),
     ("study,tpos,tneg,cpos,cneg\na,2,10,1,10\nb,1,-10,1,10\n", "E09", "tneg"),
     ("study,yi,vi\na,.1,.04\nb,.2,-.01\n", "table", "vi"), ("study,yi,sei\na,.1,0\n", "table", "sei")],
)  # fmt: skip
def test_trials_with_impossible_counts_or_errors_are_not_pooled(
    table: str, code: str, column: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "trials.csv"
    path.write_text(table, encoding="utf-8")
    assert main(["pool", str(path), "--lang", "en"]) == 1
    error = json.loads(capsys.readouterr().out)["error"]
    assert error["code"] == code
    assert f"“{column}”" in error["says"]
