"""The registry: each experiment's record with its design, as the analysis evaluates it."""

from dataclasses import dataclass, fields, replace
from pathlib import Path

from analytics.experiments.design.design import Design, design_from_toml
from data.curated.experiment import read, registration_log
from data.curated.experiment.design import METHODS
from data.curated.experiment.dossier import PublishedOutcome
from data.curated.experiment.record import PHASES, ExperimentRecord
from data.records.in_use import experiments_ever, experiments_of
from data.records.state import RecordState
from data.toml import toml_table

__all__ = [
    "METHODS",
    "PHASES",
    "Experiment",
    "PublishedOutcome",
    "experiment_from_toml",
    "experiments",
    "of_records",
    "registered_design",
    "to_register",
]


@dataclass(frozen=True, kw_only=True)
class Experiment(ExperimentRecord):
    """A registered experiment's record, with the design that is evaluated."""

    design: Design | None = None


def experiment_from_toml(path: Path) -> Experiment:
    """Read one experiment; raises `Problems` with every key that is unknown, absent or outside its list."""
    return _with_design(read.record_from_toml(path))


def experiments(folder: Path | None = None) -> tuple[Experiment, ...]:
    """Return every registered experiment, in the order of their keys: null, stopped and unreported ones too.

    Those of one folder, else the published trials that are shipped and the municipality's own; an experiment of
    the shipped programme is nobody else's. Raises HomeUnusable, and `Problems` with every fault of every file.
    """
    return tuple(_with_design(each) for each in read.records(folder))


def of_records(state: RecordState, *, ever: bool = False) -> dict[str, Experiment]:
    """Return the experiments the programme's records hold, by their key: a design locked there is sealed there.

    ever: also those of the programmes that were closed before it.
    """
    return {each.key: _with_design(each) for each in (experiments_ever if ever else experiments_of)(state)}


def registered_design(path: Path, book: Path | None = None) -> Design:
    """Return the design of a file; of one that stands in the ledger, registered is the ledger's date: of a record by
    its key, of a design alone by key and hash."""
    design, record = design_from_toml(path), read.is_record(toml_table(path))
    days = [
        entry.registered
        for entry in registration_log.entries(book or registration_log.book_of(path))
        if entry.key == (path.stem if record else design.key) and (record or entry.hash == design.hash)
    ]
    return replace(design, registered=days[0]) if days else design


def to_register(path: Path) -> tuple[str, str]:
    """Return key and hash of a record, or of a file that holds a design alone."""
    table = toml_table(path)
    found = experiment_from_toml(path) if read.is_record(table) or "design" not in table else design_from_toml(path)
    return found.key, found.hash


def _with_design(record: ExperimentRecord) -> Experiment:
    told = {each.name: getattr(record, each.name) for each in fields(ExperimentRecord)}
    return Experiment(**{**told, "design": Design.of(record.design) if record.design else None})
