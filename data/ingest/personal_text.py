"""Short texts people wrote: what in them could point to one person, told before anything is stored."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from data.ingest.contract import Problems
from data.ingest.identity import plainly
from data.ingest.personal_data import refuse
from data.ingest.sheet import Sheet
from data.ingest.written_out import is_address, is_birth, is_handle, is_phone, is_street
from data.toml import Check, Names, fault

LONGEST = 280
TRACES = ("long", "phone", "date", "birth", "street", "handle", "name", "identity")
REACHES = ("phone", "birth", "street", "handle", "identity")
STORED: Names = {"stored": None}
"""The names a text is read with that was let in before: a check that has grown stricter hides no record."""
_DATE = re.compile(r"(?<!\d)[0-3]?\d[./-][01]?\d[./-](?:19|20)?\d\d(?!\d)")
_NAME = re.compile(r"\b[A-ZÆØÅ][a-zæøåéü]+(?: [A-ZÆØÅ]\.)? [A-ZÆØÅ][a-zæøåéü]+\b")
_CALLED_NAME = re.compile(r"\b(?:[Hh]eter|[Nn]avnet mitt er|[Kk]alles|[Mm]y name is|called)\s+[A-ZÆØÅ][a-zæøå]+")
_LINK = re.compile(r"(?:https?://|www\.)\S*")


def traces(text: str) -> Iterator[str]:
    """Yield what could point to a person: one or more of `TRACES`."""
    plain = plainly(text)
    if len(text) > LONGEST:
        yield "long"
    if _DATE.search(plain):
        yield "date"
    if _LINK.search(plain):
        yield "handle"
    if _NAME.search(plain) or _CALLED_NAME.search(plain):
        yield "name"
    yield from reaches(text)


def reaches(text: str) -> Iterator[str]:
    """Yield by what somebody could be reached or known, those of `REACHES`; a link to a page is none."""
    plain = _LINK.sub(" ", plainly(text))
    told = {"phone": is_phone, "birth": is_birth, "street": is_street, "handle": is_handle}
    yield from (kind for kind, is_there in told.items() if is_there(plain))
    if is_address(plain) or _refused(text):
        yield "identity"


@dataclass(frozen=True)
class Impersonal(Check):
    """A text in both languages that points to nobody: refused with the kind of trace, never the words.

    kinds: those asked for. A reason may name an organisation or a date, and so holds what looks like a name.
    """

    kinds: tuple[str, ...] = TRACES

    def checked(self, value: Mapping[str, str], names: Names, /) -> Mapping[str, str]:
        """Return the text; raise a fault where it could point to somebody."""
        if "stored" in names:
            return value
        for kind in (trace for said in value.values() for trace in traces(said) if trace in self.kinds):
            raise fault(f"trace_{kind}", code="programme_personal", found="…")
        return value


def _refused(text: str) -> bool:
    """Tell whether the text holds an identity number, an e-mail address or the like (data.ingest.personal_data)."""
    try:
        refuse([Sheet("", ((text, "."),))])
    except Problems:
        return True
    return False
