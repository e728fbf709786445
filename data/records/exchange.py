"""The log itself out and in, a line an event, and rows from files and spreadsheets put into it."""

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select

from data.problems import Problem, raise_all
from data.records import database
from data.records.errors import ProgrammeClosed, RecordsAltered, RecordsNotWritten
from data.records.events import LoggedEvent, Who
from data.records.files import WrittenRow, rows_of_files
from data.records.in_use import require_as_registered
from data.records.kinds import KINDS
from data.records.log import Records
from data.records.said import Texts, parted, refuse_unfit
from data.records.schema import EVENT, HEAD, KEPT_FILE, SAID
from data.records.spreadsheet.headings import VERSION
from data.records.spreadsheet.writing import said
from data.records.state import StandingRecord
from data.records.verify import verify_events
from data.records.writer import Draft, LogHead, head_after
from data.toml import TomlProblem, gathered


@dataclass(frozen=True)
class Brought:
    """What rows came to: keys (`kind/key`) that are new, that were changed, and how many stood there already."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    same: int


def bring(records: Records, rows: Sequence[WrittenRow], *, who: Who, reason: str, dry: bool = False) -> Brought:
    """Put rows into the log, all or none; those that stand there already are passed over.

    dry: tell only what it would come to. Raises `Problems` with every fault of every row, one that was written from a
    version that no longer stands among them, and ProgrammeClosed where the rows are an earlier programme's.
    """
    state, problems = records.state(), list[Problem]()
    for row in rows:
        if row.kind == "programme" and row.key in state.past:
            raise ProgrammeClosed(where=f"programme/{row.key}", found=state.past[row.key].at[:10])
    there = [state.of(row.kind).get(row.key) for row in rows]
    files = {} if state.past else _of_files(rows)
    changes = [
        (row, found) for row, found in zip(rows, there, strict=True)
        if not _stands(row, found) and (found or files.get((row.kind, row.key)) != said(row.kind, row.table))
    ]  # fmt: skip
    for row, found in changes:
        problems += [*_faults(records, row, rows), *_stale(row, found)]
    raise_all("", problems)
    drafts = [
        Draft("set", row.kind, row.key, who, row.table, reason, row.seen_version or (found.version if found else None))
        for row, found in changes
    ]
    if not dry:
        records.write_all(drafts)
    named = [(f"{row.kind}/{row.key}", found) for row, found in changes]
    new, changed = (tuple(name for name, found in named if bool(found) is known) for known in (False, True))
    return Brought(new, changed, len(rows) - len(changes))


def _of_files(rows: Sequence[WrittenRow]) -> dict[tuple[str, str], dict[str, Any]]:
    """Return what the files in use say, where rows came in a spreadsheet, which has them too."""
    if not any(row.place for row in rows):
        return {}
    return {(row.kind, row.key): said(row.kind, row.table) for row in rows_of_files()}


def _stale(row: WrittenRow, found: StandingRecord | None) -> list[Problem]:
    """Return what tells that a row of a spreadsheet was written from a version that no longer stands."""
    now = found.version if found else 0
    if row.place is None or row.seen_version in (None, now):
        return []
    where = {"file": row.place.file, "sheet": row.place.sheet, "cell": row.place.cell(VERSION)}
    return [Problem(code="records_stale", found=str(row.seen_version), expected=str(now), **where)]


def _faults(records: Records, row: WrittenRow, rows: Sequence[WrittenRow]) -> list[Problem]:
    """Return what is wrong with a row, at its cell where it is of a spreadsheet."""
    found: list[Problem] = []
    gathered(found, lambda: records.check(row.kind, row.key, row.table, also=rows))
    if row.place and not found and row.kind == "experiment":
        gathered(found, lambda: require_as_registered(records.state(), row.key, row.table, row.seen_version))
    if row.place and KINDS[row.kind].once:
        found.append(TomlProblem(code="record_by_form", file=row.key, cell="hash", column="hash", found=row.key))
    if not found:
        texts: Texts = {}
        parted(row.table, texts, "payload")
        gathered(found, lambda: refuse_unfit(texts, row.key))
    return [row.place.placed(each, row.table) for each in found] if row.place else found


def keep_whole(records: Records, *, who: Who, reason: str) -> int:
    """Put what only the files in use say into the log, shown to everybody as it was; return how many rows.

    A programme is kept whole before it is closed: its files may be gone when somebody asks. Rows the log has taken
    away are not brought back. Nothing is done where an earlier programme was closed: the files are that one's.
    """
    state = records.state()
    rows = [] if state.past else rows_of_files()
    absent = [row for row in rows if row.key not in state.of(row.kind) and (row.kind, row.key) not in state.gone]
    for row in absent:
        records.check(row.kind, row.key, row.table, also=rows)
    drafts = [Draft("set", row.kind, row.key, who, row.table, reason) for row in absent]
    written = records.write_all(drafts)
    records.write_all(
        [Draft("release", each.kind, each.key, who, {}, reason, each.number) for each in written]
    )  # fmt: skip
    return len(written)


def _stands(row: WrittenRow, found: StandingRecord | None) -> bool:
    """Return whether a row says what stands there; a ledger has no place for why a design was registered again."""
    if found is None:
        return False
    beside = {"why"} if row.kind == "registration" and row.place is None else set()
    return {name: value for name, value in found.table.items() if name not in beside} == row.table


def lines(records: Records) -> Iterator[str]:
    """Yield the log as lines of JSON: the events with their texts, then the notes it keeps. Names are not in it."""
    for event in records.events():
        yield json.dumps({"event": vars(event)})
    for record in records.events():
        if record.kind == "note" and record.act == "set":
            name = record.table["sha256"]
            content = records.kept(name)
            if content is not None:  # a note that was erased has none
                yield json.dumps({"kept": name, "content": base64.b64encode(content).decode()})


def bring_log(records: Records, text: str) -> int:
    """Put an exported log into an empty one and return the number of its events.

    Raises RecordsAltered where it does not follow from itself, RecordsNotWritten where the log here has events.
    """
    try:
        found = [json.loads(line) for line in text.splitlines() if line.strip()]
        events = [LoggedEvent(**each["event"]) for each in found if "event" in each]
        notes = {each["kept"]: base64.b64decode(each["content"]) for each in found if "kept" in each}
    except (ValueError, TypeError, KeyError) as error:
        raise RecordsAltered(where="–", found=type(error).__name__) from None
    for fault in verify_events(events, notes):
        raise fault
    if records.events():
        raise RecordsNotWritten(where=records.log, found=str(len(records.events())))
    load(records, events, notes)
    return len(events)


def load(records: Records, events: Sequence[LoggedEvent], notes: Mapping[str, bytes]) -> None:
    """Write events as they are into an empty log, with the notes they keep."""
    log, head = {"log": records.log}, LogHead()
    rows = [log | {name: value for name, value in vars(event).items() if name != "texts"} for event in events]
    said = [log | {"number": event.number, "texts": json.dumps(event.texts)} for event in events]
    for event in events:
        head = head_after(event, head)
    with database.writing(records.url) as connection:
        if events:
            connection.execute(insert(EVENT), rows)
            connection.execute(insert(SAID), said)
        connection.execute(insert(HEAD).values(log=records.log, **vars(head)))
        kept = set(connection.execute(select(KEPT_FILE.c.sha256)).scalars())
        for name, content in notes.items():
            if name not in kept:
                connection.execute(insert(KEPT_FILE).values(sha256=name, content=content))
