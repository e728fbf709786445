"""What has come since the last meeting, and what everybody may see of it."""

import datetime as dt
from pathlib import Path

import pytest

from analytics.programme import room
from analytics.programme.room import Records, Who

WHO = Who("test", "approver")


def said(words: str) -> dict[str, str]:
    return {"nb": words, "en": words}


def log(folder: Path) -> Records:
    days = iter(dt.datetime(2026, 10, day, tzinfo=dt.UTC) for day in (1, 2, 10, 20, 21, 22))
    return Records(f"sqlite:///{folder}/records.sqlite", "4204", lambda: next(days))


@pytest.fixture
def kept(tmp_path: Path) -> Records:
    found = log(tmp_path)
    old = {"title": said("Gammel sak"), "body": said("Styringsgruppen"), "date": dt.date(2026, 10, 1)}
    found.append("decision", "decision-1", old, who=WHO)
    held = {"date": dt.date(2026, 10, 5), "body": said("Styringsgruppen"), "status": "held"}
    found.append("meeting", "meeting-1", held, who=WHO)
    found.append("decision", "decision-2", {**old, "title": said("Ny sak")}, who=WHO)
    return found


def test_what_was_written_before_the_last_meeting_is_not_new(kept: Records) -> None:
    found = room.since_meeting(kept.state(), kept.events())
    assert (found.day, [each.key for each in found.events]) == ("2026-10-05", ["decision-2"])


def test_before_the_first_meeting_everything_is_new_and_a_record_stands_once(tmp_path: Path) -> None:
    found = log(tmp_path)
    first = found.append("right", "right-1", {"matter": said("Mål"), "decides": said("Programstyret")}, who=WHO)
    found.release("right", "right-1", who=WHO, seen_version=first.number)
    since = room.since_meeting(found.state(), found.events())
    assert (since.day, [(each.key, each.act) for each in since.events]) == ("", [("right-1", "release")])
