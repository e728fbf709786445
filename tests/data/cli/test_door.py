"""`python -m data add` and `remove` as they are typed."""

import os
import sys
from pathlib import Path

import pytest

from data import paths
from data.__main__ import main
from data.deliveries.proposal import sources
from data.deliveries.read import sidecars
from data.i18n import LANGUAGES
from data.settings import settings
from tests.data.door_ground import TABLE, files, own, said, table
from tests.data.raw_ground import HEADER, ROWS
from tests.data.ssb_dresses import statbank_csv
from tests.own_home import written

__all__ = ["own"]  # a fixture
pytestmark = pytest.mark.long


def test_what_a_file_holds_and_would_change_is_told_before(own: Path, tmp_path: Path, capsys) -> None:
    lines = [HEADER, ROWS[0].replace("2400", "2401"), "neet_register,4203,2024,15-29,both,100,1000,,final,0", ""]
    code, told = said(capsys, "check", str(table(tmp_path / "brought", "\n".join(lines))), "--source", "ssb")
    assert code == 0
    assert {key: told[key] for key in ("ok", "rows", "indicators", "regions", "periods", "hidden", "problems")} == {
        "ok": True, "rows": 2, "indicators": ["neet_register"], "regions": ["4203", "4204"],
        "periods": ["2023", "2024"], "hidden": 0, "problems": [],
    }  # fmt: skip
    assert told["changes"] == {
        "indicators": [], "regions": ["4203"], "periods": ["2024"], "differing": {"first": {"corrected": 1}}
    }  # fmt: skip


@pytest.mark.parametrize(
    ("row", "differing"),
    [
        ("2400,24000,0.1,final", {}),
        ("2400,,0.1,final", {}),
        (",,0.1004,final", {}),
        (",,0.102,final", {"first": {"corrected": 1}}),
        ("2400,24010,,final", {"first": {"corrected": 1}}),
        (",,,suppressed", {"first": {"withdrawn": 1}}),
    ],
)
def test_a_figure_that_is_rounded_or_lacks_its_population_is_no_correction(
    own: Path, tmp_path: Path, capsys, row: str, differing: dict
) -> None:
    file = table(tmp_path / "brought", f"{HEADER}\nneet_register,4204,2023,15-29,both,{row},0\n")
    assert said(capsys, "check", str(file), "--source", "ssb")[1]["changes"]["differing"] == differing


def test_the_number_of_hidden_figures_is_the_number_the_build_hides(own: Path, tmp_path: Path, capsys) -> None:
    rows = [("4203", 2), ("4204", 300), ("42", 1000)]
    text = "\n".join([HEADER, *(f"aap_recipients,{code},2031-12,18-29,both,{n},,,final,0" for code, n in rows), ""])
    told = said(capsys, "add", str(table(tmp_path / "brought", text)), "--source", "nav", "--yes")[1]
    shown = said(capsys, "show", "aap_recipients")[1]["rows"]
    assert told["hidden"] == len([row for row in shown if row["status"] == "suppressed"]) > 0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_refused_file_leaves_no_trace_and_is_refused_in_the_words_of_check(
    own: Path, tmp_path: Path, capsys, lang: str
) -> None:
    file = table(tmp_path / "brought", TABLE.replace("2345,", "23450000,"))
    assert main(["check", str(file), "--source", "ssb", "--lang", lang]) == 1
    checked = capsys.readouterr().out
    assert main(["add", str(file), "--source", "ssb", "--yes", "--lang", lang]) == 1
    assert capsys.readouterr().out == checked
    assert not own.exists()


def test_the_same_bytes_are_there_already(own: Path, tmp_path: Path, capsys) -> None:
    first = said(capsys, "add", str(table(tmp_path / "one")), "--source", "ssb", "--yes")[1]
    there = files(own)
    code, told = said(capsys, "add", str(table(tmp_path / "another")), "--source", "ssb", "--yes")
    assert (code, told["state"], told["edition"], files(own)) == (0, "there", first["edition"], there)
    asked = ("--source", "ssb", "--dry-run", "--stranger")  # who may not load could try guesses at what is hidden
    assert said(capsys, "add", str(table(tmp_path / "guess")), *asked)[1]["state"] == "dry_run"
    published = next(each.file for each in sidecars()[0] if each.root == paths.shipped("raw"))
    assert said(capsys, "add", str(published), *asked)[1]["state"] == "there"


@pytest.mark.parametrize(
    ("edition", "code"), [("first", "edition_taken"), ("FIRST", "edition_taken"), ("../x", "edition_name"), ("", None)]
)
def test_an_edition_has_a_name_of_its_own(own: Path, tmp_path: Path, capsys, edition: str, code: str | None) -> None:
    asked = ["add", str(table(tmp_path / "brought")), "--source", "ssb", "--yes", "--edition", edition]
    ended, told = said(capsys, *asked)
    assert (ended, told.get("error", {}).get("code")) == (1 if code else 0, code)
    assert own.exists() != bool(code)


