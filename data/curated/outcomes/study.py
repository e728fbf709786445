"""A published study of what became of some people: the words and the source its numbers stand under."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Annotated

from data import paths
from data.catalogue import regions
from data.toml import Different, OneOf, OptionalWords, PeriodText, Text, Words, choice, read_toml, within

DESTINATIONS = paths.DATA / "outcome_destinations.toml"
SIDES = ("inside", "outside", "other")
PROVENANCES = ("published", "second_hand", "analysis_with_noise")


@dataclass(frozen=True)
class OutcomeDestination:
    """Where somebody was later: its side (see `SIDES`) and what it is called."""

    side: Annotated[str, choice(*SIDES)]
    label: Words


@cache
def destinations() -> dict[str, OutcomeDestination]:
    """Return every destination by id, in the order a picture stacks them."""
    return read_toml(DESTINATIONS, dict[str, OutcomeDestination])


KnownRegion = Annotated[str, OneOf(lambda: regions()["code"])]
KnownDestination = Annotated[str, OneOf(destinations)]


@dataclass(frozen=True, kw_only=True)
class StudyFacts:
    """What the file of a study holds. Texts for readers are {nb, en}.

    order: its place in a list of studies. place and regions: whom it is about, in words and as the codes it covers.
    sentence: the finding, with braces around a side or destination (their shares), `place`, `ages`, `period`, `later`,
    or the share inside of the place's `last` group, named `last_group`. beside: what follows where the reader's county
    is told, with the share inside of the `whole`. exhaustive: the destinations of a group are all there are; else
    `rest` says who is left. issued: the newest period or issue the source names. decimals: of a percentage, as
    published. copy: where it was read second hand. own_county_only: it has so many counties that only the reader's is
    shown.
    """

    order: int
    title: Words
    place: Words
    regions: Annotated[tuple[KnownRegion, ...], Different]
    who: Words
    definition: Words
    sentence: Words
    publisher: Text
    source: Words
    url: Text
    licence: Text
    provenance: Annotated[str, choice(*PROVENANCES)]
    destinations: Annotated[tuple[KnownDestination, ...], Different]
    exhaustive: bool
    decimals: Annotated[int, within(0, 1)]
    issued: PeriodText | None = None
    beside: OptionalWords = field(default_factory=dict)
    rest: OptionalWords = field(default_factory=dict)
    note: OptionalWords = field(default_factory=dict)
    copy: str = ""
    own_county_only: bool = False
    subgroups: Mapping[Text, Words] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class OutcomeStudy(StudyFacts):
    """A study with its id, the name of its file."""

    id: str
