"""The rate a place would have with the nation's mix of ages and sexes, beside the rate it has."""

from dataclasses import dataclass

import polars as pl

from analytics import regions
from analytics.exclusion.rates import View, cross_section, rate_at, strata
from analytics.exclusion.similar_municipalities import GROUPS
from analytics.exclusion.subject import when
from analytics.regions import NATION
from analytics.results import Interval, NotEstimable
from analytics.statistics import directly_standardised_rate

_STRATA = ("age_group", "sex")


@dataclass(frozen=True)
class Composition:
    """The age group that does most, in the direction of the difference, to part crude from standardised.

    share, standard_share: its share of the place's and of the standard's people (0–1). higher: whether its rate is
    above the place's crude rate. contribution: what it adds to crude minus standardised (shares 0–1; all groups add
    up to `difference`).
    """

    age_group: str
    share: float
    standard_share: float
    higher: bool
    contribution: float
    difference: float


@dataclass(frozen=True)
class Standardised:
    """A crude rate beside the age-and-sex standardised one (shares 0–1) of a place and period.

    crude: Wilson's interval; standardised: Dobson's. standard: the region whose 15–29-year-olds are the standard, and
    `standard_rate` its crude rate. strata: `age_group, sex, count, population, value, standard` (persons), a row a
    stratum. composition: why the two differ.
    """

    region: str
    period: str
    crude: Interval
    standardised: Interval
    standard: str
    standard_rate: float | None
    strata: pl.DataFrame
    composition: Composition


def standardised(view: View, region: str, period: str, standard: str = NATION) -> Standardised | NotEstimable:
    """Return a region's crude and directly standardised rate; the view is one of age 15–29.

    Strata: 15–19, 20–24 and 25–29 by sex (by the view's sex alone where it is one). NotEstimable: the indicator is not
    published by these strata, a stratum's count is unknown or a lower bound (it is not zero), or under 10 events.
    """
    table = _table(view, region, standard, period)
    everyone = pl.concat([cross_section(view, period, level) for level in regions.LEVELS])
    home, whole = rate_at(everyone, region, period), rate_at(everyone, standard, period)
    if table is None or view.age_group != "15-29":
        return NotEstimable("no_strata")
    if home is None or home.value is None or home.low is None or home.high is None or home.lower_bound:
        return NotEstimable("level_unknown", (("region", regions.name_of(region)), *when(view.indicator, period)))
    if table["standard"].null_count():
        return NotEstimable("unknown_stratum", (("strata", table["standard"].null_count()),))
    rate = directly_standardised_rate(table["count"], table["population"], table["standard"], per=1)
    if isinstance(rate, NotEstimable):
        return rate
    crude = Interval(home.value, home.low, home.high)
    return Standardised(
        region, period, crude, rate, standard, whole.value if whole else None, table, composition(table)
    )


def composition(table: pl.DataFrame) -> Composition:
    """Return which age group's share of the people separates crude from standardised most.

    Kitagawa's composition part, about the place's own rate: Σ (share − standard share) · (rate − crude rate).
    Source: Kitagawa (1955), Journal of the American Statistical Association 50:1168–1194.
    """
    total = pl.col("count").sum() / pl.col("population").sum()
    own, other = pl.col("population") / pl.col("population").sum(), pl.col("standard") / pl.col("standard").sum()
    parts = table.with_columns(
        own=own, other=other, part=(own - other) * (pl.col("count") / pl.col("population") - total), total=total
    )
    ages = parts.group_by("age_group", maintain_order=True).agg(
        pl.col("own", "other", "part", "count", "population").sum(), pl.col("total").first()
    )
    toward = -1.0 if ages["part"].sum() < 0 else 1.0
    row = ages.sort(pl.col("part") * toward, descending=True, maintain_order=True).row(0, named=True)
    higher = row["count"] / row["population"] > row["total"]
    return Composition(row["age_group"], row["own"], row["other"], higher, row["part"], float(ages["part"].sum()))


def _table(view: View, region: str, standard: str, period: str) -> pl.DataFrame | None:
    """Return the strata with the standard's people; unknown counts and lower bounds are null. None without strata."""
    sexes = ("female", "male") if view.sex == "both" else (view.sex,)
    rows = strata(view, (region, standard), period).filter(
        pl.col("age_group").is_in(GROUPS), pl.col("sex").is_in(sexes)
    )
    grid = pl.DataFrame({"age_group": GROUPS}).join(pl.DataFrame({"sex": sexes}), how="cross")
    count = pl.when(~pl.col("lower_bound")).then(pl.col("count")).alias("count")
    mine = rows.filter(pl.col("region_code") == region).select(*_STRATA, count, "population", "value")
    theirs = rows.filter(pl.col("region_code") == standard).select(*_STRATA, standard="population")
    if mine.is_empty() or theirs.is_empty():
        return None
    both = grid.join(mine, on=_STRATA, how="left", maintain_order="left")
    return both.join(theirs, on=_STRATA, how="left", maintain_order="left")