def test_a_dry_run_tells_what_would_be_said_and_writes_nothing(own: Path, tmp_path: Path, capsys) -> None:
    file = str(table(tmp_path / "brought"))
    code, told = said(
        capsys,
        "add",
        file,
        "--source",
        "ssb",
        "--dry-run",
        "--title",
        " Vår ",
        "--published",
        "2031-03",
        "--licence",
        "",
    )
    assert (code, told["state"], told["kind"], told["source"]) == (0, "dry_run", "observations", "ssb")
    assert told["proposal"] == {
        "edition": "ssb-neet-register-2031-03", "title": "Vår", "published": "2031-03", "licence": "CC BY 4.0",
        "url": "https://www.ssb.no/statbank",
    }  # fmt: skip
    assert main(["add", file, "--source", "ssb", "--dry-run"]) == 0
    assert "Nothing is written" in capsys.readouterr().out
    assert not own.exists()
    given = [f"--{name}={value}" for name, value in told["proposal"].items()]
    assert said(capsys, "add", file, "--source", "ssb", "--yes", *given)[1]["edition"] == "ssb-neet-register-2031-03"
    [mine] = [each for each in sidecars()[0] if each.root == own / "raw"]
    assert (mine.title, mine.published) == ("Vår", "2031-03")
    assert said(capsys, "add", file, "--dry-run")[1]["state"] == "there"


def test_a_month_that_is_none_is_refused(own: Path, tmp_path: Path, capsys) -> None:
    asked = ["add", str(table(tmp_path / "brought")), "--source", "ssb", "--yes", "--published", "mars"]
    code, told = said(capsys, *asked)
    assert (code, told["error"]["code"], own.exists()) == (1, "no_month", False)


@pytest.mark.parametrize("name", ["results.csv", "flow.csv"])
def test_the_source_is_the_one_whose_layout_the_file_is_in(own: Path, tmp_path: Path, capsys, name: str) -> None:
    file = paths.ROOT / "demo" / "raw" / "uia" / "example-2026" / name
    assert "experiment_not_registered" in str(said(capsys, "add", str(file), "--dry-run")[1])
    saved = statbank_csv(tmp_path)
    assert said(capsys, "add", str(saved), "--dry-run")[1]["source"] == "ssb"


def test_a_file_in_anybodys_layout_needs_its_source(own: Path, tmp_path: Path, capsys) -> None:
    told = said(capsys, "add", str(table(tmp_path / "brought")), "--dry-run")[1]
    assert told["error"]["code"] == "source_unknown"
    assert told["error"]["expected"].split(", ") == list(sources())


@pytest.mark.parametrize("column", ["count", "region_code"])
def test_the_whole_list_of_problems_is_in_the_answer_where_it_is_longer(
    own: Path, tmp_path: Path, capsys, column: str
) -> None:
    bad = ROWS[0].replace("2400", "x") if column == "count" else ROWS[0].replace("4204", "nowhere")
    file = table(tmp_path / "brought", "\n".join([HEADER, *(bad.replace("2023", f"20{n}") for n in range(10, 50)), ""]))
    told = said(capsys, "check", str(file), "--source", "ssb")[1]
    assert len(told["problems"]) < len(told["lines"]) >= 40


def test_where_nobody_can_be_asked_that_is_said(own: Path, tmp_path: Path, capsys, monkeypatch) -> None:
    monkeypatch.setattr(sys, "stdin", open(os.devnull, encoding="utf-8"))  # noqa: SIM115
    assert main(["add", str(table(tmp_path / "brought")), "--source", "ssb"]) == 1
    assert "--yes" in capsys.readouterr().out
    assert not own.exists()


def test_whoever_is_there_is_asked_and_may_say_no(own: Path, tmp_path: Path, capsys, monkeypatch) -> None:
    answers = iter(["Vår tittel", "mars", "2031-03", "", "https://example.no", "n", "", "", "", "", "y"])
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _: next(answers))
    assert main(["add", str(table(tmp_path / "brought")), "--source", "ssb"]) == 1
    assert not own.exists()
    assert main(["add", str(table(tmp_path / "brought")), "--source", "ssb"]) == 0
    [mine] = [each for each in sidecars()[0] if each.root == own / "raw"]
    assert (mine.licence, mine.publisher) == ("CC BY 4.0", "SSB")


def test_a_source_nobody_knows_is_refused_with_those_that_are(own: Path, tmp_path: Path, capsys) -> None:
    told = said(capsys, "add", str(table(tmp_path / "brought")), "--source", "../../x", "--yes")[1]
    assert told["error"]["code"] == "no_rule"
    (own / "raw" / "stavanger").mkdir(parents=True)
    written(own / "settings.toml", "[disclosure.stavanger]\nthreshold = 5\nlegend = 4\nzeros_published = true\n")
    settings.__globals__["_settings"].cache_clear()
    assert said(capsys, "add", str(table(tmp_path / "brought")), "--source", "stavanger", "--yes")[0] == 0
    assert (
        said(
            capsys, "remove", next(each.edition for each in sidecars()[0] if each.root != paths.shipped("raw")), "--yes"
        )[0]
        == 0
    )
    assert settings().disclosure["stavanger"].threshold == 5


def test_what_takes_time_says_how_far_it_has_come_and_the_receipt_how_to_undo(
    own: Path, tmp_path: Path, capsys
) -> None:
    assert (
        main(["add", str(table(tmp_path / "brought", TABLE.replace("2031", "2033"))), "--source", "ssb", "--yes"]) == 0
    )
    out, err = capsys.readouterr()
    assert "Reading brought.csv" in err
    assert "[1/2] first" in err
    assert "writing the database" in err
    assert "· New periods: 2033" in out
    undo = out.rstrip().rpartition("Undo: python -m data ")[2]
    assert main([*undo.split(), "--yes"]) == 0
    assert "Undo: python -m data add" in capsys.readouterr().out
