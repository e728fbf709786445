"""The glossary of states: who defines each, on which side it lies, and which others it overlaps."""

import tomllib
from dataclasses import dataclass
from functools import cache

from data import paths

PATH = paths.DATA / "states.toml"
SIDES = ("inside", "between", "outside", "left")


@dataclass(frozen=True)
class State:
    """A state: its side (see `SIDES`), texts by language, publisher and the states it overlaps."""

    id: str
    side: str
    label: dict[str, str]
    definition: dict[str, str]
    publisher: str
    overlaps: tuple[str, ...]


@cache
def states() -> dict[str, State]:
    """Return every state by id, in the order of the file."""
    raw = tomllib.loads(PATH.read_text(encoding="utf-8"))
    return {name: State(id=name, **{**row, "overlaps": tuple(row["overlaps"])}) for name, row in raw.items()}


def overlapping(names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return the pairs among some states that share persons, so that nobody adds or stacks them."""
    known = states()
    return tuple(
        (first, second)
        for place, first in enumerate(names)
        for second in names[place + 1 :]
        if second in known[first].overlaps or first in known[second].overlaps
    )
