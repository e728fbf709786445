"""The ledger of registered designs: a file that only gains lines, each sealed with the line before it."""

import csv
import datetime
import hashlib
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from data import paths
from data.errors import InnenforError
from data.home import HomeNotWritten

BOOK = "ledger.csv"


class LedgerAlteredError(InnenforError, code="ledger"):
    """The append-only ledger does not follow from its own lines."""


class LedgerUnreadError(InnenforError, code="ledger_unread"):
    """The ledger cannot be opened, or is no text."""


class AlreadyRegisteredError(InnenforError, code="already_registered"):
    """The experiment stands in the ledger already."""


@dataclass(frozen=True)
class Entry:
    """One registration: the experiment's key, the hash of its record, the date, and the seal of the chain."""

    key: str
    hash: str
    registered: str
    seal: str


def book_of(file: Path) -> Path:
    """Return the ledger in which a design's file is registered: the shipped one where the file is, else the home's."""
    shipped, own = paths.layers("experiments")
    return (shipped if file.resolve().parent == shipped else own) / BOOK


def entries(path: Path) -> tuple[Entry, ...]:
    """Return the ledger's lines in order; raises LedgerUnreadError, and LedgerAlteredError where one does not follow
    from the last."""
    if not path.exists():
        return ()
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise LedgerUnreadError(where=paths.told(path), found=getattr(error, "strerror", None) or str(error)) from error
    names = [item.name for item in fields(Entry)]
    found: list[Entry] = []
    for number, row in enumerate(rows, start=1):
        if number == 1 and row == names:
            continue
        seal = found[-1].seal if found else ""
        if number == 1 or len(row) != len(names) or row[3] != sealed(seal, *row[:3]):
            raise LedgerAlteredError(where=path.name, found=f"line {number}")
        found.append(Entry(*row))
    return tuple(found)


def sealed(before: str, key: str, content_hash: str, registered: str) -> str:
    """Return the seal of a line: SHA-256 over the seal before it and its own fields."""
    return hashlib.sha256("\n".join((before, key, content_hash, registered)).encode()).hexdigest()


def append(key: str, content_hash: str, *, path: Path, day: str | None = None, amend: bool = False) -> Entry:
    """Append a registration and return it; the file is opened for appending only.

    Raises AlreadyRegisteredError where the key is there already, unless `amend` and the content has changed, and
    HomeNotWritten.
    """
    known = entries(path)
    mine = [entry for entry in known if entry.key == key]
    if mine and (not amend or mine[-1].hash == content_hash):
        raise AlreadyRegisteredError(where=key, found=mine[-1].registered)
    registered = day or datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    before = known[-1].seal if known else ""
    entry = Entry(key, content_hash, registered, sealed(before, key, content_hash, registered))
    try:
        _write(path, entry)
    except OSError as error:
        raise HomeNotWritten(where=paths.told(path), found=error.strerror or str(error)) from error
    return entry


def _write(path: Path, entry: Entry) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = not path.exists() or path.stat().st_size == 0
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows(([[item.name for item in fields(Entry)]] if fresh else []) + [list(astuple(entry))])


def standing(key: str, content_hash: str, registered: Iterable[Entry]) -> tuple[str, str | None]:
    """Return `planned`, `changed` or `unregistered`, and the date of the first registration.

    registered: the lines of a ledger, or what the records say was registered. Only the first registration counts as
    planned: an amended design stays changed after registration.
    """
    mine = [entry for entry in registered if entry.key == key]
    if not mine:
        return "unregistered", None
    return ("planned" if mine[0].hash == content_hash else "changed"), mine[0].registered
