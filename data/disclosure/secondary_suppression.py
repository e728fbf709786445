"""Withhold what would give a suppressed cell back.

A publisher suppresses a municipality (NAV: `*` is 1, 2 or 3) and prints the county's total: the total minus the shown
municipalities may then leave only one value for the cell. Such a county total is withheld, in all sexes (female + male
would give it back). The nation minus the other counties would give the withheld total back, so more counties that hold
suppressed cells are withheld, the smallest first, until the nation's remainder leaves every cell its full range; if
none is left, the nation's total is withheld too. A count under the source's threshold is suppressed here.
A cell hidden in one edition is hidden in all of them. Where sexes, ages or several editions are linked,
`linked_tables` takes over.
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
    """The suppressed cells of one county in one series: how many, the most each stands for, what the total tells.

    total: the county's total, cells_sum: what it leaves for the cells; both None where the total is not printed.
    """

    county: str
    cells: int
    total: int | None
    cells_sum: int | None
    most: int


def withhold(rows: pl.DataFrame, rules: Mapping[str, Disclosure]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the rows with revealing totals hidden, and the cells that were withheld.

    rows: observation columns plus `source` (the folder whose rule applies), counts of several editions together.
    The second frame holds `indicator, period, age_group, region_code`, a row a total; small counts are not in it.
    """
    primary = _primary_suppression(rows, rules)
    groups = is_linked(_with_implied_counts(primary, rules))
    if groups.is_empty():
        return _withhold_plain(primary, rules)
    inside = primary.join(groups, on=GROUP, how="semi", maintain_order="left")
    outcome, cells = _withhold_plain(primary.join(groups, on=GROUP, how="anti", maintain_order="left"), rules)
    linked = linked_cells(_with_implied_counts(inside, rules))
    hidden = _hide(inside, linked, [*SERIES, "region_code", "sex"])
    return pl.concat([outcome, hidden]), pl.concat([cells, linked.select(cells.columns)])


