"""Home beside a whole, by age and sex over time, with what is unknown explained."""

import polars as pl

from analytics.exclusion.rates import View, strata_series
from analytics.exclusion.similar_municipalities import GROUPS
from analytics.regions import NATION

SEXES = ("both", "female", "male")


def groups_over_time(view: View, region: str, other: str = NATION) -> pl.DataFrame:
    """Return rates by age group and sex over time of a region and a whole: the columns of `strata` and `reason`.

    In each period the two stand in one edition. Every region, age group (15–19, 20–24, 25–29), sex and period has a
    row; one without figures has status `missing`. `reason` says why a value is unknown: a key of `group_reason` in the
    texts, "" where it is known.
    """
    places = tuple(dict.fromkeys((region, other)))
    found = strata_series(view, places, GROUPS, SEXES)
    return _whole_grid(found, places, found["period"].unique().sort())


def _whole_grid(rows: pl.DataFrame, regions: tuple[str, ...], periods: pl.Series) -> pl.DataFrame:
    grid = pl.DataFrame({"region_code": regions}, schema={"region_code": pl.String})
    for name, values in (("age_group", GROUPS), ("sex", SEXES), ("period", periods)):
        grid = grid.join(pl.DataFrame({name: pl.Series(values, dtype=pl.String)}), how="cross")
    whole = grid.join(rows, on=grid.columns, how="left", maintain_order="left")
    flags = pl.col("small", "lower_bound").fill_null(value=False)
    return whole.with_columns(pl.col("status").fill_null("missing"), flags).with_columns(_reason().alias("reason"))


def _reason() -> pl.Expr:
    return (
        pl.when(pl.col("value").is_not_null())
        .then(pl.when("lower_bound").then(pl.lit("lower_bound")).otherwise(pl.lit("")))
        .when(pl.col("status") == "suppressed")
        .then(pl.lit("suppressed"))
        .when(pl.col("derived").is_not_null() & (pl.col("age_group") == GROUPS[0]))
        .then(pl.lit("derived"))
        .otherwise(pl.lit("missing"))
    )
