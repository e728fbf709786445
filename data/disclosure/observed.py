"""Every count that can be read of observations, also as a share of residents, and which are small."""

from collections.abc import Mapping

import polars as pl

from data.catalogue import indicators
from data.disclosure.differences import had_by_adding, sums_of
from data.disclosure.residents import PLACE, residents_by_adding
from data.settings import Disclosure
from data.tables.slices import Ways

CELL = ["indicator", "period", "region_code", "age_group", "sex"]
_ROW = "row"
_FEWEST_DECIMALS = 3  # shares are printed as per cent with a decimal at least


def with_known_counts(rows: pl.DataFrame, rules: Mapping[str, Disclosure]) -> pl.DataFrame:
    """Return the rows with their rule, the residents known from any row, the count a share gives, and what is small.

    Adds `threshold`, `legend` (0: not told), `least` (of a hidden count), `among` (residents), `known`, `small` (the
    count, or those left of the residents, is 1 … threshold - 1) and `few_left`. A source without a rule has the
    strictest of all.
    """
    strictest = max(rules.values(), key=lambda rule: rule.threshold)
    with_rule = rows.with_columns(
        _of(rules, "threshold", strictest.threshold), _of(rules, "max_suppressed_count", 0).alias("legend"),
        _of(rules, "zeros_published", strictest.zeros_published).cast(pl.Int64).alias("least"),
        _of(rules, "protected", default=False),
    )  # fmt: skip
    among = with_rule.pipe(_residents)
    count, left = pl.col("known"), pl.col("among") - pl.col("known")
    few = (left.is_between(1, pl.col("threshold") - 1) & ~pl.col("protected")).fill_null(value=False)
    small = count.is_between(1, pl.col("threshold") - 1).fill_null(value=False)
    return among.with_columns(known=pl.coalesce("count", _told_by_share())).with_columns(
        small=small, few_left=few & ~small
    )


def _of(rules: Mapping[str, Disclosure], name: str, default: int) -> pl.Expr:
    values = {source: getattr(rule, name) for source, rule in rules.items()}
    return pl.col("source").replace_strict(values, default=default).alias(name)


def _residents(rows: pl.DataFrame) -> pl.DataFrame:
    """Add how many people a share is of: as the row says, else as any other row says of the same residents."""
    if "population" not in rows.columns:
        return rows.with_columns(among=pl.lit(None, dtype=pl.Int64))
    others = [each.id for each in indicators().values() if each.people]
    of_residents = rows.with_row_index(_ROW).filter(~pl.col("indicator").is_in(others))
    lacking = of_residents.filter(pl.col("population").is_null())
    told = of_residents.filter(pl.col("period").is_in(lacking["period"].unique().implode())).drop_nulls("population")
    told = told.group_by(PLACE).agg(pl.col("population").last().alias("residents"))
    told = pl.concat([told, residents_by_adding(told, lacking)])
    found = lacking.select(_ROW, *PLACE).join(told, on=PLACE)
    among = rows["population"].alias("among").scatter(found[_ROW], found["residents"])
    return rows.with_columns(among)


def _told_by_share() -> pl.Expr:
    """Return the count that a share of known people gives, where it is rounded so little that few counts fit it."""
    share = pl.when(pl.col("count").is_null()).then("value")  # where a count stands, nobody needs it
    decimals = share.cast(pl.String).str.extract(r"\.(\d+)$").str.len_chars().clip(_FEWEST_DECIMALS)
    width = pl.col("among") * pl.lit(10.0).pow(-decimals.cast(pl.Float64))
    count = (share * pl.col("among")).round().cast(pl.Int64)
    return pl.when(width <= 2 * pl.col("threshold")).then(count)


def with_differences(known: pl.DataFrame, wholes: Ways) -> pl.DataFrame:
    """Return the rows and, last, the small counts that have no row but are left when others are taken from their sum.

    known: as `with_known_counts` returns them. What the publisher has rounded leaves no true count.
    """
    told = known.filter(~pl.col("protected"), pl.col("known").is_not_null())
    told = told.select(*CELL, "known", "threshold", "source")
    told = told.unique(CELL, keep="last", maintain_order=True)
    alike = told.group_by("indicator", "period").agg(pl.col("age_group").unique().sort().alias("groups"))
    found = [
        had_by_adding(own.select(*CELL, "known"), CELL, sums_of({*groups[0]}) | {"indicator": wholes})
        for groups, own in told.join(alike, on=["indicator", "period"]).group_by("groups", maintain_order=True)
    ]
    rules = told.group_by("period").agg(pl.col("threshold", "source").max())
    small = pl.concat([told.select(*CELL, "known").clear(), *found]).join(rules, on="period")
    small = small.filter(pl.col("known") > 0, pl.col("known") < pl.col("threshold"))
    if small.is_empty():
        return known
    new = small.join(known, on=CELL, how="anti").with_columns(
        legend=0, least=pl.lit(0, pl.Int64), protected=False, small=True, few_left=False, status=pl.lit("final"),
        edition=pl.lit(""),
    )  # fmt: skip
    return pl.concat([known, new], how="diagonal_relaxed")
