"""What the words of a text table mean: its headings and labels in our terms, and those that say nothing to us."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase

from data.sources.layouts.description import PublisherTables, TextLayout

FIELDS = {"period": "period", "sex": "sex", "age": "age_group", "measure": "measure", "unit": "unit"}
"""Role → where what it says is kept; any other role is a part of the population."""


@dataclass(frozen=True)
class TableWords:
    """The words of one layout."""

    tables: PublisherTables
    layout: TextLayout

    def facts(self, texts: Mapping[str, str]) -> dict[str, str]:
        """Return what texts by role say; a text that says nothing to us is empty."""
        found: dict[str, str] = {}
        parts: list[str] = []
        for role, text in self._spread(texts):
            if role in FIELDS:
                found[FIELDS[role]] = _meaning(self._known(role), text)
            elif not re.fullmatch(self.layout.whole, text, re.IGNORECASE):
                parts.append(f"{role or f'del{len(parts) + 1}'}={text}")
        return found | ({"dimensions": ";".join(parts)} if parts else {})

    def unknown(self, texts: Mapping[str, str]) -> dict[str, str]:
        """Return the roles whose text says nothing to us, with the words that would."""
        words = {role: self._known(role) for role in texts}
        return {role: ", ".join(known) for role, known in words.items() if known and not _meaning(known, texts[role])}

    def _known(self, role: str) -> Mapping[str, str]:
        """Return the words of a role; none where any text is taken as it stands."""
        tables = self.tables
        known = {"sex": tables.sexes, "age": tables.ages, "unit": tables.units, "measure": self.layout.measures}
        return known.get(role, {})

    def _spread(self, texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """Yield role and text, with the parts of a heading apart: a sex among them is one, others have no name."""
        for role, text in texts.items():
            if role != "parts":
                yield role, text
            for part in text.split(".") if role == "parts" and text else ():
                yield "sex" if _meaning(self.tables.sexes, part) else "", part


def _meaning(words: Mapping[str, str], text: str) -> str:
    if not words:
        return text
    return next((meaning for word, meaning in words.items() if fnmatchcase(text.lower(), word)), "")
