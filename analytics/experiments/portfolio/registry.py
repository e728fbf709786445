"""The registry: one TOML file an experiment, with its record, its design, and what is published or delivered."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from analytics.experiments.design.design import Design, design_from_mapping, design_from_toml, read_toml
from analytics.experiments.errors import DesignNotUnderstoodError
from analytics.experiments.portfolio import registration_log
from data import paths
from data.curated.ownership import shipped_is_ours
from data.home import own_over_shipped

PHASES = ("understanding", "idea", "test", "scaling", "sustained", "stopped")
METHODS = ("rct", "cluster_rct", "staggered", "before_after", "not_stated")
TRACKS = ("measurement", "law", "budgeting")
KEPT = (
    "question", "hypothesis", "method", "unit_of_assignment", "primary_outcome", "secondary_outcomes", "target_group",
    "planned_n", "smallest_useful_effect",
)  # fmt: skip
"""What may not change after registration without showing; phase, cost and titles may."""


@dataclass(frozen=True)
class Experiment:
    """A registered experiment's record.

    Texts for readers are {nb, en}. `area` is the innovation area 1–7; `planned_n` persons; `smallest_useful_effect` in
    the outcome's unit; `outcomes`: words {nb, en} and `good` (up, down) of secondary outcomes;
    `cost_per_participant_nok` kroner. `published`: a trial from the literature; `example`: made up. `method`
    "not_stated": the source of a published trial does not say how units were assigned. `file`: the record's own;
    `results`, `durations` and `flow` are named from its folder.
    """

    key: str
    title: Mapping[str, str]
    question: Mapping[str, str]
    area: int
    method: str
    primary_outcome: Mapping[str, str]
    target_group: Mapping[str, str]
    hypothesis: Mapping[str, str] = field(default_factory=dict)
    concept: str = ""
    track: str = ""
    phase: str = ""
    unit_of_assignment: Mapping[str, str] = field(default_factory=dict)
    secondary_outcomes: tuple[str, ...] = ()
    outcomes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    planned_n: int | None = None
    smallest_useful_effect: float | None = None
    started: str | None = None
    responsible: str = ""
    cost_per_participant_nok: float | None = None
    cost_price_year: int | None = None
    legal_basis: Mapping[str, str] = field(default_factory=dict)
    ethics: Mapping[str, str] = field(default_factory=dict)
    data_protection: Mapping[str, str] = field(default_factory=dict)
    public_registry: str = ""
    published: bool = False
    example: bool = False
    source: str = ""
    would_change_our_mind: Mapping[str, str] = field(default_factory=dict)
    results: str = ""
    durations: str = ""
    flow: str = ""
    finding: Mapping[str, Any] = field(default_factory=dict)
    design: Design | None = None
    file: Path = Path()

    @property
    def hash(self) -> str:
        """Return the SHA-256 of what must not change after registration, the design included."""
        kept = {name: getattr(self, name) for name in KEPT} | {"design": self.design.hash if self.design else None}
        kept |= (
            {"good": {name: told.get("good", "up") for name, told in self.outcomes.items()}} if self.outcomes else {}
        )
        return hashlib.sha256(json.dumps(kept, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    def registration(self, path: Path | None = None) -> tuple[str, str | None]:
        """Return `planned`, `changed` or `unregistered`, with the date registered, by a ledger or the record's own."""
        return registration_log.standing(self.key, self.hash, path or registration_log.book_of(self.file))

    def outcome_standing(self, outcome: str, path: Path | None = None) -> str:
        """Return the standing of one outcome: an outcome the record does not name is `not_planned`: exploratory."""
        primary = self.design.outcome if self.design else None
        return self.registration(path)[0] if outcome in (primary, *self.secondary_outcomes) else "not_planned"


def experiment_from_toml(path: Path) -> Experiment:
    """Read one experiment; raises DesignNotUnderstoodError with the key that is unknown, absent or outside its list."""
    content = read_toml(path, "[experiment]")
    record = content.get("experiment", {})
    known = {item.name for item in fields(Experiment)} - {"key", "design", "finding", "file"}
    absent = [
        name
        for name in ("title", "question", "area", "method", "primary_outcome", "target_group")
        if name not in record
    ]
    _within(path, "[experiment]", [name for name in record if name not in known] + absent, sorted(known))
    _within(path, "area", [record["area"]] if record["area"] not in range(1, 8) else [], ["1–7"])
    for name, allowed in (("phase", PHASES), ("track", TRACKS), ("method", METHODS)):
        given = record.get(name, "")
        _within(path, name, [given] if given and given not in allowed else [], list(allowed))
    design = design_from_mapping({"key": path.stem, **content["design"]}, path.name) if "design" in content else None
    record = {**record, "secondary_outcomes": tuple(record.get("secondary_outcomes", ()))}
    record["started"] = str(record["started"]) if "started" in record else None
    return Experiment(key=path.stem, design=design, finding=content.get("published", {}), file=path, **record)


def registered_design(path: Path, book: Path | None = None) -> Design:
    """Return the design of a file; of a record that stands in the ledger, registered is the ledger's date."""
    design = design_from_toml(path)
    days = [
        entry.registered
        for entry in registration_log.entries(book or registration_log.book_of(path))
        if entry.key == path.stem
    ]
    recorded = "experiment" in read_toml(path, "[design]")
    return replace(design, registered=days[0]) if days and recorded else design


def to_register(path: Path) -> tuple[str, str]:
    """Return key and hash of a record, or of a file that holds a design alone."""
    content = read_toml(path, "[experiment]")
    if "experiment" in content or "design" not in content:
        record = experiment_from_toml(path)
        return record.key, record.hash
    design = design_from_toml(path)
    return design.key, design.hash


def experiments(folder: Path | None = None) -> tuple[Experiment, ...]:
    """Return every registered experiment, in the order of their keys: null, stopped and unreported ones too.

    Those of one folder, else the published trials that are shipped and the municipality's own; an experiment of
    the shipped programme is nobody else's. Raises HomeUnusable.
    """
    files = sorted(folder.glob("*.toml")) if folder else own_over_shipped("experiments").values()
    found = (experiment_from_toml(path) for path in files)
    return tuple(each for each in found if folder or each.published or _is_ours(each.file))


def _is_ours(file: Path) -> bool:
    return file.parent != paths.shipped("experiments") or shipped_is_ours()


def _within(path: Path, column: str, wrong: list[Any], allowed: list[str]) -> None:
    if wrong:
        found = ", ".join(map(str, wrong))
        raise DesignNotUnderstoodError(where=path.name, found=found, column=column, meant=", ".join(allowed))
