"""What may be erased: a text no record in sight needs in order to be read."""

from collections.abc import Iterator
from dataclasses import replace

from data.curated import drafts
from data.ingest.personal_text import STORED
from data.problems import Problems
from data.records.errors import ErasedBytesLeft, ErasureBreaks
from data.records.events import LoggedEvent
from data.records.kinds import KINDS
from data.records.names import NAMING, names_for
from data.records.state import RecordState, StandingRecord


def require_readable(event: LoggedEvent, place: str, state: RecordState) -> None:
    """Raise ErasureBreaks where a record that stands, is released or is history is nothing without a text of it.

    A status or a reference is such a text: the record is set anew first, and the version before is then erased.
    """
    without = replace(event, texts={**event.texts, place: None})
    if any(record.event.number == event.number for record in _in_sight(state)) and not _is_read(without, state):
        raise ErasureBreaks(where=f"{event.kind}/{event.key}", found=place.partition(".")[2])


def forget_in_drafts(text: str) -> None:
    """Take a text out of what anybody has typed and not saved. Raises ErasedBytesLeft where a draft is not written."""
    try:
        drafts.forget(text)
    except OSError as error:
        raise ErasedBytesLeft(where="drafts", found=str(error.strerror)) from None


def _in_sight(state: RecordState) -> Iterator[StandingRecord]:
    for shown in (state.records, state.released):
        yield from (record for listed in shown.values() for record in listed.values())
    for before in state.past.values():
        yield from _in_sight(before)


def _is_read(event: LoggedEvent, state: RecordState) -> bool:
    named = names_for(event.kind, state) if event.kind in NAMING else None
    try:
        KINDS[event.kind].read(event.table, event.key, {**(named or {}), **STORED})
    except Problems:
        return False
    return _keeps(event)


def _keeps(event: LoggedEvent) -> bool:
    """Return whether a note still tells which bytes are its own, and others still find what they name by its id."""
    if event.kind == "note":
        return len(str(event.table["sha256"])) == len(event.hash)
    return all(kept or not place.endswith(".id") for place, kept in event.texts.items())
