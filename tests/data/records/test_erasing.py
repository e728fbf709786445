"""What was erased is nowhere: not in the bytes of the database, not in exports, drafts or released notes."""

import datetime as dt
import json
import random
import re
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from data.curated import drafts
from data.problems import Problems
from data.records import Records, Who, database
from data.records.errors import ErasedBytesLeft, ErasureBreaks
from data.records.exchange import bring_log, lines
from data.records.spreadsheet import as_workbook
from data.records.verify import verify

WHO = Who("u-2", "approver")
DECISION = {"title": "Jobbes går videre", "body": "Qvigstad ringer dem", "date": dt.date(2026, 10, 1)}
NOTE = {
    "month": "2026-10", "purpose": "month", "lang": "nb", "name": "notat.pdf", "version": "0.1.0", "editions": ["e"],
    "parameters": "a",
}  # fmt: skip


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INNENFOR_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def bytes_of(url: str) -> bytes:
    """Return every byte of the database's own files; of PostgreSQL's the tables', after a checkpoint."""
    if url.startswith("sqlite"):
        folder = Path(url.removeprefix("sqlite:///")).parent
        return b"".join(file.read_bytes() for file in folder.iterdir())
    asked = text(
        "SELECT pg_read_binary_file(pg_relation_filepath(c.oid)) FROM pg_class c "
        "WHERE c.relkind IN ('r', 't', 'i') AND c.relnamespace::regnamespace::text IN ('public', 'pg_toast') "
        "AND pg_relation_size(c.oid) > 0"
    )
    with create_engine(url).connect() as connection:
        connection.execute(text("CHECKPOINT"))
        return b"".join(bytes(found) for found in connection.execute(asked).scalars())


@pytest.mark.long
def test_neither_the_text_nor_the_note_is_left_in_the_bytes_of_the_database(records: Records) -> None:
    for number in range(60):
        body = f"Qvigstad{number} ringer " + "og ringer igjen, " * number
        records.append("decision", f"d{number}", DECISION | {"body": body}, who=WHO)
    note = records.keep_note("note-1", NOTE, b"%PDF Qvigstad" + random.Random(1).randbytes(9000), who=WHO)
    assert b"Qvigstad" in bytes_of(records.url)
    for number in range(60):
        records.redact(number + 1, "payload.body", who=WHO, reason="Et navn")
    assert b"%PDF Qvigstad" in bytes_of(records.url)
    records.redact(note.number, "content", who=WHO, reason="Et navn")
    assert b"Qvigstad" not in bytes_of(records.url)
    assert verify(records).faults == ()
    assert records.kept(records.state().of("note")["note-1"].value.sha256) is None


@pytest.mark.long
def test_a_note_that_was_erased_is_told_by_its_event_and_goes_out_and_in_without_its_bytes(
    records: Records, tmp_path: Path
) -> None:
    note = records.keep_note("note-1", NOTE, b"%PDF Qvigstad", who=WHO)
    records.redact(note.number, "content", who=WHO, reason="Et navn")
    out = list(lines(records))
    assert not any("kept" in json.loads(line) for line in out)
    other = Records(f"sqlite:///{tmp_path / 'other.sqlite'}", "4204")
    assert bring_log(other, "\n".join(out)) == 2
    assert verify(other).faults == ()
    with pytest.raises(Problems):
        records.redact(note.number, "content", who=WHO, reason="En gang til")


def test_a_note_whose_bytes_were_taken_from_outside_is_still_found(records: Records) -> None:
    records.keep_note("note-1", NOTE, b"%PDF", who=WHO)
    with create_engine(records.url).begin() as connection:
        connection.execute(text("DELETE FROM kept_file"))
    assert [fault.found for fault in verify(records).faults] == ["note"]


@pytest.mark.long
def test_exports_made_afterwards_do_not_hold_it(records: Records) -> None:
    records.append("decision", "d", DECISION, who=WHO)
    assert "Qvigstad" in "".join(lines(records))
    records.redact(1, "payload.body", who=WHO, reason="Et navn")
    assert "Qvigstad" not in "".join(lines(records))
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(as_workbook(records.state(), "nb"))) as book:
        assert not any(b"Qvigstad" in book.read(name) for name in book.namelist())


