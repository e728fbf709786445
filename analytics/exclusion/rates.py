"""Rates as they are published, each with its interval and what must be known of it."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from analytics.statistics import wilson_limits
from data.catalogue import indicators
from data.settings import settings
from data.warehouse.connection import query


@dataclass(frozen=True)
class View:
    """What is looked at: one indicator for one age group and sex, in one edition. Nothing mixes two editions."""

    indicator: str
    age_group: str
    sex: str
    edition: str


@dataclass(frozen=True)
class Rate:
    """One published rate.

    value, low, high: shares 0–1 (95 % Wilson; None where it cannot be had). lower_bound: a part of the sum has no
    published value, so the count is a least. small: too few events to read without the interval. implied: the
    publisher gives count and share; the population is count ÷ share and is not shown as a published number.
    """

    region: str
    period: str
    count: int | None
    population: int | None
    value: float | None
    low: float | None
    high: float | None
    status: str
    lower_bound: bool
    small: bool
    implied: bool = False


def coverage() -> pl.DataFrame:
    """Return what is loaded, one row for each indicator, edition, level, age group and sex.

    Columns: those five, `regions, first_period, last_period, periods, suppressed, missing, lower_bounds`.
    """
    return query("coverage")


def edition_for(indicator: str, region: str, age_group: str, sex: str) -> str | None:
    """Return the edition a region is compared in: the one with most regions, then the newest; None without any."""
    found = query("covering_editions", indicator=indicator, region=region, age_group=age_group, sex=sex)
    return None if found.is_empty() else str(found["edition"][0])


def series(view: View, regions: tuple[str, ...]) -> pl.DataFrame:
    """Return rates over time.

    Columns: `region_code, period, count, population, value, low, high, status, derived, lower_bound, small, implied`.
    """
    return with_intervals(query("series", regions=list(regions), **vars(view)), _sampled(view.indicator))


def cross_section(view: View, period: str, level: str = "municipality") -> pl.DataFrame:
    """Return the rates of every region of a level at one time, columns as `series`."""
    return with_intervals(query("cross_section", period=period, level=level, **vars(view)), _sampled(view.indicator))


def strata(view: View, regions: tuple[str, ...], period: str) -> pl.DataFrame:
    """Return the rates of some regions by `age_group` and `sex` at one time, other columns as `series`."""
    asked = {"indicator": view.indicator, "edition": view.edition}
    return with_intervals(query("strata", regions=list(regions), period=period, **asked), _sampled(view.indicator))


def _sampled(indicator: str) -> pl.Expr:
    return pl.lit(indicators()[indicator].sampled)


def with_intervals(rows: pl.DataFrame, sampled: pl.Expr | None = None) -> pl.DataFrame:
    """Add `low`, `high` (95 % Wilson, null where unknown), `lower_bound`, `small` and `implied`.

    Where the publisher gives count and share but no population, the population is implied: count ÷ share. A figure from
    a sample (`sampled`) gets neither: its count estimates the population and is not the number of people asked.
    """
    counted = ~sampled if sampled is not None else pl.lit(value=True)
    implied = pl.when(counted & (pl.col("value") > 0)).then((pl.col("count") / pl.col("value")).round().cast(pl.Int64))
    whole = rows.with_columns(
        pl.coalesce("population", implied).alias("population"),
        (pl.col("parts_missing") > 0).alias("lower_bound"),
        pl.col("population").is_null().alias("implied"),
    )
    known = whole.select(pl.when(counted).then("count").alias("count"), "population").cast(pl.Float64)
    low, high = wilson_limits(known["count"].to_numpy(), known["population"].to_numpy())
    return whole.with_columns(
        pl.Series("low", low, nan_to_null=True),
        pl.Series("high", high, nan_to_null=True),
        (pl.col("count") < settings().small_numbers.grey_below).fill_null(value=False).alias("small"),
    ).drop("parts_missing")


def rate_at(frame: pl.DataFrame, region: str, period: str) -> Rate | None:
    """Return one rate out of a frame of `series` or `cross_section`, None where there is no row."""
    rows = frame.filter(pl.col("region_code") == region, pl.col("period") == period)
    return None if rows.is_empty() else as_rate(rows.row(0, named=True))


def as_rate(row: dict[str, object]) -> Rate:
    """Return a row of `series` as a value."""
    named = ("period", "count", "population", "value", "low", "high", "status", "lower_bound", "small", "implied")
    return Rate(region=str(row["region_code"]), **{name: row[name] for name in named})  # type: ignore[arg-type]


def latest(frame: pl.DataFrame, region: str) -> Rate | None:
    """Return a region's newest known rate in a frame of `series`."""
    known = frame.filter(pl.col("region_code") == region, pl.col("value").is_not_null()).sort("period")
    return None if known.is_empty() else as_rate(known.row(-1, named=True))


def share(count: object, population: object) -> float | None:
    """Return count ÷ population, None where either is unknown or the population is 0."""
    if not isinstance(count, int | np.integer) or not isinstance(population, int | np.integer) or population == 0:
        return None
    return float(count) / float(population)
