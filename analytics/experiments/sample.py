"""The one shape every estimator reads: rows of n, mean and inner sum of squares, from aggregates or persons."""

import polars as pl

from analytics.experiments.checks import Sample, checked
from analytics.experiments.columns import (
    as_polars,
    column_for,
    is_hidden,
    labels,
    missing,
    missing_columns,
    numbers,
    raise_all,
    time_axis,
)
from analytics.experiments.design import Design
from analytics.experiments.errors import TableNotUnderstoodError


def sample_from(design: Design, table: object) -> Sample:
    """Return the checked sample of a table (Polars or pandas, aggregates or one row a unit).

    Raises E01–E05, E07–E09, several at once as an ExceptionGroup, before anything is estimated.
    """
    frame = chosen_experiment(design, as_polars(table))
    raise_all([*missing_columns(design, frame)])
    frame, source = _chosen_outcome(design, frame)
    rows = pl.DataFrame({role: _role(design, frame, role) for role in ("unit", "cluster", "block", "arm")})
    rows = rows.hstack(_times(design, frame)).hstack(_values(design, frame, source))
    rows = rows.hstack(
        [labels(frame[c]).alias(f"k_{c}") for c in ("outcome",) if source is None and c in frame.columns]
    )
    rows = rows.hstack([frame[name].alias(f"x_{name}") for name in design.covariates])
    return checked(design, rows.sort(rows.columns, nulls_last=True), persons=source is not None)


def chosen_experiment(design: Design, frame: pl.DataFrame) -> pl.DataFrame:
    """Return the design's experiment out of a table that holds several."""
    if "experiment" not in frame.columns:
        return frame
    names = labels(frame["experiment"])
    if names.n_unique() > 1 and design.key not in names.to_list():
        raise missing(design, design.key, names.drop_nulls().unique(maintain_order=True).to_list())
    return frame.filter(names == design.key) if design.key in names.to_list() else frame


def _chosen_outcome(design: Design, frame: pl.DataFrame) -> tuple[pl.DataFrame, str | None]:
    """Return the table and the column that holds a person's outcome; None for aggregates."""
    counted = design.n in frame.columns and (design.events in frame.columns or design.mean in frame.columns)
    if counted:
        return frame, None
    if design.outcome is None and "outcome" not in frame.columns:
        raise missing(design, "outcome", frame.columns)
    name = design.outcome or "outcome"
    if name not in frame.columns:
        raise missing(design, name, frame.columns)
    return frame, name


def _role(design: Design, frame: pl.DataFrame, role: str) -> pl.Series:
    column = column_for(design, frame, role)
    return (
        pl.Series(role, [None] * len(frame), dtype=pl.String) if column is None else labels(frame[column]).alias(role)
    )


def _times(design: Design, frame: pl.DataFrame) -> pl.DataFrame:
    period, start = column_for(design, frame, "period"), column_for(design, frame, "start")
    empty = pl.Series([None] * len(frame), dtype=pl.Float64)
    if period is None:
        starts = empty if start is None else time_axis(design, frame[start], frame[start])[1]
        return pl.DataFrame({"period": empty, "start": starts})
    given = frame[start] if start is not None else None
    if given is None and design.start is not None:
        given = pl.Series("start", [str(design.start)] * len(frame))
    axis, starts = time_axis(design, frame[period], given)
    return pl.DataFrame({"period": axis, "start": empty if starts is None else starts})


def _values(design: Design, frame: pl.DataFrame, source: str | None) -> pl.DataFrame:
    """Return n, mean, ss, low, high of every row."""
    empty = pl.Series([None] * len(frame), dtype=pl.Float64)
    if source is not None:
        y = numbers(design, frame[source])
        one = pl.Series([1.0] * len(frame), dtype=pl.Float64)
        return pl.DataFrame({"n": one, "mean": y, "ss": one * 0.0, "low": empty, "high": empty, "events": empty})
    read = {name: numbers(design, frame[name]) if name in frame.columns else empty for name in _measures(design)}
    n, events, mean, sd = (read[name] for name in _measures(design))
    low, high = _range(design, frame, n, events)
    count = n.is_null() | (n < 0)
    if count.any():
        raise TableNotUnderstoodError(where=design.key, found=str(n.filter(count)[0]), column=design.n)
    values = pl.DataFrame({"n": n, "low": low, "high": high, "events": events, "given": mean, "sd": sd})
    share = pl.col("events") / pl.col("n")
    inner = pl.col("n") * share * (1 - share)
    return values.select(
        "n",
        mean=pl.coalesce(pl.when(pl.col("n") > 0).then(share), "given"),
        ss=pl.coalesce(pl.when(pl.col("n") > 0).then(inner), (pl.col("n") - 1).clip(0) * pl.col("sd") ** 2),
        low="low",
        high="high",
        events="events",
    )


def _measures(design: Design) -> tuple[str, str, str, str]:
    return design.n, design.events, design.mean, design.sd


def _range(design: Design, frame: pl.DataFrame, n: pl.Series, events: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Return the fewest and most events a row may hold: a mark means 1 to below the threshold, blank means unknown."""
    if design.events not in frame.columns:
        return events, events
    given = frame[design.mean].is_not_null() if design.mean in frame.columns else pl.Series([False] * len(frame))
    column = frame[design.events]
    marked = is_hidden(labels(column)) if column.dtype == pl.String else pl.Series([False] * len(frame))
    unknown = events.is_null() & ~given
    most = pl.DataFrame({"n": n, "k": [float(design.hidden_below - 1)] * len(frame)}).min_horizontal()
    low = events.set(unknown & marked, 1.0).set(unknown & ~marked, 0.0)
    high = events.zip_with(~(unknown & marked), most).zip_with(~(unknown & ~marked), n)
    return low, high
