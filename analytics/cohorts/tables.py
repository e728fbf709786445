"""Birth cohorts followed through the five-year age groups: the cells, their intervals, and what may not be compared."""

from dataclasses import dataclass

import polars as pl

from analytics.errors import StatisticsInputError
from analytics.results import NotEstimable
from analytics.statistics import wilson_limits
from data.age_group import AgeGroup
from data.catalogue import indicators, region_names
from data.period import Period
from data.settings import settings
from data.warehouse.connection import query

AGE_GROUPS = ("15-19", "20-24", "25-29")
SEXES = ("both", "female", "male")
STEP = 5
"""Years between two points of one five-year cohort: the width of the age groups."""
INDICATOR = "neet_register"
ROWS = {
    "year": pl.Int32, "age_group": pl.String, "count": pl.Int64, "population": pl.Int64, "status": pl.String,
    "parts_missing": pl.Int64,
}  # fmt: skip


@dataclass(frozen=True)
class CohortTable:
    """Cohorts of one region and sex.

    These are pseudo-cohorts: people move in and out, so the same birth years are not the same persons. `frame` holds a
    row for each cohort and age group:
    cohort ("1995-1999"), born_first, born_last, age_group, year, count, population, share (0–1), low, high (Wilson),
    share_at_least (where parts of a sum are unknown: a lower bound, then share is null), status, small (few events),
    era (number of breaks before the year: cells of two eras are not comparable without naming the break).
    `overlapping`: yearly cohorts share birth years and are not independent of each other.
    `left_out`: municipalities that are not in a county's sum because a number of theirs is unknown (`complete`).
    """

    indicator: str
    region_code: str
    sex: str
    edition: str
    overlapping: bool
    breaks: tuple[int, ...]
    frame: pl.DataFrame
    left_out: tuple[str, ...] = ()


def follow(
    region: str, sex: str = "both", *, yearly: bool = False, complete: bool = False
) -> CohortTable | NotEstimable:
    """Return the cohorts of a region through the ages 15–19, 20–24 and 25–29.

    On the five-year grid (default) the years are the newest, five years before, … and cohorts share no birth year;
    `yearly` gives every year's cohorts, which overlap. `complete` sums a county's complete municipalities: the county
    itself is unknown in each year in which one small municipality is. NotEstimable: the region has no counts by age.
    Raises StatisticsInputError for an unknown region or sex. Source: the indicator's publisher.
    """
    rows = cohort_rows(region, sex, complete=complete)
    if isinstance(rows, NotEstimable):
        return rows
    breaks = break_years()
    frame = cohort_frame(rows, yearly=yearly, breaks=breaks)
    return CohortTable(INDICATOR, region, sex, rows["edition"][0], yearly, breaks, frame, left_out(rows))


def cohort_rows(region: str, sex: str = "both", *, complete: bool = False) -> pl.DataFrame | NotEstimable:
    """Return the rows of a region by year and age group, one edition: `ROWS` plus region_code, sex, edition.

    `complete`: a county as the sum of its complete municipalities, with whole_population and left_out (codes).
    """
    _known("region", region, region_names())
    _known("sex", sex, SEXES)
    name = "cohort_rows_of_complete_members" if complete else "cohort_rows"
    rows = query(name, indicator=INDICATOR, region=region, sex=sex, edition=None)
    return rows if rows.height else NotEstimable("no_cohorts", (("region", region_names()[region]),))


def cohort_frame(rows: pl.DataFrame, *, yearly: bool = False, breaks: tuple[int, ...] = ()) -> pl.DataFrame:
    """Return the frame of `CohortTable` from rows (`ROWS`). A year or age without a row stands there as missing."""
    years = pl.DataFrame({"year": _years(rows, _newest(rows), 1 if yearly else STEP)}, schema={"year": pl.Int32})
    cells = years.join(pl.DataFrame({"age_group": AGE_GROUPS}), how="cross")
    joined = cells.join(rows.select(list(ROWS)).cast(ROWS), on=["year", "age_group"], how="left", validate="1:1")  # type: ignore[arg-type]
    oldest, youngest = ({age: AgeGroup.of(age).ages[end] for age in AGE_GROUPS} for end in (-1, 0))
    return (
        joined.with_columns(
            pl.col("status").fill_null("missing"),
            pl.col("parts_missing").fill_null(0),
            born_first=pl.col("year") - pl.col("age_group").replace_strict(oldest, return_dtype=pl.Int32),
            born_last=pl.col("year") - pl.col("age_group").replace_strict(youngest, return_dtype=pl.Int32),
            era=pl.sum_horizontal([(pl.col("year") >= at).cast(pl.Int32) for at in breaks] or [pl.lit(0)]),
        )
        .with_columns(cohort=pl.format("{}-{}", "born_first", "born_last"))
        .pipe(_with_shares)
        .sort("born_first", "age_group")
    )


def break_years(indicator: str = INDICATOR) -> tuple[int, ...]:
    """Return the first years of each new series of an indicator."""
    return tuple(Period.of(point.at).year for point in indicators()[indicator].breaks)


def newest_series(rows: pl.DataFrame, breaks: tuple[int, ...]) -> pl.DataFrame:
    """Return the rows after the last break among their years: the series that goes on today."""
    newest = int(rows["year"].max())  # type: ignore[arg-type]
    return rows.filter(pl.col("year") >= max((at for at in breaks if at <= newest), default=0))


def left_out(rows: pl.DataFrame) -> tuple[str, ...]:
    """Return the municipalities that rows of a county leave out."""
    named = rows["left_out"][0] if "left_out" in rows.columns else None
    return tuple(named) if named is not None else ()


def _with_shares(cells: pl.DataFrame) -> pl.DataFrame:
    whole, people = pl.col("parts_missing") == 0, pl.col("population") > 0
    share = pl.when(people).then(pl.col("count") / pl.col("population"))
    counts = cells.select(pl.when(whole).then("count"))["count"].cast(pl.Float64)
    low, high = wilson_limits(counts, cells["population"].cast(pl.Float64))
    limits = pl.DataFrame({"low": low, "high": high}).fill_nan(None)
    return cells.with_columns(
        share=pl.when(whole).then(share),
        share_at_least=pl.when(~whole).then(share),
        small=pl.col("count") < settings().small_numbers.grey_below,
    ).with_columns(limits)


def _years(rows: pl.DataFrame, last: int, step: int) -> list[int]:
    first = int(rows["year"].min())  # type: ignore[arg-type]
    return list(range(last - (last - first) // step * step, last + 1, step))


def _newest(rows: pl.DataFrame) -> int:
    counted = rows.filter(pl.col("count").is_not_null())
    return int((counted if counted.height else rows)["year"].max())  # type: ignore[arg-type]


def _known(where: str, value: str, among: object) -> None:
    if value not in among:  # type: ignore[operator]
        raise StatisticsInputError(where, repr(value), f"known_{where}")
