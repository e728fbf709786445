"""What has changed since last time, for those inside and for everybody; and what a new programme begins with."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from analytics.programme import room
from analytics.programme.room import Records, Since, Who
from data.records.in_use import row_of_files

WHO = Who("test", "approver")
DECISION = {"title": "Gammel sak", "body": "Styringsgruppen", "date": dt.date(2026, 10, 1)}
NOTE = {"month": "2026-10", "purpose": "month", "lang": "nb", "name": "n.pdf", "version": "1", "editions": [],
        "parameters": "p"}  # fmt: skip


def log(folder: Path) -> Records:
    days = iter(dt.datetime(2026, 10, day, tzinfo=dt.UTC) for day in (1, 2, 10, 20, 21, 22, 23, 24))
    return Records(f"sqlite:///{folder}/records.sqlite", "4204", lambda: next(days))


@pytest.fixture
def kept(tmp_path: Path) -> Records:
    """A decision of 1 October, a meeting held on the fifth (entered on the second), a decision of the tenth."""
    found = log(tmp_path)
    found.append("decision", "decision-1", DECISION, who=WHO)
    held = {"date": dt.date(2026, 10, 5), "body": "Styringsgruppen", "status": "held"}
    found.append("meeting", "meeting-1", held, who=WHO)
    found.append("decision", "decision-2", {**DECISION, "title": "Ny sak"}, who=WHO)
    return found


def since(found: Records, *, inner: bool = True) -> Since:
    state = found.state() if inner else found.state().public()
    return room.since(state, found.events(), inner=inner)


def told(found: Since) -> list[tuple[Any, ...]]:
    return [(each.record.key, each.what, *each.fields) for each in found.changes]


def test_what_was_written_before_the_last_meeting_is_not_new(kept: Records) -> None:
    found = since(kept)
    assert (found.kind, found.day, told(found)) == ("meeting", "2026-10-05", [("decision-2", "new")])


def test_what_was_changed_says_in_what(kept: Records) -> None:
    kept.append("decision", "decision-1", {**DECISION, "status": "done"}, who=WHO, seen_version=1)
    assert told(since(kept)) == [("decision-1", "changed", "status"), ("decision-2", "new")]


def test_what_was_taken_away_is_told(kept: Records) -> None:
    kept.remove("decision", "decision-1", who=WHO, reason="Ført to ganger", seen_version=1)
    assert told(since(kept)) == [("decision-2", "new"), ("decision-1", "gone")]


def test_a_released_note_is_where_the_next_one_begins(kept: Records) -> None:
    kept.keep_note("note-1", NOTE, b"%PDF", who=WHO)
    assert (since(kept).kind, since(kept).day, since(kept).changes) == ("note", "2026-10-20", ())
    kept.append("right", "right-1", {"matter": "Mål", "decides": "Programstyret"}, who=WHO)
    assert told(since(kept)) == [("right-1", "new")]


def test_everybody_is_told_of_what_is_released_alone(kept: Records) -> None:
    assert told(since(kept, inner=False)) == []
    kept.release("decision", "decision-2", who=WHO, seen_version=3)
    assert told(since(kept, inner=False)) == [("decision-2", "new")]
    assert told(since(kept)) == [("decision-2", "new")]  # it is new to those inside since the meeting, released or not


def test_before_the_first_meeting_everything_is_new_and_a_record_stands_once(tmp_path: Path) -> None:
    found = log(tmp_path)
    first = found.append("right", "right-1", {"matter": "Mål", "decides": "Programstyret"}, who=WHO)
    found.release("right", "right-1", who=WHO, seen_version=first.number)
    assert (since(found).kind, told(since(found))) == ("", [("right-1", "new")])


def test_a_new_programme_begins_with_partners_and_phases_and_without_solutions(tmp_path: Path) -> None:
    begun = room.basis(log(tmp_path).state())
    assert {each["id"] for each in begun["partner"]} >= {"municipality", "nav"}
    assert (begun["municipality"], begun["concept"]) == ("4204", [])
    assert len(begun["slik_phase"]) == 5


def test_a_row_a_file_had_already_is_changed_and_not_new(tmp_path: Path) -> None:
    row = row_of_files("hand_over")
    assert row is not None
    found = log(tmp_path)
    found.append("hand_over", row.key, {**row.table, "answer": "yes"}, who=WHO)
    assert told(since(found)) == [(row.key, "changed", "answer")]
