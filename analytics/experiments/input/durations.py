"""Time to an event (days, months to a job): life tables by arm from aggregates by interval or from persons."""

from collections import Counter
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.experiments.design.design import Design
from analytics.experiments.errors import (
    ArmBlankError,
    AtRiskGrowsError,
    DesignNotUnderstoodError,
    DuplicateRowError,
    ExperimentError,
    NotYesNoError,
    NoVarianceError,
    TableNotUnderstoodError,
)
from analytics.experiments.input.arms import two_arms
from analytics.experiments.input.arrays import labelled
from analytics.experiments.input.checks import Told
from analytics.experiments.input.columns import (
    as_polars,
    column_for,
    covariate,
    known_after,
    labels,
    missing,
    missing_columns,
    numbers,
    outcomes,
    raise_all,
    whole,
)
from analytics.experiments.input.doubtful_columns import missing_codes, unused_weights
from analytics.experiments.input.late_entry import THERE, LateEntry, entries, entry_column, of_those_waiting, unread
from analytics.experiments.input.life_intervals import interval_end, intervals_apart
from analytics.experiments.input.sample import chosen_experiment
from analytics.experiments.input.unit_checks import OVER_TIME, blank_problems, cluster_problems, clusters_assigned

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class LifeTable:
    """One arm: persons at risk just before each `time`, events and censorings at it (censorings come after events);
    `late`: how many came at it, and are at risk after it."""

    time: Floats
    at_risk: Floats
    events: Floats
    censored: Floats
    late: Floats | float = 0.0

    @property
    def size(self) -> float:
        """Return the persons there were in all."""
        return float(self.at_risk[0] + np.sum(self.late))


@dataclass(frozen=True)
class ClusterLives:
    """One arm's clusters: at risk, events and late entries, clusters × the arm's times."""

    names: tuple[str, ...]
    at_risk: Floats
    events: Floats
    late: Floats | None = None

    @property
    def sizes(self) -> Floats:
        """Return the persons of each cluster."""
        return np.asarray(self.at_risk[:, 0] + (0.0 if self.late is None else self.late.sum(axis=1)))


@dataclass(frozen=True)
class Durations:
    """Both arms' life tables; `persons` holds time, event, treated and entry (one row a person) where they were
    delivered; `clusters` are given where whole clusters were assigned; `entered`: what is told of late entries; `told`:
    what the notes must say beside, as reason and facts."""

    control: str
    treated: str
    arms: tuple[LifeTable, LifeTable]
    persons: pl.DataFrame | None = None
    lost: int = 0
    clusters: tuple[ClusterLives, ClusterLives] | None = None
    entered: LateEntry | None = None
    told: Told = ()


def is_duration(design: Design, table: object) -> bool:
    """Say whether a design or its table is about durations."""
    columns = table.collect_schema() if isinstance(table, pl.LazyFrame) else getattr(table, "columns", ())
    return design.kind == "duration" or (design.kind is None and design.at_risk in columns)


def durations_from(design: Design, table: object) -> Durations:
    """Return the checked life tables, control first; raises E01–E03, E08, E09, and refuses a design over periods."""
    if design.method in OVER_TIME:
        raise DesignNotUnderstoodError(design.key, design.method, column="method", meant="rct, cluster_rct")
    frame = chosen_experiment(design, as_polars(table))
    raise_all([*missing_columns(design, frame), *known_after(design)])
    aggregated = design.at_risk in frame.columns
    needed = (
        [design.interval, design.at_risk, design.events] if aggregated else [design.outcome or "outcome", design.events]
    )
    raise_all([missing(design, name, frame.columns) for name in needed if name not in frame.columns])
    if aggregated and "outcome" in frame.columns and design.outcome in frame["outcome"].to_list():
        frame = frame.filter(pl.col("outcome") == design.outcome)
    arm, control, treated = _arms(design, frame)
    cluster = assigned_clusters(design, frame, arm)
    if aggregated:
        cells = _cells(design, frame).with_columns(cluster=cluster, treated=arm == treated)
        inside = arm.is_in([control, treated])
        raise_all(intervals_apart(design, frame.filter(inside), arm.filter(inside)))
        found = _durations(design, control, treated, cells.filter(inside))
        return replace(found, told=unused_weights(design, frame))
    raise_all(_once_each(design, frame))
    persons = _persons(design, frame, arm == treated).with_columns(cluster=cluster)
    persons = persons.filter(arm.is_in([control, treated]))
    known = pl.all_horizontal(pl.col("time", "event").is_not_null())
    whole = persons.filter(known).sort("time", "event", "treated", "cluster")
    column = entry_column(design, frame)
    told, entered = (whole, None) if column is None else of_those_waiting(design, whole, column)
    found = _durations(design, control, treated, _leaving(told), whole, len(persons) - len(whole))
    notes = (*unread(design, frame), *missing_codes(design.outcome or "outcome", whole["time"].to_numpy()))
    return replace(found, entered=entered, told=(*unused_weights(design, frame), *notes))


