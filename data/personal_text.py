"""Short texts people wrote: what in them could point to one person, told before anything is stored."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from data.contract import Problems
from data.refusal import refuse
from data.sheets import Sheet
from data.toml import Check, fault

LONGEST = 280
TRACES = ("long", "phone", "date", "street", "handle", "name", "identity")
REACHES = ("phone", "street", "handle", "identity")
_PHONE = re.compile(r"(?<![\d.,])(?:(?:\+|00)47[ ]?)?(?:[2-9]\d{7}|[2-9]\d(?: \d\d){3}|[49]\d\d \d\d \d{3})(?![\d.,])")
_BIRTH = re.compile(r"(?<!\d)[0-3]?\d[./-][01]?\d[./-](?:19|20)?\d\d(?!\d)")
_NAME = re.compile(r"\b[A-ZÆØÅ][a-zæøåéü]+(?: [A-ZÆØÅ]\.)? [A-ZÆØÅ][a-zæøåéü]+\b")
_CALLED_NAME = re.compile(r"\b(?:[Hh]eter|[Nn]avnet mitt er|[Kk]alles|[Mm]y name is|called)\s+[A-ZÆØÅ][a-zæøå]+")
_STREET = re.compile(r"\b[A-ZÆØÅ]\w*(?:veien|vegen|vei|gata|gaten|gate)\s+\d+")
_HANDLE = re.compile(r"(?:^|\s)@\w+|https?://|www\.")


def traces(text: str) -> Iterator[str]:
    """Yield what could point to a person: `identity`, `name`, `phone`, `date`, `street`, `handle`, or `long`."""
    if len(text) > LONGEST:
        yield "long"
    for kind, pattern in (("phone", _PHONE), ("date", _BIRTH), ("street", _STREET), ("handle", _HANDLE)):
        if pattern.search(text):
            yield kind
    if _NAME.search(text) or _CALLED_NAME.search(text):
        yield "name"
    if _refused(text):
        yield "identity"


@dataclass(frozen=True)
class Impersonal(Check):
    """A text in both languages that points to nobody: refused with the kind of trace, never the words.

    kinds: those asked for. A reason may name an organisation or a date, and so holds what looks like a name.
    """

    kinds: tuple[str, ...] = TRACES

    def checked(self, value: Mapping[str, str], _names: object, /) -> Mapping[str, str]:
        """Return the text; raise a fault where it could point to somebody."""
        for kind in (trace for said in value.values() for trace in traces(said) if trace in self.kinds):
            raise fault(f"trace_{kind}", code="programme_personal", found="…")
        return value


def _refused(text: str) -> bool:
    """Tell whether the text holds an identity number, an e-mail address or the like (data.refusal)."""
    try:
        refuse([Sheet("", ((text, "."),))])
    except Problems:
        return True
    return False
