"""What a row of `observation` must be, whichever adapter it came through."""

import polars as pl

from data.catalogue import regions
from data.contract import Problem

KEY = ["indicator", "region_code", "period", "age_group", "sex"]
FIRST_YEAR, LAST_YEAR = 1990, 2100


def observation_problems(rows: pl.DataFrame, file: str) -> list[Problem]:
    """Return everything that keeps the rows of one delivery out of the warehouse.

    rows: `indicator, region_code, period, age_group, sex, count, population, value, status, …`.
    """
    unknown = ~pl.col("region_code").is_in(regions()["code"].implode())
    return [
        *_each(rows, unknown, "unknown_region", "regions.csv", file),
        *_each(rows, ~_year().is_between(FIRST_YEAR, LAST_YEAR), "absurd_year", "1990–2100", file, column="period"),
        *_each(rows, ~pl.col("value").is_between(0, 1), "out_of_range_share", "0–1", file, column="value"),
        *_each(rows, pl.col("count") < 0, "negative_count", "0, 1, 2, …", file, column="count"),
        *_each(rows, pl.col("count") > pl.col("population"), "count_above_population", "≤", file, column="count"),
        *_each(rows, pl.struct(KEY).is_duplicated(), "repeated_row", "1", file),
    ]


def _year() -> pl.Expr:
    return pl.col("period").str.slice(0, 4).cast(pl.Int32, strict=False)


def _each(
    rows: pl.DataFrame, wrong: pl.Expr, code: str, expected: str, file: str, *, column: str = "region_code"
) -> list[Problem]:
    """Return one problem a distinct wrong value, with where it first stands."""
    found = rows.filter(wrong.fill_null(value=False)).unique(subset=[column, "indicator"], maintain_order=True)
    return [
        Problem(code=code, file=file, cell=_place(row), expected=expected, found=str(row[column]), column=column)
        for row in found.iter_rows(named=True)
    ]


def _place(row: dict[str, object]) -> str:
    return " ".join(str(row[name]) for name in KEY)
