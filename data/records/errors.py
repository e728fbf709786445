"""What can go wrong with the records, each with its words in `data/texts/records.{nb,en}.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from data import i18n
from data.errors import InnenforError


@dataclass(eq=False)
class RecordsUnusable(InnenforError):
    """The database cannot be opened or read."""

    code: ClassVar[str] = "records_unusable"


@dataclass(eq=False)
class RecordsNewer(RecordsUnusable):
    """A later Innenfor has written the database: `found` is its step, which this one does not know."""

    code: ClassVar[str] = "records_newer"


@dataclass(eq=False)
class RecordsNotWritten(InnenforError):
    """Nothing was written: the disk is full, the database is held by another, or may not be written."""

    code: ClassVar[str] = "records_not_written"


@dataclass(eq=False)
class ErasedBytesLeft(InnenforError):
    """A text is erased from the log, but its bytes still lie where the database has not written over them."""

    code: ClassVar[str] = "erased_bytes_left"


@dataclass(eq=False)
class ErasureBreaks(InnenforError):
    """A text is not erased while the record that stands, or that everybody sees, cannot be read without it."""

    code: ClassVar[str] = "erasure_breaks"


@dataclass(eq=False)
class RecordsAltered(InnenforError):
    """The log does not follow from its own events: `where` is the first that does not."""

    code: ClassVar[str] = "records_altered"


@dataclass(eq=False)
class ProgrammeClosed(InnenforError):
    """The programme is closed: its records are read, not written."""

    code: ClassVar[str] = "programme_closed"


@dataclass(eq=False)
class NotAllowed(InnenforError):
    """Whoever asks may not do it: `found` is their role, `needed` the least that may."""

    code: ClassVar[str] = "not_allowed"
    needed: str = ""

    def _word(self, lang: str, part: str) -> str:
        facts = {"found": self._named(self.found, lang), "needed": self._named(self.needed, lang), "where": self.where}
        return i18n.say("data", lang, f"error.{self.code}.{part}", **facts)

    def _named(self, role: str, lang: str) -> str:
        return i18n.words("data", lang).get(f"records.role.{role}", role)


@dataclass(eq=False)
class Conflict(InnenforError):
    """Somebody else has written the record since it was read.

    seen_version: what the writer had seen (0: nothing). now_version and now: what stands there; None where it is taken
    away. mine: what was not written.
    """

    code: ClassVar[str] = "records_conflict"
    seen_version: int = 0
    now_version: int = 0
    now: Mapping[str, Any] | None = None
    mine: Mapping[str, Any] = field(default_factory=dict)
