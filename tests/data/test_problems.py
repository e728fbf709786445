"""Problems in groups: what is wrong in thousands of cells is told once, and how often."""

import json
from pathlib import Path

import pytest

from data import __main__ as command
from data.cli.preview_words import FEW_NOTES, note_lines
from data.cli.problem_lines import MOST_LINES
from data.ingest.contract import Note
from data.problems import Problem, alike


def bad(number: int, sheet: str = "Ark", **more: str) -> list[Problem]:
    facts = {"file": "a.xlsx", "sheet": sheet, "expected": "count", "column": "count"} | more
    return [Problem(code="bad_count", cell=f"D{row + 3}", found=f"x{row}", **facts) for row in range(number)]


def test_alike_cells_are_one_line_with_their_number_and_the_first() -> None:
    groups = alike([*bad(5292), *bad(1, "Andre")])
    assert [(group.first.cell, group.times) for group in groups] == [("D3", 5292), ("D3", 1)]
    assert groups[0].line("en").startswith("a.xlsx · Ark · D3 · ")
    assert groups[0].line("en").endswith(" And 5,291 more of this kind.")
    assert groups[0].line("nb").endswith(" Og 5\u00a0291 til av samme slag.")
    assert groups[1].line("en") == groups[1].first.line("en")
    assert groups[0].as_json("en")["number"] == 5292


def test_many_notes_alike_are_one_line_with_how_many_more() -> None:
    notes = [Note("schools", what=f"Sted {place}", number=place) for place in range(1, 1402)]
    assert len(note_lines(notes[:FEW_NOTES], "en")) == FEW_NOTES
    assert note_lines(notes[:FEW_NOTES], "en")[0] == "· 1 school in Sted 1 is left out."
    assert note_lines(notes, "en") == ["· 1 school in Sted 1 is left out. And 1,400 more of this kind."]
    assert note_lines(notes, "nb") == ["· 1 skole i Sted 1 er utelatt. Og 1\u00a0400 til av samme slag."]
    breaks = [Note("break", what=f"{year}: Brudd", cell="N534") for year in range(2000, 2009)]
    assert note_lines(breaks, "en") == ["· Break 2000: Brudd (N534). And 8 more of this kind."]


def test_names_that_are_unknown_are_each_told() -> None:
    names = ("Trøms", "Agdr", "Trøms")
    problems = [Problem(code="unknown_region", cell=f"D{i}", found=name) for i, name in enumerate(names)]
    assert [(group.first.found, group.times) for group in alike(problems)] == [("Trøms", 2), ("Agdr", 1)]


def test_the_command_line_prints_no_more_lines_than_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("INNENFOR_VAR", str(tmp_path))
    problems = [problem for number in range(30) for problem in bad(2, f"Ark {number}")]
    assert command._print_problems(problems, "en", "problems", as_json=False) == 1
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == MOST_LINES
    assert "11 other kinds" in out
    assert "60" in err
    command._print_problems(problems, "en", "problems", as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert len(told["problems"]) == 30