def _leaving(persons: pl.DataFrame) -> pl.DataFrame:
    """Return how many had the event (d), left (m) and came late (e) by arm, cluster and time."""
    by = ("treated", "cluster", "time")
    left = persons.group_by(by).agg(d=pl.col("event").sum(), m=pl.len().cast(pl.Int64))
    came = persons.filter(pl.col("entry") > 0).with_columns(time="entry").group_by(by).agg(e=pl.len().cast(pl.Int64))
    if came.is_empty():
        return left
    return pl.concat([left, came], how="diagonal").with_columns(pl.col("d", "m", "e").fill_null(0))


def _once_each(design: Design, frame: pl.DataFrame) -> list[ExperimentError]:
    """Return E05 where a person has several rows, as where each stretch of time has a row of its own."""
    column = None if design.method == "cluster_rct" else column_for(design, frame, "unit")
    names = [] if column is None else labels(frame[column]).drop_nulls().to_list()
    twice = [name for name, rows in Counter(names).items() if rows > 1]
    return [DuplicateRowError(design.key, ", ".join(twice[:5]), column=column or "", count=len(twice))] if twice else []


def _durations(
    design: Design, control: str, treated: str, rows: pl.DataFrame, persons: pl.DataFrame | None = None, lost: int = 0
) -> Durations:
    """Return the life tables of rows with treated, cluster, time, d and either r (at risk) or m (leaving)."""
    sides = [_life_table(rows.filter(pl.col("treated") == side)) for side in (False, True)]
    raise_all([grown for table, _ in sides for grown in _grown(design, table)])
    if sum(table.events.sum() for table, _ in sides) == 0:
        raise NoVarianceError(where=design.key, found="0", column=design.events)
    (none, none_clusters), (one, one_clusters) = sides
    clusters = None if rows["cluster"].is_null().all() else (none_clusters, one_clusters)
    return Durations(control, treated, (none, one), persons, lost, clusters)


def _grown(design: Design, table: LifeTable) -> list[ExperimentError]:
    """Return where more are at risk than the interval before left."""
    more = np.flatnonzero(table.at_risk[1:] > (table.at_risk - table.events + table.late)[:-1] + 1e-9) + 1
    if not len(more):
        return []
    found = f"{table.time[more[0]]:g}: {table.at_risk[more[0]]:g}"
    return [AtRiskGrowsError(design.key, found, column=design.at_risk, count=len(more))]


def assigned_clusters(design: Design, frame: pl.DataFrame, arm: pl.Series) -> pl.Series:
    """Return each row's cluster where whole clusters were assigned, else nulls; refuses blank ones and those in two
    arms."""
    column = column_for(design, frame, "cluster") or (
        column_for(design, frame, "unit") if design.method == "cluster_rct" else None
    )
    if column is None:
        return pl.repeat(None, len(frame), dtype=pl.String, eager=True)
    cluster = labels(frame[column])
    clusters, arms = labelled(cluster), labelled(arm)
    raise_all([*blank_problems(design, {"cluster": clusters}), *cluster_problems(design, clusters, arms)])
    return cluster if clusters_assigned(design, clusters, arms) else cluster.set(cluster.is_not_null(), None)


