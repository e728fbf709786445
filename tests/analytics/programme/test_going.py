"""How experiments go by the records, over their files; those the records alone hold; a programme after another."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analytics.programme import course, going, readings
from data.records import Records, RecordState, Who
from tests import demo_ground

WHO = Who("u-1", "approver")
COURSE = {
    "owner": "Helse og mestring", "phase": "scaling", "started": dt.date(2026, 3, 1), "due": dt.date(2026, 9, 1),
    "verdict": "goes_on",
}  # fmt: skip
Seen = Callable[..., RecordState]


@pytest.fixture
def seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Seen:
    """Returns how records stand after one event, beside the demo's files."""
    demo_ground.opened(monkeypatch)
    records = Records(f"sqlite:///{tmp_path}/r.sqlite", "4204")

    def after(kind: str, key: str, table: dict[str, Any]) -> RecordState:
        records.append(kind, key, table, who=WHO)
        return records.state()

    return after


@pytest.mark.long
def test_phase_and_owner_are_the_courses_and_the_registered_start_the_files(seen: Seen) -> None:
    before = {each.key: each for each in readings.experiments_in()}["jobbsmak"]
    state = seen("course", "jobbsmak", COURSE)
    found = {each.key: each for each in readings.experiments_in(state)}["jobbsmak"]
    assert (found.phase, found.responsible) == ("scaling", "Helse og mestring")
    assert (found.started, found.hash, found.design) == (before.started, before.hash, before.design)


def test_a_due_date_that_was_set_is_the_one_that_counts(seen: Seen) -> None:
    state = seen("course", "jobbsmak", {**COURSE, "phase": "test"})
    experiment = {each.key: each for each in readings.experiments_in(state)}["jobbsmak"]
    told = going.courses(state)["jobbsmak"]
    assert (course.started(experiment, told), course.due(experiment, told)) == ("2026-03-01", dt.date(2026, 9, 1))
    assert course.overdue(experiment, dt.date(2026, 9, 2), told)
    assert not course.overdue(experiment, dt.date(2026, 9, 1), told)


def test_an_experiment_without_a_file_is_listed_with_nothing_reported(seen: Seen) -> None:
    words = {name: {"nb": "x", "en": "x"} for name in ("title", "question", "primary_outcome", "target_group")}
    state = seen("experiment", "jobbstart", {"experiment": {**words, "area": 4, "method": "not_stated"}})
    assert "jobbstart" in {each.key for each in readings.experiments_in(state)}
    found = {each.key: each for each in going.reported_seen((), state)}["jobbstart"]
    assert (found.verdict, found.standing, found.estimate) == ("not_reported", "unregistered", None)


def test_the_next_programme_has_the_experiments_it_names(seen: Seen) -> None:
    state = seen("course", "jobbsmak", COURSE)
    after = RecordState(number=state.number, records=state.records, past={"before": state})
    assert [each.key for each in readings.experiments_in(after)] == ["jobbsmak"]
    assert len(readings.experiments_in(state)) > 1
    assert readings.experiments_in(after, published=True) == readings.experiments_in(published=True)
