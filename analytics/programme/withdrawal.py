"""A record is met, set, taken away and brought back: of a kind of its own, or a row of a list another record holds.

Partners, areas, target groups and concepts stand in the programme's record, and lines in the newest baseline; each is
written by setting that record anew. What is taken away stays in the log, so it can be had back as it last stood.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from analytics.experiments.portfolio.registry import experiments
from analytics.programme.readings import Programme, experiments_in, is_of, programme
from analytics.programme.room import Conflict, Records, RecordState, Who, events
from data.errors import InnenforError
from data.i18n import say
from data.problems import Problems
from data.records.files import rows_of_files
from data.records.in_use import row_of_files, seals_of
from data.records.said import removed
from data.records.state import next_key


@dataclass(frozen=True)
class ListedIn:
    """Where the rows of a list stand: the kind of record that holds it, its key there, what a row is known by."""

    holder: str
    name: str
    known: str = "id"


LISTED = {name: ListedIn("programme", name) for name in ("partner", "target", "concept")}
LISTED |= {"area": ListedIn("programme", "area", "number"), "line": ListedIn("baseline", "item")}
"""The kinds that are rows of a list."""
LOCKS = ("design", "redesign")
"""Forms that lock the design of an experiment the records alone hold: the first time, and each time after."""
ALONE = ("programme", "knot_scale", *LOCKS)
"""Kinds of which no new one is made here: what is in use is changed, and never taken away."""
Table = Mapping[str, Any]


class RecordErased(InnenforError, code="record_erased"):
    """A record is not brought back: what it cannot do without (`found`) was erased from the records."""


@dataclass(eq=False)
class RecordNamed(InnenforError, code="record_named"):
    """A partner, group or concept is not taken away while something (`names`, {nb, en}) names it."""

    names: tuple[Mapping[str, str], ...] = ()

    def _word(self, lang: str, part: str) -> str:
        named = ", ".join(name[lang] for name in self.names)
        return say("analytics", lang, f"error.{self.code}.{part}", where=self.where, found=named)


def met(state: RecordState, kind: str, key: str = "") -> tuple[int, Table]:
    """Return the version a form sees, and a record as it stands in the log, else in a file; empty where it is new."""
    if kind in LISTED:
        _, version, table = _holder(state, kind)
        return version, _row(table, kind, key)
    kind = "experiment" if kind in LOCKS else kind
    record = state.of(kind).get(key)
    if record:
        return record.version, record.table
    row = row_of_files(kind, key) if key and not state.past else None
    return 0, row.table if row else {}


def put(kind: str, key: str, table: Table, *, who: Who, seen: int) -> None:
    """Set a record as its form saw it. Raises what `Records.append` raises."""
    if kind in LISTED:
        _set_row(kind, key, table, who, seen)
    elif kind in LOCKS:
        Records.open().register(key, *_as_locked(table), who=who, seen_version=seen)
    else:
        Records.open().append(kind, key, table, who=who, seen_version=seen or None)


def free_key(state: RecordState, kind: str) -> str:
    """Return a key no record of a kind has or has had."""
    if kind not in LISTED:
        return state.free_key(kind)
    return next_key(kind, standing(state, kind).keys() | gone(state, kind).keys())


def standing(state: RecordState, kind: str) -> dict[str, Table]:
    """Return every record of a kind by its key: the log's, and those of files that it says nothing of."""
    if kind in LISTED:
        return {_known(kind, row): row for row in _rows(_holder(state, kind)[2], kind)}
    if kind in LOCKS:
        return _lockable(state, registered=kind == "redesign")
    files = () if state.past else rows_of_files()
    rows = {each.key: each.table for each in files if each.kind == kind and (kind, each.key) not in state.gone}
    return rows | {key: each.table for key, each in state.of(kind).items()}


def may_take_away(state: RecordState, kind: str, key: str, *, approver: bool) -> bool:
    """Return whether somebody may take a record away: what everybody sees is the approver's."""
    if kind in ALONE:
        return False
    record = state.of(kind).get(key)
    if kind == "experiment" and seals_of(state, key):
        return False
    return approver or kind in LISTED or (record is not None and not record.released)


def _lockable(state: RecordState, *, registered: bool) -> dict[str, Table]:
    """Return the experiments whose design may be locked here: those without a file, which a ledger would seal."""
    files = {each.key for each in experiments()}
    own = {key: each.table for key, each in state.of("experiment").items() if key not in files}
    return {key: table for key, table in own.items() if bool(seals_of(state, key)) is registered}


