"""Each trap is built by the command anybody has, and all that is printed is attacked: no small count may be known."""

import random
from pathlib import Path

import pytest

from tests.data.disclosure.flow_traps import TRAPS
from tests.data.disclosure.trap_ground import build, known_too_well

IN_EVERY_RUN = random.Random(12).sample(sorted(TRAPS), 10)


@pytest.mark.long
@pytest.mark.parametrize("trap", IN_EVERY_RUN)
def test_a_trap_gives_nothing_back(trap: str, tmp_path: Path) -> None:
    rows = TRAPS[trap]
    assert known_too_well(rows, build(rows, tmp_path)) == []


@pytest.mark.slow
@pytest.mark.parametrize("trap", sorted(set(TRAPS) - set(IN_EVERY_RUN)))
def test_no_other_trap_does(trap: str, tmp_path: Path) -> None:
    rows = TRAPS[trap]
    assert known_too_well(rows, build(rows, tmp_path)) == []


@pytest.mark.slow
@pytest.mark.parametrize("trap", sorted(set(TRAPS)))
def test_each_is_a_trap(trap: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing is hidden but the stars, the attacker has a small count."""
    monkeypatch.setattr("data.warehouse.build.withhold", lambda rows, *_, **__: (rows, rows.clear()))
    monkeypatch.setattr("data.disclosure.flows.withhold", lambda rows, *_, **__: (rows, rows.clear()))
    rows = TRAPS[trap]
    assert known_too_well(rows, build(rows, tmp_path)) != []


def test_there_are_forty_traps() -> None:
    assert len(TRAPS) >= 40
