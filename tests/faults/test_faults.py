"""Nothing is lost and no wrong figure is served, whatever breaks; the document tells of such a run."""

import sys
from pathlib import Path

import pytest

from tests.faults.__main__ import DOCUMENT, SEED, sentence
from tests.faults.breaking import FAULTS, tried
from tests.faults.fuzzing import INPUTS, fuzzed
from tests.faults.outcome import Outcome

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="processes are starved by limits that POSIX systems have")


@POSIX
@pytest.mark.slow
@pytest.mark.parametrize("name", FAULTS)
def test_what_was_served_is_served_or_refused_in_words(name: str) -> None:
    assert tried(name, SEED).wrong == []


@pytest.mark.slow
@pytest.mark.parametrize("name", INPUTS)
def test_what_nobody_foresaw_is_read_or_refused_in_words(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INNENFOR_HOME", str(tmp_path / "home"))
    assert fuzzed(name, tmp_path, SEED).wrong == []


def test_the_document_tells_of_every_fault_and_input_and_of_nothing_wrong() -> None:
    lines = [line.strip("| ").split(" | ") for line in DOCUMENT.read_text(encoding="utf-8").splitlines()]
    rows = {cells[0]: [int(each) for each in cells[1:]] for cells in lines if len(cells) == 5 and cells[1].isdigit()}
    expected = {sentence(name): trials for name, (_, trials) in FAULTS.items()}
    expected |= {name: trials for name, (_, trials) in INPUTS.items()}
    assert {name: numbers[0] for name, numbers in rows.items()} == expected
    assert all(numbers[3] == 0 and numbers[1] + numbers[2] == numbers[0] for numbers in rows.values())
    assert sum(trials for _, trials in INPUTS.values()) >= 2_000


def test_a_trial_that_went_wrong_is_counted_apart() -> None:
    outcome = Outcome()
    outcome.note(1, refused=True)
    outcome.note(2, refused=False)
    outcome.fail(3, "x" * 1000)
    assert (outcome.tried, outcome.refused, outcome.served, len(outcome.wrong)) == (3, 1, 1, 1)
    assert len(outcome.wrong[0]) <= 300
