"""What a note says by the records: the same as they hold, for those inside; for everybody what is released."""

import datetime as dt
from pathlib import Path

import pytest

from analytics.programme import going
from data.i18n import speaking
from data.records import Records, Who
from pages.frame.sight import seeing, seen
from pages.report import room_sections, sections
from pages.report.model import Block, NoteTable, Points
from pages.views.programme.room import lights

WHO = Who("u-1", "approver")
DAY = dt.date(2026, 11, 29)
DECISION = {"title": "Jobbstart går videre", "body": "Styringsgruppen", "date": dt.date(2026, 11, 5),
            "because": "Tre av fire fortsatte", "due": dt.date(2026, 12, 1)}  # fmt: skip
WORDS = {
    name: {"nb": "Jobbstart", "en": "Jobbstart"} for name in ("title", "question", "primary_outcome", "target_group")
}
COURSE = {"owner": "Helse og mestring", "phase": "test", "due": dt.date(2026, 9, 1), "verdict": "changes"}


@pytest.fixture(autouse=True)
def records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Records:
    monkeypatch.setenv("INNENFOR_HOME", str(tmp_path))
    found = Records.open()
    found.append("decision", "decision-1", DECISION, who=WHO)
    found.append("experiment", "jobbstart", {"experiment": {**WORDS, "area": 4, "method": "not_stated"}}, who=WHO)
    found.append("course", "jobbstart", COURSE, who=WHO)
    found.append("money", "money-1", {"period": "2026-10", "label": "StimuLab", "granted_nok": 400.0}, who=WHO)
    light = {"month": "2026-11", "about": ["gain/G1"], "light": "red", "text": "Ingen veiledere"}
    found.append("status", "2026-11-G1", light, who=WHO)
    return found


def rows(block: Block) -> tuple[tuple[str, ...], ...]:
    assert isinstance(block, NoteTable)
    return block.rows


def test_those_inside_read_what_stands_in_the_records() -> None:
    with speaking("nb"), seeing(inner=True):
        (news,), (decided,), (money,) = (
            room_sections.since(),
            room_sections.decisions(every=False),
            room_sections.spent(),
        )
        told = going.reported_seen((), seen())
        (course,) = room_sections.courses(told, ["Jobbstart"], DAY)
        light = lights.newest(seen())
    assert isinstance(news.blocks[0], Points)
    assert "Beslutning: Jobbstart går videre (ny)" in news.blocks[0].items
    assert [row[1] for row in rows(decided.blocks[0])] == ["Jobbstart går videre. Tre av fire fortsatte"]
    assert rows(course) == (("Jobbstart", "Endres", "Helse og mestring", "1. september 2026, gått over tiden", "–"),)
    assert isinstance(money.blocks[0], Points)
    assert "ikke kjent" in money.blocks[0].items[0]
    assert light == {"G1": "Rødt, november 2026: Ingen veiledere"}


def test_everybody_reads_what_is_released(records: Records) -> None:
    with speaking("nb"), seeing(inner=False):
        assert (room_sections.since(), room_sections.decisions(every=True), room_sections.spent()) == ((), (), ())
    records.release("decision", "decision-1", who=WHO, seen_version=1)
    with speaking("nb"), seeing(inner=False):
        (decided,), (news,) = room_sections.decisions(every=True), room_sections.since()
        assert room_sections.spent() == ()
    assert len(rows(decided.blocks[0])) == 1
    assert isinstance(news.blocks[0], Points)
    assert len(news.blocks[0].items) == 1


def test_the_quotes_chosen_for_the_note_stand_in_it_while_everybody_may_see_them(records: Records) -> None:
    for number in (1, 2, 3, 4):
        records.append("quote", f"quote-{number}", {"text": f"Sitat {number}", "group": "Unge i Jobbes"}, who=WHO)
        records.release("quote", f"quote-{number}", who=WHO, seen_version=records.state().number)
    points = dict.fromkeys(("problem", "done", "solution", "in_use", "next_steps"), "x")
    records.append("closing", "closing-1", {**points, "quotes": ["quote-4", "quote-1"]}, who=WHO)
    with seeing(inner=True), speaking("nb"):
        assert [each.text for each in sections.voices()] == ["Sitat 4", "Sitat 1"]
    seen_version = records.state().of("quote")["quote-4"].version
    records.hide("quote", "quote-4", who=WHO, reason="x", seen_version=seen_version)
    with seeing(inner=True), speaking("nb"):
        assert [each.text for each in sections.voices()] == ["Sitat 1"]


def test_a_quote_stands_in_the_note_once_it_is_released_and_as_it_was_released(records: Records) -> None:
    for said, key in (("Jeg ble sett", "quote-1"), ("Ingen ringte", "quote-2")):
        records.append("quote", key, {"text": said, "group": "Unge i Jobbes"}, who=WHO)
    records.release("quote", "quote-1", who=WHO, seen_version=records.state().of("quote")["quote-1"].version)
    seen_version = records.state().of("quote")["quote-1"].version
    changed = {"text": "Jeg ble ikke sett", "group": "Unge i Jobbes"}
    records.append("quote", "quote-1", changed, who=WHO, seen_version=seen_version)
    for inner in (True, False):
        with speaking("nb"), seeing(inner=inner):
            assert [(each.text, each.by) for each in sections.voices()] == [("Jeg ble sett", "Unge i Jobbes")]
