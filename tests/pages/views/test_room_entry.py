"""What a form saves: two who add at once both get a record of their own; a row somebody changed is a conflict."""

import datetime as dt

import pytest

from data.records import Conflict, Records, RecordState, Who
from pages.views.programme.room import entry, parts, writer

WHO = Who("u-1", "approver")
DECISION = {"title": "Jobbes går videre", "body": "Styringsgruppen", "date": dt.date(2026, 10, 1)}


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("INNENFOR_HOME", str(tmp_path))
    monkeypatch.setattr(writer, "who", lambda: WHO)


def test_two_who_add_at_once_both_get_a_record_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    entry.put("decision", entry.NEW, DECISION, 0)
    stale = iter(["decision-1"])  # the key that was free when the second looked
    fresh = RecordState.free_key
    monkeypatch.setattr(RecordState, "free_key", lambda state, kind: next(stale, "") or fresh(state, kind))
    entry.put("decision", entry.NEW, {**DECISION, "title": "Jobbes stanses"}, 0)
    titles = {key: each.value.title["nb"] for key, each in Records.open().state().of("decision").items()}
    assert titles == {"decision-1": "Jobbes går videre", "decision-2": "Jobbes stanses"}


def test_a_row_that_was_changed_meanwhile_is_not_written_over() -> None:
    entry.put("decision", entry.NEW, DECISION, 0)
    seen = Records.open().state().of("decision")["decision-1"].version
    entry.put("decision", "decision-1", {**DECISION, "title": "Først"}, seen)
    with pytest.raises(Conflict):
        entry.put("decision", "decision-1", {**DECISION, "title": "Sist"}, seen)
    assert Records.open().state().of("decision")["decision-1"].value.title["nb"] == "Først"


def test_target_groups_that_somebody_wrote_become_no_links() -> None:
    rows = [{"targets": "[unge](https://example.org)"}] * 2
    assert r"\[unge\](" in parts._sums("measure", rows, RecordState())
