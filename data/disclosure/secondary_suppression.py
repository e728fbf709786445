"""Withhold what would give a starred cell back.

A publisher stars a municipality (NAV: `*` is 1, 2 or 3) and prints the county's total: the total minus the shown
municipalities may then leave only one value for the star. Such a county total is withheld, in all sexes (female + male
would give it back). The nation minus the other counties would give the withheld total back, so more counties that hold
stars are withheld, the smallest first, until the nation's remainder leaves every star its full legend; if none is left,
the nation's total is withheld too. A count under the source's threshold that came without a star gets one here.
A cell hidden in one edition is hidden in all of them. Where sexes, ages or several editions are linked, `linked` takes
over.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from data.catalogue import county_then, county_today, one_time
from data.disclosure.linked_tables import GROUP, is_linked, linked_cells
from data.region import NATION
from data.settings import Disclosure

SERIES = ["indicator", "period", "age_group"]


@dataclass(frozen=True)
class Hidden:
    """The stars of one county in one series: how many, the legend of a star, and what the county's total gives away.

    total: the county's total, star_sum: what it leaves for the stars; both None where the total is not printed.
    """

    county: str
    stars: int
    total: int | None
    star_sum: int | None
    legend: int


def withhold(rows: pl.DataFrame, rules: Mapping[str, Disclosure]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the rows with revealing totals hidden, and the cells that were withheld.

    rows: observation columns plus `source` (the folder whose rule applies), counts of several editions together.
    The second frame holds `indicator, period, age_group, region_code`, a row a total; small counts are not in it.
    """
    starred = _starred(rows, rules)
    groups = is_linked(_implied(starred, rules))
    if groups.is_empty():
        return _withhold_plain(starred, rules)
    inside = starred.join(groups, on=GROUP, how="semi", maintain_order="left")
    outcome, cells = _withhold_plain(starred.join(groups, on=GROUP, how="anti", maintain_order="left"), rules)
    linked = linked_cells(_implied(inside, rules))
    hidden = _hide(inside, linked, [*SERIES, "region_code", "sex"])
    return pl.concat([outcome, hidden]), pl.concat([cells, linked.select(cells.columns)])


