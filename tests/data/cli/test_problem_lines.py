"""Problems on a screen: grouped, capped, and whole in a file that is named."""

from pathlib import Path

import pytest

from data.cli.problem_lines import MOST_LINES, problem_lines
from data.i18n import LANGUAGES
from data.ingest.contract import Problem


@pytest.fixture(autouse=True)
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INNENFOR_VAR", str(tmp_path / "var"))
    return tmp_path / "var"


def problems(kinds: int, each: int, code: str = "bad_count") -> list[Problem]:
    return [
        Problem(code=code, file="a.csv", cell=f"F{row}", expected="count", found="x", column=f"c{kind}")
        for kind in range(kinds)
        for row in range(each)
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_few_problems_are_told_as_they_are_and_no_file_is_written(var: Path, lang: str) -> None:
    few = problems(MOST_LINES, 1)
    assert problem_lines(few, lang) == [problem.line(lang) for problem in few]
    assert not var.exists()


@pytest.mark.long
@pytest.mark.parametrize("lang", LANGUAGES)
def test_those_of_one_kind_stand_on_one_line_with_the_first_place(var: Path, lang: str) -> None:
    many = problems(2, 5292)
    first, _, last = problem_lines(many, lang)
    assert first.startswith(many[0].line(lang))
    assert "291" in first
    assert str(var / "problems.txt") in last
    assert (var / "problems.txt").read_text(encoding="utf-8").splitlines() == [each.line(lang) for each in many]


@pytest.mark.parametrize(("kinds", "each"), [(MOST_LINES - 1, 2), (MOST_LINES, 2), (MOST_LINES + 1, 1), (500, 3)])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_never_more_lines_than_can_be_read(kinds: int, each: int, lang: str) -> None:
    lines = problem_lines(problems(kinds, each), lang)
    assert len(lines) == min(kinds + 1, MOST_LINES)
    assert str(kinds * each) in lines[-1]


@pytest.mark.parametrize("code", ["identity_number", "email_address", "person_column"])
def test_nothing_is_kept_of_a_file_that_holds_persons(var: Path, code: str) -> None:
    assert "problems.txt" not in "".join(problem_lines(problems(30, 3, code), "en"))
    assert not var.exists()


def test_a_folder_that_cannot_be_written_still_gives_the_lines(var: Path) -> None:
    var.write_text("in the way")
    assert len(problem_lines(problems(30, 3), "en")) == MOST_LINES
