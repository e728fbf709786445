"""What stands nowhere but is left when others are taken from their sum: residents, and small counts nobody printed."""

from collections.abc import Mapping, Sequence

import polars as pl

from data.catalogue import regions
from data.disclosure.ages_and_places import SEXES, ages
from data.region import NATION
from data.tables.slices import Ways


def had_by_adding(known: pl.DataFrame, keys: Sequence[str], sums: Mapping[str, Ways]) -> pl.DataFrame:
    """Return the figures that are not known but follow from those that are, one after another.

    known: the columns of `keys` and one with the numbers. sums: what adds up in some of the keys.
    """
    every, before = known.with_columns(_as_numbers(known, keys, sums)), -1
    while before < every.height:
        before = every.height
        for dim, ways in sums.items():
            if can_tell := _with_one_lacking_at_most(every[dim], ways):
                found = _left_over(every, keys, dim, can_tell).join(every, on=keys, how="anti")
                every = pl.concat([every, found.unique(keys, keep="first", maintain_order=True)])
    return every.tail(every.height - known.height).cast(known.schema)


def _as_numbers(known: pl.DataFrame, keys: Sequence[str], sums: Mapping[str, Ways]) -> list[pl.Expr]:
    """Return the keys with a number for each code: joins of text take several times the memory."""
    told = {dim: {code for whole, parts in ways for code in (whole, *parts)} for dim, ways in sums.items()}
    codes = {name: sorted({*known[name].unique()} | told.get(name, set())) for name in keys}
    return [pl.col(name).cast(pl.Enum(own)) for name, own in codes.items()]


def sums_of(groups: set[str]) -> dict[str, Ways]:
    """Return what adds up in sexes, in some age groups, and in places whose municipalities are all there are."""
    today = regions().filter("current", pl.col("level") == "municipality").group_by("county", maintain_order=True)
    members = {str(county): tuple(own["code"]) for (county,), own in today}
    return {"sex": SEXES, "age_group": ages(groups), "region_code": (*members.items(), (NATION, tuple(members)))}


def _with_one_lacking_at_most(codes: pl.Series, ways: Ways) -> Ways:
    """Return the sums of which one member at most stands nowhere: the others leave nothing to anybody."""
    there = {*codes.unique()}
    return tuple(way for way in ways if len({way[0], *way[1]} - there) <= 1)


def _left_over(known: pl.DataFrame, keys: Sequence[str], dim: str, ways: Ways) -> pl.DataFrame:
    """Return what each sum leaves for the only one of its members that is not known."""
    number = known.columns[-1]
    members = pl.DataFrame(
        [(way, code, place, -1 if place else 1) for way, (whole, parts) in enumerate(ways)
         for place, code in enumerate((whole, *parts))],
        schema={"way": pl.Int64, dim: known.schema[dim], "member": pl.Int64, "sign": pl.Int64}, orient="row",
    )  # fmt: skip
    size = members.group_by("way").agg(pl.len().alias("size"), pl.col("member").sum().alias("all_members"))
    others = [name for name in keys if name != dim]
    rest = known.join(members, on=dim).group_by("way", *others, maintain_order=True).agg(
        pl.len(), (pl.col("sign") * pl.col(number)).sum().alias("rest"), pl.col("member").sum().alias("there")
    ).join(size, on="way").filter(pl.col("len") == pl.col("size") - 1)  # fmt: skip
    left = rest.with_columns(member=pl.col("all_members") - pl.col("there")).join(members, on=["way", "member"])
    return left.select(*keys, (-pl.col("sign") * pl.col("rest")).alias(number)).select(known.columns)
