"""The steering group's records as the pages ask for them: what has changed, writing, a new programme."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from analytics import regions
from analytics.programme import templates
from data.i18n import LANGUAGES
from data.records import Conflict, LoggedEvent, NotAllowed, Records, RecordState, StandingRecord, Who
from data.records.events import CONTENT, notes_since, texts_with
from data.records.files import rows_of_files
from data.records.in_use import row_of_files
from data.settings import settings

__all__ = [
    "CONTENT", "Change", "Conflict", "LoggedEvent", "NotAllowed", "RecordState", "Records", "Since", "StandingRecord",
    "Who", "basis", "events", "notes_since", "since", "texts_with",
]  # fmt: skip
_CARRIED = ("place", "partner", "area", "target", "diamond", "slik_phase", "slik_part", "track", "municipality")


@dataclass(frozen=True)
class Change:
    """What has become of a record: `new`, `changed`, `released` or `gone`. fields: the keys whose values are others."""

    what: str
    record: StandingRecord
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class Since:
    """What has changed since a day: of the last meeting held, or of the last released note, whichever is later.

    kind: `meeting` or `note`, "" before the first; the newest change comes first.
    """

    kind: str
    day: str
    changes: tuple[Change, ...]


def events(state: RecordState) -> tuple[LoggedEvent, ...]:
    """Return every event up to a state, read once for each state of the log."""
    log = Records.open()
    return _events(log.url, log.log, state.hash) if state.number else ()


@lru_cache(maxsize=2)
def _events(url: str, log: str, _hash: str) -> tuple[LoggedEvent, ...]:
    return Records(url, log).events()


def since(state: RecordState, told: Sequence[LoggedEvent], *, inner: bool) -> Since:
    """Return what is other than it was at the last meeting or released note, for those inside or for everybody."""
    begun = max((each.number for each in told if each.act == "close"), default=0)
    here = [each for each in told if each.number > begun or not state.past]
    notes = [each for each in here if (each.kind, each.act) == ("note", "set")]
    held = (str(each.table["date"]) for each in state.of("meeting").values() if each.table.get("status") == "held")
    met = max((day for day in held if here and day <= here[-1].at[:10]), default="")
    kind, day, last = "meeting" if met else "", met, 0
    if notes and notes[-1].at[:10] >= met:
        kind, day, last = "note", notes[-1].at[:10], notes[-1].number
    known = (each for each in here if each.number <= last or (not last and each.at[:10] <= day))
    before = RecordState().after(known)
    return Since(kind, day, tuple(_changes(before if inner else before.public(), state)))


def _changes(before: RecordState, now: RecordState) -> Iterator[Change]:
    """Yield what differs between two states, the newest first; a row that a file had already is not new."""
    there = {(kind, key): each for kind, listed in now.records.items() for key, each in listed.items()}
    files = {} if now.past else {(row.kind, row.key): row.table for row in rows_of_files()}
    for each in sorted(there.values(), key=lambda each: -each.version):
        was = before.of(each.kind).get(each.key)
        table = was.table if was else files.get((each.kind, each.key))
        if table is None:
            yield Change("new", each)
        elif (was is None or was.version != each.version) and (named := _differing(table, each.table)):
            yield Change("changed", each, named)
        elif was and each.released and not was.released:
            yield Change("released", each)
    for kind, listed in before.records.items():
        yield from (Change("gone", each) for key, each in listed.items() if (kind, key) not in there)


def _differing(was: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys([*was, *now]) if was.get(name) != now.get(name))


def basis(state: RecordState) -> dict[str, Any]:
    """Return what a new programme begins with: the one before's partners, areas, groups and phases.

    Where there was none: the phases, parts and tracks that are the same everywhere, and the municipality alone.
    """
    told = list(state.of("programme").values())
    files = row_of_files("programme") if not state.past else None
    if before := (told[-1].table if told else files.table if files else None):
        return {**{name: before[name] for name in _CARRIED if name in before}, "concept": []}
    form = tomllib.loads(templates.template("programme").decode())
    home = settings().home_municipality
    return {
        **{name: form[name] for name in ("diamond", "slik_phase", "slik_part", "track")},
        **{name: [] for name in ("partner", "area", "target", "concept")},
        "municipality": home, "place": dict.fromkeys(LANGUAGES, regions.name_of(home)),
    }  # fmt: skip
