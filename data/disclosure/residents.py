"""How many live in a place, where nobody says it of that age and sex but others give it by adding and subtracting."""

import polars as pl

from data.disclosure.differences import had_by_adding, sums_of

PLACE = ["period", "region_code", "age_group", "sex"]


def residents_by_adding(told: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Return the residents of the rows that are had by adding and subtracting what others say.

    told: those that are said, the columns of `PLACE` and `residents`. rows: observations.
    """
    told_something = pl.any_horizontal(pl.col("count", "value").is_not_null())
    closed = pl.col("age_group").str.contains(r"^\d+(-\d+)?$")  # an open group has no end
    lacking = rows.filter(pl.col("population").is_null(), told_something, closed)
    wanted = lacking.select(PLACE).unique().join(told, on=PLACE, how="anti")
    known = told.filter(closed).join(wanted, on="period", how="semi")
    if known.is_empty():
        return known
    found = had_by_adding(known, PLACE, sums_of({*known["age_group"].unique(), *wanted["age_group"]}))
    return found.join(wanted, on=PLACE, how="semi").filter(pl.col("residents") > 0)
