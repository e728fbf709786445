"""What a row of `observation` must be, whichever adapter it came through."""

import polars as pl

from data.catalogue import indicators, regions
from data.contract import Problem

KEY = ["indicator", "region_code", "period", "age_group", "sex"]
FIRST_YEAR, LAST_YEAR = 1990, 2100
ROUNDING = 0.0051  # shares; a share is printed with at least whole percent


def observation_problems(rows: pl.DataFrame, file: str) -> list[Problem]:
    """Return everything that keeps the rows of one delivery out of the warehouse.

    rows: `indicator, region_code, period, age_group, sex, count, population, value, status, …`.
    """
    unknown = ~pl.col("region_code").is_in(regions()["code"].implode())
    return [
        *_each(rows, unknown, "unknown_region", "regions.csv", file),
        *_each(rows, ~_year().is_between(FIRST_YEAR, LAST_YEAR), "absurd_year", "1990–2100", file, column="period"),
        *_each(rows, _no_month(), "absurd_month", "01–12", file, column="period"),
        *_each(rows, ~pl.col("value").is_between(0, 1), "out_of_range_share", "0–1", file, column="value"),
        *_each(rows, pl.col("count") < 0, "negative_count", "0, 1, 2, …", file, column="count"),
        *_each(rows, pl.col("count") > pl.col("population"), "count_above_population", "≤", file, column="count"),
        *_each(rows, _off(), "share_disagrees", "≈", file, column="value"),
        *_each(rows, pl.struct(KEY).is_duplicated(), "repeated_row", "1", file),
    ]


def _year() -> pl.Expr:
    return pl.col("period").str.slice(0, 4).cast(pl.Int32, strict=False)


def _no_month() -> pl.Expr:
    """Return where a monthly indicator has a period without a month."""
    monthly = [indicator.id for indicator in indicators().values() if indicator.frequency == "month"]
    month = pl.col("period").str.extract(r"^\d{4}-(\d{2})$").cast(pl.Int32, strict=False)
    return pl.col("indicator").is_in(monthly) & ~month.is_between(1, 12).fill_null(value=False)


def _off() -> pl.Expr:
    """Return where a share is not count ÷ population, even allowing for a share printed as whole percent."""
    rate = pl.when(pl.col("population") > 0).then(pl.col("count") / pl.col("population"))
    return (pl.col("value") - rate).abs() > ROUNDING


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
