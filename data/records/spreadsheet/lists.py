"""Lists of words in cells: a semicolon between, as the heading says, and back as they were, also from JSON."""

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

from data.records.kinds import KINDS
from data.toml import lists_in

BETWEEN, NONE = ";", ("–", "-")


@cache
def list_columns(kind: str) -> frozenset[str]:
    """Return the columns of a kind that hold a list of words."""
    shape = KINDS[kind].shape
    return frozenset(lists_in(shape)) if shape else frozenset()


def as_cell(listed: Sequence[Any]) -> str:
    """Return a list as one text: its words with a semicolon between, – where there are none; else as JSON.

    One word with a comma in it is followed by the semicolon, for people part words by commas where there is none.
    """
    if not listed:
        return NONE[0]
    text = f"{BETWEEN} ".join(map(str, listed)) + (BETWEEN if len(listed) == 1 and "," in str(listed[0]) else "")
    plain = not text.startswith("[") and text not in NONE and as_list(text) == list(listed)
    return text if plain else json.dumps(listed, ensure_ascii=False, default=_day_text)


def as_list(text: str) -> list[str]:
    """Return the words of a cell, parted by semicolons, by commas where it has none."""
    if text.strip() in NONE:
        return []
    parts = text.split(BETWEEN if BETWEEN in text else ",")
    return [part.strip() for part in parts if part.strip()]


def _day_text(value: Any) -> dict[str, str]:  # noqa: ANN401 - a date inside a list
    return {"day": value.isoformat()}
