"""How things stand after some events: every record as it was last set, and as it was last released."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import count
from typing import Any

from data.ingest.personal_text import STORED
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
        return KINDS[self.kind].read(self.table, self.key, STORED)


_RELEASED = ("note",)
"""Kinds that are released by being written: only an approver may."""
Standing = dict[str, dict[str, StandingRecord]]


@dataclass(frozen=True)
class RecordState:
    """How things stand: the inner view `records`, and `released`, what everybody may see.

    number and at: of the last event; closed: whether the programme is; past: the programmes before, by their key.
    gone: what was taken away, as (kind, key), and `hidden`, what a release was taken back of: a file that still holds
    such a row does not bring it back.
    """

    number: int = 0
    at: str = ""
    hash: str = GENESIS
    closed: bool = False
    records: Standing = field(default_factory=dict)
    released: Standing = field(default_factory=dict)
    past: Mapping[str, "RecordState"] = field(default_factory=dict)
    gone: frozenset[tuple[str, str]] = frozenset()
    hidden: frozenset[tuple[str, str]] = frozenset()

    def of(self, kind: str) -> Mapping[str, StandingRecord]:
        """Return the records of a kind by key, in the order in which they first came."""
        return self.records.get(kind, {})

    def public(self) -> "RecordState":
        """Return what everybody may see: the released version of each record, whatever has been written since.

        A programme that was opened after a closed one is not seen before it is released: until then the closed one is.
        """
        past = {key: state.public() for key, state in self.past.items()}
        if past and not self.released.get("programme"):
            last = past.popitem()[1]
            return replace(last, number=self.number, at=last.at, hash=self.hash, past={**last.past, **past})
        return replace(self, records=self.released, past=past, gone=self.gone | self.hidden)

    def free_key(self, kind: str) -> str:
        """Return a key no record of the kind has or has had, a programme before this one among them: `decision-7`."""
        return next_key(kind, self.taken(kind))

    def taken(self, kind: str) -> frozenset[str]:
        """Return the keys that stand or once stood in a kind; those of experiments in every programme.

        Results are delivered by an experiment's key, also after its programme was closed: no other ever gets it.
        """
        before = list(self.past) if kind == "programme" else []
        before += [key for each in self.past.values() for key in each.taken(kind)] if kind == "experiment" else []
        return frozenset({*self.of(kind), *(key for of_kind, key in self.gone if of_kind == kind), *before})

    def after(self, events: Iterable[LoggedEvent]) -> "RecordState":
        """Return how things stand after more events; this state stays as it is."""
        records = {kind: dict(found) for kind, found in self.records.items()}
        released = {kind: dict(found) for kind, found in self.released.items()}
        state = replace(self, records=records, released=released)
        for event in events:
            state = _folded(state, event)
        return state


def next_key(kind: str, taken: Collection[str]) -> str:
    """Return the next key of a kind that is none of those taken."""
    return next(key for number in count(len(taken) + 1) if (key := f"{kind}-{number}") not in taken)


NOTHING = RecordState()
"""How records stand where there are none."""


def _folded(state: RecordState, event: LoggedEvent) -> RecordState:
    if state.closed and event.act == "set" and event.kind == "programme":
        name = next(reversed(state.records.get("programme", {})), str(len(state.past)))
        state = RecordState(past={**state.past, name: replace(state, past={})})
    records, released = state.records, state.released
    here, shown = records.setdefault(event.kind, {}), released.setdefault(event.kind, {})
    if event.act == "set":
        here[event.key] = StandingRecord(event.kind, event.key, event, released=event.kind in _RELEASED)
        if event.kind in _RELEASED:
            shown[event.key] = here[event.key]
    elif event.act == "remove":
        here.pop(event.key, STORED)
        shown.pop(event.key, STORED)
    elif event.act == "release" and event.key in here:
        here[event.key] = StandingRecord(event.kind, event.key, here[event.key].event, released=True)
        shown[event.key] = here[event.key]
    elif event.act == "hide" and event.key in here:
        here[event.key] = StandingRecord(event.kind, event.key, here[event.key].event)
        shown.pop(event.key, STORED)
    known: dict[str, Any] = {"number": event.number, "at": event.at, "hash": event.hash}
    known |= {"closed": state.closed or event.act == "close"} | _absent(state, event)
    return replace(state, **known)


def _absent(state: RecordState, event: LoggedEvent) -> dict[str, Any]:
    """Return what is gone and hidden after an event."""
    this = (event.kind, event.key)
    if event.act == "remove":
        return {"gone": state.gone | {this}}
    if event.act == "hide":
        return {"hidden": state.hidden | {this}}
    if event.act == "set" and this in state.gone:
        return {"gone": state.gone - {this}}
    return {"hidden": state.hidden - {this}} if event.act == "release" and this in state.hidden else {}
