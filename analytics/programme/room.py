"""The steering group's records as the pages ask for them: how things stand, what has changed, and writing."""

from collections.abc import Sequence
from dataclasses import dataclass

from data.records import Conflict, LoggedEvent, NotAllowed, Records, RecordState, StandingRecord, Who

__all__ = [
    "Conflict",
    "LoggedEvent",
    "NotAllowed",
    "RecordState",
    "Records",
    "Since",
    "StandingRecord",
    "Who",
    "since_meeting",
    "stands",
]


@dataclass(frozen=True)
class Since:
    """What has been written since the last meeting that was held; `day` is its date, "" before the first."""

    day: str
    events: tuple[LoggedEvent, ...]


def stands(*, inner: bool) -> RecordState:
    """Return how the home's records stand: all of them, or those that everybody may see."""
    found = Records.open().state()
    return found if inner else found.public()


def since_meeting(state: RecordState, events: Sequence[LoggedEvent]) -> Since:
    """Return what was set, released or taken away after the day of the last meeting held, the newest first."""
    held = [str(each.table["date"]) for each in state.of("meeting").values() if each.table.get("status") == "held"]
    day = max(held, default="")
    later = [each for each in events if each.at[:10] > day and each.act in ("set", "remove", "release", "close")]
    newest = {(each.kind, each.key): each for each in later}
    return Since(day, tuple(sorted(newest.values(), key=lambda each: -each.number)))
