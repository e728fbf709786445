"""What an experiment's file holds: the record kept before it starts, what is published of it, and its design."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Annotated, Any

from data.curated.experiment import design, registration_log
from data.curated.experiment.design import GivenDay, Number, RegisteredDesign
from data.curated.experiment.dossier import Count, PublishedFinding
from data.toml import OneOf, OptionalWords, Text, Words, at_least, key, one_of, within

PHASES = ("understanding", "idea", "test", "scaling", "sustained", "stopped")
METHODS = (*design.METHODS, "not_stated")
TRACKS = ("measurement", "law", "budgeting")
KEPT = (
    "question", "hypothesis", "method", "unit_of_assignment", "primary_outcome", "secondary_outcomes", "target_group",
    "planned_n", "smallest_useful_effect",
)  # fmt: skip
"""What may not change after registration without showing; phase, cost and titles may."""


@dataclass(frozen=True)
class OutcomeWords:
    """What a secondary outcome is called, and whether up or down is good."""

    nb: Text
    en: Text
    good: Annotated[str, one_of("up", "down")] = "up"

    @property
    def words(self) -> dict[str, str]:
        """The name by language."""
        return {"nb": self.nb, "en": self.en}


@dataclass(frozen=True)
class ExperimentFacts:
    """The table `[experiment]`.

    Texts for readers are {nb, en}. `area` is the innovation area 1–7; `planned_n` persons; `smallest_useful_effect` in
    the outcome's unit; `outcomes`: words of secondary outcomes; `cost_per_participant_nok` kroner. `published`: a trial
    from the literature; `example`: made up. `method` "not_stated": the source of a published trial does not say how
    units were assigned.
    """

    title: Words
    question: Words
    area: Annotated[int, within(1, 7)]
    method: Annotated[str, one_of(*METHODS)]
    primary_outcome: Words
    target_group: Words
    hypothesis: OptionalWords = field(default_factory=dict)
    concept: str = ""
    track: Annotated[str, OneOf(lambda: TRACKS, empty=True)] = ""
    phase: Annotated[str, OneOf(lambda: PHASES, empty=True)] = ""
    unit_of_assignment: OptionalWords = field(default_factory=dict)
    secondary_outcomes: tuple[Text, ...] = ()
    outcomes: dict[Text, OutcomeWords] = field(default_factory=dict)
    planned_n: Count = None
    smallest_useful_effect: Number | None = None
    started: GivenDay = None
    responsible: str = ""
    cost_per_participant_nok: Annotated[Number, at_least(0)] | None = None
    cost_price_year: Annotated[int, within(1900, 2200)] | None = None
    legal_basis: OptionalWords = field(default_factory=dict)
    ethics: OptionalWords = field(default_factory=dict)
    data_protection: OptionalWords = field(default_factory=dict)
    public_registry: str = ""
    published: bool = False
    example: bool = False
    source: str = ""
    would_change_our_mind: OptionalWords = field(default_factory=dict)


@dataclass(frozen=True)
class ExperimentFile:
    """The tables of an experiment's file."""

    facts: ExperimentFacts = key("experiment")  # noqa: RUF009 - a field
    design: RegisteredDesign | None = None
    finding: PublishedFinding | None = key("published", None)  # noqa: RUF009 - a field


@dataclass(frozen=True)
class DesignFile:
    """The table of a file that holds a design alone."""

    design: RegisteredDesign


@dataclass(frozen=True, kw_only=True)
class ExperimentRecord(ExperimentFacts):
    """A registered experiment. `key` is the name of its file; `finding` holds what its publication says, by name.

    seals: its registrations where the records alone hold it, None where it has a file and its ledger tells.
    sealed_as: the hash it was registered with, where a text of it was erased from the records since.
    """

    key: str
    finding: Mapping[str, Any] = field(default_factory=dict)
    design: RegisteredDesign | None = None
    file: Path = Path()
    seals: tuple[registration_log.Entry, ...] | None = None
    sealed_as: str = ""

    @property
    def hash(self) -> str:
        """Return the SHA-256 of what must not change after registration, the design included."""
        kept = {name: getattr(self, name) for name in KEPT} | {"design": self.design.hash if self.design else None}
        kept |= {"good": {name: told.good for name, told in self.outcomes.items()}} if self.outcomes else {}
        return hashlib.sha256(json.dumps(kept, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    def outcome_name(self, outcome: str, lang: str) -> str:
        """Return what an outcome is called, its own name where the record gives it no words."""
        told = self.outcomes.get(outcome)
        return told.words[lang] if told else outcome

    def registration(self, path: Path | None = None) -> tuple[str, str | None]:
        """Return `planned`, `late` (after the start), `changed` or `unregistered`, with the date registered, by a
        ledger, the record's own or what the records say."""
        seals = self.seals
        if seals is None:
            seals = registration_log.entries(path or registration_log.book_of(self.file))
        found, day = registration_log.standing(self.key, self.sealed_as or self.hash, seals)
        late = found == "planned" and day is not None and self.started is not None and day > self.started
        return "late" if late else found, day

    def outcome_standing(self, outcome: str, path: Path | None = None) -> str:
        """Return the standing of one outcome: an outcome the record does not name is `not_planned`: exploratory."""
        primary = self.design.outcome if self.design else None
        return self.registration(path)[0] if outcome in (primary, *self.secondary_outcomes) else "not_planned"


def as_record(content: ExperimentFile, path: Path) -> ExperimentRecord:
    """Return what a file holds as the record of the experiment that it is named after."""
    found = content.finding
    told = {each.name: getattr(found, each.name) for each in fields(PublishedFinding)} if found else {}
    facts = {each.name: getattr(content.facts, each.name) for each in fields(ExperimentFacts)}
    finding = {name: value for name, value in told.items() if value not in (None, "", {}, ())}
    return ExperimentRecord(key=path.stem, finding=finding, design=content.design, file=path, **facts)
