"""The one shape every estimator reads: rows of n, mean and inner sum of squares, from aggregates or persons."""

from collections import Counter
from dataclasses import replace

import numpy as np
import polars as pl

from analytics.experiments.design.design import Design
from analytics.experiments.errors import BlankError, ExperimentError, MeanContradictsError, TableNotUnderstoodError
from analytics.experiments.input.arrays import LABELS, ExperimentArrays, Floats, Labels, blank, labelled
from analytics.experiments.input.checks import Sample, Told, checked
from analytics.experiments.input.columns import (
    as_polars,
    column_for,
    covariate,
    is_hidden,
    known_after,
    labels,
    missing,
    missing_columns,
    numbers,
    outcomes,
    raise_all,
    took_part,
    whole,
)
from analytics.experiments.input.doubtful_columns import missing_codes, unused_weights
from analytics.experiments.input.periods import time_axis
from analytics.experiments.input.proposed_design import called_like
from analytics.experiments.input.unit_checks import OVER_TIME

COUNTS = ("n", "events", "mean", "sd")
ROUNDED_SHARE = 0.0051
"""How far a share of two decimals lies from its counts, at the most."""


def sample_from(design: Design, table: object) -> Sample:
    """Return the checked sample of a table (Polars or pandas, aggregates or one row a unit).

    Raises E01–E05, E07–E09, several at once as an ExceptionGroup, before anything is estimated.
    """
    frame = chosen_experiment(design, as_polars(table))
    raise_all([*missing_columns(design, frame), *known_after(design)])
    source = _chosen_outcome(design, frame)
    texts = {role: _role(design, frame, role) for role in LABELS}
    if source is None and "outcome" in frame.columns:
        texts["k_outcome"] = labelled(frame["outcome"])
    read = {**_times(design, frame), **_values(design, frame, source)}
    named = {role: column_for(design, frame, role) for role in ("start", "period")}
    called = {
        time: name
        for role, column in named.items()
        if column
        for time, name in zip(read[role].tolist(), labels(frame[column]), strict=True)
        if name is not None
    }
    given = {f"x_{name}": covariate(design, frame[name]) for name in design.covariates}
    if design.received is not None:
        given[f"x_{design.received}"] = took_part(design, frame[design.received])
    arrays = ExperimentArrays(texts, read, given, columns=tuple(frame.columns), called=called)
    sample = checked(design, arrays, persons=source is not None)
    same = _rows_alike(frame) if source is None else ()
    unused = (*unused_weights(design, frame), *_unit_unnamed(design, frame))
    unused += () if source is None else missing_codes(source, read["mean"])
    return replace(sample, told=(*sample.told, *unused, *_alike(texts), *same))


def _unit_unnamed(design: Design, frame: pl.DataFrame) -> Told:
    """Return the column that looks like the unit of a design over time and is not named: the same values, once each, in
    several periods."""
    period = column_for(design, frame, "period")
    if design.method not in OVER_TIME or period is None or column_for(design, frame, "unit"):
        return ()
    taken = [column_for(design, frame, role) for role in (*LABELS, "start")]
    for name in called_like("unit", [each for each in frame.columns if each not in (*taken, period)]):
        seen = frame.group_by(name).agg(rows=pl.len(), periods=pl.col(period).n_unique()).drop_nulls(name)
        again = int((seen["periods"] > 1).sum())
        if len(seen) > 1 and (seen["rows"] == seen["periods"]).all() and again >= len(seen) / 2:
            return (("unit_unnamed", {"column": name}),)
    return ()


def _alike(texts: dict[str, Labels]) -> Told:
    """Return clusters and blocks that are told apart by capital letters alone."""
    twice: set[str] = set()
    for role in ("cluster", "block"):
        names = texts[role].present
        folded = Counter(map(str.casefold, names))
        twice.update(name for name in names if folded[name.casefold()] > 1)
    return (("labels_alike", {"count": len(twice), "names": ", ".join(sorted(twice)[:6])}),) if twice else ()


def _rows_alike(frame: pl.DataFrame) -> Told:
    """Return how many rows of counts are the very same as one before, in every column."""
    copies = len(frame) - frame.n_unique()
    return (("rows_alike", {"count": copies}),) if copies else ()


def chosen_experiment(design: Design, frame: pl.DataFrame) -> pl.DataFrame:
    """Return the design's experiment out of a table that holds several."""
    if "experiment" not in frame.columns:
        return frame
    names = labels(frame["experiment"])
    if names.n_unique() > 1 and design.key not in names.to_list():
        raise missing(design, design.key, names.drop_nulls().unique(maintain_order=True).to_list())
    return frame.filter(names == design.key) if design.key in names.to_list() else frame


