"""Counted cells protected: small inner counts are rounded, and every sum is the sum of what is then told.

Where the rounding begins, and who takes what is left over, is drawn from all counts of the table together: the same
counts give the same files, and nobody who sees the files and knows these rules can tell what was drawn.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import polars as pl

from data.deliveries.transitions import EXIT_DESTINATIONS, TOTAL
from data.disclosure.rounding import rounded, rounded_within
from data.disclosure.table import PUBLISHED, Table
from data.spells.rules import LEFT, REMAIN, Rules, lookups

INNER = ("place", "age_group", "sex")
OUTSIDE = "spells_outside"
_GROUP = ("region_code", "age_group", "sex")


def rate_rows(
    cells: pl.DataFrame, margin: pl.DataFrame, by: Rules, base: int, sides: Mapping[str, str]
) -> pl.DataFrame:
    """Return the rows of one month in the layout `table`: an indicator for each state, and for all outside."""
    inner = _rounded(_named(cells, by, "state"), (*INNER, "state"), base)
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
    starters: pl.DataFrame, after: Mapping[int, pl.DataFrame], exits: pl.DataFrame | None, margin: pl.DataFrame,
    by: Rules, base: int,
) -> pl.DataFrame:  # fmt: skip
    """Return the rows of one cohort in the layout `flows`. Every measure of a group has the same number who started.

    Groups of fewer than `flows_from`, as they are told, are left out: not known, not zero.
    """
    named = _named(starters, by, "origin")
    began = _rounded(named, (*INNER, "origin"), base)
    groups = named.join(began, on=[*INNER, "origin"]).select(*INNER, "origin", "persons", "count")
    large = _summed(began, margin, by, ("origin",)).filter(pl.col("count") >= by.flows_from)
    ground = _Cohort(groups, large, margin, by, base)
    parts = []
    for months, cells in after.items():
        ways = pl.DataFrame({"destination": list(by.states)}).with_columns(months=pl.lit(months, pl.Int32))
        own = _named(cells, by, "origin", "destination").with_columns(months=pl.lit(months, pl.Int32))
        parts.append(_flow("state_after", own, ways, ground))
    if exits is not None:
        spans = pl.DataFrame({"months": list(by.exits_by)}, schema={"months": pl.Int32})
        ways = pl.DataFrame({"destination": list(EXIT_DESTINATIONS)}).join(spans, how="cross")
        own = _named(exits, by, "origin").with_columns(pl.col("months").cast(pl.Int32))
        parts.append(_flow("first_exit", own, ways, ground))
    return pl.concat(parts) if parts else pl.DataFrame()


@dataclass(frozen=True)
class _Cohort:
    """A year's cohort: inner groups with who started (`persons`, and rounded `count`), and the sums that are told."""

    groups: pl.DataFrame
    told: pl.DataFrame
    margin: pl.DataFrame
    by: Rules
    base: int


def _flow(measure: str, cells: pl.DataFrame, ways: pl.DataFrame, cohort: _Cohort) -> pl.DataFrame:
    inner = _within(cells, cohort)
    sums = _summed(inner, cohort.margin, cohort.by, ("origin", "destination", "months"))
    keys = [*_GROUP, "origin", "destination", "months"]
    every = cohort.told.drop("count").join(ways, how="cross").join(sums, on=keys, how="left")
    start = 0 if measure == "first_exit" else ways["months"][0]
    total = cohort.told.with_columns(destination=pl.lit(TOTAL), months=pl.lit(start, pl.Int32))
    rows = pl.concat([every.select(*keys, pl.col("count").fill_null(0)), total.select(*keys, "count")])
    return rows.select(pl.lit(measure).alias("measure"), pl.all())


def _within(cells: pl.DataFrame, cohort: _Cohort) -> pl.DataFrame:
    """Return the cells of each inner group rounded so that they make up those who started; the rest remain."""
    ways: dict[tuple[str, ...], dict[tuple[str, int], int]] = {}
    columns = (*INNER, "origin", "destination", "months", "persons")
    for *key, destination, months, persons in cells.select(columns).sort(columns).iter_rows():
        ways.setdefault(tuple(key), {})[destination, months] = persons
    seed, rows = _seed(cells), []
    carried = _begin(seed, cohort.base)
    for *key, started, whole in cohort.groups.sort(*INNER, "origin").iter_rows():
        own = ways.get(tuple(key), {})
        parts = [*own.values(), started - sum(own.values())]
        near, carried = rounded_within(parts, whole, cohort.base, carried, _drawn(seed, *key))
        rows += [(*key, *way, count) for way, count in zip([*own, (REMAIN, 0)], near, strict=True) if count]
    names = dict.fromkeys((*INNER, "origin", "destination"), pl.String)
    return pl.DataFrame(rows, schema={**names, "months": pl.Int32, "count": pl.Int64}, orient="row")


def _rounded(cells: pl.DataFrame, dims: tuple[str, ...], base: int) -> pl.DataFrame:
    table = cells.select(*dims, count=pl.col("persons"), status=pl.lit(PUBLISHED)).sort(dims)
    return rounded(Table(table, dims, dims, (), ()), base, _begin(_seed(table), base))


def _begin(seed: str, base: int) -> int:
    """Return what the first small count begins with: at most half the base either way."""
    return _drawn(seed) % base - base // 2


def _seed(counts: pl.DataFrame) -> str:
    """Return what is drawn from: a mark of all counts of a table."""
    return hashlib.sha256(counts.sort(counts.columns).write_csv().encode()).hexdigest()


def _drawn(seed: str, *key: str) -> int:
    return int.from_bytes(hashlib.sha256("|".join([seed, *key]).encode()).digest()[:8])


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
