"""A text in the log is found and erased by command, and where it still stands is told."""

import datetime as dt
import json

import pytest

from data.__main__ import main
from data.records import Records, Who
from data.records.verify import verify

EDITOR, APPROVER = Who("u-1", "editor"), Who("u-2", "approver")
DECISION = {"title": "Jobbes går videre", "body": "Kari ringer dem", "date": dt.date(2026, 10, 1)}


@pytest.fixture
def records(tmp_path, monkeypatch) -> Records:
    monkeypatch.setenv("INNENFOR_RECORDS", f"sqlite:///{tmp_path / 'records.sqlite'}")
    log = Records.open()
    first = log.append("decision", "d", DECISION, who=EDITOR)
    log.append("decision", "d", DECISION | {"status": "done"}, who=EDITOR, seen_version=first.number, reason="Gjort")
    return log


def told(capsys, *words: str) -> object:
    main(["records", *words, "--json"])
    return json.loads(capsys.readouterr().out)


def test_what_is_found_can_be_erased_and_is_then_found_only_where_it_still_stands(records, capsys) -> None:
    place = "payload.body"
    assert told(capsys, "find", "kari RINGER") == [
        {"number": number, "place": place, "record": "decision/d"} for number in (1, 2)
    ]
    assert told(capsys, "redact", "1", place, "--reason", "Et navn") == {
        "redacted": 1, "also": [f"2 {place}"], "notes": [],
    }  # fmt: skip
    assert told(capsys, "find", "Kari") == [{"number": 2, "place": place, "record": "decision/d"}]
    assert (records.events()[2].act, records.events()[2].reason) == ("redact", "Et navn")
    assert verify(records).faults == ()


@pytest.mark.long
def test_a_note_made_while_the_text_stood_is_named(records, capsys) -> None:
    facts = {"month": "2026-10", "purpose": "month", "lang": "nb", "name": "notat.pdf", "version": "0.1.0"}
    facts |= {"editions": ["e"], "parameters": "a"}
    records.keep_note("note-1", facts, b"%PDF Kari", who=APPROVER)
    assert told(capsys, "redact", "2", "reason", "--reason", "Et navn")["notes"] == [3]
    assert told(capsys, "find", "notat.pdf")[0] == {"number": 3, "place": "content", "record": "note/note-1"}
    assert told(capsys, "redact", "3", "content", "--reason", "Et navn") == {"redacted": 3, "also": [], "notes": []}
    assert {each["place"] for each in told(capsys, "find", "notat.pdf")} == {"payload.name"}


@pytest.mark.parametrize(
    ("words", "code"),
    [(("redact", "9", "reason", "--reason", "x"), "record_no_text"), (("find", " "), "record_no_words")],
)
def test_what_is_not_there_is_told(records, capsys, words, code) -> None:
    assert main(["records", *words, "--json"]) == 1
    assert code in capsys.readouterr().out
    assert len(records.events()) == 2
