"""What the words of a text table mean, by role, and which words say nothing to us."""

import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase

from data.sources.layouts.description import PublisherTables, TextLayout

FIELDS = {"period": "period", "sex": "sex", "age": "age_group", "measure": "measure", "unit": "unit"}
"""Role → where what it says is kept."""


def matched(pattern: str, text: str) -> re.Match[str] | None:
    """Return the match of a whole text in any case."""
    return re.fullmatch(pattern, text, re.IGNORECASE)


def facts(tables: PublisherTables, layout: TextLayout, texts: Mapping[str, str]) -> dict[str, str]:
    """Return what texts by role say, the parts of the population they name as `dimensions`."""
    found = {}
    parts: list[str] = []
    for role, text in _spread(tables, texts):
        if role in FIELDS:
            found[FIELDS[role]] = _meaning(_words(tables, role), text)
        elif not matched(layout.whole, text):
            parts.append(f"{role or f'del{len(parts) + 1}'}={text}")
    return found | ({"dimensions": ";".join(parts)} if parts else {})


def unknown(tables: PublisherTables, layout: TextLayout, role: str, text: str) -> str:
    """Return the words of a role where the text is none of them, else an empty text."""
    words = {layout.whole: "-"} if role == "everybody" else _words(tables, role)
    said = matched(layout.whole, text) if role == "everybody" else _meaning(words, text)
    return "" if said or not words else ", ".join(words)


def _words(tables: PublisherTables, role: str) -> Mapping[str, str]:
    """Return the words of a role; none where every text is taken as it stands."""
    return {"sex": tables.sex, "age": tables.age, "unit": tables.unit, "measure": tables.measure}.get(role, {})


def _meaning(words: Mapping[str, str], text: str) -> str:
    if not words:
        return text
    return next((meaning for word, meaning in words.items() if fnmatchcase(text.lower(), word)), "")


def _spread(tables: PublisherTables, texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield role and text, with the parts of a heading apart: a sex among them is one, others have no name."""
    for role, text in texts.items():
        if role != "parts":
            yield role, text
        for part in text.split(".") if role == "parts" and text else ():
            yield "sex" if _meaning(tables.sex, part) else "", part
