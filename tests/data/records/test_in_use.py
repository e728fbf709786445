"""The log over the files, row by row: what stands, what was taken away, who sees it, and a programme after another."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from data import paths
from data.records import ProgrammeClosed, Records, RecordState, Who
from data.records.exchange import bring, keep_whole
from data.records.files import rows_of_files
from data.records.in_use import plan_in_use, programme_in_use, row_of_files

WHO = Who("u-1", "approver")
HAND_OVER = {"what": "Jobbes", "to": "Agder fylkeskommune", "answer": "yes"}
GAIN: dict[str, Any] = {
    "id": "G1", "gain": "Flere i jobb", "type": "others", "beneficiary": "Unge", "owner": "Direktøren",
    "measure": "Jobbstart", "goal": "I arbeid", "unit": "count", "baseline": 1, "baseline_date": dt.date(2024, 1, 1),
    "target": 5, "target_date": dt.date(2027, 1, 1), "method": "Telles", "frequency": "yearly",
}  # fmt: skip


@pytest.fixture
def records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Records:
    """The records of an empty home: Kristiansand's, whose programme is shipped."""
    monkeypatch.setenv("INNENFOR_HOME", str(tmp_path))
    return Records.open()


def answers(state: RecordState) -> dict[str, str]:
    return {each.to["nb"]: each.answer for each in programme_in_use(state).hand_overs}


def test_without_a_log_the_files_stand(records: Records) -> None:
    assert len(answers(records.state())) == 9
    assert plan_in_use(records.state()).plan is None


def test_a_row_of_the_log_stands_over_the_files_row_of_its_key(records: Records) -> None:
    row = next(each for each in rows_of_files() if each.kind == "hand_over")
    name = str(row.table["to"]["nb"])
    before = answers(records.state())
    records.append("hand_over", row.key, {**row.table, "answer": "yes"}, who=WHO)
    assert answers(records.state()) == before | {name: "yes"}
    assert answers(records.state().public()) == before  # not released: everybody sees the file's
    records.release("hand_over", row.key, who=WHO, seen_version=1)
    assert answers(records.state().public())[name] == "yes"


def test_a_file_that_is_changed_by_hand_is_read_again(records: Records, tmp_path: Path) -> None:
    def names() -> list[str]:
        return [each.table["name"]["nb"] for each in rows_of_files() if each.kind == "programme"]

    assert names() == ["Flere i arbeid"]
    facts = (paths.shipped("programme") / "programme.toml").read_text(encoding="utf-8")
    own = tmp_path / "programme"
    own.mkdir()
    (own / "programme.toml").write_text(facts.replace('nb = "Flere i arbeid"', 'nb = "Enda flere"'), encoding="utf-8")
    assert names() == ["Enda flere"]


@pytest.mark.long
def test_what_the_log_has_taken_away_or_hidden_no_file_brings_back(records: Records) -> None:
    row = next(each for each in rows_of_files() if each.kind == "hand_over")
    name = str(row.table["to"]["nb"])
    records.append("hand_over", row.key, row.table, who=WHO)
    records.release("hand_over", row.key, who=WHO, seen_version=1)
    records.hide("hand_over", row.key, who=WHO, reason="Feil", seen_version=1)
    assert (name in answers(records.state()), name in answers(records.state().public())) == (True, False)
    records.remove("hand_over", row.key, who=WHO, reason="Feil", seen_version=1)
    assert name not in answers(records.state())


@pytest.mark.long
def test_a_plan_may_stand_by_the_log_alone(records: Records) -> None:
    event = records.append("gain", "G1", GAIN, who=WHO)
    found = plan_in_use(records.state()).plan
    assert found is not None
    assert ([row.id for row in found.rows], found.event, found.file) == (["G1"], event.number, "")
    assert plan_in_use(records.state().public()).plan is None


@pytest.mark.long
def test_files_that_were_brought_in_are_the_same_programme(records: Records) -> None:
    before = programme_in_use(records.state())
    bring(records, rows_of_files(), who=WHO, reason="")
    assert programme_in_use(records.state()) == before


@pytest.mark.long
def test_a_programme_is_kept_whole_before_it_is_closed_and_the_next_has_nothing_of_its_files(records: Records) -> None:
    before = programme_in_use(records.state())
    assert keep_whole(records, who=WHO, reason="Slutt") == len(rows_of_files())
    assert keep_whole(records, who=WHO, reason="Slutt") == 0
    seen = records.state().of("programme")["flere-i-arbeid"].version
    records.close("flere-i-arbeid", who=WHO, reason="Fem år er gått", seen_version=seen)
    row = row_of_files("programme")
    assert row is not None
    new = {**row.table, "id": "nytt", "name": {"nb": "Nytt", "en": "New"}, "concept": []}
    begun = records.append("programme", "nytt", new, who=WHO)
    inner, public = records.state(), records.state().public()
    assert (programme_in_use(inner).name["nb"], answers(inner)) == ("Nytt", {})
    assert (programme_in_use(public), public.closed) == (before, True)  # the new one is not released yet
    records.release("programme", "nytt", who=WHO, seen_version=begun.number)
    public = records.state().public()
    assert (programme_in_use(public).name["nb"], public.closed, list(public.past)) == (
        "Nytt",
        False,
        ["flere-i-arbeid"],
    )
    assert programme_in_use(public.past["flere-i-arbeid"]) == before
    with pytest.raises(ProgrammeClosed):  # the files in use are those of the programme that ended
        bring(records, rows_of_files(), who=WHO, reason="")
    assert programme_in_use(records.state()).name["nb"] == "Nytt"
