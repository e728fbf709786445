"""What is taken away is gone everywhere but in the log, and comes back as it stood; lists of the programme alike."""

import datetime as dt

import pytest

from analytics.programme import withdrawal
from analytics.programme.readings import programme
from analytics.programme.room import Conflict, NotAllowed, Records, Who, events
from data.problems import Problems
from data.records.errors import ErasureBreaks
from data.records.in_use import row_of_files
from data.records.verify import verify_events

WHO, EDITOR = Who("u-1", "approver"), Who("u-2", "editor")
SAID = {"nb": "Ungdomsrådet", "en": "The youth council"}
DECISION = {"title": "Jobbes går videre", "body": "Styringsgruppen", "date": dt.date(2026, 10, 1)}


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("INNENFOR_HOME", str(tmp_path))


def state():
    return Records.open().state()


def seen(kind: str, key: str = "") -> int:
    return withdrawal.met(state(), kind, key)[0]


def partner_ids() -> list[str]:
    return [each.id for each in programme(state()).partners]


def test_a_record_is_taken_away_with_a_reason_and_brought_back_as_it_last_stood() -> None:
    withdrawal.put("decision", "d", DECISION, who=EDITOR, seen=0)
    withdrawal.put("decision", "d", {**DECISION, "title": "Jobbes stanses"}, who=EDITOR, seen=seen("decision", "d"))
    with pytest.raises(Problems):
        withdrawal.take_away("decision", "d", who=EDITOR, reason=" ", seen=seen("decision", "d"))
    withdrawal.take_away("decision", "d", who=EDITOR, reason="Ført to ganger", seen=seen("decision", "d"))
    assert (dict(state().of("decision")), list(withdrawal.gone(state(), "decision"))) == ({}, ["d"])
    withdrawal.bring_back(state(), "decision", "d", who=EDITOR)
    assert state().of("decision")["d"].value.title["nb"] == "Jobbes stanses"
    assert withdrawal.gone(state(), "decision") == {}
    told = events(state())
    assert [event.act for event in told] == ["set", "set", "remove", "set"]
    assert list(verify_events(told, {})) == []


def test_a_row_of_a_file_is_taken_away_and_brought_back_too() -> None:
    row = row_of_files("hand_over")
    assert row is not None
    withdrawal.take_away("hand_over", row.key, who=WHO, reason="Gjelder noe annet", seen=0)
    assert len(programme(state()).hand_overs) == 8
    withdrawal.bring_back(state(), "hand_over", row.key, who=WHO)
    assert len(programme(state()).hand_overs) == 9


def test_what_everybody_sees_only_an_approver_takes_away() -> None:
    row = row_of_files("hand_over")
    assert row is not None
    withdrawal.put("decision", "d", DECISION, who=EDITOR, seen=0)
    Records.open().release("decision", "d", who=WHO, seen_version=1)
    for kind, key in (("hand_over", row.key), ("decision", "d")):
        assert not withdrawal.may_take_away(state(), kind, key, approver=False)
        with pytest.raises(NotAllowed):
            withdrawal.take_away(kind, key, who=EDITOR, reason="Feil", seen=seen(kind, key))


def test_a_partner_is_added_changed_taken_away_and_brought_back_and_the_others_stay() -> None:
    before = partner_ids()
    withdrawal.put("partner", "raadet", {"id": "raadet", "name": SAID, "level": SAID}, who=EDITOR, seen=seen("partner"))
    changed = {"id": "raadet", "name": SAID, "level": {"nb": "kommune", "en": "municipality"}}
    withdrawal.put("partner", "raadet", changed, who=EDITOR, seen=seen("partner", "raadet"))
    assert [*before, "raadet"] == partner_ids()
    assert programme(state()).partners[-1].level["nb"] == "kommune"
    withdrawal.take_away("partner", "raadet", who=EDITOR, reason="Trakk seg", seen=seen("partner"))
    assert before == partner_ids()
    assert withdrawal.gone(state(), "partner") == {"raadet": changed}
    withdrawal.bring_back(state(), "partner", "raadet", who=EDITOR)
    assert [*before, "raadet"] == partner_ids()
    assert programme(state().public()).partners[-1].id != "raadet"


def test_two_who_write_a_partner_at_once_meet_and_the_second_sees_what_stands_there() -> None:
    stale = seen("partner")
    mine = {"id": "nav", "name": {"nb": "Nav i Agder", "en": "NAV in Agder"}, "level": SAID}
    withdrawal.put("partner", "nav", mine, who=EDITOR, seen=stale)
    with pytest.raises(Conflict) as met:
        withdrawal.put("partner", "nav", {**mine, "name": SAID}, who=WHO, seen=stale)
    assert met.value.now == mine


def test_a_partner_that_somebody_is_to_work_with_is_not_taken_away() -> None:
    task = {
        "id": "t", "name": {"nb": "Følge opp", "en": "Follow up"}, "owner": "nav", "doer": "county", "payer": ["nav"],
        "informed": ["county"], "hand_over_when": SAID, "example": False,
    }  # fmt: skip
    withdrawal.put("task", "t", task, who=EDITOR, seen=0)
    with pytest.raises(withdrawal.RecordNamed) as refused:
        withdrawal.take_away("partner", "nav", who=EDITOR, reason="Trakk seg", seen=seen("partner"))
    assert [refused.value.says(lang).count(name) for lang, name in (("nb", "Følge opp"), ("en", "Follow up"))] == [1, 1]
    assert "Follow up" not in refused.value.says("nb")
    assert "nav" in partner_ids()


def test_a_record_whose_status_was_erased_is_not_brought_back_and_it_is_told_why() -> None:
    withdrawal.put("decision", "d", {**DECISION, "status": "done"}, who=EDITOR, seen=0)
    withdrawal.take_away("decision", "d", who=EDITOR, reason="Ført to ganger", seen=seen("decision", "d"))
    Records.open().redact(1, "payload.status", who=WHO, reason="Et navn")
    with pytest.raises(withdrawal.RecordErased) as refused:
        withdrawal.bring_back(state(), "decision", "d", who=EDITOR)
    assert refused.value.found == "status"
    assert all("status" in refused.value.line(lang) for lang in ("nb", "en"))


def test_an_id_that_others_name_is_not_erased_while_it_stands() -> None:
    withdrawal.put("partner", "raadet", {"id": "raadet", "name": SAID, "level": SAID}, who=EDITOR, seen=seen("partner"))
    (event,) = Records.open().events()
    place = next(place for place, kept in event.texts.items() if kept and kept[1] == "raadet")
    with pytest.raises(ErasureBreaks):
        Records.open().redact(event.number, place, who=WHO, reason="Et navn")
    task = {
        "id": "t", "name": SAID, "owner": "nav", "doer": "raadet", "payer": ["nav"], "informed": ["county"],
        "hand_over_when": SAID, "example": False,
    }  # fmt: skip
    withdrawal.put("task", "t", task, who=EDITOR, seen=0)
    with pytest.raises(ErasureBreaks):
        Records.open().redact(2, "payload.doer", who=WHO, reason="Et navn")
