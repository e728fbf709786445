"""All municipalities against the limits of chance: the funnel plot as a table."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from analytics import regions
from analytics.exclusion.rates import View, cross_section, rate_at
from analytics.exclusion.subject import when
from analytics.results import NotEstimable
from analytics.statistics import Dispersion, funnel_limits, overdispersion

INNER, OUTER = 0.95, 0.998
STATES = ("above_outer", "above_inner", "inside", "below_inner", "below_outer", "unknown")
_STEPS = 120


@dataclass(frozen=True)
class Funnel:
    """Every municipality at one time, and how far chance alone takes a place of its size from one level.

    around, target: the region whose level is the target, and that level (0–1). dispersion: how much more the places
    vary than chance (φ̂ over all of them). widened: whether the limits take φ̂ in.
    places: the columns of `cross_section` and `name`, `inner_low`, `inner_high` (95 %), `outer_low`, `outer_high`
    (99.8 %) and `state`, one of `STATES`, a row a municipality; unknown where count or population is unknown or the
    count is a lower bound. limits: `population, level, low, high`, a curve for each level.
    """

    around: str
    target: float
    dispersion: Dispersion | NotEstimable
    widened: bool
    places: pl.DataFrame
    limits: pl.DataFrame

    def states(self) -> dict[str, int]:
        """Return how many municipalities have each state."""
        return {state: self.places.filter(pl.col("state") == state).height for state in STATES}


def funnel(
    view: View, period: str, around: str = regions.NATION, *, within: str | None = None, widened: bool = False
) -> Funnel | NotEstimable:
    """Return all municipalities (or those `within` a county) against the limits around a region's level.

    Plain limits agree with the Wilson intervals of the places; `widened` limits are multiplied by √φ̂ where φ̂ is
    certainly above 1 (Spiegelhalter 2005). NotEstimable where the level or every place is unknown.
    """
    level = rate_at(cross_section(view, period, regions.level_of(around)), around, period)
    if level is None or level.value is None or level.lower_bound:
        return NotEstimable("level_unknown", (("region", regions.name_of(around)), *when(view.indicator, period)))
    rows = _municipalities(view, period, within)
    if rows["count"].null_count() == rows.height:
        return NotEstimable("no_places", when(view.indicator, period))
    events = rows["count"].set(rows["lower_bound"], None)
    dispersion = overdispersion(events, rows["population"], level.value)
    factor = dispersion.inflation if widened and isinstance(dispersion, Dispersion) else 1.0
    table = judged(rows, level.value, factor)
    return Funnel(around, level.value, dispersion, widened, table, _curves(rows["population"], level.value, factor))


def judged(rows: pl.DataFrame, target: float, dispersion: float = 1.0) -> pl.DataFrame:
    """Add limits and `state` to rows of `cross_section`."""
    both = funnel_limits(target, rows["population"], (INNER, OUTER), dispersion=dispersion)
    named = {
        f"{name}_{end}": both.filter(pl.col("level") == level)[end]
        for name, level in (("inner", INNER), ("outer", OUTER))
        for end in ("low", "high")
    }
    return rows.with_columns(**named).with_columns(_state().alias("state"))


def _state() -> pl.Expr:
    value = pl.col("count") / pl.col("population")
    known = value.is_finite() & pl.col("inner_low").is_not_null() & ~pl.col("lower_bound")
    return (
        pl.when(~known.fill_null(value=False))
        .then(pl.lit("unknown"))
        .when(value > pl.col("outer_high"))
        .then(pl.lit("above_outer"))
        .when(value > pl.col("inner_high"))
        .then(pl.lit("above_inner"))
        .when(value < pl.col("outer_low"))
        .then(pl.lit("below_outer"))
        .when(value < pl.col("inner_low"))
        .then(pl.lit("below_inner"))
        .otherwise(pl.lit("inside"))
    )


def _municipalities(view: View, period: str, within: str | None) -> pl.DataFrame:
    rows = cross_section(view, period).join(
        regions.current_regions().select(pl.col("code").alias("region_code"), "name", "county"),
        on="region_code",
        how="left",
    )
    rows = rows.with_columns(pl.col("name").fill_null(pl.col("region_code")))
    return rows if within is None else rows.filter(pl.col("county") == within)


def _curves(populations: pl.Series, target: float, factor: float) -> pl.DataFrame:
    """Return the limits at even steps of log population, from half the smallest place to twice the largest."""
    known = populations.filter(populations > 0).cast(pl.Float64)
    if known.is_empty():
        return funnel_limits(target, [], (INNER, OUTER))
    low, high = known.to_numpy().min(), known.to_numpy().max()
    return funnel_limits(target, np.geomspace(low / 1.5, high * 1.5, _STEPS), (INNER, OUTER), dispersion=factor)
