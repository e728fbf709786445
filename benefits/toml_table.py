"""Reads one table of a scenario, refusing what is unknown, of the wrong type or outside its range."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from benefits.errors import Conflict, MissingKey, OutOfRange, UnknownKey, UnknownName, WrongType
from benefits.scenario import Default, Spread

# Beyond this no amount, count or year means anything, and sums would lose their øre.
_BIG = 1e15


@dataclass(frozen=True)
class Table:
    """A TOML table with its path, the keys it may hold, and the list its defaults are noted in."""

    fields: Mapping[str, Any]
    path: str
    keys: Sequence[str]
    noted: list[Default] = field(default_factory=list)

    def __post_init__(self) -> None:
        if not isinstance(self.fields, Mapping):
            raise WrongType(where=self.path or "scenario", found=repr(self.fields), allowed="table")
        for key in self.fields:
            if key not in self.keys:
                raise UnknownKey(self.at(key), key, ", ".join(self.keys), closest(key, self.keys))

    def at(self, key: str) -> str:
        """Return the path of a key, as errors and defaults name it."""
        return f"{self.path}.{key}" if self.path else key

    def has(self, key: str) -> bool:
        """Whether the table gives the key."""
        return key in self.fields

    def default(self, key: str, value: Any, source: str = "innenfor") -> Any:  # noqa: ANN401 - any TOML value
        """Note that a key was left out, and return the value taken."""
        self.noted.append(Default(self.at(key), value, source))
        return value

    def number(self, key: str, low: float = -_BIG, high: float = _BIG, allowed: str = "") -> float:
        """Return a number within low and high, both included."""
        return checked_number(self.need(key, allowed or bounds(low, high)), self.at(key), low, high)

    def whole(self, key: str, low: int, high: float = _BIG) -> int:
        """Return a whole number within low and high."""
        amount = self.number(key, low, high)
        if amount != int(amount):
            raise WrongType(self.at(key), repr(self.fields[key]), f"whole number, {bounds(low, high)}")
        return int(amount)

    def flag(self, key: str, default: bool) -> bool:  # noqa: FBT001 - a TOML default
        """Return true or false."""
        if not self.has(key):
            return bool(self.default(key, default))
        if not isinstance(self.fields[key], bool):
            raise WrongType(self.at(key), repr(self.fields[key]), "true, false")
        return bool(self.fields[key])

    def text(self, key: str, default: str = "") -> str:
        """Return a text; empty where it is left out."""
        found = self.fields.get(key, default)
        if not isinstance(found, str):
            raise WrongType(self.at(key), repr(found), "text")
        return found

    def choice(self, key: str, names: Sequence[str], default: str | None = None) -> str:
        """Return one of the names."""
        if default is not None and not self.has(key):
            return str(self.default(key, default))
        found = self.need(key, ", ".join(names))
        if not isinstance(found, str) or found not in names:
            raise UnknownName(self.at(key), repr(found), ", ".join(names), closest(str(found), names))
        return found

    def label(self, key: str) -> dict[str, str]:
        """Return a text in both languages: given as one text, or as { nb, en }."""
        found = self.fields.get(key, "")
        if isinstance(found, str):
            return {"nb": found, "en": found}
        inner = self.inner(key, ("nb", "en"))
        return {"nb": inner.text("nb"), "en": inner.text("en", inner.text("nb"))}

    def spread(self, key: str, low: float = -_BIG, high: float = _BIG, prefix: str = "") -> Spread:
        """Return a number with its optional range in the keys `<prefix>low` and `<prefix>high`."""
        value = self.number(key, low, high)
        names = (f"{prefix}low", f"{prefix}high")
        if not any(self.has(name) for name in names):
            return Spread(value)
        ends = [self.number(name, low, high) for name in names]
        if not ends[0] <= value <= ends[1]:
            raise Conflict(self.at(key), f"{ends[0]:g} / {value:g} / {ends[1]:g}", f"{names[0]} <= {key} <= {names[1]}")
        return Spread(value, *ends)

    def inner(self, key: str, keys: Sequence[str]) -> "Table":
        """Return a table inside this one; an empty one where it is left out."""
        return Table(self.fields.get(key, {}), self.at(key), keys, self.noted)

    def each(self, key: str, keys: Sequence[str]) -> list["Table"]:
        """Return the tables of a list ([[key]]); none where it is left out."""
        found = self.fields.get(key, [])
        if not isinstance(found, list):
            raise WrongType(self.at(key), repr(found), f"[[{key}]]")
        return [Table(item, f"{self.at(key)}[{number}]", keys, self.noted) for number, item in enumerate(found, 1)]

    def need(self, key: str, allowed: str) -> Any:  # noqa: ANN401 - any TOML value
        """Return the value of a key that cannot be left out."""
        if key not in self.fields:
            raise MissingKey(self.at(key), "-", allowed)
        return self.fields[key]


def checked_number(found: Any, where: str, low: float = -_BIG, high: float = _BIG) -> float:  # noqa: ANN401
    """Return a finite number within low and high; raises WrongType or OutOfRange."""
    if isinstance(found, bool) or not isinstance(found, int | float):
        raise WrongType(where, repr(found), f"number, {bounds(low, high)}")
    if not low <= found <= high or not -_BIG <= found <= _BIG:  # a comparison holds for whole numbers of any length
        raise OutOfRange(where, _shown(found), bounds(low, high))
    return float(found)


def _shown(found: float) -> str:
    """Return a number as an error names it: a whole number of endless length by its size alone."""
    return repr(found) if abs(found) < _BIG or isinstance(found, float) else f"{'-' if found < 0 else ''}> {_BIG:g}"


def bounds(low: float, high: float) -> str:
    """Return a range as a reader sees it: `0 – 1`, `>= 0`."""
    if high >= _BIG:
        return f"−{_BIG:g} – {_BIG:g}" if low <= -_BIG else f">= {low:g}"
    return f"{low:g} – {high:g}"


def closest(name: str, names: Sequence[str]) -> str:
    """Return the name most like a misspelt one, or an empty text."""
    found = get_close_matches(name, names, n=1, cutoff=0.6)
    return found[0] if found else ""
