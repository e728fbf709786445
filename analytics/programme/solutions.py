"""What a programme leaves to an owner when it ends: its solutions (concepts) and experiments, and which have one."""

from collections.abc import Mapping
from dataclasses import dataclass

from analytics.programme.readings import Programme, experiments_in
from data.records.state import NOTHING, RecordState


@dataclass(frozen=True)
class Solution:
    """A concept or an experiment that needs an owner. id: `concept/…` or `experiment/…`; name by language."""

    id: str
    name: Mapping[str, str]
    example: bool = False

    def is_named(self, what: str) -> bool:
        """Return whether an attempt to hand over `what` is about this: by its id, alone or after its kind, or name."""
        said = what.strip().casefold()
        known = (self.id, self.id.partition("/")[2], *self.name.values())
        return said in [each.casefold() for each in known]


def solutions(found: Programme, state: RecordState = NOTHING) -> tuple[Solution, ...]:
    """Return a programme's concepts and its own experiments; one that is stopped has nothing to take over."""
    going = (each for each in experiments_in(state) if each.phase != "stopped")
    return (
        *(Solution(f"concept/{each.id}", each.name) for each in found.concepts),
        *(Solution(f"experiment/{each.key}", each.title, each.example) for each in going),
    )


def without_owner(found: Programme, state: RecordState = NOTHING) -> tuple[Solution, ...]:
    """Return those nobody has said yes to take over; a yes to a part leaves the rest without an owner."""
    taken = [each.what for each in found.hand_overs if each.answer == "yes"]
    return tuple(each for each in solutions(found, state) if not any(map(each.is_named, taken)))


def solution_name(what: str, found: Programme, lang: str, state: RecordState = NOTHING) -> str:
    """Return what an attempt is about in words: the name of a concept or an experiment by its id, else as it stands."""
    if "/" not in what:
        return what
    every = [Solution(f"experiment/{each.key}", each.title) for each in experiments_in(state)]
    return next((each.name[lang] for each in (*solutions(found, state), *every) if each.id == what), what)
