"""The log: events are appended, never changed; what stands is what they come to."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any

from sqlalchemy import select

from data.curated.experiment.record import ExperimentRecord
from data.problems import raise_all
from data.records import database
from data.records.erasing import forget_in_drafts, require_readable
from data.records.errors import DesignUnchanged, ErasedBytesLeft, ExperimentRegistered, NotAllowed
from data.records.events import CONTENT, LoggedEvent, Who
from data.records.files import WrittenRow
from data.records.in_use import require_as_registered, seals_of
from data.records.kinds import KINDS, ROLES
from data.records.names import NAMING, names_for
from data.records.rows import events_in
from data.records.said import hash_of_bytes
from data.records.schema import KEPT_FILE
from data.records.state import RecordState
from data.records.writer import Draft, head_of, write
from data.settings import settings
from data.toml import TomlProblem

_STATES: dict[tuple[str, str], RecordState] = {}
_LOCK = Lock()


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True)
class Records:
    """The records of one municipality (`log` is its number), in one database."""

    url: str
    log: str
    now: Callable[[], dt.datetime] = _now

    @classmethod
    def open(cls) -> "Records":
        """Return the home municipality's records; no file is made before something is written."""
        return cls(database.address(), settings().home_municipality)

    def append(
        self, kind: str, key: str, payload: Mapping[str, Any], *, who: Who, reason: str = "",
        seen_version: int | None = None,
    ) -> LoggedEvent:  # fmt: skip
        """Set a record: `payload` is what would stand in a file, with dates as dates.

        seen_version: the version the writer saw, None where there was no such record. Raises `Problems` with every
        fault, Conflict where somebody has written it since, NotAllowed, ProgrammeClosed, RecordsNotWritten.
        """
        _require(who, KINDS[kind].role, kind)
        self.check(kind, key, payload)
        if kind == "experiment":
            require_as_registered(self.state(), key, payload, seen_version)
        return self._write(Draft("set", kind, key, who, payload, reason, seen_version))

    def register(
        self, key: str, payload: Mapping[str, Any], why: Mapping[str, str], *, who: Who, seen_version: int
    ) -> LoggedEvent:
        """Set an experiment with its design and seal both: from then on they are changed by another registration alone.

        The day is the log's own. why: of a later registration, what is other than it was and why. Raises what `append`
        raises, and DesignUnchanged where nothing is other than it was registered.
        """
        kind = "registration"
        _require(who, KINDS[kind].role, kind)
        state, record = self.state(), _designed(key, payload)
        before, standing = seals_of(state, key), state.of("experiment").get(key)
        stale = standing is not None and standing.version != seen_version  # the writer tells that, with both texts
        if before and before[-1].hash == record.hash and not stale:
            raise DesignUnchanged(where=key, found=before[-1].registered)
        day = max(self.now().astimezone(dt.UTC).date().isoformat(), state.at[:10])
        name = f"{key}.{len(before) + 1}" if before else key
        seal: dict[str, Any] = {"experiment": key, "hash": record.hash, "registered": dt.date.fromisoformat(day)}
        if before and not stale:
            _require_why(why, key, before[0].registered)
        seal |= {"why": why} if why else {}
        self.check(kind, name, seal)
        drafts = Draft("set", "experiment", key, who, payload, "", seen_version), Draft("set", kind, name, who, seal)
        return self.write_all(drafts)[-1]

    def check(self, kind: str, key: str, payload: Mapping[str, Any], also: Sequence[WrittenRow] = ()) -> None:
        """Raise `Problems` with every fault of a payload. also: rows that come in with it, which it may name."""
        KINDS[kind].read(payload, key, names_for(kind, self.state(), also) if kind in NAMING else None)

    def remove(self, kind: str, key: str, *, who: Who, reason: str, seen_version: int) -> LoggedEvent:
        """Take a record away; it stays in the log. What everybody sees, released or of a file, is the approver's.

        Raises ExperimentRegistered: one that is registered is stopped, not taken away.
        """
        state = self.state()
        record, seals = state.of(kind).get(key), seals_of(state, key) if kind == "experiment" else ()
        if seals:
            raise ExperimentRegistered(where=key, found=seals[0].registered)
        public = record is None or record.released
        _require(who, "approver" if public else KINDS[kind].role, kind)
        return self._write(Draft("remove", kind, key, who, {}, _given(reason, key), seen_version))

    def release(self, kind: str, key: str, *, who: Who, seen_version: int, reason: str = "") -> LoggedEvent:
        """Let everybody see a record as it stands; what is written later is inner until it is released too.

        With an experiment go its registrations: whether it was planned is no secret of one that is shown.
        """
        _require(who, "approver", kind)
        return self._turn(Draft("release", kind, key, who, {}, reason, seen_version), shown=False)

    def hide(self, kind: str, key: str, *, who: Who, reason: str, seen_version: int) -> LoggedEvent:
        """Take a release back."""
        _require(who, "approver", kind)
        return self._turn(Draft("hide", kind, key, who, {}, _given(reason, key), seen_version), shown=True)

    def _turn(self, draft: Draft, *, shown: bool) -> LoggedEvent:
        """Write a release, or what takes it back, and the same for the registrations of an experiment."""
        seals = self.state().of("registration").values() if draft.kind == "experiment" else ()
        own = (each for each in seals if each.value.experiment == draft.key and each.released is shown)
        beside = [replace(draft, kind=each.kind, key=each.key, seen_version=each.version) for each in own]
        return self.write_all((draft, *beside))[0]

    def close(self, key: str, *, who: Who, reason: str, seen_version: int) -> LoggedEvent:
        """Close the programme `key`: it is history, no longer written, until another programme is set."""
        _require(who, "approver", "programme")
        return self._write(Draft("close", "programme", key, who, {}, _given(reason, key), seen_version))

    def keep_note(self, key: str, facts: Mapping[str, Any], content: bytes, *, who: Who) -> LoggedEvent:
        """Keep a released note as it is. facts: what `ReleasedNote` asks for but `sha256` and `log`."""
        _require(who, KINDS["note"].role, "note")
        table = {**facts, "sha256": hash_of_bytes(content), "log": self.state().hash}
        KINDS["note"].read(table, key, None)
        return self._write(Draft("set", "note", key, who, table, content=content))

    def kept(self, sha256: str) -> bytes | None:
        """Return the bytes of a released note; None where none of that hash is kept."""
        if not database.is_there(self.url):
            return None
        with database.reading(self.url) as connection:
            return connection.execute(select(KEPT_FILE.c.content).where(KEPT_FILE.c.sha256 == sha256)).scalar()

    def redact(self, number: int, place: str, *, who: Who, reason: str) -> LoggedEvent:
        """Erase one text of an event (`payload.text.nb`, `reason`), in drafts too, or a note's bytes (`content`).

        That it was erased, and why, is an event. Raises `Problems` (no such text, no reason), NotAllowed, ErasureBreaks
        where a record that is shown cannot be read without it, ErasedBytesLeft where it is erased but not written over.
        """
        event = next(iter(self.events(number - 1, number)), None)
        text = self._erasable(event, place) if event else None
        if event is None or text is None:
            raise_all(str(number), [TomlProblem(code="record_no_text", column=place, found=str(number))])
        assert event is not None and text is not None  # noqa: S101, PT018 - raised above
        _require(who, "approver", event.kind)
        require_readable(event, place, self.state())
        draft = Draft("redact", event.kind, event.key, who, {}, _given(reason, event.key), erases=(number, place))
        try:
            written = self._write(draft)
        except ErasedBytesLeft:
            forget_in_drafts(text)
            raise
        forget_in_drafts(text)
        return written

    def _erasable(self, event: LoggedEvent, place: str) -> str | None:
        """Return the text of a place that may be erased, "" for a note's bytes; None where nothing is there."""
        if place == CONTENT and event.kind == "note" and event.act == "set":
            return None if self.kept(str(event.table["sha256"])) is None else ""
        kept = event.texts.get(place)
        return kept[1] if kept else None

    def events(self, after: int = 0, until: int | None = None) -> tuple[LoggedEvent, ...]:
        """Return the events in their order, those after a number and up to another."""
        if not database.is_there(self.url):
            return ()
        with database.reading(self.url) as connection:
            return events_in(connection, self.log, after, until)

    def state(self, at: dt.datetime | dt.date | None = None) -> RecordState:
        """Return how things stand, or stood at a time; a date is the end of that day (UTC)."""
        if at is not None:
            moment = at.astimezone(dt.UTC).isoformat(timespec="microseconds") if isinstance(at, dt.datetime) else ""
            until = moment or f"{at.isoformat()}T99"
            return RecordState().after(event for event in self.events() if event.at <= until)
        if not database.is_there(self.url):
            return RecordState()
        with _LOCK:
            known = _STATES.get((self.url, self.log), RecordState())
            _STATES[self.url, self.log] = known = self._brought_up(known)
            return known

    def _brought_up(self, known: RecordState) -> RecordState:
        """Return a state with the events since; read anew where a text was erased, or the log is another."""
        with database.reading(self.url) as connection:
            head = head_of(connection, self.log)
            if (head.number, head.hash) == (known.number, known.hash):
                return known
            since = events_in(connection, self.log, known.number)
            follows = since and since[0].previous == known.hash and all(event.act != "redact" for event in since)
            return known.after(since) if follows else RecordState().after(events_in(connection, self.log))

    def write_all(self, drafts: Sequence[Draft]) -> tuple[LoggedEvent, ...]:
        """Append events that were checked, all or none."""
        for draft in drafts:
            _require(draft.who, KINDS[draft.kind].role, draft.kind)
        return write(self.url, self.log, drafts, self.now()) if drafts else ()

    def _write(self, draft: Draft) -> LoggedEvent:
        return write(self.url, self.log, (draft,), self.now())[0]


def _require(who: Who, needed: str, kind: str) -> None:
    if who.role not in ROLES or ROLES.index(who.role) < ROLES.index(needed):
        raise NotAllowed(where=kind, found=who.role, needed=needed)


def _given(reason: str, key: str) -> str:
    if not reason.strip():
        raise_all(key, [TomlProblem(code="toml_missing", file=key, cell="reason", column="reason", rule="text")])
    return reason


def _require_why(why: Mapping[str, str], key: str, day: str) -> None:
    if not any(each.strip() for each in why.values()):
        raise_all(key, [TomlProblem(code="design_needs_why", file=key, cell="why", column="why", found=day)])


def _designed(key: str, payload: Mapping[str, Any]) -> ExperimentRecord:
    """Return what a table says of an experiment. Raises `Problems`, where it has no design among them."""
    record: ExperimentRecord = KINDS["experiment"].read(payload, key, None)  # type: ignore[assignment]
    if record.design is None:
        raise_all(key, [TomlProblem(code="toml_missing", file=key, cell="design", column="design", rule="text")])
    return record
