"""The log: what is written stands, what another has written meanwhile is told, a change from outside is found."""

import datetime as dt

import pytest
from sqlalchemy import create_engine, text

from data.problems import Problems
from data.records import Conflict, NotAllowed, ProgrammeClosed, Records, RecordsNotWritten, Who
from data.records.verify import verify

EDITOR, APPROVER = Who("u-1", "editor"), Who("u-2", "approver")
DECISION = {"title": "Jobbes går videre", "body": "Styringsgruppen", "date": dt.date(2026, 10, 1)}


def test_reading_makes_no_file(tmp_path) -> None:
    records = Records(f"sqlite:///{tmp_path / 'records' / 'records.sqlite'}", "4204")
    assert records.state().of("decision") == {}
    assert records.events() == ()
    assert list(tmp_path.iterdir()) == []


def test_what_is_set_stands_as_it_was_written(records) -> None:
    written = records.append("decision", "decision-1", DECISION, who=EDITOR, reason="Vedtatt")
    found = records.state().of("decision")["decision-1"]
    assert (found.table, found.version, found.event.reason) == (DECISION, written.number, "Vedtatt")
    assert found.value.title == {"nb": "Jobbes går videre", "en": "Jobbes går videre"}


def test_a_stale_form_is_told_both_versions_and_overwrites_nothing(records) -> None:
    first = records.append("decision", "d", DECISION, who=EDITOR)
    records.append("decision", "d", DECISION | {"status": "done"}, who=APPROVER, seen_version=first.number)
    with pytest.raises(Conflict) as told:
        records.append("decision", "d", DECISION | {"status": "dropped"}, who=EDITOR, seen_version=first.number)
    assert told.value.now == DECISION | {"status": "done"}
    assert told.value.mine == DECISION | {"status": "dropped"}
    assert (told.value.seen_version, told.value.now_version) == (1, 2)
    assert records.state().of("decision")["d"].table["status"] == "done"


def test_a_record_somebody_took_away_is_a_conflict_with_nothing(records) -> None:
    first = records.append("decision", "d", DECISION, who=EDITOR)
    records.remove("decision", "d", who=EDITOR, reason="Skrevet to ganger", seen_version=first.number)
    with pytest.raises(Conflict) as told:
        records.append("decision", "d", DECISION, who=EDITOR, seen_version=first.number)
    assert told.value.now is None
    assert records.append("decision", "d", DECISION, who=EDITOR).number == 3


@pytest.mark.parametrize("text", ["01010100131", "kari@eksempel.no"])
def test_personal_data_in_any_field_is_refused_and_never_repeated(records, text) -> None:
    for payload, reason in ((DECISION | {"title": text}, ""), (DECISION | {"meeting": text}, ""), (DECISION, text)):
        with pytest.raises(Problems) as told:
            records.append("decision", "d", payload, who=EDITOR, reason=reason)
        assert text not in str([each.line("nb") for each in told.value.exceptions])
    assert records.events() == ()


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\ud800", "\u202e", "\uffff"])
def test_signs_that_no_export_can_hold_are_refused_in_any_field(records, sign) -> None:
    for payload, reason in ((DECISION | {"title": f"a{sign}"}, ""), (DECISION, f"a{sign}")):
        with pytest.raises(Problems) as told:
            records.append("decision", "d", payload, who=EDITOR, reason=reason)
        assert sign not in str([each.line("nb") for each in told.value.exceptions])
    assert records.append("decision", "d", DECISION | {"title": "a\tb\nc æ 👍🏽"}, who=EDITOR).number == 1


def test_a_role_that_may_not_is_told_which_may(records) -> None:
    with pytest.raises(NotAllowed) as told:
        records.append("decision", "d", DECISION, who=Who("u-3", "reader"))
    assert told.value.needed == "editor"
    first = records.append("decision", "d", DECISION, who=EDITOR)
    with pytest.raises(NotAllowed):
        records.release("decision", "d", who=EDITOR, seen_version=first.number)


def test_everybody_sees_the_released_version_until_the_next_is_released(records) -> None:
    first = records.append("decision", "d", DECISION, who=EDITOR)
    assert records.state().public().of("decision") == {}
    records.release("decision", "d", who=APPROVER, seen_version=first.number)
    records.append("decision", "d", DECISION | {"status": "done"}, who=EDITOR, seen_version=first.number)
    state = records.state()
    assert "status" not in state.public().of("decision")["d"].table
    assert state.of("decision")["d"].table["status"] == "done"
    assert (state.public().of("decision")["d"].released, state.of("decision")["d"].released) == (True, False)


def test_what_is_redacted_is_gone_everywhere_and_the_chain_still_holds(records) -> None:
    records.append("decision", "d", DECISION, who=EDITOR, reason="Kari ba om det")
    records.redact(1, "reason", who=APPROVER, reason="Et navn")
    assert records.events()[0].reason == "(fjernet)"
    assert "Kari" not in str(records.events())
    assert verify(records).faults == ()


