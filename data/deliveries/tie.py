"""The rows of a delivery under the indicators that take them: what nobody takes is told, no dimension is dropped."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from data.catalogue import indicators
from data.deliveries.ssb_tie import tied_by_table
from data.ingest.contract import Delivery, Note, Problem, raise_all


@dataclass(frozen=True)
class Tied:
    """The rows of a delivery in the columns of `observation`, and what of it was left out."""

    rows: pl.DataFrame
    notes: tuple[Note, ...] = ()


def tied_to_indicators(delivery: Delivery, file: str) -> Tied:
    """Name each row's indicator. Raises `Problems` with everything that no indicator takes.

    SSB's tables are tied by table, category and unit, as they are fetched; all else by the measure that is delivered.
    """
    if delivery.layout.startswith("ssb_"):
        rows, notes = tied_by_table(delivery, file)
        return Tied(rows, (*delivery.notes, *notes))
    whole, notes = _without_parts(delivery, file)
    return Tied(_by_measure(whole, delivery.title), (*delivery.notes, *notes))


def _without_parts(delivery: Delivery, file: str) -> tuple[pl.DataFrame, Sequence[Note]]:
    """Leave out rows of a part of the population; where there are no others, nothing of the file can be used."""
    rows = delivery.rows
    if "dimensions" not in rows.columns:
        return rows, ()
    part = pl.col("dimensions").fill_null("") != ""
    parts = rows.filter(part)
    named = ", ".join(parts["dimensions"].unique(maintain_order=True).head(3))
    if not parts.is_empty() and parts.height == rows.height:
        raise_all(file, [Problem(code="only_parts", file=file, cell=parts["cell"][0] or "", found=named)])
    return rows.filter(~part), [Note("parts", what=named, number=parts.height)] if parts.height else ()


def _by_measure(rows: pl.DataFrame, title: str) -> pl.DataFrame:
    tied = {measure: indicator.id for indicator in indicators().values() for measure in indicator.measures}
    unknown = rows.filter(~pl.col("measure").is_in(list(tied))).unique("measure", maintain_order=True)
    expected = ", ".join(sorted(tied))
    problems = [
        Problem(code="no_indicator", file=title, cell=cell, expected=expected, found=measure)
        for measure, cell in unknown.select("measure", "cell").iter_rows()
    ]
    raise_all(title, problems)
    population = pl.col("population") if "population" in rows.columns else pl.lit(None, dtype=pl.Int64)
    parts = pl.col("parts_missing") if "parts_missing" in rows.columns else pl.lit(0, dtype=pl.Int64)
    return rows.select(
        pl.col("measure").replace_strict(tied).alias("indicator"),
        "region_code", "period", "age_group", pl.col("sex").fill_null("both"), "count",
        population.alias("population"), pl.col("share").alias("value"),
        pl.col("status").replace("not_applicable", "missing"),
        parts.alias("parts_missing"),
    )  # fmt: skip
