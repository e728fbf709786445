"""All indicators of one place against the spread of its like: the profile ("spine chart") as a table."""

import polars as pl
import polars.selectors as cs

from analytics import regions
from analytics.exclusion.rates import with_intervals
from analytics.results import NotEstimable
from analytics.statistics import verdicts_against_rest
from data.catalogue import indicators
from data.warehouse.connection import query

SPREAD = ("least", "p25", "median", "p75", "most")
_KEY = ("indicator", "edition", "age_group", "sex", "period")
_AGES = ("15-29", "18-29", "under-30", "18-24")
_FEWEST = 5
_HALF_STEP = 0.0005
"""Half of what a share printed with one decimal of a per cent is rounded to, where only count and share are given."""


def profile(region: str) -> pl.DataFrame | NotEstimable:
    """Return every indicator of a region against all regions of its level, a row an indicator, age group and sex.

    Columns: `indicator, polarity, edition, age_group, sex, period` (the newest the region has), the region's
    `count, population, value, low, high, status, small, lower_bound`; the spread of its level in the same edition and
    period: `least, p25, median, p75, most, places` (null under 5 places with a known value); `nation` (the nation's
    value, same edition); `verdict` against the rest of the nation, as `difference_test`; and `reason`, "" where the
    row can be drawn, else why not: `not_at_level`, `not_for_region`, `suppressed`, `counts_only` (a count, no share),
    `missing`, `few_places`. Such rows are named and never 0. Every row has its own scale: rows are different
    definitions. NotEstimable for the nation.
    """
    level = regions.level_of(region)
    if level not in ("municipality", "county"):
        return NotEstimable("no_like", (("region", regions.name_of(region)),))
    chosen = _chosen(query("profile_candidates", region=region))
    asked = chosen.drop_nulls("period")
    named = {f"{name}s": asked[name].to_list() for name in ("indicator", "edition", "age_group", "period")}
    found = query("profile_rows", level=level, sexes=asked["sex"].to_list(), **named)
    found = found.with_columns(implied=pl.col("population").is_null())
    rows = _listed(chosen).join(
        _measured(with_intervals(found, _sampled()), region, level), on=list(_KEY), how="left", maintain_order="left"
    )
    return rows.with_columns(_reason().alias("reason"), pl.col("verdict").fill_null("not_comparable"))


def _sampled() -> pl.Expr:
    return pl.col("indicator").is_in([each.id for each in indicators().values() if each.sampled])


def on_own_scale(rows: pl.DataFrame) -> pl.DataFrame:
    """Add `at_<name>` for value, limits, nation and spread: each row on its own scale, median 0, farthest ±1.

    Null where the value or the row's spread is unknown. A row whose places are all alike stands at 0. Limits and the
    nation are cut to the scale.
    """
    middle = pl.col("median")
    reach = pl.max_horizontal(pl.col("most") - middle, middle - pl.col("least"))
    names = ("value", "low", "high", "nation", *SPREAD)
    places_at = [
        pl.when(reach > 0).then((pl.col(name) - middle) / reach).when(reach == 0).then(pl.col(name) * 0).clip(-1, 1)
        for name in names
    ]
    return rows.with_columns(place.alias(f"at_{name}") for name, place in zip(names, places_at, strict=True))


def _chosen(candidates: pl.DataFrame) -> pl.DataFrame:
    """Return, of each indicator, its youngest age group for both sexes, the other ages, and that age by sex."""
    order = {age: place for place, age in enumerate(_AGES)}
    rank = pl.col("age_group").replace_strict(order, default=len(order), return_dtype=pl.Int32)
    absent = pl.col("period").is_null()
    ranked = candidates.with_columns(rank=rank, absent=absent).sort("indicator", "absent", "rank", "age_group", "sex")
    both = pl.col("sex") == "both"
    first = pl.col("age_group") == pl.col("age_group").first().over("indicator")
    return ranked.filter(pl.when("absent").then(first & both).otherwise(first | both))


