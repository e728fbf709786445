"""How many live in a place, where nobody says it of that age and sex but others give it by adding and subtracting."""

from collections.abc import Collection

import polars as pl

from data.disclosure.ages_and_places import SEXES, ages, whole_places
from data.disclosure.links import Key, Sum, sums

PLACE = ["period", "region_code", "age_group", "sex"]


def residents_by_adding(told: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Return the residents of the rows that are had by adding and subtracting what others say.

    told: those that are said, the columns of `PLACE` and `_residents`.
    """
    told_something = pl.any_horizontal(pl.col("count", "value").is_not_null())
    closed = pl.col("age_group").str.contains(r"^\d+(-\d+)?$")  # an open group has no end
    told, lacking = told.filter(closed), rows.filter(pl.col("population").is_null(), told_something, closed)
    wanted = lacking.join(told, on=PLACE, how="anti").select(PLACE).unique(maintain_order=True)
    periods = told.join(wanted, on="period", how="semi").partition_by("period", as_dict=True, maintain_order=True)
    found = []
    for (period,), own in periods.items():
        known = {row[:3]: row[3] for row in own.select(*PLACE[1:], "_residents").iter_rows()}
        asked = wanted.filter(period=period).select(PLACE[1:]).rows()
        found += [(period, *key, known[key]) for key in _filled(known, asked)]
    return pl.DataFrame(found, schema=told.schema, orient="row")


def _filled(known: dict[Key, int], asked: list[Key]) -> list[Key]:
    """Put in what each sum with a single unknown leaves for it, and return which of those asked for are then known."""
    left = _around(known, asked)
    while True:
        alone = [(each, unknown[0]) for each in left if len(unknown := _unknown(each, known)) == 1]
        for (whole, parts), key in alone:
            if key not in known:
                rest = known.get(whole, 0) - sum(known[part] for part in parts if part != key)
                known[key] = -rest if key == whole else rest
        if not alone:
            return [key for key in asked if known.get(key, 0) > 0]


def _unknown(each: Sum, known: Collection[Key]) -> list[Key]:
    return [key for key in (each[0], *each[1]) if key not in known]


def _around(known: Collection[Key], asked: Collection[Key]) -> list[Sum]:
    """Return the sums of the places that are asked for, and of those they are part or whole of."""
    own = {key[0] for key in asked}
    every = whole_places({key[0] for key in known} | own)
    over = tuple((whole, parts) for whole, parts in every if own & {whole, *parts})
    near = own.union(*((whole, *parts) for whole, parts in over))
    keys = [key for key in (*known, *asked) if key[0] in near]
    return sums(keys, (over, ages({key[1] for key in keys}), SEXES), 0) if keys else []
