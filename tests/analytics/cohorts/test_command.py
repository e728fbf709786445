import json

import pytest

from analytics import cohorts
from analytics.__main__ import main
from analytics.cli.cohorts import QUESTIONS


def _asked(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, object]]:
    code = main(["cohort", *words, "--lang", "nb"])
    return code, json.loads(capsys.readouterr().out)


@pytest.mark.long
@pytest.mark.parametrize("question", sorted(QUESTIONS))
def test_every_question_answers_with_one_json_object(
    real: None, capsys: pytest.CaptureFixture[str], question: str
) -> None:
    region = "42" if question == "school" else "4204"
    code, answer = _asked(capsys, question, "--region", region, *(["--origin", "aap"] if question == "exits" else []))
    assert code == 0
    assert "not_estimable" not in answer


@pytest.mark.long
def test_the_command_gives_the_numbers_of_the_analysis(real: None, capsys: pytest.CaptureFixture[str]) -> None:
    _, answer = _asked(capsys, "project", "--region", "4204", "--seed", "3", "--multiplier", "20-24=0.9")
    made = cohorts.project("4204", seed=3, multipliers={"20-24": 0.9})
    assert isinstance(made, cohorts.Projection)
    assert answer["total"] == {"estimate": made.total.estimate, "low": made.total.low, "high": made.total.high}


def test_what_cannot_be_estimated_is_an_answer_with_its_reason(real: None, capsys: pytest.CaptureFixture[str]) -> None:
    code, answer = _asked(capsys, "project", "--region", "42")
    assert code == 0
    assert answer["not_estimable"]["reason"] == "projection_unknown"  # type: ignore[index]


@pytest.mark.parametrize(
    "words",
    [
        ("follow", "--region", "9999"),
        ("project", "--multiplier", "20-24=x"),
        ("exits",),
        ("school", "--region", "4204"),
    ],
)
def test_a_question_that_cannot_be_is_refused(
    real: None, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    code, answer = _asked(capsys, *words)
    assert code == 1
    assert answer["error"]["code"] == "statistics_input"  # type: ignore[index]