def _listed(chosen: pl.DataFrame) -> pl.DataFrame:
    """Return the chosen rows with every indicator of the catalogue among them, the main family first."""
    every = indicators()
    catalogue = pl.DataFrame(
        {"indicator": list(every), "polarity": [each.polarity for each in every.values()]},
        schema={"indicator": pl.String, "polarity": pl.String},
    )
    whole = catalogue.join(chosen.drop("rank", "absent"), on="indicator", how="left", maintain_order="left")
    return whole.select("indicator", "polarity", "edition", "age_group", "sex", "period", "regions")


def _measured(rows: pl.DataFrame, region: str, level: str) -> pl.DataFrame:
    like = rows.filter(pl.col("level") == level)
    known = pl.col("value").drop_nulls()
    cuts = {"p25": 0.25, "median": 0.5, "p75": 0.75}
    spread = like.group_by(_KEY).agg(
        known.min().alias("least"),
        known.max().alias("most"),
        known.len().alias("places"),
        *(known.quantile(share, "linear").alias(name) for name, share in cuts.items()),
    )
    enough = [pl.when(pl.col("places") >= _FEWEST).then(pl.col(name)).alias(name) for name in SPREAD]
    mine = like.filter(pl.col("region_code") == region).drop("region_code", "level")
    nation = rows.filter(pl.col("level") == "nation").select(
        *_KEY,
        nation="value",
        whole_count="count",
        whole_population="population",
        whole_bound="lower_bound",
        whole_implied="implied",
    )
    both = mine.join(spread.with_columns(enough), on=_KEY, how="left").join(nation, on=_KEY, how="left")
    verdicts = pl.Series("verdict", _verdicts(both), dtype=pl.String)
    return both.with_columns(verdicts).drop("implied", cs.starts_with("whole_"))


def _verdicts(rows: pl.DataFrame) -> list[str]:
    """Return the verdict against the rest of the nation; it must hold wherever in their rounding the shares lie."""
    step = pl.when(pl.col("implied") | pl.col("whole_implied")).then(_HALF_STEP).otherwise(0.0)
    apart, near = (_against_rest(rows, step * sign) for sign in (1, -1))
    return [one if one == other else _weaker(one, other) for one, other in zip(apart, near, strict=True)]


def _against_rest(rows: pl.DataFrame, step: pl.Expr) -> list[str]:
    persons, whole = (
        pl.when(pl.col(flag)).then(pl.col(count) / (pl.col(value) + move)).otherwise(pl.col(people))
        for flag, count, value, people, move in (
            ("implied", "count", "value", "population", step),
            ("whole_implied", "whole_count", "nation", "whole_population", -step),
        )
    )
    sure = ~(pl.col("lower_bound") | pl.col("whole_bound"))
    sides = rows.select(pl.when(sure).then("count"), population=persons, whole_count="whole_count", whole=whole)
    return verdicts_against_rest(*sides.get_columns())


def _weaker(one: str, other: str) -> str:
    ways = {each.rsplit("_", 1)[-1] for each in (one, other)}
    if "not_comparable" in (one, other):
        return "not_comparable"
    return f"somewhat_{ways.pop()}" if len(ways) == 1 else "no_certain_difference"


def _reason() -> pl.Expr:
    return (
        pl.when(pl.col("regions").is_null())
        .then(pl.lit("not_at_level"))
        .when(pl.col("period").is_null())
        .then(pl.lit("not_for_region"))
        .when(pl.col("value").is_null())
        .then(
            pl.when(pl.col("status") == "suppressed")
            .then(pl.lit("suppressed"))
            .when(pl.col("count").is_not_null())
            .then(pl.lit("counts_only"))
            .otherwise(pl.lit("missing"))
        )
        .when(pl.col("median").is_null())
        .then(pl.lit("few_places"))
        .otherwise(pl.lit(""))
    )
