"""Rates as they are published, each with its interval and what must be known of it."""

from dataclasses import dataclass, fields, replace

import polars as pl

from analytics.regions import NATION, county_of, current_regions, level_of
from analytics.statistics import wilson_limits
from data.catalogue import indicators
from data.settings import settings
from data.warehouse.connection import query


@dataclass(frozen=True)
class View:
    """What is looked at: one indicator for one age group and sex.

    edition: where a comparison at one time stands, for it never mixes two. A series is joined from editions.
    """

    indicator: str
    age_group: str
    sex: str
    edition: str


@dataclass(frozen=True)
class Rate:
    """One published rate.

    value, low, high: shares 0–1 (95 % Wilson; None where it cannot be had). lower_bound: a part of the sum has no
    published value, so the count is a least. small: too few events to read without the interval. implied: the
    publisher gives count and share; the population is count ÷ share and is not shown as a published number. edition:
    the delivery it stands in.
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
    edition: str = ""


def coverage() -> pl.DataFrame:
    """Return what is loaded, one row for each indicator, edition, level, age group and sex.

    Columns: those five, `regions, first_period, last_period, periods, suppressed, missing, lower_bounds`.
    """
    return query("coverage")


def edition_for(
    indicator: str, region: str, age_group: str, sex: str, period: str | None = None, level: str = ""
) -> str | None:
    """Return the edition a region is compared in at a time (default its newest known); None where it has no row.

    It is the one `series` takes for the region together with all it is compared with: every region of a level (default
    its own), its county and the nation.
    """
    own = _joined(indicator, (region,), (age_group,), (sex,), period)
    if own.is_empty():
        return None
    known = own.filter(pl.col("value").is_not_null())
    at = (own if known.is_empty() else known)["period"].max()
    rows = _joined(indicator, (region, *_others(region, level or level_of(region))), (age_group,), (sex,), str(at))
    return str(rows["edition"][0])


def at(view: View, region: str, period: str, level: str = "") -> View:
    """Return the view in the edition a region is compared in at a time (see `edition_for`)."""
    edition = edition_for(view.indicator, region, view.age_group, view.sex, period, level)
    return replace(view, edition=edition or view.edition)


def series(view: View, regions: tuple[str, ...]) -> pl.DataFrame:
    """Return rates over time, joined from editions: in each period the regions stand in one (`data/sql/series.sql`).

    The first region is the one the others stand beside. Columns: `region_code, age_group, sex, period, count,
    population, value, low, high, status, derived, edition, lower_bound, small, implied`.
    """
    rows = _joined(view.indicator, regions, (view.age_group,), (view.sex,))
    return with_intervals(rows, _sampled(view.indicator))


def strata_series(
    view: View, regions: tuple[str, ...], age_groups: tuple[str, ...], sexes: tuple[str, ...]
) -> pl.DataFrame:
    """Return rates over time by age group and sex, joined from editions as `series`; its columns."""
    return with_intervals(_joined(view.indicator, regions, age_groups, sexes), _sampled(view.indicator))


def standing_editions(
    indicator: str, regions: tuple[str, ...], age_groups: tuple[str, ...], sexes: tuple[str, ...]
) -> dict[str, str]:
    """Return each time with the edition its figures are read in: the one a series of these regions stands in."""
    rows = _joined(indicator, regions, age_groups, sexes)
    return dict(zip(rows["period"], rows["edition"], strict=True))


def cross_section(view: View, period: str, level: str = "municipality") -> pl.DataFrame:
    """Return the rates of every region of a level at one time, columns as `series`."""
    return with_intervals(query("cross_section", period=period, level=level, **vars(view)), _sampled(view.indicator))


def strata(view: View, regions: tuple[str, ...], period: str) -> pl.DataFrame:
    """Return the rates of some regions by `age_group` and `sex` at one time, other columns as `series`."""
    asked = {"indicator": view.indicator, "edition": view.edition}
    return with_intervals(query("strata", regions=list(regions), period=period, **asked), _sampled(view.indicator))


def _joined(
    indicator: str, regions: tuple[str, ...], age_groups: tuple[str, ...], sexes: tuple[str, ...],
    period: str | None = None,
) -> pl.DataFrame:  # fmt: skip
    named = {"regions": list(regions), "age_groups": list(age_groups), "sexes": list(sexes)}
    return query("series", indicator=indicator, period=period, **named)


def _others(region: str, level: str) -> tuple[str, ...]:
    return (*current_regions().filter(pl.col("level") == level)["code"], county_of(region) or NATION, NATION)


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
    own = [field.name for field in fields(Rate) if field.name != "region"]
    return Rate(region=str(row["region_code"]), **{name: row[name] for name in own})  # type: ignore[arg-type]


def latest(frame: pl.DataFrame, region: str) -> Rate | None:
    """Return a region's newest known rate in a frame of `series`."""
    known = frame.filter(pl.col("region_code") == region, pl.col("value").is_not_null()).sort("period")
    return None if known.is_empty() else as_rate(known.row(-1, named=True))
