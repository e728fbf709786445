"""How a column writes its counts: with spaces, points or commas between thousands, with decimals that are nought."""

import re
from collections.abc import Iterable

from data.tables.words import plain, words

_SPACES = dict.fromkeys(map(ord, " \u00a0\u2009\u202f'’"))
_GROUPED = {mark: re.compile(rf"[1-9]\d{{0,2}}(?:\{mark}\d{{3}})+") for mark in ".,"}
_NOUGHTS = re.compile(r"[.,]0*$")
_BELOW = re.compile(r"[<≤]\s*=?\s*\d+")


def is_unknown(text: str) -> bool:
    """Return whether a cell tells no count: empty, a publisher's mark, or `<5`."""
    return plain(text) in words().unknown or bool(_BELOW.fullmatch(text.strip()))


def counts_of(column: Iterable[str]) -> list[int | str | None]:
    """Return the counts of a column, None where one is not told, and the text where it is no whole number from 0."""
    texts = [text.strip().translate(_SPACES) for text in column]
    told = [text for text in texts if not is_unknown(text)]
    between = next((mark for mark, grouped in _GROUPED.items() if _between_thousands(mark, grouped, told)), "")
    return [None if is_unknown(text) else _count(text, between) for text in texts]


def is_count(text: str) -> bool:
    """Return whether a text can be a count, whatever it has between thousands."""
    return is_unknown(text) or bool(re.fullmatch(r"[-−]?\d[\d.,]*", text.strip().translate(_SPACES)))


def _between_thousands(mark: str, grouped: re.Pattern[str], told: list[str]) -> bool:
    """Return whether a mark stands between thousands: by threes wherever it stands, and not before noughts alone."""
    marked = [text for text in told if mark in text]
    by_threes = bool(marked) and all(grouped.fullmatch(_other_decimals(text, mark)) for text in marked)
    noughts = len(marked) == len(told) and all(text.endswith(f"{mark}000") for text in marked)
    return by_threes and not noughts


def _other_decimals(text: str, mark: str) -> str:
    """Return a number without decimals of nought after the other mark: 1.234,00."""
    other = "," if mark == "." else "."
    return re.sub(rf"\{other}0+$", "", text)


def _count(text: str, between: str) -> int | str:
    whole = _NOUGHTS.sub("", text.replace(between, "") if between else text)
    return int(whole) if re.fullmatch(r"\d{1,15}", whole) else text
