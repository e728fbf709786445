"""Home beside a whole, by age and sex: over time and at one time, with what is unknown explained."""

import polars as pl

from analytics.exclusion.rates import View, strata, with_intervals
from analytics.exclusion.similar_municipalities import GROUPS
from analytics.regions import NATION
from analytics.statistics import difference_verdicts
from data.warehouse.connection import query

SEXES = ("both", "female", "male")


def groups_over_time(view: View, region: str, other: str = NATION) -> pl.DataFrame:
    """Return rates by age group and sex over time of a region and a whole: the columns of `strata` and `reason`.

    Every region, age group (15–19, 20–24, 25–29), sex and period of the edition has a row; one without figures has
    status `missing`. `reason` says why a value is unknown: a key of `group_reason` in the texts, "" where it is known.
    """
    rows = query("strata_series", indicator=view.indicator, edition=view.edition, regions=[region, other])
    found = with_intervals(rows.filter(pl.col("age_group").is_in(GROUPS), pl.col("sex").is_in(SEXES)))
    return _whole_grid(found, dict.fromkeys((region, other)), found["period"].unique().sort())


def groups_at(view: View, region: str, period: str, other: str = NATION) -> pl.DataFrame:
    """Return home's rates by age group and sex at one time beside a whole's, a row an age group and sex.

    Columns: `age_group, sex, period`; home's `count, population, value, low, high, status, lower_bound, small,
    reason`; the whole's with the suffix `_other`; and `verdict`: home against the rest of the whole.
    """
    rows = strata(view, (region, other), period)
    rows = rows.filter(pl.col("age_group").is_in(GROUPS), pl.col("sex").is_in(SEXES))
    grid = _whole_grid(rows, dict.fromkeys((region, other)), pl.Series("period", [period]))
    mine = grid.filter(pl.col("region_code") == region).drop("region_code", "derived")
    theirs = grid.filter(pl.col("region_code") == other).drop("region_code", "derived", "period")
    both = mine.join(theirs, on=["age_group", "sex"], suffix="_other", maintain_order="left")
    return both.with_columns(pl.Series("verdict", _verdicts(both), dtype=pl.String))


def _whole_grid(rows: pl.DataFrame, regions: dict[str, None], periods: pl.Series) -> pl.DataFrame:
    grid = pl.DataFrame({"region_code": list(regions)}, schema={"region_code": pl.String})
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


def _verdicts(rows: pl.DataFrame) -> list[str]:
    known = rows.select(
        "count",
        "population",
        rest=pl.col("count_other") - pl.col("count"),
        others=pl.col("population_other") - pl.col("population"),
        sure=~(pl.col("lower_bound") | pl.col("lower_bound_other")),
    )
    possible = pl.col("sure") & (pl.col("rest") >= 0) & (pl.col("others") > 0) & (pl.col("rest") <= pl.col("others"))
    possible &= pl.col("count") <= pl.col("population")
    drawn = known.select(pl.when(possible).then(pl.col(name)).cast(pl.Float64) for name in known.columns[:4])
    counts, people, rest_counts, rest_people = drawn.get_columns()
    return difference_verdicts(counts, people, rest_counts, rest_people)
