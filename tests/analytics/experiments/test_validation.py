"""A design file with a value it cannot have is refused by key, value and cure, in both languages."""

import hashlib
import json
from pathlib import Path

import pytest

from analytics.__main__ import main
from analytics.experiments import Design
from analytics.experiments.design.design import design_from_toml
from data.problems import Problems

WRONG = [
    ("level", '"0.95"'), ("level", "95"), ("draws", '"many"'), ("draws", "0"), ("draws", "1.5"), ("seed", "-1"),
    ("per", '"100"'), ("per", "0"), ("mde", '"five"'), ("mde", "-5"), ("mde", "nan"), ("mde", "inf"),
    ("covariates", "3"), ("covariates", "[1, 2]"), ("at", '"x"'), ("allocation", '"1:1"'), ("allocation", "2"),
    ("hidden_below", '"x"'), ("hidden_below", "0"), ("hidden_below", "1"), ("hidden_below", "-5"),
    ("hidden_below", "true"), ("hidden_below", "4.5"), ("start", "true"), ("arm", "3"), ("cluster", '["a"]'),
    ("outcome", '["a", "b"]'), ("registered", '"soon"'), ("started", '"2026-2-1"'), ("label", "{ nb = 1 }"),
    ("horizon", '"x"'), ("horizon", "0"),
]  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize(("key", "value"), WRONG)
def test_a_value_of_the_wrong_kind_is_refused_by_its_key(
    key: str, value: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    design, table = tmp_path / "d.toml", tmp_path / "t.csv"
    design.write_text(f"[design]\n{key} = {value}\n", encoding="utf-8")
    table.write_text("arm,n,events\ncontrol,260,168\ntreatment,185,140\n", encoding="utf-8")
    for lang in ("nb", "en"):
        assert main(["evaluate", str(design), str(table), "--lang", lang]) == 1
        error = json.loads(capsys.readouterr().out)["error"]
        assert (error["code"], error["file"]) == ("toml_value", "d.toml")
        assert error["cell"].startswith(f"design.{key}")
        assert error["column"] in error["says"]
        assert error["expected"] in error["says"]
        assert "<" not in error["says"], "a message of the interpreter is no message to a reader"


def test_every_slip_of_a_design_is_told_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    design = tmp_path / "d.toml"
    design.write_text('[design]\nlevel = 95\nmethd = "rct"\nkind = "numbr"\nseed = -1\n', encoding="utf-8")
    for lang, near in (("nb", "Mente du number"), ("en", "Did you mean number")):
        assert main(["evaluate", str(design), str(design), "--lang", lang]) == 1
        told = {error["column"]: error for error in json.loads(capsys.readouterr().out)["errors"]}
        assert told.keys() == {"level", "methd", "kind", "seed"}
        assert near in told["kind"]["do"]
        assert all(len(error["do"]) > 10 for error in told.values())


def test_a_design_made_in_python_keeps_the_same_rules() -> None:
    with pytest.raises(Problems) as caught:
        Design(level=95, good="sideways")
    assert {problem.column for problem in caught.value.exceptions} == {"level", "good"}


@pytest.mark.parametrize(("written", "given"), [("5", 5), ("5.0", 5.0)])
def test_a_number_keeps_its_form_so_that_the_hash_of_a_registered_design_stands(
    written: str, given: float, tmp_path: Path
) -> None:
    path = tmp_path / "experiment.toml"
    path.write_text(f"[design]\nmde = {written}\n", encoding="utf-8")
    content = json.dumps({"mde": given}, sort_keys=True)
    assert design_from_toml(path).hash == hashlib.sha256(content.encode()).hexdigest()


def test_a_label_may_be_one_text_for_both_languages() -> None:
    assert Design(label="in work").label == {"nb": "in work", "en": "in work"}  # type: ignore[arg-type]


def test_a_key_left_empty_is_a_key_not_given(tmp_path: Path) -> None:
    path = tmp_path / "experiment.toml"
    path.write_text('[design]\nregistered = ""\ncontrol = ""\ncluster = ""\nquestion = ""\n', encoding="utf-8")
    assert design_from_toml(path) == Design()


@pytest.mark.parametrize(("key", "nearest"), [("n", "n"), ("events", "events")])
def test_a_misspelt_column_of_counts_is_the_one_named(
    key: str, nearest: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    design, table = tmp_path / "d.toml", tmp_path / "t.csv"
    design.write_text(f'[design]\n{key} = "{key.title()}"\n', encoding="utf-8")
    table.write_text("arm,n,events\ncontrol,260,168\ntreatment,185,140\n", encoding="utf-8")
    assert main(["evaluate", str(design), str(table), "--lang", "en"]) == 1
    error = json.loads(capsys.readouterr().out)["error"]
    assert error["code"] == "E01"
    assert f"“{key.title()}”" in error["says"]
    assert f"Did you mean “{nearest}”?" in error["do"]


def test_a_name_unlike_any_is_not_answered_with_all_of_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    design, table = tmp_path / "d.toml", tmp_path / "t.csv"
    design.write_text('[design]\nunit = "school"\n', encoding="utf-8")
    table.write_text("arm,n,events\ncontrol,260,168\ntreatment,185,140\n", encoding="utf-8")
    assert main(["evaluate", str(design), str(table), "--lang", "en"]) == 1
    error = json.loads(capsys.readouterr().out)["error"]
    assert "Did you mean" not in error["do"]
    assert "arm, n, events" in error["says"]
