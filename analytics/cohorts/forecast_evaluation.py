"""What the projection would have said: every past start year and region, against what came."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from analytics.cohorts.projection import METHODS, Projection
from analytics.cohorts.tables import AGE_GROUPS, INDICATOR, STEP, cohort_rows
from analytics.errors import StatisticsInputError
from analytics.results import Interval, NotEstimable
from analytics.statistics.argument_checks import between_zero_and_one
from data.catalogue import regions
from data.warehouse.connection import query

FEWEST_ERRORS = 20
"""Past errors below which no interval is made of them: the outer tails would be the extremes themselves."""
NEAREST = 60
"""How many regions nearest in size lend their errors to a region: its own errors overlap in time and are few."""


@dataclass(frozen=True)
class PastError:
    """What past errors say of a projection: an interval of persons outside, from how many forecasts of how many places.

    The interval's estimate is the projection times `median`, the middle of came ÷ said (1: right on the middle), and so
    lies in it; the projection itself may not, where nearly all forecasts have missed to the same side. Forecasts whose
    years overlap share chance and events; the interval shows what the method has missed, not a probability. `level`:
    what the places are, `municipality` or `county`.
    """

    interval: Interval
    median: float
    forecasts: int
    regions: int
    level: str

    def side(self, said: float) -> str:
        """Return whether what the projection said lies in the interval ("within"), or is too "high" or too "low"."""
        return "high" if said > self.interval.high else "low" if said < self.interval.low else "within"


def back_test(sex: str = "both", method: str = "rates_hold") -> pl.DataFrame:
    """Return every forecast that can be checked: region_code, level, base_year, target_year, age_group, said, came,
    ratio.

    The forecast of 2019 uses only what was known of 2014 and 2019. `ratio` is came ÷ said, null where 0 was said. Age
    groups are those of the data and `15-29`; only cells whose five numbers are all known and whole are there.
    """
    return back_tested(query("cohort_rows_everywhere", indicator=INDICATOR, sex=sex, edition=None), method)


def own_back_test(
    region: str, sex: str = "both", method: str = "rates_hold", *, complete: bool = False
) -> pl.DataFrame:
    """Return the table of `back_test` for one region; `complete`: a county's complete municipalities only."""
    rows = cohort_rows(region, sex, complete=complete)
    if isinstance(rows, NotEstimable):
        return back_test(sex, method).clear()
    return back_tested(rows.with_columns(level=pl.lit("own")), method)


def back_tested(rows: pl.DataFrame, method: str = "rates_hold") -> pl.DataFrame:
    """Return the table of `back_test` from rows of many regions (`cohort_tables.ROWS`, region_code, level)."""
    if method not in METHODS:
        raise StatisticsInputError("method", repr(method), "projection_method")
    whole = rows.filter(
        (pl.col("parts_missing") == 0) & pl.col("count").is_not_null() & (pl.col("population") > 0)
    ).select("region_code", "level", "year", "age_group", n="count", p="population")
    wide = whole.pivot(on="age_group", index=["region_code", "level", "year"], values=["n", "p"])
    names = [f"{quantity}_{age}" for quantity in ("n", "p") for age in AGE_GROUPS]
    wide = wide.with_columns(pl.lit(None, pl.Int64).alias(name) for name in names if name not in wide.columns)
    joined = wide
    for shift, mark in ((STEP, "_before"), (-STEP, "_after")):
        other = wide.select("region_code", year=pl.col("year") + shift, **{f"{name}{mark}": name for name in names})
        joined = joined.join(other, on=["region_code", "year"], how="inner")
    said = joined.drop_nulls().with_columns(
        **{f"said_{age}": _said(place, method) for place, age in enumerate(AGE_GROUPS)}
    )
    return _long(said)


def past_error(made: Projection, tested: pl.DataFrame, level: float = 0.8) -> PastError | NotEstimable:
    """Return the interval that past errors of the regions nearest in size give the projection's total.

    tested: `back_test` of the same sex and method. The nation is compared with counties. NotEstimable: too few.
    """
    between_zero_and_one(level, "level")
    own = tested.filter((pl.col("age_group") == "15-29") & pl.col("ratio").is_not_null() & (pl.col("ratio") > 0))
    levels = dict(regions().select("code", "level").iter_rows()) | dict(own.select("region_code", "level").iter_rows())
    municipal = levels.get(made.region_code, "municipality") == "municipality"
    own = own.filter((pl.col("level") == "municipality") == municipal)
    sizes = own.group_by("region_code").agg(pl.col("said").median())
    distance = (pl.col("said").log() - np.log(max(made.total.estimate, 1.0))).abs()
    nearest = sizes.sort(distance, "region_code").head(NEAREST)["region_code"]
    ratios = own.filter(pl.col("region_code").is_in(nearest.implode()))["ratio"]
    if ratios.len() < FEWEST_ERRORS:
        return NotEstimable("few_past_errors", (("forecasts", ratios.len()), ("minimum", FEWEST_ERRORS)))
    tails = [(1 - level) / 2, 0.5, 1 - (1 - level) / 2]
    low, middle, high = np.quantile(ratios.to_numpy(), tails)
    spread = Interval(*(float(made.total.estimate * ratio) for ratio in (middle, low, high)))
    return PastError(
        spread, float(middle), ratios.len(), nearest.len(),
        "municipality" if municipal else "county",
    )  # fmt: skip


def _said(place: int, method: str) -> pl.Expr:
    """The forecast of one age group: persons five years younger × ratio × rate."""
    age = AGE_GROUPS[place]
    if place == 0:
        return pl.col(f"n_{age}").cast(pl.Float64)
    younger = AGE_GROUPS[place - 1]
    persons = pl.col(f"p_{younger}") * pl.col(f"p_{age}") / pl.col(f"p_{younger}_before")
    rate = pl.col(f"n_{age}") / pl.col(f"p_{age}")
    before = pl.col(f"n_{younger}_before") / pl.col(f"p_{younger}_before")
    grown = pl.col(f"n_{younger}") / pl.col(f"p_{younger}") * rate / before
    changed = pl.when(before > 0).then(grown).otherwise(rate)
    return persons * pl.min_horizontal(changed if method == "cohort_change" else rate, pl.lit(1.0))


def _long(said: pl.DataFrame) -> pl.DataFrame:
    keys = [
        pl.col("region_code"), pl.col("level"), pl.col("year").alias("base_year"),
        (pl.col("year") + STEP).alias("target_year"),
    ]  # fmt: skip
    parts = [
        said.select(*keys, age_group=pl.lit(age), said=pl.col(f"said_{age}"), came=pl.col(f"n_{age}_after"))
        for age in AGE_GROUPS
    ]
    total = said.select(
        *keys,
        age_group=pl.lit("15-29"),
        said=pl.sum_horizontal(f"said_{age}" for age in AGE_GROUPS),
        came=pl.sum_horizontal(f"n_{age}_after" for age in AGE_GROUPS),
    )
    ratio = pl.when(pl.col("said") > 0).then(pl.col("came") / pl.col("said"))
    return pl.concat([*parts, total]).with_columns(ratio=ratio).sort("region_code", "base_year", "age_group")
