"""How things stand after some events: every record as it was last set, and as it was last released."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from data.records.events import GENESIS, LoggedEvent
from data.records.kinds import KINDS


@dataclass(frozen=True)
class StandingRecord:
    """A record as it stands. version: the number of the event that set it; a form hands it back as what it saw."""

    kind: str
    key: str
    event: LoggedEvent
    released: bool = False

    @property
    def version(self) -> int:
        """The number of the event that set it."""
        return self.event.number

    @cached_property
    def table(self) -> Mapping[str, Any]:
        """What was written, as it would stand in a file."""
        return self.event.table

    @cached_property
    def value(self) -> Any:  # noqa: ANN401 - the type of the kind
        """What was written, as the type of its kind. Raises `Problems` where it no longer fits it."""
        return KINDS[self.kind].read(self.table, self.key, None)


Standing = dict[str, dict[str, StandingRecord]]


@dataclass(frozen=True)
class RecordState:
    """How things stand: the inner view `records`, and `released`, what everybody may see.

    number and at: of the last event; closed: whether the programme is; past: the programmes before, by their key.
    """

    number: int = 0
    at: str = ""
    hash: str = GENESIS
    closed: bool = False
    records: Standing = field(default_factory=dict)
    released: Standing = field(default_factory=dict)
    past: Mapping[str, "RecordState"] = field(default_factory=dict)

    def of(self, kind: str) -> Mapping[str, StandingRecord]:
        """Return the records of a kind by key, in the order in which they first came."""
        return self.records.get(kind, {})

    def public(self) -> "RecordState":
        """Return what everybody may see: the released version of each record, whatever has been written since."""
        past = {key: state.public() for key, state in self.past.items()}
        return RecordState(self.number, self.at, self.hash, self.closed, self.released, self.released, past)

    def free_key(self, kind: str) -> str:
        """Return a key no record of the kind has: `decision-7`."""
        number = len(self.of(kind)) + 1
        while f"{kind}-{number}" in self.of(kind):
            number += 1
        return f"{kind}-{number}"

    def after(self, events: Iterable[LoggedEvent]) -> "RecordState":
        """Return how things stand after more events; this state stays as it is."""
        records = {kind: dict(found) for kind, found in self.records.items()}
        released = {kind: dict(found) for kind, found in self.released.items()}
        state = RecordState(self.number, self.at, self.hash, self.closed, records, released, self.past)
        for event in events:
            state = _folded(state, event)
        return state


def _folded(state: RecordState, event: LoggedEvent) -> RecordState:
    if state.closed and event.act == "set" and event.kind == "programme":
        name = next(reversed(state.records.get("programme", {})), str(len(state.past)))
        state = RecordState(past={**state.past, name: state})
    records, released = state.records, state.released
    here, shown = records.setdefault(event.kind, {}), released.setdefault(event.kind, {})
    if event.act == "set":
        here[event.key] = StandingRecord(event.kind, event.key, event)
    elif event.act == "remove":
        here.pop(event.key, None)
        shown.pop(event.key, None)
    elif event.act == "release" and event.key in here:
        here[event.key] = StandingRecord(event.kind, event.key, here[event.key].event, released=True)
        shown[event.key] = here[event.key]
    elif event.act == "hide" and event.key in here:
        here[event.key] = StandingRecord(event.kind, event.key, here[event.key].event)
        shown.pop(event.key, None)
    closed = state.closed or event.act == "close"
    return RecordState(event.number, event.at, event.hash, closed, records, released, state.past)
