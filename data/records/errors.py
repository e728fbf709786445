"""What can go wrong with the records, each with its words in `data/texts/records.{nb,en}.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from data import i18n
from data.errors import InnenforError


class RecordsUnusable(InnenforError, code="records_unusable"):
    """The database cannot be opened or read."""


class RecordsNewer(RecordsUnusable, code="records_newer"):
    """A later Innenfor has written the database: `found` is its step, which this one does not know."""


class RecordsNotWritten(InnenforError, code="records_not_written"):
    """Nothing was written: the disk is full, the database is held by another, or may not be written."""


class ErasedBytesLeft(InnenforError, code="erased_bytes_left"):
    """A text is erased from the log, but its bytes still lie where the database has not written over them."""


class ErasureBreaks(InnenforError, code="erasure_breaks"):
    """A text is not erased while the record that stands, or that everybody sees, cannot be read without it."""


class RecordsAltered(InnenforError, code="records_altered"):
    """The log does not follow from its own events: `where` is the first that does not."""


class ProgrammeClosed(InnenforError, code="programme_closed"):
    """The programme is closed: its records are read, not written."""


class ExperimentRegistered(InnenforError, code="experiment_registered"):
    """An experiment whose design is registered (`found` is the day) is not taken away: it is stopped, with a reason."""


class DesignUnchanged(InnenforError, code="design_unchanged"):
    """A design is not registered again as it was registered (`found` is the day)."""


@dataclass(eq=False)
class NotAllowed(InnenforError, code="not_allowed"):
    """Whoever asks may not do it: `found` is their role, `needed` the least that may."""

    needed: str = ""

    def _word(self, lang: str, part: str) -> str:
        facts = {"found": self._named(self.found, lang), "needed": self._named(self.needed, lang), "where": self.where}
        return i18n.say("data", lang, f"error.{self.code}.{part}", **facts)

    def _named(self, role: str, lang: str) -> str:
        return i18n.words("data", lang).get(f"records.role.{role}", role)


@dataclass(eq=False)
class Conflict(InnenforError, code="records_conflict"):
    """Somebody else has written the record since it was read.

    seen_version: what the writer had seen (0: nothing). now_version and now: what stands there; None where it is taken
    away. mine: what was not written.
    """

    seen_version: int = 0
    now_version: int = 0
    now: Mapping[str, Any] | None = None
    mine: Mapping[str, Any] = field(default_factory=dict)