def _arms(design: Design, frame: pl.DataFrame) -> tuple[pl.Series, str, str]:
    column = column_for(design, frame, "arm")
    if column is None:
        raise missing(design, "arm", frame.columns)
    arm = labels(frame[column])
    if arm.null_count():
        raise ArmBlankError(design.key, f"{arm.null_count()}/{len(arm)}", column=column, count=arm.null_count())
    return arm, *two_arms(design, arm.unique().sort().to_list(), column)


def _cells(design: Design, frame: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of a delivered life table as time, r, d."""
    ends = pl.Series("time", [interval_end(text or "") for text in labels(frame[design.interval])], dtype=pl.Float64)
    if ends.is_nan().any():
        found = str(frame[design.interval].filter(ends.is_nan())[0])
        raise TableNotUnderstoodError(where=design.key, found=found, column=design.interval)
    read = {name: numbers(design, frame[name]) for name in (design.at_risk, design.events)}
    unknown = sum(column.null_count() for column in read.values())
    if unknown:
        raise NotYesNoError(where=design.key, found="–", column=f"{design.at_risk}, {design.events}", count=unknown)
    raise_all(whole(design, read[design.events].to_numpy(), design.events))
    censored = numbers(design, frame[design.censored]) if design.censored in frame.columns else ends * 0
    table = pl.DataFrame({"time": ends, "r": read[design.at_risk], "d": read[design.events], "c": censored})
    wrong = table.filter((pl.col("d") > pl.col("r")) | (pl.col("d") < 0))
    if len(wrong):
        raise NotYesNoError(where=design.key, found=f"{wrong['d'][0]:g}", column=design.events, count=len(wrong))
    return table


def _persons(design: Design, frame: pl.DataFrame, treated: pl.Series) -> pl.DataFrame:
    time, event = numbers(design, frame[design.outcome or "outcome"]), outcomes(design, frame[design.events])
    wrong = event.drop_nulls().filter(~event.drop_nulls().is_in([0.0, 1.0]))
    if len(wrong):
        found = ", ".join(f"{value:g}" for value in wrong.unique().sort()[:5])
        raise NotYesNoError(where=design.key, found=found, column=design.events, count=len(wrong))
    negative = time.drop_nulls().filter(time.drop_nulls() < 0)
    if len(negative):
        raise TableNotUnderstoodError(where=design.key, found=f"{negative[0]:g}", column=design.outcome or "outcome")
    covariates = {f"x_{name}": covariate(design, frame[name]) for name in design.covariates}
    column = entry_column(design, frame)
    entry = pl.repeat(THERE, len(frame), eager=True) if column is None else entries(design, frame, column, time)
    return pl.DataFrame({"time": time, "event": event, "treated": treated, "entry": entry, **covariates})


def _life_table(rows: pl.DataFrame) -> tuple[LifeTable, ClusterLives]:
    """Return one arm's life table, sites added together, and the same by cluster."""
    times, at = np.unique(rows["time"].to_numpy(), return_inverse=True)
    clusters = labelled(rows["cluster"].fill_null("all"))
    size = (len(clusters.names), len(times))
    parts = {}
    for name in set(rows.columns) & {"r", "d", "m", "c", "e"}:
        parts[name] = np.zeros(size)
        np.add.at(parts[name], (clusters.codes, at), rows[name].to_numpy())
    late, events = parts.get("e", np.zeros(size)), parts["d"]
    at_risk = parts["r"] if "r" in parts else (parts["m"] - late)[:, ::-1].cumsum(axis=1)[:, ::-1]
    censored = parts["c"] if "c" in parts else parts["m"] - events
    lives = ClusterLives(tuple(clusters.names), at_risk, events, late)
    return LifeTable(times, *(part.sum(axis=0) for part in (at_risk, events, censored, late))), lives