def _as_locked(table: Table) -> tuple[dict[str, Any], Mapping[str, str]]:
    """Return an experiment with what its record says twice of its design, and why it is registered again."""
    design = table.get("design", {})
    same = {"method": "method", "mde": "smallest_useful_effect", "started": "started"}
    told = {name: design[each] for each, name in same.items() if each in design}
    kept = {name: value for name, value in table.items() if name != "why"}
    return {**kept, "experiment": {**table.get("experiment", {}), **told}}, table.get("why") or {}


def take_away(kind: str, key: str, *, who: Who, reason: str, seen: int) -> None:
    """Take a record away; it stays in the log. Raises RecordNamed, `Problems` (no reason), Conflict, NotAllowed."""
    if kind not in LISTED:
        Records.open().remove(kind, key, who=who, reason=reason, seen_version=seen)
    elif names := _naming(Records.open().state(), kind, key):
        raise RecordNamed(where=key, found=str(len(names)), names=names)
    else:
        _set_row(kind, key, None, who, seen, reason)


def gone(state: RecordState, kind: str) -> dict[str, Table]:
    """Return what was taken away of a kind, each by its key as it last stood."""
    if kind in LISTED:
        return _left_out(state, kind)
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


def _left_out(state: RecordState, kind: str) -> dict[str, Table]:
    """Return the rows of a list that once stood in the record that holds it and do no more."""
    of, key = LISTED[kind].holder, holder_key(state, kind)
    earlier = [each.table for each in events(state) if (each.act, each.kind, each.key) == ("set", of, key)]
    file = row_of_files(of, key) if not state.past else None
    here = standing(state, kind)
    rows = (row for table in ([file.table] if file else []) + earlier for row in _rows(table, kind))
    return {known: row for row in rows if (known := _known(kind, row)) not in here}


def holder_key(state: RecordState, kind: str = "partner") -> str:
    """Return the key of the record that holds a list: the programme in use, or the newest baseline; "" without one."""
    return _holder(state, kind)[0]


def _holder(state: RecordState, kind: str) -> tuple[str, int, Table]:
    """Return key, version and table of the record that holds a list; of a file the version is 0."""
    of = LISTED[kind].holder
    told = list(state.of(of))
    if of == "baseline":
        dated = standing(state, of)
        told = sorted(dated, key=lambda key: str(dated[key]["date"]))
    if told:
        return told[-1], *met(state, of, told[-1])
    row = row_of_files(of) if not state.past else None
    return (row.key, 0, row.table) if row else ("", 0, {})


def _known(kind: str, row: Table) -> str:
    return str(row[LISTED[kind].known])


def _rows(table: Table, kind: str) -> list[Table]:
    return list(table.get(LISTED[kind].name, ()))


def _row(table: Table, kind: str, key: str) -> Table:
    return next((row for row in _rows(table, kind) if _known(kind, row) == key), {})


def _set_row(kind: str, key: str, row: Table | None, who: Who, seen: int, reason: str = "") -> None:
    """Set a row of a list in its place, a new one last, or leave it out."""
    records, of = Records.open(), LISTED[kind]
    name, _, table = _holder(records.state(), kind)
    rows = {_known(kind, each): each for each in _rows(table, kind)} | ({key: row} if row else {})
    kept = [each for known, each in rows.items() if row or known != key]
    try:
        records.append(of.holder, name, {**table, of.name: kept}, who=who, reason=reason, seen_version=seen or None)
    except Conflict as conflict:
        conflict.now = _row(conflict.now or {}, kind, key) or None
        raise


def _naming(state: RecordState, kind: str, key: str) -> tuple[Mapping[str, str], ...]:
    """Return what names a row of the programme's lists: tasks, stakeholders by what they gain, insight, experiments."""
    found = programme(state)
    if kind == "concept":
        told = (each.need for each in found.voices if key in each.attached)
        asked = (each.to for each in found.hand_overs if each.what == f"concept/{key}")
        return (*told, *asked, *(each.title for each in experiments_in(state) if is_of(each, key, found)))
    return _in_charge(found, key) if kind in ("partner", "target") else ()


def _in_charge(found: Programme, key: str) -> tuple[Mapping[str, str], ...]:
    named = [
        task.name for task in found.tasks
        if key in (task.owner, task.doer, task.hand_over_to, *task.payer, *task.informed)
    ]  # fmt: skip
    return (*named, *(each.gains for each in found.stakeholders if each.who == key))
