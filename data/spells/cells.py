"""Counted cells protected: small inner counts are rounded, and every sum is the sum of what is then told.

Where the rounding begins, and who takes what is left over, is drawn from all counts of the table together: the same
counts give the same files, and nobody who sees the files and knows these rules can tell what was drawn. All months are
told by the same draws, and a month or a cohort that is told again by those that were kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import polars as pl

from data.deliveries.transitions import EXIT_DESTINATIONS, TOTAL
from data.disclosure.links import Key
from data.disclosure.rounding import rounded, rounded_within
from data.disclosure.table import PUBLISHED, Table
from data.spells.kept_rounding import KeptRounding
from data.spells.rules import LEFT, REMAIN, Rules, lookups

INNER = ("place", "age_group", "sex")
OUTSIDE = "spells_outside"
_GROUP = ("region_code", "age_group", "sex")


def rate_rows(
    cells: pl.DataFrame, month: str, margin: pl.DataFrame, by: Rules, kept: KeptRounding, sides: Mapping[str, str]
) -> pl.DataFrame:
    """Return the rows of one month in the layout `table`: an indicator for each state, and for all outside."""
    inner = _rounded(_named(cells, by, "state"), (*INNER, "state"), f"rates/{month}", kept)
    told = _summed(inner, margin, by, ("state",))
    population = told.group_by(_GROUP).agg(population=pl.col("count").sum()).filter(pl.col("population") > 0)
    states = pl.DataFrame({"state": [name for name in by.states if name != LEFT]})
    every = population.join(states, how="cross").join(told, on=[*_GROUP, "state"], how="left")
    every = every.with_columns(pl.col("count").fill_null(0))  # the group is known and the state has nobody (told)
    outside = every.filter(pl.col("state").replace_strict(sides) == "outside").group_by(*_GROUP, "population")
    whole = outside.agg(pl.col("count").sum()).with_columns(indicator=pl.lit(OUTSIDE))
    single = every.with_columns(indicator=pl.lit("spells_") + pl.col("state"))
    columns = ("indicator", *_GROUP, "count", "population")
    return pl.concat([single.select(columns), whole.select(columns)])


def flow_rows(
    starters: pl.DataFrame, after: Mapping[int, pl.DataFrame], exits: pl.DataFrame | None, year: int,
    margin: pl.DataFrame, by: Rules, kept: KeptRounding,
) -> pl.DataFrame:  # fmt: skip
    """Return the rows of one cohort in the layout `flows`. Every measure of a group has the same number who started.

    Groups of fewer than `flows_from`, as they are told, are left out: not known, not zero.
    """
    named = _named(starters, by, "origin")
    began = _rounded(named, (*INNER, "origin"), f"starters-{year}", kept)
    groups = named.join(began, on=[*INNER, "origin"]).select(*INNER, "origin", "persons", "count")
    large = _summed(began, margin, by, ("origin",)).filter(pl.col("count") >= by.flows_from)
    ground = _Cohort(year, groups, large, margin, by, kept)
    parts = []
    for months, cells in after.items():
        ways = pl.DataFrame({"destination": list(by.states)}).with_columns(months=pl.lit(months, pl.Int32))
        own = _named(cells, by, "origin", "destination").with_columns(months=pl.lit(months, pl.Int32))
        parts.append(_flow("state_after", own, ways, f"state_after-{year}-{months}", ground))
    if exits is not None:
        spans = pl.DataFrame({"months": list(by.exits_by)}, schema={"months": pl.Int32})
        ways = pl.DataFrame({"destination": list(EXIT_DESTINATIONS)}).join(spans, how="cross")
        own = _named(exits, by, "origin").with_columns(pl.col("months").cast(pl.Int32))
        parts.append(_flow("first_exit", own, ways, f"first_exit-{year}", ground))
    return pl.concat(parts) if parts else pl.DataFrame()


@dataclass(frozen=True)
class _Cohort:
    """A year's cohort: inner groups with who started (`persons`, and rounded `count`), and the sums that are told."""

    year: int
    groups: pl.DataFrame
    told: pl.DataFrame
    margin: pl.DataFrame
    by: Rules
    kept: KeptRounding


def _flow(measure: str, cells: pl.DataFrame, ways: pl.DataFrame, table: str, cohort: _Cohort) -> pl.DataFrame:
    inner = _within(cells, table, cohort)
    sums = _summed(inner, cohort.margin, cohort.by, ("origin", "destination", "months"))
    keys = [*_GROUP, "origin", "destination", "months"]
    every = cohort.told.drop("count").join(ways, how="cross").join(sums, on=keys, how="left")
    start = 0 if measure == "first_exit" else ways["months"][0]
    total = cohort.told.with_columns(destination=pl.lit(TOTAL), months=pl.lit(start, pl.Int32))
    rows = pl.concat([every.select(*keys, pl.col("count").fill_null(0)), total.select(*keys, "count")])
    return rows.select(pl.lit(measure).alias("measure"), pl.all())


def _within(cells: pl.DataFrame, table: str, cohort: _Cohort) -> pl.DataFrame:
    """Return the cells of each inner group rounded so that they make up those who started; the rest remain."""
    ways: dict[Key, dict[tuple[str, int], int]] = {}
    dims = (*INNER, "origin", "destination", "months")
    counts = cells.select(*dims[:-1], pl.col("months").cast(pl.String), "persons")
    for *key, destination, months, persons in cells.select(*dims, "persons").sort(dims).iter_rows():
        ways.setdefault(tuple(key), {})[destination, months] = persons
    rows = []
    draws = cohort.kept.draws(table, counts)
    carried = draws.begin()
    for *key, started, whole in cohort.groups.sort(*INNER, "origin").iter_rows():
        own = ways.get(tuple(key), {})
        own[REMAIN, 0] = started - sum(own.values())
        parts = {(*key, way, str(months)): persons for (way, months), persons in own.items()}
        near, carried = rounded_within(parts, whole, draws, carried)
        rows += [(*key, *way, count) for way, count in zip(own, near, strict=True) if count]
    names = dict.fromkeys((*INNER, "origin", "destination"), pl.String)
    return pl.DataFrame(rows, schema={**names, "months": pl.Int32, "count": pl.Int64}, orient="row")


def _rounded(cells: pl.DataFrame, dims: tuple[str, ...], table: str, kept: KeptRounding) -> pl.DataFrame:
    counts = cells.select(*dims, count=pl.col("persons"))
    own = counts.with_columns(status=pl.lit(PUBLISHED)).sort(dims)
    return rounded(Table(own, dims, dims, (), ()), kept.draws(table, counts))


def _named(cells: pl.DataFrame, by: Rules, *columns: str) -> pl.DataFrame:
    """Return the cells with states by name in place of their numbers."""
    names = dict(enumerate(by.states, start=1))
    named = [pl.col(name).replace_strict(names, return_dtype=pl.String) for name in columns]
    return cells.with_columns(named)


def _summed(inner: pl.DataFrame, margin: pl.DataFrame, by: Rules, kept: Sequence[str]) -> pl.DataFrame:
    """Return inner cells summed to every place, age group and sex that is told."""
    small = lookups(by)
    ways = (("place", margin), ("age_group", small["age_margin"]), ("sex", small["sex_margin"]))
    wide = reduce(_to_margin, ways, inner)
    return wide.group_by("place", "age_group", "sex", *kept).agg(pl.col("count").sum()).rename({"place": "region_code"})


def _to_margin(cells: pl.DataFrame, way: tuple[str, pl.DataFrame]) -> pl.DataFrame:
    name, margin = way
    return cells.join(margin, on=name).drop(name).rename({"told": name})
