"""A record is met, set, taken away and brought back: of a kind of its own, or a row of the programme's own lists.

Partners, areas and target groups stand in the programme's record; each is written by setting that record anew. What is
taken away stays in the log, so it can be had back as it last stood.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from analytics.programme.readings import Programme, programme
from analytics.programme.room import Conflict, Records, RecordState, Who, events
from data.errors import InnenforError
from data.i18n import say
from data.problems import Problems
from data.records.in_use import row_of_files
from data.records.said import removed
from data.records.state import next_key

LISTED = {"partner": "id", "area": "number", "target": "id"}
"""The programme's own lists, and what a row of each is known by."""
Table = Mapping[str, Any]


@dataclass(eq=False)
class RecordErased(InnenforError):
    """A record is not brought back: what it cannot do without (`found`) was erased from the records."""

    code: ClassVar[str] = "record_erased"


@dataclass(eq=False)
class RecordNamed(InnenforError):
    """A partner or group is not taken away while tasks or stakeholders (`names`, {nb, en}) name it."""

    code: ClassVar[str] = "record_named"
    names: tuple[Mapping[str, str], ...] = ()

    def _word(self, lang: str, part: str) -> str:
        named = ", ".join(name[lang] for name in self.names)
        return say("analytics", lang, f"error.{self.code}.{part}", where=self.where, found=named)


def met(state: RecordState, kind: str, key: str = "") -> tuple[int, Table]:
    """Return the version a form sees, and a record as it stands in the log, else in a file; empty where it is new."""
    if kind in LISTED:
        _, version, table = _programme(state)
        return version, _row(table, kind, key)
    record = state.of(kind).get(key)
    if record:
        return record.version, record.table
    row = row_of_files(kind, key) if key else None
    return 0, row.table if row else {}


def put(kind: str, key: str, table: Table, *, who: Who, seen: int) -> None:
    """Set a record as its form saw it. Raises what `Records.append` raises."""
    if kind in LISTED:
        _set_row(kind, key, table, who, seen)
    else:
        Records.open().append(kind, key, table, who=who, seen_version=seen or None)


def free_key(state: RecordState, kind: str) -> str:
    """Return a key no record of a kind has or has had."""
    if kind not in LISTED:
        return state.free_key(kind)
    here = {_known(kind, row) for row in _programme(state)[2].get(kind, ())}
    return next_key(kind, here | gone(state, kind).keys())


def may_take_away(state: RecordState, kind: str, key: str, *, approver: bool) -> bool:
    """Return whether somebody may take a record away: what everybody sees is the approver's."""
    record = state.of(kind).get(key)
    return approver or kind in LISTED or (record is not None and not record.released)


def take_away(kind: str, key: str, *, who: Who, reason: str, seen: int) -> None:
    """Take a record away; it stays in the log. Raises RecordNamed, `Problems` (no reason), Conflict, NotAllowed."""
    if kind not in LISTED:
        Records.open().remove(kind, key, who=who, reason=reason, seen_version=seen)
    elif names := _naming(programme(Records.open().state()), key):
        raise RecordNamed(where=key, found=str(len(names)), names=names)
    else:
        _set_row(kind, key, None, who, seen, reason)


def gone(state: RecordState, kind: str) -> dict[str, Table]:
    """Return what was taken away of a kind, each by its key as it last stood."""
    if kind in LISTED:
        earlier = [each.table for each in events(state) if (each.act, each.kind) == ("set", "programme")]
        file = row_of_files("programme") if not state.past else None
        here = {_known(kind, row) for row in _programme(state)[2].get(kind, ())}
        rows = (row for table in ([file.table] if file else []) + earlier for row in table.get(kind, ()))
        return {key: row for row in rows if (key := _known(kind, row)) not in here}
    keys = sorted(key for of_kind, key in state.gone if of_kind == kind)
    last = {each.key: each for each in events(state) if (each.act, each.kind) == ("set", kind)} if keys else {}
    tables = {key: last[key].table if key in last else met(RecordState(), kind, key)[1] for key in keys}
    return {key: table for key, table in tables.items() if table}


def bring_back(state: RecordState, kind: str, key: str, *, who: Who) -> None:
    """Set a record that was taken away as it last stood; it is inner until it is released anew.

    Raises RecordErased where what it cannot do without was erased from the records meanwhile.
    """
    table = gone(state, kind)[key]
    try:
        put(kind, key, table, who=who, seen=met(state, kind)[0])
    except Problems:
        if erased := list(_erased(table)):
            raise RecordErased(where=key, found=", ".join(erased)) from None
        raise


def _erased(value: object, place: str = "") -> Iterator[str]:
    """Yield where the word for an erased text stands in a table."""
    if isinstance(value, Mapping):
        for name, each in value.items():
            yield from _erased(each, f"{place}.{name}" if place else str(name))
    elif isinstance(value, list):
        for each in value:
            yield from _erased(each, place)
    elif value == removed(place):
        yield place


def programme_key(state: RecordState) -> str:
    """Return the key of the programme in use."""
    return _programme(state)[0]


def _programme(state: RecordState) -> tuple[str, int, Table]:
    """Return key, version and table of the programme in use; of a file the version is 0."""
    told = list(state.of("programme").values())
    if told:
        return told[-1].key, told[-1].version, told[-1].table
    row = row_of_files("programme") if not state.past else None
    return (row.key, 0, row.table) if row else ("", 0, {})


def _known(kind: str, row: Table) -> str:
    return str(row[LISTED[kind]])


def _row(table: Table, kind: str, key: str) -> Table:
    return next((row for row in table.get(kind, ()) if _known(kind, row) == key), {})


def _set_row(kind: str, key: str, row: Table | None, who: Who, seen: int, reason: str = "") -> None:
    """Set a row of one of the programme's lists in its place, a new one last, or leave it out."""
    records = Records.open()
    name, _, table = _programme(records.state())
    rows = {_known(kind, each): each for each in table.get(kind, ())} | ({key: row} if row else {})
    kept = [each for known, each in rows.items() if row or known != key]
    try:
        records.append("programme", name, {**table, kind: kept}, who=who, reason=reason, seen_version=seen or None)
    except Conflict as conflict:
        conflict.now = _row(conflict.now or {}, kind, key) or None
        raise


def _naming(found: Programme, key: str) -> tuple[Mapping[str, str], ...]:
    """Return the tasks that name a partner or a group, and what it gains as a stakeholder."""
    named = [
        task.name for task in found.tasks
        if key in (task.owner, task.doer, task.hand_over_to, *task.payer, *task.informed)
    ]  # fmt: skip
    return (*named, *(each.gains for each in found.stakeholders if each.who == key))
