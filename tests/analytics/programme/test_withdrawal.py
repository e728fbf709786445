"""What is taken away is gone everywhere but in the log, and comes back as it stood; lists of the programme alike."""

import datetime as dt

import pytest

from analytics.programme import templates, withdrawal
from analytics.programme.readings import concept_name, experiments_in, programme
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


@pytest.mark.long
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


@pytest.mark.long
def test_a_row_of_a_file_is_taken_away_and_brought_back_too() -> None:
    row = row_of_files("hand_over")
    assert row is not None
    withdrawal.take_away("hand_over", row.key, who=WHO, reason="Gjelder noe annet", seen=0)
    assert len(programme(state()).hand_overs) == 8
    withdrawal.bring_back(state(), "hand_over", row.key, who=WHO)
    assert len(programme(state()).hand_overs) == 9


@pytest.mark.long
def test_what_everybody_sees_only_an_approver_takes_away() -> None:
    row = row_of_files("hand_over")
    assert row is not None
    withdrawal.put("decision", "d", DECISION, who=EDITOR, seen=0)
    Records.open().release("decision", "d", who=WHO, seen_version=1)
    for kind, key in (("hand_over", row.key), ("decision", "d")):
        assert not withdrawal.may_take_away(state(), kind, key, approver=False)
        with pytest.raises(NotAllowed):
            withdrawal.take_away(kind, key, who=EDITOR, reason="Feil", seen=seen(kind, key))


@pytest.mark.long
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


@pytest.mark.long
def test_two_who_write_a_partner_at_once_meet_and_the_second_sees_what_stands_there() -> None:
    stale = seen("partner")
    mine = {"id": "nav", "name": {"nb": "Nav i Agder", "en": "NAV in Agder"}, "level": SAID}
    withdrawal.put("partner", "nav", mine, who=EDITOR, seen=stale)
    with pytest.raises(Conflict) as met:
        withdrawal.put("partner", "nav", {**mine, "name": SAID}, who=WHO, seen=stale)
    assert met.value.now == mine


@pytest.mark.long
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


@pytest.mark.long
def test_a_record_whose_status_was_erased_is_not_brought_back_and_it_is_told_why() -> None:
    withdrawal.put("decision", "d", {**DECISION, "status": "done"}, who=EDITOR, seen=0)
    withdrawal.take_away("decision", "d", who=EDITOR, reason="Ført to ganger", seen=seen("decision", "d"))
    Records.open().redact(1, "payload.status", who=WHO, reason="Et navn")
    with pytest.raises(withdrawal.RecordErased) as refused:
        withdrawal.bring_back(state(), "decision", "d", who=EDITOR)
    assert refused.value.found == "status"
    assert all("status" in refused.value.line(lang) for lang in ("nb", "en"))


@pytest.mark.long
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


WEIGHTS = {"ease": 2.0, "gain": 0.5, "necessity": 0.0}
LINE = {"id": "line-1", "name": SAID, "by": SAID, "reason": SAID, "value": 12.0}


def baseline(day: int) -> dict[str, object]:
    return {**templates.baseline(), "date": dt.date(2026, 11, day)}


@pytest.mark.long
def test_a_line_stands_in_the_newest_baseline_and_is_taken_away_and_brought_back_there() -> None:
    for day in (30, 2):
        withdrawal.put("baseline", f"2026-11-{day:02}", baseline(day), who=EDITOR, seen=0)
    withdrawal.put("line", "line-1", LINE, who=EDITOR, seen=seen("line"))
    assert [(each.date, [item.value for item in each.items]) for each in programme(state()).forms] == [
        ("2026-11-30", [12.0]), ("2026-11-02", [])
    ]  # fmt: skip
    withdrawal.take_away("line", "line-1", who=EDITOR, reason="Telles ikke", seen=seen("line"))
    assert withdrawal.standing(state(), "line") == {}
    withdrawal.bring_back(state(), "line", "line-1", who=EDITOR)
    assert list(withdrawal.standing(state(), "line")) == ["line-1"]


@pytest.mark.long
def test_a_form_of_a_file_that_was_taken_away_is_nowhere(tmp_path) -> None:
    """It is known by its date on the page, and by its file's name in the log."""
    file = tmp_path / "programme" / "baseline" / "2027-01.toml"
    file.parent.mkdir(parents=True)
    file.write_bytes(
        templates.template("baseline").rpartition(b"[[item]]")[0].replace(b'nb = "", en = ""', b'nb = "x", en = "x"')
    )
    assert [each.date for each in programme(state()).forms] == ["2027-01-01"]
    withdrawal.take_away("baseline", "2027-01", who=WHO, reason="Feil", seen=0)
    assert (programme(state()).forms, withdrawal.standing(state(), "baseline")) == ((), {})


@pytest.mark.long
def test_a_concept_is_renamed_with_its_experiments_and_not_taken_away_while_something_names_it() -> None:
    table = {"title": SAID, "question": SAID, "area": 3, "primary_outcome": SAID, "target_group": SAID}
    experiment = {"experiment": {**table, "method": "not_stated", "concept": "concept-5"}}
    withdrawal.put("concept", "concept-5", {"id": "concept-5", "name": SAID}, who=EDITOR, seen=seen("concept"))
    withdrawal.put("experiment", "experiment-1", experiment, who=EDITOR, seen=0)
    other = {"id": "concept-5", "name": {"nb": "Noe annet", "en": "Something else"}}
    withdrawal.put("concept", "concept-5", other, who=EDITOR, seen=seen("concept"))
    (found,) = experiments_in(state(), concept="concept-5")
    assert concept_name(found.concept, state(), "en") == "Something else"
    for key, names in (("concept-5", [SAID]), ("job_taste", [programme(state()).voices[0].need])):
        with pytest.raises(withdrawal.RecordNamed) as refused:
            withdrawal.take_away("concept", key, who=WHO, reason="Utgår", seen=seen("concept"))
        assert list(refused.value.names) == names


def test_the_programme_and_its_scale_are_changed_and_never_taken_away() -> None:
    key = withdrawal.holder_key(state())
    version, table = withdrawal.met(state(), "programme", key)
    withdrawal.put("programme", key, {**table, "years": 7}, who=EDITOR, seen=version)
    withdrawal.put("knot_scale", "knots", {**templates.scale(), "weights": WEIGHTS}, who=EDITOR, seen=0)
    assert (programme(state()).years, programme(state()).knots.weights) == (7, WEIGHTS)
    assert programme(state().public()).years == 5
    for kind, named in (("programme", key), ("knot_scale", "knots")):
        assert not withdrawal.may_take_away(state(), kind, named, approver=True)
    for wrong in (dict.fromkeys(WEIGHTS, 0.0), {"ease": 1.0}):
        with pytest.raises(Problems):
            withdrawal.put("knot_scale", "knots", {**templates.scale(), "weights": wrong}, who=EDITOR, seen=2)