def _chosen_outcome(design: Design, frame: pl.DataFrame) -> str | None:
    """Return the column that holds a person's outcome; None for aggregates."""
    if design.n in frame.columns and (design.events in frame.columns or design.mean in frame.columns):
        return None
    name = design.outcome or "outcome"
    renamed = [given for role in COUNTS if (given := getattr(design, role)) != role and given not in frame.columns]
    if renamed:
        raise_all([missing(design, given, frame.columns) for given in renamed])
    if name not in frame.columns:
        half = design.outcome is None and {design.n, design.events, design.mean} & set(frame.columns)
        raise missing(design, design.n if half and design.n not in frame.columns else name, frame.columns)
    return name


def _role(design: Design, frame: pl.DataFrame, role: str) -> Labels:
    column = column_for(design, frame, role)
    return blank(len(frame)) if column is None else labelled(frame[column])


def _times(design: Design, frame: pl.DataFrame) -> dict[str, Floats]:
    period, start = column_for(design, frame, "period"), column_for(design, frame, "start")
    unknown = np.full(len(frame), np.nan)
    if period is None:
        starts = None if start is None else time_axis(design, frame[start], frame[start])[1]
        return {"period": unknown, "start": unknown if starts is None else starts}
    given = frame[start] if start is not None else None
    if given is None and design.start is not None:
        given = pl.Series("start", [str(design.start)] * len(frame))
    blank_periods = int(labels(frame[period]).null_count())
    if 0 < blank_periods < len(frame):
        raise BlankError(design.key, f"{blank_periods}/{len(frame)}", column=period, count=blank_periods)
    axis, starts = time_axis(design, frame[period], given)
    return {"period": axis, "start": unknown if starts is None else starts}


def _values(design: Design, frame: pl.DataFrame, source: str | None) -> dict[str, Floats]:
    """Return n, mean, ss, low, high and events of every row."""
    unknown = np.full(len(frame), np.nan)
    if source is not None:
        y = outcomes(design, frame[source]).to_numpy()
        return {"n": np.ones(len(y)), "mean": y, "ss": np.zeros(len(y)),
                "low": unknown, "high": unknown, "events": unknown}  # fmt: skip
    names = (design.n, design.events, design.mean, design.sd)
    read = [numbers(design, frame[name]).to_numpy() if name in frame.columns else unknown for name in names]
    n, events, mean, sd = read
    if (wrong := ~(n >= 0)).any():
        given = frame[design.n][int(np.flatnonzero(wrong)[0])] if design.n in frame.columns else None
        raise TableNotUnderstoodError(design.key, "–" if given is None else str(given), column=design.n)
    if (sd < 0).any():
        raise TableNotUnderstoodError(design.key, f"{sd[sd < 0][0]:g}", column=design.sd)
    raise_all(whole(design, n, design.n))
    low, high = _range(design, frame, n, events)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(n > 0, events / n, np.nan)
    raise_all(_contradicting(design, n, events, mean))
    inner, spread = n * share * (1 - share), np.maximum(n - 1, 0) * sd**2
    known = np.isnan(share)
    return {"n": n, "mean": np.where(known, mean, share), "ss": np.where(known, spread, inner),
            "low": low, "high": high, "events": events}  # fmt: skip


def _contradicting(design: Design, n: Floats, events: Floats, mean: Floats) -> list[ExperimentError]:
    """Return the rows whose mean is not the share of events, nor its percent, as far as two decimals tell."""
    with np.errstate(divide="ignore", invalid="ignore"):
        share = events / n
        apart = (np.abs(mean - share) > ROUNDED_SHARE) & (np.abs(mean - 100 * share) > 100 * ROUNDED_SHARE)
    if not apart.any():
        return []
    at = int(np.flatnonzero(apart)[0])
    found = f"{mean[at]:g} ≠ {events[at]:g}/{n[at]:g}"
    return [MeanContradictsError(design.key, found, column=f"{design.mean}, {design.events}", count=int(apart.sum()))]


def _range(design: Design, frame: pl.DataFrame, n: Floats, events: Floats) -> tuple[Floats, Floats]:
    """Return the fewest and most events a row may hold: a mark means 1 to below the threshold, blank means unknown."""
    if design.events not in frame.columns:
        return events, events
    column, nowhere = frame[design.events], np.zeros(len(frame), dtype=bool)
    given = frame[design.mean].is_not_null().to_numpy() if design.mean in frame.columns else nowhere
    marked = is_hidden(labels(column)).to_numpy() if column.dtype == pl.String else nowhere
    unknown = np.isnan(events) & ~given
    least, most = np.where(marked, 1.0, 0.0), np.where(marked, np.minimum(n, design.hidden_below - 1), n)
    return np.where(unknown, least, events), np.where(unknown, most, events)
