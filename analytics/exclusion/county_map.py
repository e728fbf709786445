"""The municipalities of a county as places on a map, each with its rate and what may be said of it."""

import math
from collections.abc import Sequence

import numpy as np
import polars as pl

from analytics import regions
from analytics.exclusion.rates import Rate, View, cross_section, rate_at
from analytics.statistics import verdicts_against_rest
from data.ingest.geojson import BoundaryProblem, read_boundaries

__all__ = [
    "BoundaryProblem", "class_bounds", "classified", "county_map", "missing_from", "read_boundaries", "tile_positions",
]  # fmt: skip


def tile_positions(county: str) -> pl.DataFrame:
    """Return where the municipalities of a county stand on a grid: `region_code, name, row, column`, from 0.

    The positions of the catalogue, where every municipality of the county has its own; else a grid as square as can be,
    filled row by row in order of code.
    """
    table = regions.current_regions().filter(pl.col("level") == "municipality", pl.col("county") == county).sort("code")
    table = table.select(pl.col("code").alias("region_code"), "name", row="tile_row", column="tile_col")
    placed = table.drop_nulls().unique(["row", "column"]).height == table.height
    if placed or table.is_empty():
        return table
    wide = math.ceil(math.sqrt(table.height))
    order = pl.int_range(pl.len(), dtype=pl.Int32)
    return table.with_columns(row=order // wide, column=order % wide)


def county_map(view: View, period: str, county: str) -> pl.DataFrame:
    """Return every municipality of a county at one time: the columns of `cross_section` and those of `tile_positions`.

    `verdict`: against the rest of the county, as `difference_test`; `not_comparable` where the municipality's count or
    any part of the county's is unknown. A municipality without a row has status `missing`.
    """
    rates = cross_section(view, period)
    rows = tile_positions(county).join(rates, on="region_code", how="left")
    rows = rows.with_columns(
        pl.col("status").fill_null("missing"),
        pl.col("period").fill_null(period),
        pl.col("small", "lower_bound").fill_null(value=False),
    )
    whole = rate_at(cross_section(view, period, "county"), county, period)
    events = rows["count"].set(rows["lower_bound"], None)
    verdicts = verdicts_against_rest(events, rows["population"], *_whole(whole))
    return rows.with_columns(pl.Series("verdict", verdicts, dtype=pl.String))


def _whole(county: Rate | None) -> tuple[float, float]:
    if county is None or county.count is None or county.population is None or county.lower_bound:
        return math.nan, math.nan
    return county.count, county.population


def class_bounds(values: Sequence[float | None] | pl.Series, number: int = 4) -> tuple[float, ...]:
    """Return the bounds between at most `number` classes of shares: their quantiles, rounded as they are printed.

    Unknown values are left out; equal bounds fall together, so that there may be fewer classes.
    """
    known = [value for value in values if value is not None and math.isfinite(value)]
    if not known:
        return ()
    cuts = np.quantile(known, [i / number for i in range(1, number)]).round(3)
    return tuple(float(cut) for cut in np.unique(cuts) if min(known) < cut <= max(known))


def classified(rows: pl.DataFrame, bounds: Sequence[float]) -> pl.DataFrame:
    """Add `value_class`: 0 below the first bound, up to the number of bounds; null where the value is unknown.

    A value belongs where its printed form (one decimal of a per cent) does.
    """
    above = sum((pl.col("value").round(3) >= bound for bound in bounds), start=pl.lit(0, pl.Int32))
    return rows.with_columns(pl.when(pl.col("value").is_not_null()).then(above).alias("value_class"))


def missing_from(boundaries: pl.DataFrame, rows: pl.DataFrame) -> tuple[str, ...]:
    """Return the names of municipalities in the rows that the boundaries do not hold."""
    drawn = boundaries["region_code"].unique().to_list()
    return tuple(rows.filter(~pl.col("region_code").is_in(drawn)).sort("name")["name"])
