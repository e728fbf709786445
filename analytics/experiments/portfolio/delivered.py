"""What is delivered of an experiment, as the warehouse holds it and the estimators read it."""

from dataclasses import dataclass, replace

import polars as pl

from analytics.experiments.design.design import Design
from analytics.experiments.errors import NotDeliveredError
from analytics.experiments.portfolio.registry import Experiment, experiments, of_records
from analytics.provenance import edition
from data.period import Period
from data.records import place
from data.warehouse.connection import query

_OURS = ("status", "edition", "line")
_HIDDEN = "*"


@dataclass(frozen=True)
class Delivered:
    """The newest delivery of an experiment: its table, its flow where there is one, the edition of the table, and the
    last day of the time it is dated."""

    table: pl.DataFrame
    flow: pl.DataFrame | None
    edition: str
    dated: str


def delivered(experiment: Experiment) -> Delivered | None:
    """Return what is delivered of an experiment, None where nothing is.

    The newest edition of each table counts whole. A design of durations is read from life tables; without a kind, they
    are where there are no results. Raises WarehouseMissing.
    """
    asked = {"experiment": experiment.key}
    rows = pl.DataFrame() if _of_durations(experiment.design) else query("experiment_cells", **asked)
    name = "results"
    if rows.is_empty() and (experiment.design is None or experiment.design.kind in (None, "duration")):
        rows, name = query("experiment_durations", **asked), "durations"
    if rows.is_empty():
        return None
    from data.sources.uia.columns import REQUIRED  # the readers of files are loaded where something is delivered

    flow = query("experiment_flows", **asked)
    named = experiment.design
    return Delivered(
        as_read(rows, REQUIRED[name], named), None if flow.is_empty() else as_read(flow, REQUIRED["flow"], named),
        rows["edition"][0], Period.of(edition(rows["edition"][0]).published).end.isoformat(),
    )  # fmt: skip


def to_evaluate(key: str) -> tuple[Design, Delivered]:
    """Return the design of a registered experiment, with the date of its registration, and what is delivered of it.

    One that has no file is the records' own. Raises NotDeliveredError where it is not registered, has no design, or
    nothing is delivered.
    """
    known = {each.key: each for each in experiments()}
    known = known if key in known else of_records(place.as_they_stand(), ever=True) | known
    experiment = known.get(key)
    found = delivered(experiment) if experiment and experiment.design else None
    if experiment is None or experiment.design is None or found is None:
        ready = ", ".join(sorted(with_deliveries() & set(known))) or "–"
        reason = "not_registered" if experiment is None else "no_design" if not experiment.design else "not_delivered"
        raise NotDeliveredError(where=key, found=ready, reason=reason)
    return replace(experiment.design, registered=experiment.registration()[1], delivered=found.dated), found


def with_deliveries() -> frozenset[str]:
    """Return the keys of all experiments of which results or durations are delivered. Raises WarehouseMissing."""
    return frozenset(query("experiments_with_results")["experiment"])


def as_read(rows: pl.DataFrame, required: tuple[str, ...], design: Design | None = None) -> pl.DataFrame:
    """Return rows of the warehouse as the file had them: a mark where a count is hidden, no column left empty.

    A column the design names stays, though it be empty: it is there, and nothing is in it.
    """
    from data.sources.uia.columns import TIMES

    named = () if design is None else (design.unit, design.cluster, design.block, design.period, design.start)
    empty = [c.name for c in rows.get_columns() if c.null_count() == len(c) and c.name not in (*required, *named)]
    told = rows.drop(*_OURS, *(name for name in empty if name not in _OURS and not _marked(rows, name)))
    times = [pl.col(name).cast(pl.Float64) for name in TIMES if name in told.columns and _are_numbers(told[name])]
    marks = [_with_marks(rows, name) for name in told.columns if _marked(rows, name)]
    return told.with_columns(*times, *marks)


def _of_durations(design: Design | None) -> bool:
    return design is not None and design.kind == "duration"


def _hidden(rows: pl.DataFrame, name: str) -> pl.Expr:
    """Return where a count is hidden: the row is, and gives no mean instead."""
    other = pl.col("mean").is_null() if "mean" in rows.columns else pl.lit(value=True)
    return (pl.col("status") == "suppressed") & pl.col(name).is_null() & other


def _marked(rows: pl.DataFrame, name: str) -> bool:
    counts = name in ("events", "at_risk", "measured")
    return counts and not rows.filter(_hidden(rows, name)).is_empty()


def _with_marks(rows: pl.DataFrame, name: str) -> pl.Series:
    told = rows.select(pl.when(_hidden(rows, name)).then(pl.lit(_HIDDEN)).otherwise(pl.col(name).cast(pl.String)))
    return told.to_series().alias(name)


def _are_numbers(column: pl.Series) -> bool:
    filled = column.drop_nulls()
    return bool(filled.cast(pl.Float64, strict=False).is_finite().fill_null(value=False).all())
