"""The records: one append-only log of what people put in, and how things stand by it. See `docs/records.md`."""

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
from data.records.log import Records
from data.records.state import RecordState, StandingRecord

__all__ = [
    "KINDS", "ROLES", "Conflict", "LoggedEvent", "NotAllowed", "ProgrammeClosed", "RecordState", "Records",
    "RecordsAltered", "RecordsNotWritten", "RecordsUnusable", "StandingRecord", "Who",
]  # fmt: skip
