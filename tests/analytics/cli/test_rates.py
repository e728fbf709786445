"""`rate` and `compare` answer, or say why not, for everything the catalogue holds; a traceback is never the answer."""

import ast
import json
from pathlib import Path
from typing import Any

import pytest

from analytics.__main__ import main
from analytics.exclusion import subject
from data import paths
from data.catalogue import indicators
from data.i18n import LANGUAGES, words

ROOT = paths.ROOT
PLACES = ("4204", "42", "0", "1151", "4612")
NOT_PERIODS = ("1066", "2010-11", "nonsense")
EVERYWHERE = [
    pytest.param(indicator, region, marks=() if number % 2 == place % 2 or not place else pytest.mark.slow)
    for number, indicator in enumerate(indicators())
    for place, region in enumerate(PLACES)
]
"""Each indicator for the home and half of the other places, which are shared out; for all in the slow tests."""


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    """Return what a command prints; its exit code says whether it answered."""
    code = main(arguments)
    said: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert code == (1 if "error" in said else 0)
    return said


@pytest.mark.long
@pytest.mark.parametrize(("indicator", "region"), EVERYWHERE)
def test_every_indicator_has_an_answer_or_a_reason_for_every_place(capsys, indicator: str, region: str) -> None:
    lang = LANGUAGES[PLACES.index(region) % 2]  # every indicator in both languages, and what each cannot answer
    rate = answer(capsys, "rate", indicator, "--region", region, "--lang", lang)
    beside = answer(capsys, "compare", indicator, "--region", region, "--lang", lang)
    assert rate.get("rows") or rate["error"]["says"]
    assert beside.get("home") or beside.get("not_estimable", beside.get("error"))["says"]
    assert ("error" in rate) == ("error" in beside)


@pytest.mark.long
@pytest.mark.parametrize("indicator", indicators())
def test_every_indicator_has_an_answer_or_a_reason_at_every_kind_of_period(capsys, indicator: str) -> None:
    found = subject.nearest_subject(indicator, "4204", "both")
    held = subject.periods(found) if found else ()
    unknown = NOT_PERIODS[list(indicators()).index(indicator) % len(NOT_PERIODS)]
    for period in {*held[:1], *held[-1:], unknown}:
        said = answer(capsys, "compare", indicator, "--period", period, "--lang", "en")
        assert said.get("home") or said.get("not_estimable", said.get("error"))["says"]
        rate = answer(capsys, "rate", indicator, "--period", period, "--lang", "en")
        assert ("rows" in rate) == (period in held)


@pytest.mark.long
def test_a_place_is_answered_by_the_age_group_it_has_figures_for(capsys) -> None:
    said = answer(capsys, "rate", "disability_benefit", "--region", "42")
    assert (said["region"], said["rows"][0]["period"]) == ("42", "2023-06")


@pytest.mark.long
def test_counts_without_shares_are_not_compared(capsys) -> None:
    said = answer(capsys, "compare", "social_assistance", "--lang", "en")
    assert said["not_estimable"]["reason"] == "counts_only"
    assert "counts only" in said["not_estimable"]["says"]


@pytest.mark.long
def test_no_persons_are_counted_across_a_break_and_the_command_says_why(capsys) -> None:
    said = answer(capsys, "compare", "neet_register", "--lang", "en")
    across = [each for each in said["comparisons"] if each["verdict"] == "across_break"]
    assert across
    assert all("new series" in each["gap_in_persons"]["says"] for each in across)


@pytest.mark.long
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_reason_for_no_answer_has_its_words(lang: str) -> None:
    known = words("analytics", lang)
    reasons = {reason for path in (ROOT / "analytics").rglob("*.py") for reason in _reasons(path)}
    assert len(reasons) > 20
    assert sorted(reason for reason in reasons if f"not_estimable.{reason}" not in known) == []


def _reasons(path: Path) -> set[str]:
    """Return the reasons written out in a module: what NotEstimable and `reason=` are called with."""
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    named = [call.args[0] for call in calls if getattr(call.func, "id", "") == "NotEstimable" and call.args]
    named += [call.args[2] for call in calls if getattr(call.func, "id", "") == "_without_verdict"]
    named += [each.value for call in calls for each in call.keywords if each.arg == "reason"]
    return {str(each.value) for each in named if isinstance(each, ast.Constant) and each.value}
