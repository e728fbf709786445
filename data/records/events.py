"""One event of the log, as it stands in the database and as it is read."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from data.records.said import Texts, canonical, hash_of, joined

GENESIS = "0" * 64
CONTENT = "content"
"""The place of a released note's bytes, as a redaction names it."""


@dataclass(frozen=True)
class Who:
    """Who does something: an opaque id, never a name, and the role they have in this moment."""

    id: str
    role: str


@dataclass(frozen=True)
class LoggedEvent:
    """An event: what was done to which record, when (UTC), by whom, why, and the hash of the one before.

    act: `set`, `remove`, `release`, `hide`, `redact` or `close`; version: of the payload's form; body: what the hash is
    taken of, with a salted hash for each text; texts: those by place, None for one that was erased.
    """

    number: int
    at: str
    who: str
    role: str
    act: str
    kind: str
    key: str
    version: int
    body: str
    previous: str
    hash: str
    texts: Texts

    @property
    def table(self) -> dict[str, Any]:
        """The payload as it was written."""
        return dict(joined(json.loads(self.body).get("payload", {}), self.texts, "payload"))

    @property
    def reason(self) -> str:
        """Why it was done, in the writer's words."""
        return str(joined(json.loads(self.body).get("reason", ""), self.texts, "reason"))

    def sealed(self) -> str:
        """Return the hash that follows from what the event holds and the hash before it."""
        return seal(vars(self))


SEALED = ("number", "at", "who", "role", "act", "kind", "key", "version", "body", "previous")


def seal(facts: Mapping[str, Any]) -> str:
    """Return the hash of an event from its facts by name."""
    return hash_of(canonical([facts[name] for name in SEALED]))


def texts_with(events: Sequence[LoggedEvent], words: str) -> Iterator[tuple[LoggedEvent, str, str]]:
    """Yield each event, place and text that still stands in the log and holds the words, in capitals or not.

    A released note that is kept is found by its name: its bytes stand in the place `content`.
    """
    sought = _as_sought(words)
    for note in notes_since(events, 0):
        if sought in _as_sought(str(note.table["name"])):
            yield note, CONTENT, str(note.table["name"])
    for event in events:
        for place, kept in event.texts.items():
            if kept and sought in _as_sought(kept[1]):
                yield event, place, kept[1]


def _as_sought(words: str) -> str:
    """Return words as they are compared: an id that was made of a name, with dashes in it, is found by the name."""
    return re.sub(r"[\s._-]+", " ", words.casefold()).strip()


def notes_since(events: Sequence[LoggedEvent], number: int) -> list[LoggedEvent]:
    """Return the notes that were released after an event, and are still kept as they were."""
    gone = {spot for spot, place in erased_in(events) if place == CONTENT}
    notes = (each for each in events if each.kind == "note" and each.act == "set")
    return [each for each in notes if each.number > number and each.number not in gone]


def erased_in(events: Sequence[LoggedEvent]) -> set[tuple[int, str]]:
    """Return the number and place of everything the events say was erased."""
    return {tuple(json.loads(event.body)["erases"]) for event in events if event.act == "redact"}
