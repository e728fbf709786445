"""What a scenario leaves out: the value taken in its place is noted, so that the answer can list it."""

from dataclasses import dataclass, field
from typing import Any, TypeVar

from benefits.parameters import parameter
from benefits.scenario.model import Default, Spread

T = TypeVar("T")
_THOUSANDS = -3


@dataclass(frozen=True)
class Defaults:
    """The keys left out so far, in the order they were met."""

    noted: list[Default] = field(default_factory=list)

    def note(self, key: str, value: Any, source: str = "innenfor") -> None:  # noqa: ANN401 - any TOML value
        """Note a key that was left out and the value taken."""
        self.noted.append(Default(key, value, source))

    def given(self, found: T | None, key: str, value: T, source: str = "innenfor") -> T:
        """Return what was found; where nothing was, note the key and return the value taken."""
        if found is not None:
            return found
        self.note(key, value, source)
        return value

    def limit(self, found: float | None, key: str, name: str) -> float:
        """Return what was found, or the newest value of a parameter."""
        return found if found is not None else self.given(None, key, parameter(name).latest(), name)

    def assumed(self, key: str, name: str, factor: float | None = None) -> Spread:
        """Return a parameter with its range in place of a key that was left out.

        `factor` carries an amount to another year's kroner, in whole thousands: it is no better known.
        """
        entry = parameter(name).values[-1]
        amounts = [amount or 0.0 for amount in (entry.value, entry.low, entry.high)]
        if factor is not None:
            amounts = [round(factor * amount, _THOUSANDS) for amount in amounts]
        self.note(key, amounts[0], name)
        return Spread(*amounts)


def spread(table: Any, key: str, prefix: str = "") -> Spread:  # noqa: ANN401 - any table with the three keys
    """Return a number of a table with its range in `<prefix>low` and `<prefix>high`."""
    return Spread(getattr(table, key), getattr(table, f"{prefix}low"), getattr(table, f"{prefix}high"))
