"""One event is written: checked against what stands there, sealed to the one before, all or nothing."""

import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from data.ingest.personal_text import reaches
from data.problems import raise_all
from data.records import database
from data.records.errors import Conflict, ProgrammeClosed
from data.records.events import CONTENT, GENESIS, LoggedEvent, Who, seal
from data.records.kinds import KINDS
from data.records.rows import events_in
from data.records.said import Texts, canonical, hash_of_bytes, parted, refuse_unfit
from data.records.schema import EVENT, HEAD, KEPT_FILE, SAID
from data.toml import TomlProblem

_KEY = re.compile(r"[0-9A-Za-zÆØÅæøå][0-9A-Za-zÆØÅæøå._-]{0,79}")
_CHANGES = ("set", "remove")
_WHEN_CLOSED = ("release", "hide", "redact")

# the statements of every save are put together once: that takes longer than to run them
_HEAD = select(HEAD.c.number, HEAD.c.at, HEAD.c.hash, HEAD.c.closed, HEAD.c.opened).where(
    HEAD.c.log == bindparam("log")
)
_HELD = _HEAD.with_for_update()
_MOVED = update(HEAD).where(HEAD.c.log == bindparam("of"))
_EVENT, _SAID = insert(EVENT), insert(SAID)
_OF_RECORD = (EVENT.c[name] == bindparam(name) for name in ("log", "kind", "key"))
_LAST = (
    select(EVENT.c.act, EVENT.c.number)
    .where(*_OF_RECORD, EVENT.c.act.in_(_CHANGES), EVENT.c.number > bindparam("opened"))
    .order_by(EVENT.c.number.desc())
    .limit(1)
)


@dataclass(frozen=True)
class Draft:
    """What is to become an event. erases: the event and the place whose text it erases; content: bytes to keep."""

    act: str
    kind: str
    key: str
    who: Who
    payload: Mapping[str, Any]
    reason: str = ""
    seen_version: int | None = None
    erases: tuple[int, str] | None = None
    content: bytes | None = None


@dataclass(frozen=True)
class LogHead:
    """The last event of a log, whether its programme is closed, and the event before that programme began."""

    number: int = 0
    at: str = ""
    hash: str = GENESIS
    closed: int = 0
    opened: int = 0


def write(url: str, log: str, drafts: Sequence[Draft], now: dt.datetime) -> tuple[LoggedEvent, ...]:
    """Append events, all or none. Raises `Problems`, Conflict, ProgrammeClosed, RecordsNotWritten."""
    parts = [_parts(draft) for draft in drafts]
    written: list[LoggedEvent] = []
    with database.writing(url) as connection:
        head = _held(connection, log)
        for draft, (body, texts) in zip(drafts, parts, strict=True):
            _require_current(connection, log, draft, head)
            written.append(_sealed(draft, body, texts, head, now))
            _store(connection, log, draft, written[-1])
            head = head_after(written[-1], head)
        connection.execute(_MOVED, {"of": log, **vars(head)})
    if any(draft.erases for draft in drafts):
        database.forget_erased(url)
    return tuple(written)


def _parts(draft: Draft) -> tuple[str, Texts]:
    """Return what is sealed of a draft, and its texts, which lie beside. Raises `Problems`."""
    _require_key(draft.key)
    texts: Texts = {}
    body = {"payload": parted(draft.payload, texts, "payload"), "reason": parted(draft.reason, texts, "reason")}
    refuse_unfit(texts, draft.key)
    return canonical(body | ({"erases": list(draft.erases)} if draft.erases else {})), texts


def head_after(event: LoggedEvent, head: LogHead) -> LogHead:
    """Return the head of a log once an event is appended."""
    opens = bool(head.closed) and event.act == "set" and event.kind == "programme"
    closed = 1 if event.act == "close" else 0 if opens else head.closed
    return LogHead(event.number, event.at, event.hash, closed, head.number if opens else head.opened)


def head_of(connection: Connection, log: str) -> LogHead:
    """Return the last event of a log."""
    row = connection.execute(_HEAD, {"log": log}).first()
    return LogHead(*row) if row else LogHead()


