"""The kinds of records: what each holds, who may write it, and how what was written becomes a typed value."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.curated.experiment.record import ExperimentFile, as_record
from data.curated.plan.cells import Cells, toml_row
from data.curated.plan.form import plan_form
from data.curated.plan.rows import PlanRow, rows_of
from data.curated.programme.forms import Form, MaturityForm
from data.curated.programme.hand_over import HandOver
from data.curated.programme.model import Facts, Knot, Stakeholder, Task, ToldInFile
from data.problems import Problem, raise_all
from data.records import payloads
from data.toml import Names, fitted

ROLES = ("reader", "editor", "approver")
Table = Mapping[str, Any]
Reader = Callable[[Table, str, Names | None], object]


@dataclass(frozen=True)
class Kind:
    """A kind of record. version: of its payload; role: the least that may write it; once: set and never changed.

    shape: the dataclass of its table, None for a gain, which has the plan's columns.
    """

    name: str
    read: Reader
    role: str = "editor"
    once: bool = False
    version: int = 1
    shape: type | None = None


def _typed(kind: type) -> Reader:
    def read(table: Table, key: str, names: Names | None) -> object:
        return fitted(table, kind, key, names=names)

    return read


def _experiment(table: Table, key: str, names: Names | None) -> object:
    """Return an experiment's tables as its record; the key of its design is its own."""
    design = table.get("design")
    keyed = {**table, "design": {"key": key, **design}} if isinstance(design, Mapping) else dict(table)
    return as_record(fitted(keyed, ExperimentFile, key, names=names), Path(f"{key}.toml"))


def _gain(table: Table, key: str, _names: Names | None) -> PlanRow:
    """Return a gain's cells, written by column as in a TOML plan, as a row of the plan."""
    problems: list[Problem] = []
    known = {column.key for column in plan_form().columns}
    problems += [Problem(code="plan_unknown_column", file=key, found=name) for name in table if name not in known]
    rows = rows_of(Cells("", plan_form().version, example=False, rows=(toml_row(1, table),)), key, problems)
    raise_all(key, problems)
    return rows[0]


def _closing(table: Table, key: str, names: Names | None) -> object:
    """Return the closing note; earlier ones could name pictures, which no page asked for and no note showed."""
    kept = {name: value for name, value in table.items() if name != "pictures"}
    return fitted(kept, payloads.ClosingNote, key, names=names)


_TYPES: dict[str, type] = {
    "programme": Facts, "plan": payloads.PlanHead, "course": payloads.ExperimentCourse,
    "lesson": payloads.ExperimentLesson, "meeting": payloads.BodyMeeting, "agenda": payloads.AgendaPoint,
    "decision": payloads.BodyDecision, "right": payloads.DecisionRight, "problem": payloads.AgreedProblem,
    "deliverable": payloads.ProgrammeDeliverable, "hand_over": HandOver, "quote": payloads.SpokenQuote,
    "voice": ToldInFile, "money": payloads.MoneyLine, "status": payloads.MonthStatus, "knot": Knot,
    "knot_scale": payloads.KnotScale, "task": Task, "stakeholder": Stakeholder, "measure": payloads.OfferedMeasure,
    "maturity": MaturityForm, "baseline": Form,
}  # fmt: skip
KINDS: dict[str, Kind] = {
    **{name: Kind(name, _typed(kind), shape=kind) for name, kind in _TYPES.items()},
    "gain": Kind("gain", _gain),
    "experiment": Kind("experiment", _experiment, shape=ExperimentFile),
    "registration": Kind("registration", _typed(payloads.DesignSeal), once=True, shape=payloads.DesignSeal),
    "closing": Kind("closing", _closing),
    "note": Kind("note", _typed(payloads.ReleasedNote), role="approver", once=True),
}
