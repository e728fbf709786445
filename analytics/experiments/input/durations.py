"""Time to an event (days, months to a job): life tables by arm from aggregates by interval or from persons."""

import re
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.experiments.design.design import Design
from analytics.experiments.errors import (
    ArmBlankError,
    NotYesNoError,
    NoVarianceError,
    TableNotUnderstoodError,
)
from analytics.experiments.input.checks import two_arms
from analytics.experiments.input.columns import (
    as_polars,
    column_for,
    labels,
    missing,
    missing_columns,
    numbers,
    raise_all,
)
from analytics.experiments.input.sample import chosen_experiment

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class LifeTable:
    """One arm: persons at risk just before each `time`, events and censorings at it (censorings come after events)."""

    time: Floats
    at_risk: Floats
    events: Floats
    censored: Floats


@dataclass(frozen=True)
class Durations:
    """Both arms' life tables; `persons` holds time, event, treated (one row a person) where they were delivered."""

    control: str
    treated: str
    arms: tuple[LifeTable, LifeTable]
    persons: pl.DataFrame | None = None
    lost: int = 0


def is_duration(design: Design, table: object) -> bool:
    """Say whether a design or its table is about durations."""
    return design.kind == "duration" or (design.kind is None and design.at_risk in getattr(table, "columns", ()))


def durations_from(design: Design, table: object) -> Durations:
    """Return the checked life tables, control first; raises E01–E03, E08, E09."""
    frame = chosen_experiment(design, as_polars(table))
    raise_all([*missing_columns(design, frame)])
    aggregated = design.at_risk in frame.columns
    needed = (
        [design.interval, design.at_risk, design.events] if aggregated else [design.outcome or "outcome", design.events]
    )
    raise_all([missing(design, name, frame.columns) for name in needed if name not in frame.columns])
    if aggregated and "outcome" in frame.columns and design.outcome in frame["outcome"].to_list():
        frame = frame.filter(pl.col("outcome") == design.outcome)
    arm, control, treated = _arms(design, frame)
    if aggregated:
        sides = [_summed(design, frame.filter(arm == name)) for name in (control, treated)]
        return Durations(control, treated, _with_events(design, sides))
    persons = _persons(design, frame, arm == treated).filter(arm.is_in([control, treated]))
    whole = persons.drop_nulls().sort("time", "event", "treated")
    sides = [_life_table(whole.filter(pl.col("treated") == side)) for side in (False, True)]
    return Durations(control, treated, _with_events(design, sides), whole, len(persons) - len(whole))


def _arms(design: Design, frame: pl.DataFrame) -> tuple[pl.Series, str, str]:
    column = column_for(design, frame, "arm")
    if column is None:
        raise missing(design, "arm", frame.columns)
    arm = labels(frame[column])
    if arm.null_count():
        raise ArmBlankError(design.key, f"{arm.null_count()}/{len(arm)}", column=column, count=arm.null_count())
    return arm, *two_arms(design, arm.unique().sort().to_list(), column)


def interval_end(text: str) -> float:
    """Return the end of an interval written as a number or a range: "3", "0-3", "(0,3]", "0–3 months" all give 3.0."""
    found = re.findall(r"\d+(?:\.\d+)?", text)
    return float(found[-1]) if found else float("nan")


def _summed(design: Design, frame: pl.DataFrame) -> LifeTable:
    """Return a life table of aggregates, sites added together."""
    ends = pl.Series("time", [interval_end(text or "") for text in labels(frame[design.interval])], dtype=pl.Float64)
    if ends.is_nan().any():
        found = str(frame[design.interval].filter(ends.is_nan())[0])
        raise TableNotUnderstoodError(where=design.key, found=found, column=design.interval)
    read = {name: numbers(design, frame[name]) for name in (design.at_risk, design.events)}
    unknown = sum(column.null_count() for column in read.values())
    if unknown:
        raise NotYesNoError(where=design.key, found="–", column=f"{design.at_risk}, {design.events}", count=unknown)
    censored = numbers(design, frame[design.censored]) if design.censored in frame.columns else ends * 0
    parts = {"time": ends, "r": read[design.at_risk], "d": read[design.events], "c": censored}
    table = pl.DataFrame(parts).group_by("time").sum().sort("time")
    wrong = table.filter((pl.col("d") > pl.col("r")) | (pl.col("d") < 0))
    if len(wrong):
        raise NotYesNoError(where=design.key, found=f"{wrong['d'][0]:g}", column=design.events, count=len(wrong))
    return LifeTable(*(table[name].to_numpy() for name in ("time", "r", "d", "c")))


def _persons(design: Design, frame: pl.DataFrame, treated: pl.Series) -> pl.DataFrame:
    time, event = numbers(design, frame[design.outcome or "outcome"]), numbers(design, frame[design.events])
    wrong = event.drop_nulls().filter(~event.drop_nulls().is_in([0.0, 1.0]))
    if len(wrong):
        found = ", ".join(f"{value:g}" for value in wrong.unique().sort()[:5])
        raise NotYesNoError(where=design.key, found=found, column=design.events, count=len(wrong))
    negative = time.drop_nulls().filter(time.drop_nulls() < 0)
    if len(negative):
        raise TableNotUnderstoodError(where=design.key, found=f"{negative[0]:g}", column=design.outcome or "outcome")
    covariates = {f"x_{name}": frame[name] for name in design.covariates}
    return pl.DataFrame({"time": time, "event": event, "treated": treated, **covariates})


def _life_table(persons: pl.DataFrame) -> LifeTable:
    table = persons.group_by("time").agg(d=pl.col("event").sum(), m=pl.len()).sort("time")
    leaving = table["m"].to_numpy().astype(float)
    at_risk = leaving[::-1].cumsum()[::-1]
    events = table["d"].to_numpy()
    return LifeTable(table["time"].to_numpy(), at_risk, events, leaving - events)


def _with_events(design: Design, sides: list[LifeTable]) -> tuple[LifeTable, LifeTable]:
    if sum(side.events.sum() for side in sides) == 0:
        raise NoVarianceError(where=design.key, found="0", column=design.events)
    return sides[0], sides[1]