def _withhold_plain(starred: pl.DataFrame, rules: Mapping[str, Disclosure]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Withhold totals where every star is a municipality's, of one age group, for both sexes."""
    cells = pl.DataFrame(
        sorted(
            {
                (*series, code)
                for series, counties, nation in _hidden_by_series(starred, rules)
                for code in regions_to_withhold(counties, nation)
            }
        ),
        schema=dict.fromkeys([*SERIES, "region_code"], pl.String),
        orient="row",
    )
    return _hide(starred, cells, [*SERIES, "region_code"]), cells


def regions_to_withhold(counties: list[Hidden], nation: int | None) -> list[str]:
    """Return the regions of one series whose totals must be withheld: counties, and the nation as the last resort.

    counties: those that hold stars, `total` None where the county's total is not printed. nation: what the nation's
    total leaves for the stars of all these counties together, None where it is not printed.
    """
    unprinted = [county for county in counties if county.total is None]
    spare = [county for county in counties if county.total is not None]
    withheld = [county for county in spare if not safe([county])]
    spare = sorted((county for county in spare if county not in withheld), key=lambda county: county.total or 0)
    while spare and not _nation_safe(withheld + unprinted, spare, nation):
        withheld.append(spare.pop(0))
    last = [] if _nation_safe(withheld + unprinted, spare, nation) else [NATION]
    return [county.county for county in withheld] + last


def _nation_safe(unknown: list[Hidden], known: list[Hidden], nation: int | None) -> bool:
    """Return whether the nation's total leaves the stars of counties without a visible total their full legend.

    A nation that counts people of no county (NAV's does) leaves more than the stars can hold and tells nothing of them;
    the stars must be safe all the same should the number of those people become known.
    """
    if nation is None or not unknown:
        return True
    stars, legend = sum(county.stars for county in unknown), max(county.legend for county in unknown)
    left = nation - sum(county.star_sum or 0 for county in known)
    exact = all(county.star_sum is not None for county in unknown)
    return (left > stars * legend or _leaves_room(stars, left, legend)) and (not exact or safe(unknown))


def safe(counties: list[Hidden]) -> bool:
    """Return whether every star can still be any of 1 … legend when only the sum over all these stars is known."""
    stars, total = sum(county.stars for county in counties), sum(county.star_sum or 0 for county in counties)
    return _leaves_room(stars, total, max(county.legend for county in counties))


def _leaves_room(stars: int, total: int, legend: int) -> bool:
    """Return whether k stars of a known sum R may each be any of 1 … legend.

    This holds just where k - 1 + legend ≤ R ≤ (k - 1)·legend + 1.
    """
    return stars - 1 + legend <= total <= (stars - 1) * legend + 1


def _starred(rows: pl.DataFrame, rules: Mapping[str, Disclosure]) -> pl.DataFrame:
    """Hide counts from 1 up to the source's threshold - 1 with their shares, and what another edition hides."""
    thresholds = {name: rule.threshold for name, rule in rules.items()}
    small = pl.col("count").is_between(1, pl.col("source").replace_strict(thresholds, default=0) - 1)
    marked = _implied(rows, rules).select(small.fill_null(value=False) | (pl.col("status") == "suppressed"))
    cells = rows.filter(marked.to_series()).select(*SERIES, "region_code", "sex").unique()
    return _hide(rows, cells, [*SERIES, "region_code", "sex"])


def _implied(rows: pl.DataFrame, rules: Mapping[str, Disclosure]) -> pl.DataFrame:
    """Put the count a share and its population give where none is printed, and `legend`, the most a star stands for."""
    persons = pl.col("population") if "population" in rows.columns else pl.lit(None, dtype=pl.Int64)
    legends = {name: rule.legend for name, rule in rules.items()}
    return rows.with_columns(
        pl.coalesce("count", (pl.col("value") * persons).round().cast(pl.Int64)).alias("count"),
        pl.col("source").replace_strict(legends, default=0).alias("legend"),
    )


def _hidden_by_series(
    rows: pl.DataFrame, rules: Mapping[str, Disclosure]
) -> Iterator[tuple[tuple[str, ...], list[Hidden], int | None]]:
    """Yield the counties with stars of each series, for each edition that stars and each edition that prints totals."""
    legends = {name: rule.legend for name, rule in rules.items()}
    totals = rows.filter(pl.col("sex") == "both", pl.col("count").is_not_null())
    for counties in (county_today(), county_then()):
        for own in _members(rows, legends, counties):
            series = own.select(SERIES).row(0)
            printed = totals.filter([pl.col(name) == value for name, value in zip(SERIES, series, strict=True)])
            for _, one in printed.group_by("edition", maintain_order=True):
                known = dict(one.select("region_code", "count").iter_rows())
                places = {*counties.values(), NATION}
                yield series, *_stars_and_nation(own, {code: n for code, n in known.items() if code in places})


def _stars_and_nation(own: pl.DataFrame, printed: dict[str, int]) -> tuple[list[Hidden], int | None]:
    """Return the counties with stars of one edition of one series, and what the nation's total leaves for them."""
    starred, seen = [], 0
    for row in own.iter_rows(named=True):
        total = printed.get(row["county"])
        if row["stars"]:
            left = None if total is None else total - row["shown"]
            starred.append(Hidden(row["county"], row["stars"], total, left, row["legend"]))
        seen += row["shown"] if row["stars"] or total is None else total
    elsewhere = printed.keys() - {NATION, *own["county"]}
    if NATION not in printed or not one_time([*elsewhere, *own["county"]]):
        return starred, None
    return starred, printed[NATION] - seen - sum(printed[code] for code in elsewhere)


def _members(rows: pl.DataFrame, legends: Mapping[str, int], counties: Mapping[str, str]) -> Iterator[pl.DataFrame]:
    """Yield, for each series and edition with a star, the stars and shown counts of each county's municipalities."""
    municipal = rows.filter(pl.col("region_code").is_in(list(counties)), pl.col("sex") == "both").with_columns(
        pl.col("region_code").replace_strict(counties, default=None).alias("county"),
        pl.col("source").replace_strict(legends, default=0).alias("legend"),
    )
    table = (
        municipal.filter(pl.col("legend") > 0)
        .group_by(*SERIES, "edition", "county", "legend")
        .agg(stars=(pl.col("status") == "suppressed").sum(), shown=pl.col("count").sum())
        .sort(*SERIES, "edition", "county")
    )
    for _, own in table.group_by(*SERIES, "edition", maintain_order=True):
        if own["stars"].sum() > 0:
            yield own


def _hide(rows: pl.DataFrame, cells: pl.DataFrame, key: list[str]) -> pl.DataFrame:
    marked = rows.join(cells.with_columns(hide=True), on=key, how="left", maintain_order="left")
    return _without(marked, pl.col("hide").fill_null(value=False)).drop("hide")


def _without(rows: pl.DataFrame, hidden: pl.Expr) -> pl.DataFrame:
    """Return the rows with count and value gone and the status `suppressed` where `hidden` holds."""
    return rows.with_columns(
        pl.when(hidden).then(None).otherwise("count").alias("count"),
        pl.when(hidden).then(None).otherwise("value").alias("value"),
        pl.when(hidden).then(pl.lit("suppressed")).otherwise("status").alias("status"),
    )
