"""The municipalities most like one: by size and age structure only, since centrality is not in the data."""

from dataclasses import dataclass

import polars as pl

from analytics import regions
from analytics.exclusion.rates import View, cross_section, strata
from data.settings import settings

GROUPS = ("15-19", "20-24", "25-29")
_NAMED = 7


@dataclass(frozen=True)
class Rule:
    """How likeness is measured: how many municipalities, and how much age structure weighs against size (0–1)."""

    number: int = 10
    age_weight: float = 0.5


DEFAULT_RULE = Rule()
RULES = {"size_age": DEFAULT_RULE, "size": Rule(age_weight=0.0)}
"""The rules a reader can choose, by name."""


def similar_municipalities(view: View, region: str, period: str, rule: Rule = DEFAULT_RULE) -> tuple[str, ...]:
    """Return the municipalities nearest to a region, nearest first; empty where it is not a municipality.

    Distance: weighted sum of squared differences in log population 15–29 and in the shares aged 15–19 and 25–29 of it,
    each divided by its standard deviation over all municipalities.
    """
    table = _structure(view, period)
    mine = table.filter(pl.col("region_code") == region)
    if mine.is_empty():
        return ()
    weights = {"size": 1 - rule.age_weight, "young": rule.age_weight / 2, "old": rule.age_weight / 2}
    distance = sum(
        (weight * ((pl.col(name) - mine[name][0]) / table[name].std()) ** 2 for name, weight in weights.items()),
        start=pl.lit(0.0),
    )
    others = table.filter(pl.col("region_code") != region).with_columns(distance=distance)
    return tuple(others.sort("distance", "region_code").head(rule.number)["region_code"])


def named_beside(view: View, region: str, period: str, rule: Rule = DEFAULT_RULE) -> tuple[str, ...]:
    """Return the municipalities one is held beside by name: its peers of the settings, else those most like it.

    The settings name the peers of the home, which are each other's; for any other place they would be strangers. Of
    those like it, none whose figure is of few persons is named: alone it says nothing, it stands in the pooled ones.
    """
    if region in {regions.home(), *settings().peers}:
        return regions.peers_of(region)
    if regions.level_of(region) != "municipality":
        return ()
    known = cross_section(view, period, "municipality").drop_nulls("value").filter(~pl.col("small"))
    enough = set(known["region_code"])
    return tuple(code for code in similar_municipalities(view, region, period, rule) if code in enough)[:_NAMED]


def _structure(view: View, period: str) -> pl.DataFrame:
    """Return `region_code, size, young, old` of every municipality with a population in all three age groups."""
    codes = tuple(regions.current_regions().filter(pl.col("level") == "municipality")["code"])
    people = strata(view, codes, period).filter(pl.col("sex") == "both", pl.col("age_group").is_in(GROUPS))
    if people.is_empty():
        return pl.DataFrame(
            schema={"region_code": pl.String, "size": pl.Float64, "young": pl.Float64, "old": pl.Float64}
        )
    wide = people.pivot(on="age_group", index="region_code", values="population").drop_nulls()
    total = sum((pl.col(group) for group in GROUPS), start=pl.lit(0))
    return wide.filter(total > 0).select(
        "region_code",
        total.log().alias("size"),
        (pl.col("15-19") / total).alias("young"),
        (pl.col("25-29") / total).alias("old"),
    )
