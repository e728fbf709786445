"""The programme and the plan in use: what the log says, over what the files say.

Precedence, row by row (a row is known by its kind and key, the same in the log as `records import` gives it):

1. What stands in the log, for whoever looks: all of it for those inside, the released version for everybody.
2. What the log has taken away, and for everybody what a release was taken back of, is nowhere: a file does not bring
   it back.
3. What the home's files say, then the shipped ones where they are the home municipality's.
4. Once a programme has been opened after a closed one, the log alone counts: files belong to the one that ended.

An experiment's design is what its file and the ledger say, whatever the log holds of it: it is sealed there. Of one
that has no file the log holds the design, and the registrations that seal it. How an experiment goes (`course`) is the
log's: `analytics/programme/going.py`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar

from data.curated.experiment.record import KEPT, ExperimentRecord
from data.curated.experiment.registration_log import Entry
from data.curated.plan import read as plan_files
from data.curated.plan.form import day, number, plan_form
from data.curated.plan.read import InUse, Plan
from data.curated.programme import read as programme_files
from data.curated.programme.model import CRITERIA, Facts, GainScale, Knots, Programme
from data.curated.programme.read import NoProgramme
from data.problems import raise_all
from data.records.files import SCALE, WrittenRow, key_of, rows_of_files
from data.records.kinds import KINDS
from data.records.state import RecordState, StandingRecord
from data.toml import TomlProblem

__all__ = ["NoProgramme", "day", "number", "plan_in_use", "programme_in_use", "row_of_files"]
T = TypeVar("T")


def programme_in_use(state: RecordState) -> Programme:
    """Return the programme by the log over its files. Raises NoProgramme, and `Problems` of a file or a record."""
    told = [each.value for each in state.of("programme").values()]
    files = None if told and state.past else _of_files()
    facts: Facts | None = told[-1] if told else files
    if facts is None:
        return programme_files.programme()  # raises NoProgramme in its own words
    base = files or Programme(
        **{each.name: getattr(facts, each.name) for each in fields(Facts)}, tasks=(), stakeholders=(),
        knots=Knots(dict.fromkeys(CRITERIA, 1.0), GainScale(())), forms=(), voices=(), hand_overs=(),
    )  # fmt: skip
    return _over(base, facts, state) if state.number else base


def _of_files() -> Programme | None:
    try:
        return programme_files.programme()
    except NoProgramme:
        return None


def _over(base: Programme, facts: Facts, state: RecordState) -> Programme:
    """Return a programme with what the log says laid over it."""
    own = {each.name: getattr(facts, each.name) for each in fields(Facts)}
    scale = state.of("knot_scale").get(SCALE)
    knots = _rows(state, "knot", base.knots.knots, lambda each: each.id)
    weighed = (
        replace(base.knots, weights=scale.value.weights, gain_scale=scale.value.gain_scale) if scale else base.knots
    )
    forms = base.forms
    for kind in ("baseline", "maturity"):
        rest = tuple(each for each in forms if each.form != kind)
        gone = _dates_gone(state, kind)
        of_kind = (each for each in forms if each.form == kind and each.date not in gone)
        forms = (*rest, *_rows(state, kind, of_kind, lambda each: each.date, lambda each: str(each.value.date)))
    return replace(
        base, **own, knots=replace(weighed, knots=knots), forms=forms,
        tasks=_rows(state, "task", base.tasks, lambda each: each.id),
        stakeholders=_rows(state, "stakeholder", base.stakeholders, lambda each: each.who),
        voices=_rows(state, "voice", base.voices, lambda each: each.id, made=programme_files.voice_of),
        hand_overs=_rows(state, "hand_over", base.hand_overs, lambda each: each.id or each.to["nb"]),
    )  # fmt: skip


def _rows(
    state: RecordState, kind: str, of_files: Iterable[T], named: Callable[[T], str],
    key: Callable[[StandingRecord], str] = lambda each: each.key, made: Callable[[Any], T] = lambda value: value,
) -> tuple[T, ...]:  # fmt: skip
    """Return the rows of a kind: those of files, each as the log has it where it has, then those of the log alone."""
    log = {key(each): made(each.value) for each in state.of(kind).values()}
    gone = {name for of_kind, name in state.gone if of_kind == kind}
    known = {key_of(named(row)): row for row in of_files}
    return tuple(({name: row for name, row in known.items() if name not in gone} | log).values())


def _dates_gone(state: RecordState, kind: str) -> set[str]:
    """Return the dates of forms in files that the log has taken away: they are known by their file's name there."""
    gone = {key for of_kind, key in state.gone if of_kind == kind}
    files = rows_of_files() if gone else ()
    return {str(row.table["date"]) for row in files if row.kind == kind and row.key in gone}


