"""The records: one append-only log of what people put in, and how things stand by it. See `docs/records.md`.

The log itself is loaded when it is first asked for: a page that only names who may write loads no database library.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from data.records.errors import (
    Conflict,
    NotAllowed,
    ProgrammeClosed,
    RecordsAltered,
    RecordsNotWritten,
    RecordsUnusable,
)
from data.records.events import LoggedEvent, Who
from data.records.kinds import KINDS, ROLES
from data.records.state import RecordState, StandingRecord

if TYPE_CHECKING:
    from data.records.log import Records

__all__ = [
    "KINDS", "ROLES", "Conflict", "LoggedEvent", "NotAllowed", "ProgrammeClosed", "RecordState", "Records",
    "RecordsAltered", "RecordsNotWritten", "RecordsUnusable", "StandingRecord", "Who",
]  # fmt: skip


def __getattr__(name: str) -> object:
    if name != "Records":
        raise AttributeError(name)
    return import_module(f"{__name__}.log").Records