@pytest.mark.long
def test_what_is_redacted_is_not_left_in_the_file(tmp_path) -> None:
    records = Records(f"sqlite:///{tmp_path / 'r.sqlite'}", "4204")
    records.append("decision", "d", DECISION, who=EDITOR, reason="Kari ba om det")
    assert b"Kari" in b"".join(file.read_bytes() for file in tmp_path.iterdir())
    records.redact(1, "reason", who=APPROVER, reason="Et navn")
    assert b"Kari" not in b"".join(file.read_bytes() for file in tmp_path.iterdir())


def test_a_closed_programme_is_history_and_another_begins_empty(records) -> None:
    from data.curated.programme.read import paths
    from data.toml import toml_table

    facts = toml_table(paths.shipped("programme") / "programme.toml")
    begun = records.append("programme", "first", facts, who=EDITOR)
    decided = records.append("decision", "d", DECISION, who=EDITOR)
    records.close("first", who=APPROVER, reason="Fem år er gått", seen_version=begun.number)
    for _ in range(2):
        with pytest.raises(ProgrammeClosed):
            records.append("decision", "d", DECISION, who=EDITOR, seen_version=decided.number)
    records.append("programme", "second", facts, who=EDITOR)
    records.append("decision", "d", DECISION | {"status": "done"}, who=EDITOR)
    state = records.state()
    assert state.past["first"].of("decision")["d"].table == DECISION
    assert state.of("decision")["d"].table["status"] == "done"
    assert list(state.of("programme")) == ["second"]
    assert not state.closed


def test_how_it_stood_on_a_day_can_be_had_again(tmp_path) -> None:
    days = iter([dt.datetime(2026, 9, 30, 23, 59, tzinfo=dt.UTC), dt.datetime(2026, 10, 2, tzinfo=dt.UTC)])
    records = Records(f"sqlite:///{tmp_path / 'r.sqlite'}", "4204", lambda: next(days))
    first = records.append("decision", "d", DECISION, who=EDITOR)
    records.append("decision", "d", DECISION | {"status": "done"}, who=EDITOR, seen_version=first.number)
    assert "status" not in records.state(dt.date(2026, 9, 30)).of("decision")["d"].table
    assert records.state(dt.date(2026, 9, 29)).of("decision") == {}
    assert records.state(dt.date(2026, 10, 2)).of("decision")["d"].table["status"] == "done"


def test_a_clock_that_goes_backwards_moves_no_event_before_another(tmp_path) -> None:
    days = iter([dt.datetime(2026, 10, 2, tzinfo=dt.UTC), dt.datetime(2026, 9, 2, tzinfo=dt.UTC)])
    records = Records(f"sqlite:///{tmp_path / 'r.sqlite'}", "4204", lambda: next(days))
    for key in ("a", "b"):
        records.append("decision", key, DECISION, who=EDITOR)
    assert [event.at for event in records.events()] == ["2026-10-02T00:00:00.000000+00:00"] * 2
    assert verify(records).faults == ()


@pytest.mark.long
@pytest.mark.parametrize(
    ("change", "where"),
    [
        ("UPDATE event SET role = 'reader' WHERE number = 2", "2"),
        ("UPDATE event SET at = '2020-01-01' WHERE number = 2", "2"),
        ("UPDATE event SET body = replace(body, '2026', '2025') WHERE number = 2", "2"),
        ("UPDATE event SET body = 'x' WHERE number = 2", "2"),
        ("DELETE FROM event WHERE number = 2", "3"),
        ("DELETE FROM event WHERE number = 3", "3"),
        ("UPDATE said SET texts = replace(texts, 'videre', 'under') WHERE number = 2", "2"),
        ("UPDATE said SET texts = '{}' WHERE number = 2", "2"),
    ],
)
def test_a_change_from_outside_is_found(records, change, where) -> None:
    for key in ("a", "b", "c"):
        records.append("decision", key, DECISION, who=EDITOR)
    assert verify(records).faults == ()
    with create_engine(records.url).begin() as connection:
        connection.execute(text(change))
    assert where in [fault.where for fault in verify(records).faults]


def test_a_log_that_was_cut_short_lacks_the_hash_a_note_was_released_with(records) -> None:
    kept = records.append("decision", "a", DECISION, who=EDITOR)
    assert verify(records, kept.hash).faults == ()
    assert [fault.found for fault in verify(records, "0f" * 32).faults] == ["unknown"]


def test_a_database_that_cannot_be_written_says_so_and_nothing_is_half_done(tmp_path) -> None:
    (tmp_path / "records").write_text("a file where the folder should be")
    records = Records(f"sqlite:///{tmp_path / 'records' / 'records.sqlite'}", "4204")
    with pytest.raises(RecordsNotWritten) as told:
        records.append("decision", "d", DECISION, who=EDITOR)
    assert "records" in told.value.says("nb")
