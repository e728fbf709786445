"""Whether the log follows from its own events: numbers, hashes, texts, the notes it keeps, and its last event."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from json import JSONDecodeError, loads

from sqlalchemy import select

from data.records import database
from data.records.errors import RecordsAltered
from data.records.events import CONTENT, GENESIS, LoggedEvent, erased_in
from data.records.log import Records
from data.records.rows import events_in
from data.records.said import hash_of, hash_of_bytes, hashes
from data.records.schema import KEPT_FILE
from data.records.writer import LogHead, head_of


@dataclass(frozen=True)
class Verification:
    """What a verification found: how many events, the hash of the last, and everything that does not hold."""

    events: int
    hash: str
    faults: tuple[RecordsAltered, ...]


def verify(records: Records, known: str = "") -> Verification:
    """Return what does not hold in the log. known: a hash that must stand in it, such as a released note's."""
    if not database.is_there(records.url):
        return Verification(0, GENESIS, _unknown(known, ()))
    with database.reading(records.url) as connection:
        events, head = events_in(connection, records.log), head_of(connection, records.log)
        contents = connection.execute(select(KEPT_FILE.c.sha256, KEPT_FILE.c.content)).all()
    found = [
        *verify_events(events, {row.sha256: row.content for row in contents}),
        *_end(events, head),
        *_unknown(known, events),
    ]
    return Verification(len(events), events[-1].hash if events else GENESIS, tuple(found))


def verify_events(events: Sequence[LoggedEvent], contents: Mapping[str, bytes]) -> Iterator[RecordsAltered]:
    """Yield what does not hold among events and the bytes of notes, which lie by their hash."""
    yield from _chain(events)
    yield from _texts(events)
    kept = {name for name, content in contents.items() if hash_of_bytes(content) == name}
    gone = {number for number, place in erased_in(events) if place == CONTENT}
    notes = (event for event in events if event.kind == "note" and event.number not in gone)
    yield from (_fault(event.number, "note") for event in notes if not _is_kept(event, kept))


def _chain(events: Sequence[LoggedEvent]) -> Iterator[RecordsAltered]:
    previous, at = GENESIS, ""
    for number, event in enumerate(events, 1):
        if event.number != number or event.previous != previous or event.at < at:
            yield _fault(event.number, "order")
        if event.sealed() != event.hash:
            yield _fault(event.number, "hash")
        previous, at = event.hash, event.at


def _texts(events: Sequence[LoggedEvent]) -> Iterator[RecordsAltered]:
    """Yield the events whose texts are not those that were written, but for those a redaction names."""
    erased = erased_in(events)
    for event in events:
        try:
            asked = dict(hashes(loads(event.body)))
        except JSONDecodeError:
            continue  # its hash has told
        for place in {*asked, *event.texts}:
            kept = event.texts.get(place)
            holds = hash_of("".join(kept)) == asked.get(place) if kept else (event.number, place) in erased
            if not holds:
                yield _fault(event.number, place)


def _end(events: Sequence[LoggedEvent], head: LogHead) -> Iterator[RecordsAltered]:
    last = (events[-1].number, events[-1].hash) if events else (0, GENESIS)
    if last != (head.number, head.hash):
        yield _fault(head.number, "end")


def _unknown(known: str, events: Sequence[LoggedEvent]) -> tuple[RecordsAltered, ...]:
    there = not known or any(event.hash == known for event in events)
    return () if there else (RecordsAltered(where=known, found="unknown"),)


def _is_kept(event: LoggedEvent, kept: set[str]) -> bool:
    return event.act != "set" or event.table["sha256"] in kept


def _fault(number: int, found: str) -> RecordsAltered:
    return RecordsAltered(where=str(number), found=found)
