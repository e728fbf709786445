"""The glossary of states: who defines each, on which side it lies, and which others it overlaps."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

from data import paths
from data.toml import OneOf, Text, Words, choice, fitted, told, toml_table

PATH = paths.DATA / "flow_states.toml"
SIDES = ("inside", "between", "outside", "left")


@dataclass(frozen=True)
class State:
    """A state: its side (see `SIDES`), texts by language, publisher and the states it overlaps."""

    side: Annotated[str, choice(*SIDES)]
    label: Words
    definition: Words
    publisher: Text
    overlaps: tuple[Annotated[str, OneOf("states")], ...]


@cache
def states(path: Path = PATH) -> dict[str, State]:
    """Return every state by id, in the order of the file."""
    table = toml_table(path)
    return fitted(table, dict[str, State], told(path), names={"states": table})
