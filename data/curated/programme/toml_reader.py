"""What a table of a programme file must hold: keys, types and allowed values, with every fault told at its place."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from data.i18n import LANGUAGES
from data.ingest.contract import Problem

_ABSENT = object()


@dataclass
class Table:
    """One table of a TOML file: its keys are taken one by one, and what is wrong is noted, not raised.

    file: the file's name; path: the table's place in it (`knot[2].ease`); problems: shared by the tables of a read.
    """

    file: str
    path: str
    content: Any
    problems: list[Problem]
    taken: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        if not isinstance(self.content, Mapping):
            self.wrong("", "a_table", self.content)
            self.content = {}

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text; where there is no default it must be there and not blank."""
        found = self._get(key, _ABSENT if default is None else default)
        if isinstance(found, str) and (found.strip() or default is not None):
            return found
        self.wrong(key, "a_text", found)
        return ""

    def words(self, key: str) -> dict[str, str]:
        """Return a text for readers in both languages; one given once stands for both."""
        found = self._get(key)
        if isinstance(found, str) and found.strip():
            return dict.fromkeys(LANGUAGES, found)
        if isinstance(found, Mapping) and set(found) == set(LANGUAGES) and all(map(_is_text, found.values())):
            return dict(found)
        self.wrong(key, "both_languages", found)
        return dict.fromkeys(LANGUAGES, "")

    def whole(self, key: str, low: int, high: int) -> int:
        """Return a whole number from low to high."""
        found = self._get(key)
        if isinstance(found, int) and not isinstance(found, bool) and low <= found <= high:
            return found
        self.wrong(key, f"{low}–{high}", found)
        return low

    def number(self, key: str) -> float | None:
        """Return a number of 0 or more, None where it is left out."""
        found = self._get(key, None)
        if found is None or (isinstance(found, int | float) and not isinstance(found, bool) and 0 <= found < 1e15):
            return None if found is None else float(found)
        self.wrong(key, "amount", found)
        return None

    def numbers(self, key: str, count: int) -> tuple[float, ...]:
        """Return a rising list of so many numbers."""
        found = self._get(key)
        if isinstance(found, list) and len(found) == count and all(type(each) in (int, float) for each in found):
            rising = found == sorted(found)
            if rising:
                return tuple(map(float, found))
        self.wrong(key, "rising_numbers", found)
        return (0.0,) * count

    def flag(self, key: str) -> bool:
        """Return true or false; it must be said."""
        found = self._get(key)
        if not isinstance(found, bool):
            self.wrong(key, "true, false", found)
        return found is True

    def day(self, key: str) -> str:
        """Return a date as ISO text."""
        found = self._get(key)
        if type(found) is not dt.date:
            self.wrong(key, "a_date", found)
            return ""
        return found.isoformat()

    def one_of(self, key: str, allowed: Sequence[str], default: str | None = None) -> str:
        """Return one of the allowed texts (or the default, which may be none of them)."""
        found = self.text(key, default)
        if found not in allowed and found != default and found:
            self.wrong(key, ", ".join(allowed), found)
        return found

    def some_of(self, key: str, allowed: Sequence[str]) -> tuple[str, ...]:
        """Return a list of allowed texts."""
        found = self._get(key)
        if not isinstance(found, list):
            self.wrong(key, "a_list", found)
            return ()
        for each in found:
            if each not in allowed:
                self.wrong(key, ", ".join(allowed), each)
        return tuple(str(each) for each in found)

    def inner(self, key: str) -> "Table":
        """Return the table under a key."""
        return Table(self.file, self._at(key), self._get(key), self.problems)

    def each(self, key: str, *, needed: bool = True) -> list["Table"]:
        """Return the tables of a list (`[[key]]`)."""
        found = self._get(key, _ABSENT if needed else [])
        if not isinstance(found, list):
            self.wrong(key, f"[[{key}]]", found)
            return []
        return [
            Table(self.file, f"{self._at(key)}[{number}]", row, self.problems) for number, row in enumerate(found, 1)
        ]

    def close(self) -> None:
        """Note every key nobody asked for: a misspelt key would otherwise be lost in silence."""
        for key in sorted(set(self.content) - self.taken):
            self.note("programme_unknown_key", key, ", ".join(sorted(self.taken)), key)

    def wrong(self, key: str, expected: str, found: object) -> None:
        """Note a value that is absent or of the wrong kind."""
        code = "programme_missing" if found is _ABSENT or found == "" else "programme_value"
        self.note(code, key, expected, "" if found is _ABSENT else str(found))

    def note(self, code: str, key: str, expected: str, found: str) -> None:
        """Note a problem at a key."""
        self.problems.append(
            Problem(code=code, file=self.file, cell=self._at(key), column=key, expected=expected, found=found)
        )

    def _get(self, key: str, default: object = _ABSENT) -> Any:  # noqa: ANN401 - any TOML value
        self.taken.add(key)
        return self.content.get(key, default)

    def _at(self, key: str) -> str:
        return ".".join(filter(None, (self.path, key)))


def unique(tables: Sequence[Table], ids: Sequence[object], key: str = "id") -> None:
    """Note every id that stands twice."""
    for place, each in enumerate(ids):
        if each in ids[:place]:
            tables[place].note("programme_twice", key, "", str(each))


def _is_text(found: object) -> bool:
    return isinstance(found, str) and bool(found.strip())