def _withhold_plain(primary: pl.DataFrame, rules: Mapping[str, Disclosure]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Withhold totals where every suppressed cell is a municipality's, of one age group, for both sexes."""
    found = {
        (*series, code)
        for series, counties, nation in _hidden_by_series(primary, rules)
        for code in regions_to_withhold(counties, nation)
    }
    cells = pl.DataFrame(sorted(found), dict.fromkeys([*SERIES, "region_code"], pl.String), orient="row")
    return _hide(primary, cells, [*SERIES, "region_code"]), cells


def regions_to_withhold(counties: list[Hidden], nation: int | None) -> list[str]:
    """Return the regions of one series whose totals must be withheld: counties, and the nation as the last resort.

    counties: those that hold suppressed cells, `total` None where it is not printed. nation: what the nation's total
    leaves for the suppressed cells of all these counties together, None where it is not printed.
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
    """Return whether the nation's total leaves the cells of counties without a visible total their full range.

    A nation that counts people of no county (NAV's does) leaves more than the cells can hold and tells nothing of them;
    the cells must be safe all the same should the number of those people become known.
    """
    if nation is None or not unknown:
        return True
    cells, most = sum(county.cells for county in unknown), max(county.most for county in unknown)
    left = nation - sum(county.cells_sum or 0 for county in known)
    exact = all(county.cells_sum is not None for county in unknown)
    return (left > cells * most or _leaves_room(cells, left, most)) and (not exact or safe(unknown))


def safe(counties: list[Hidden]) -> bool:
    """Return whether every cell can still be any of 1 … `most` when only the sum over all these cells is known."""
    cells, total = sum(county.cells for county in counties), sum(county.cells_sum or 0 for county in counties)
    return _leaves_room(cells, total, max(county.most for county in counties))


def _leaves_room(cells: int, total: int, most: int) -> bool:
    """Return whether k cells of a known sum R may each be any of 1 … most.

    This holds just where k - 1 + most ≤ R ≤ (k - 1)·most + 1.
    """
    return cells - 1 + most <= total <= (cells - 1) * most + 1


def _primary_suppression(rows: pl.DataFrame, rules: Mapping[str, Disclosure]) -> pl.DataFrame:
    """Hide counts from 1 up to the source's threshold - 1 with their shares, and what another edition hides."""
    thresholds = {name: rule.threshold for name, rule in rules.items()}
    small = pl.col("count").is_between(1, pl.col("source").replace_strict(thresholds, default=0) - 1)
    marked = _with_implied_counts(rows, rules).select(small.fill_null(value=False) | (pl.col("status") == "suppressed"))
    cells = rows.filter(marked.to_series()).select(*SERIES, "region_code", "sex").unique()
    return _hide(rows, cells, [*SERIES, "region_code", "sex"])


def _with_implied_counts(rows: pl.DataFrame, rules: Mapping[str, Disclosure]) -> pl.DataFrame:
    """Put the count that a share of a population gives where none stands, and the source's `max_suppressed_count`."""
    persons = pl.col("population") if "population" in rows.columns else pl.lit(None, dtype=pl.Int64)
    maxima = {name: rule.max_suppressed_count for name, rule in rules.items()}
    return rows.with_columns(
        pl.coalesce("count", (pl.col("value") * persons).round().cast(pl.Int64)).alias("count"),
        pl.col("source").replace_strict(maxima, default=0).alias("max_suppressed_count"),
    )


def _hidden_by_series(
    rows: pl.DataFrame, rules: Mapping[str, Disclosure]
) -> Iterator[tuple[tuple[str, ...], list[Hidden], int | None]]:
    """Yield the counties with suppressed cells of a series, for each edition that has any or prints totals."""
    maxima = {name: rule.max_suppressed_count for name, rule in rules.items()}
    totals = rows.filter(pl.col("sex") == "both", pl.col("count").is_not_null())
    for counties in (county_today(), county_then()):
        for own in _members(rows, maxima, counties):
            series = own.select(SERIES).row(0)
            printed = totals.filter([pl.col(name) == value for name, value in zip(SERIES, series, strict=True)])
            for _, one in printed.group_by("edition", maintain_order=True):
                known = dict(one.select("region_code", "count").iter_rows())
                places = {*counties.values(), NATION}
                yield series, *_counties_and_nation(own, {code: n for code, n in known.items() if code in places})


def _counties_and_nation(own: pl.DataFrame, printed: dict[str, int]) -> tuple[list[Hidden], int | None]:
    """Return the counties with suppressed cells in one edition of a series, and what the nation leaves for them."""
    counties, seen = [], 0
    for row in own.iter_rows(named=True):
        total = printed.get(row["county"])
        if row["cells"]:
            left = None if total is None else total - row["shown"]
            counties.append(Hidden(row["county"], row["cells"], total, left, row["max_suppressed_count"]))
        seen += row["shown"] if row["cells"] or total is None else total
    elsewhere = printed.keys() - {NATION, *own["county"]}
    if NATION not in printed or not one_time([*elsewhere, *own["county"]]):
        return counties, None
    return counties, printed[NATION] - seen - sum(printed[code] for code in elsewhere)


def _members(rows: pl.DataFrame, maxima: Mapping[str, int], counties: Mapping[str, str]) -> Iterator[pl.DataFrame]:
    """Yield the suppressed cells and shown counts of each county, for each series and edition with such a cell."""
    municipal = rows.filter(pl.col("region_code").is_in(list(counties)), pl.col("sex") == "both").with_columns(
        pl.col("region_code").replace_strict(counties, default=None).alias("county"),
        pl.col("source").replace_strict(maxima, default=0).alias("max_suppressed_count"),
    )
    table = (
        municipal.filter(pl.col("max_suppressed_count") > 0)
        .group_by(*SERIES, "edition", "county", "max_suppressed_count")
        .agg(cells=(pl.col("status") == "suppressed").sum(), shown=pl.col("count").sum())
        .sort(*SERIES, "edition", "county")
    )
    for _, own in table.group_by(*SERIES, "edition", maintain_order=True):
        if own["cells"].sum() > 0:
            yield own


def _hide(rows: pl.DataFrame, cells: pl.DataFrame, key: list[str]) -> pl.DataFrame:
    """Return the rows with count and value gone and the status `suppressed` in these cells."""
    marked = rows.join(cells.with_columns(hide=True), on=key, how="left", maintain_order="left")
    return marked.with_columns(
        pl.when(pl.col("hide").is_null()).then("count").alias("count"),
        pl.when(pl.col("hide").is_null()).then("value").alias("value"),
        pl.when("hide").then(pl.lit("suppressed")).otherwise("status").alias("status"),
    ).drop("hide")