def _held(connection: Connection, log: str) -> LogHead:
    """Return the last event, and keep all other writers of the log waiting until this one is done."""
    row = connection.execute(_HELD, {"log": log}).first()
    if row is None:
        try:
            with connection.begin_nested():
                connection.execute(insert(HEAD).values(log=log, **asdict(LogHead())))
        except IntegrityError:  # another writer was first
            pass
        row = connection.execute(_HELD, {"log": log}).one()
    return LogHead(*row)


def _require_current(connection: Connection, log: str, draft: Draft, head: LogHead) -> None:
    if draft.act == "redact":
        return
    found = _last_change(connection, log, draft, head.opened)
    act, number = found if found else ("", 0)
    there = number if act == "set" else 0
    if head.closed and not _may_when_closed(draft, there):
        raise ProgrammeClosed(where=f"{draft.kind}/{draft.key}", found=head.at[:10])
    seen = draft.seen_version or 0
    if seen != there or (there and KINDS[draft.kind].once and draft.act in _CHANGES):
        now = events_in(connection, log, there - 1, there)[0].table if there else None
        raise Conflict(
            where=f"{draft.kind}/{draft.key}", found=str(there), seen_version=seen, now_version=there, now=now,
            mine=draft.payload,
        )  # fmt: skip


def _last_change(connection: Connection, log: str, draft: Draft, opened: int) -> tuple[str, int] | None:
    row = connection.execute(_LAST, {"log": log, "kind": draft.kind, "key": draft.key, "opened": opened}).first()
    return (row.act, row.number) if row else None


def _may_when_closed(draft: Draft, there: int) -> bool:
    """Return whether something may be done to a closed programme: shown, hidden, its note kept, or another opened."""
    another = draft.act == "set" and draft.kind == "programme" and not there
    return another or draft.act in _WHEN_CLOSED or draft.kind == "note"


def _sealed(draft: Draft, body: str, texts: Texts, head: LogHead, now: dt.datetime) -> LoggedEvent:
    """Return the event; its time is never before the last one's, whatever the clock says."""
    at = max(now.astimezone(dt.UTC).isoformat(timespec="microseconds"), head.at)
    facts: dict[str, Any] = {
        "number": head.number + 1, "at": at, "who": draft.who.id, "role": draft.who.role, "act": draft.act,
        "kind": draft.kind, "key": draft.key, "version": KINDS[draft.kind].version, "body": body,
        "previous": head.hash,
    }  # fmt: skip
    return LoggedEvent(**facts, hash=seal(facts), texts=texts)


def _store(connection: Connection, log: str, draft: Draft, event: LoggedEvent) -> None:
    row = {name: value for name, value in vars(event).items() if name != "texts"}
    connection.execute(_EVENT, {"log": log, **row})
    connection.execute(_SAID, {"log": log, "number": event.number, "texts": json.dumps(event.texts)})
    if draft.erases:
        _erase(connection, log, *draft.erases)
    if draft.content is not None:
        keep(connection, draft.content)


def _erase(connection: Connection, log: str, number: int, place: str) -> None:
    """Erase a text and its salt, or the bytes of a note: a hash alone is left, which tells nobody what it was."""
    here = (SAID.c.log == log, SAID.c.number == number)
    if place == CONTENT:
        (note,) = events_in(connection, log, number - 1, number)
        connection.execute(delete(KEPT_FILE).where(KEPT_FILE.c.sha256 == note.table["sha256"]))
        return
    texts = json.loads(connection.execute(select(SAID.c.texts).where(*here)).scalar_one())
    connection.execute(update(SAID).where(*here).values(texts=json.dumps({**texts, place: None})))


def keep(connection: Connection, content: bytes) -> None:
    """Keep some bytes under their hash, once."""
    name = hash_of_bytes(content)
    if connection.execute(select(func.count()).where(KEPT_FILE.c.sha256 == name)).scalar_one() == 0:
        connection.execute(insert(KEPT_FILE).values(sha256=name, content=content))


def _require_key(key: str) -> None:
    if not _KEY.fullmatch(key) or any(reaches(key)):
        raise_all("key", [TomlProblem(code="toml_value", cell="key", column="key", found="…", rule="record_key")])
