"""How many live in a place, where nobody says it of that age and sex but others give it by adding and subtracting."""

import polars as pl

from data.catalogue import regions
from data.disclosure.ages_and_places import SEXES, ages
from data.disclosure.hierarchy import Ways
from data.region import NATION

PLACE = ["period", "region_code", "age_group", "sex"]


def residents_by_adding(told: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Return the residents of the rows that are had by adding and subtracting what others say.

    told: those that are said, the columns of `PLACE` and `residents`. rows: observations.
    """
    told_something = pl.any_horizontal(pl.col("count", "value").is_not_null())
    closed = pl.col("age_group").str.contains(r"^\d+(-\d+)?$")  # an open group has no end
    lacking = rows.filter(pl.col("population").is_null(), told_something, closed)
    wanted = lacking.select(PLACE).unique().join(told, on=PLACE, how="anti")
    known = told.filter(closed).join(wanted, on="period", how="semi")
    groups = {*known["age_group"], *wanted["age_group"]}
    sums = {"sex": SEXES, "age_group": ages(groups), "region_code": _places()} if known.height else {}
    before = -1
    while before < known.height:
        before = known.height
        for dim, ways in sums.items():
            found = _left_over(known, dim, ways).join(known, on=PLACE, how="anti")
            known = pl.concat([known, found.unique(PLACE, keep="first", maintain_order=True)])
    return known.join(wanted, on=PLACE, how="semi").filter(pl.col("residents") > 0)


def _places() -> Ways:
    """Return the counties as all their municipalities of today, and the nation as all counties."""
    today = regions().filter("current", pl.col("level") == "municipality").group_by("county", maintain_order=True)
    members = {str(county): tuple(own["code"]) for (county,), own in today}
    return (*members.items(), (NATION, tuple(members)))


def _left_over(known: pl.DataFrame, dim: str, ways: Ways) -> pl.DataFrame:
    """Return what each sum leaves for the only one of its members that is not known."""
    members = pl.DataFrame(
        [(way, code, place, -1 if place else 1) for way, (whole, parts) in enumerate(ways)
         for place, code in enumerate((whole, *parts))],
        schema={"way": pl.Int64, dim: pl.String, "member": pl.Int64, "sign": pl.Int64}, orient="row",
    )  # fmt: skip
    size = members.group_by("way").agg(pl.len().alias("size"), pl.col("member").sum().alias("all_members"))
    others = [name for name in PLACE if name != dim]
    rest = known.join(members, on=dim).group_by("way", *others, maintain_order=True).agg(
        pl.len(), (pl.col("sign") * pl.col("residents")).sum().alias("rest"), pl.col("member").sum().alias("there")
    ).join(size, on="way").filter(pl.col("len") == pl.col("size") - 1)  # fmt: skip
    left = rest.with_columns(member=pl.col("all_members") - pl.col("there")).join(members, on=["way", "member"])
    return left.with_columns(residents=-pl.col("sign") * pl.col("rest")).select(known.columns)