def plan_in_use(state: RecordState) -> InUse:
    """Return the plan by the log over its file; `event` of the plan tells which event it stands by, 0 for a file."""
    files = plan_files.plan_in_use() if not state.past else InUse(None, {})
    gains, head = state.of("gain"), state.of("plan").get("plan")
    if not gains and not any(kind == "gain" for kind, _ in state.gone):
        return files
    base = files.plan or Plan("", plan_form().version, example=False, rows=())
    rows = _rows(state, "gain", base.rows, lambda each: each.id)
    if not rows:
        return InUse(None, files.refused)
    event = max((each.version for each in gains.values()), default=0)
    example = head.value.example if head else base.example
    return InUse(replace(base, rows=rows, example=example, event=event), files.refused)


def row_of_files(kind: str, key: str = "") -> WrittenRow | None:
    """Return a row as the files in use have it, the first of its kind where no key is named; None without one."""
    return next((row for row in rows_of_files() if row.kind == kind and key in ("", row.key)), None)


def seals_of(state: RecordState, key: str) -> tuple[Entry, ...]:
    """Return the registrations of an experiment in the log, the first one first, each sealed by its event."""
    told = (each for each in state.of("registration").values() if each.value.experiment == key)
    return tuple(Entry(key, each.value.hash, each.value.registered, each.event.hash) for each in told)


def experiments_of(state: RecordState) -> tuple[ExperimentRecord, ...]:
    """Return the experiments the log holds, each with its registrations there."""
    return tuple(_sealed(each, seals_of(state, key)) for key, each in state.of("experiment").items())


def experiments_ever(state: RecordState) -> tuple[ExperimentRecord, ...]:
    """Return the experiments of every programme of the log: results may come after a programme was closed."""
    every = (each for programme in (*state.past.values(), state) for each in experiments_of(programme))
    return tuple({each.key: each for each in every}.values())


def _sealed(record: StandingRecord, seals: tuple[Entry, ...]) -> ExperimentRecord:
    erased, there = None in record.event.texts.values(), _as_experiment(record.value)
    return replace(there, seals=seals, sealed_as=seals[-1].hash if seals and erased else "")


def require_as_registered(state: RecordState, key: str, table: Mapping[str, Any], seen_version: int | None) -> None:
    """Raise `Problems` naming what of a registered experiment a table has otherwise: that takes a registration.

    A table that was written from an earlier version is a conflict, which the writer tells with both texts.
    """
    seals, standing = seals_of(state, key), state.of("experiment").get(key)
    record = _as_experiment(KINDS["experiment"].read(table, key, None))
    if not seals or standing is None or standing.version != seen_version or record.hash == seals[-1].hash:
        return
    there = _as_experiment(standing.value)
    named = [f"experiment.{name}" for name in KEPT if getattr(record, name) != getattr(there, name)]
    of_design = vars(record.design or there.design), vars(there.design or record.design)
    named += [f"design.{name}" for name, value in of_design[0].items() if value != of_design[1][name]]
    day, code = seals[0].registered, "design_registered"
    raise_all(key, [TomlProblem(code=code, file=key, cell=name, column=name, found=day) for name in named])


def _as_experiment(value: Any) -> ExperimentRecord:  # noqa: ANN401 - what the kind reads
    assert isinstance(value, ExperimentRecord)  # noqa: S101 - the kind says so
    return value