def test_what_others_have_typed_and_not_saved_is_emptied_of_it_and_of_nothing_else(home: Path, tmp_path: Path) -> None:
    records = Records(f"sqlite:///{tmp_path / 'r.sqlite'}", "4204")
    records.append("decision", "d", DECISION, who=WHO)
    drafts.keep("u-9", "decision/d", {"title": "Min tittel", "body": "Nå: QVIGSTAD ringer dem!"})
    drafts.keep("u-9", "decision/new", {"title": "Xqvigstad ringer demo"})
    records.redact(1, "payload.body", who=WHO, reason="Et navn")
    assert drafts.kept("u-9", "decision/d") == {"title": "Min tittel"}
    assert drafts.kept("u-9", "decision/new") == {"title": "Xqvigstad ringer demo"}
    assert not re.search("QVIGSTAD", "".join(file.read_text() for file in home.rglob("*.json")))


@pytest.mark.long
def test_a_text_the_record_cannot_do_without_is_erased_once_another_stands_there(records: Records) -> None:
    first = records.append("decision", "d", DECISION | {"status": "done"}, who=WHO)
    with pytest.raises(ErasureBreaks) as told:
        records.redact(1, "payload.status", who=WHO, reason="Et navn")
    assert (told.value.where, told.value.found) == ("decision/d", "status")
    assert records.state().of("decision")["d"].value.status == "done"
    records.append("decision", "d", DECISION | {"status": "dropped"}, who=WHO, seen_version=first.number)
    assert records.redact(1, "payload.status", who=WHO, reason="Et navn").act == "redact"
    assert verify(records).faults == ()


def test_what_is_released_or_history_cannot_be_made_unreadable_either(records: Records) -> None:
    first = records.append("decision", "d", DECISION | {"status": "done"}, who=WHO)
    records.release("decision", "d", who=WHO, seen_version=first.number)
    records.append("decision", "d", DECISION, who=WHO, seen_version=first.number)
    with pytest.raises(ErasureBreaks):
        records.redact(1, "payload.status", who=WHO, reason="Et navn")


@pytest.mark.parametrize("place", ["payload.sha256", "payload.month"])
def test_a_note_keeps_what_it_is_known_by(records: Records, place: str) -> None:
    records.keep_note("note-1", NOTE, b"%PDF", who=WHO)
    with pytest.raises(ErasureBreaks):
        records.redact(1, place, who=WHO, reason="Et navn")
    assert verify(records).faults == ()


@pytest.mark.long
def test_a_reader_who_sees_the_text_in_postgresql_is_told_of_too(
    server_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "PATIENCE", 1)
    records = Records(server_url, "4204")
    records.append("decision", "d", DECISION, who=WHO)
    engine = create_engine(server_url, isolation_level="REPEATABLE READ")
    with engine.connect() as reader:
        reader.execute(text("SELECT count(*) FROM event"))
        with pytest.raises(ErasedBytesLeft):
            records.redact(1, "payload.body", who=WHO, reason="Et navn")
        assert b"Qvigstad" in bytes_of(server_url)
    database.forget_erased(server_url)
    assert b"Qvigstad" not in bytes_of(server_url)
    assert records.events()[0].table["body"] == "(fjernet)"


@pytest.mark.long
def test_a_reader_who_holds_the_database_is_told_of_and_the_erasure_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "PATIENCE", 0.1)
    records = Records(f"sqlite:///{tmp_path / 'r.sqlite'}", "4204")
    records.append("decision", "d", DECISION, who=WHO)
    reader = sqlite3.connect(tmp_path / "r.sqlite", isolation_level=None)
    reader.execute("BEGIN")
    assert reader.execute("SELECT count(*) FROM event").fetchone() == (1,)
    with pytest.raises(ErasedBytesLeft) as told:
        records.redact(1, "payload.body", who=WHO, reason="Et navn")
    assert "r.sqlite" in told.value.says("nb")
    reader.close()
    assert records.events()[0].table["body"] == "(fjernet)"
    database.forget_erased(records.url)
    assert b"Qvigstad" not in b"".join(file.read_bytes() for file in tmp_path.glob("r.sqlite*"))
