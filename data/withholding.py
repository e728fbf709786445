"""Withhold totals that would give a starred cell back.

A publisher stars a municipality (NAV: `*` is 1, 2 or 3) and prints the county's total: the total minus the shown
municipalities may then leave only one value for the star. Such a county total is withheld, in all sexes (female + male
would give it back). The nation minus the other counties would give the withheld total back, so more counties that hold
stars are withheld, the smallest first, until the nation's remainder leaves every star its full legend; if none is left,
the nation's total is withheld too. This stands until an audit of all linked tables replaces it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from data.catalogue import county_today
from data.settings import Disclosure

SERIES = ["indicator", "period", "age_group"]
NATION = "0"


@dataclass(frozen=True)
class Hidden:
    """The stars of one county in one series: how many, their known sum, the legend of a star, the county's total."""

    county: str
    stars: int
    total: int
    star_sum: int
    legend: int


def withhold(rows: pl.DataFrame, rules: Mapping[str, Disclosure]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the rows with revealing totals hidden, and the cells that were withheld.

    rows: observation columns plus `source` (the folder whose rule applies), counts of several editions together.
    The second frame holds `indicator, period, age_group, region_code`.
    """
    cells = pl.DataFrame(
        [
            (*series, code)
            for series, counties in _hidden_by_series(rows, rules).items()
            for code in regions_to_withhold(counties)
        ],
        schema=dict.fromkeys([*SERIES, "region_code"], pl.String),
        orient="row",
    )
    return _hide(rows, cells), cells


def regions_to_withhold(counties: list[Hidden]) -> list[str]:
    """Return the regions of one series whose totals must be withheld: counties, and the nation as the last resort."""
    withheld = [county for county in counties if not safe([county])]
    spare = sorted((county for county in counties if county not in withheld), key=lambda county: county.total)
    while withheld and spare and not safe(withheld):
        withheld.append(spare.pop(0))
    nation = [NATION] if withheld and not safe(withheld) else []
    return [county.county for county in withheld] + nation


def safe(counties: list[Hidden]) -> bool:
    """Return whether every star can still be any of 1 … legend when only the sum over all these stars is known.

    With k stars of sum R this holds just where k - 1 + legend ≤ R ≤ (k - 1)·legend + 1.
    """
    stars, total = sum(c.stars for c in counties), sum(c.star_sum for c in counties)
    legend = max(c.legend for c in counties)
    return stars - 1 + legend <= total <= (stars - 1) * legend + 1


def _hidden_by_series(rows: pl.DataFrame, rules: Mapping[str, Disclosure]) -> dict[tuple[str, ...], list[Hidden]]:
    legends = {name: rule.legend for name, rule in rules.items()}
    today = county_today()
    municipal = rows.filter(pl.col("region_code").is_in(list(today)), pl.col("sex") == "both").with_columns(
        pl.col("region_code").replace_strict(today, default=None).alias("county"),
        pl.col("source").replace_strict(legends, default=0).alias("legend"),
    )
    members = (
        municipal.group_by(*SERIES, "county", "legend")
        .agg(stars=(pl.col("status") == "suppressed").sum(), shown=pl.col("count").sum())
        .filter(pl.col("stars") > 0, pl.col("legend") > 0)
    )
    totals = rows.filter(pl.col("sex") == "both", pl.col("count").is_not_null()).select(
        *SERIES, pl.col("region_code").alias("county"), pl.col("count").alias("total")
    )
    joined = members.join(totals, on=[*SERIES, "county"]).sort(*SERIES, "county")
    found: dict[tuple[str, ...], list[Hidden]] = {}
    for row in joined.iter_rows(named=True):
        county = Hidden(row["county"], row["stars"], row["total"], row["total"] - row["shown"], row["legend"])
        found.setdefault(tuple(row[name] for name in SERIES), []).append(county)
    return found


def _hide(rows: pl.DataFrame, cells: pl.DataFrame) -> pl.DataFrame:
    key = [*SERIES, "region_code"]
    marked = rows.join(cells.unique().with_columns(hide=True), on=key, how="left", maintain_order="left")
    hidden = pl.col("hide").fill_null(value=False)
    return marked.with_columns(
        pl.when(hidden).then(None).otherwise("count").alias("count"),
        pl.when(hidden).then(None).otherwise("value").alias("value"),
        pl.when(hidden).then(pl.lit("suppressed")).otherwise("status").alias("status"),
    ).drop("hide")
