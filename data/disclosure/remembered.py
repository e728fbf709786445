"""What earlier builds told of each cell: what they hid stays hidden, and what they showed hides nothing.

Who holds two builds has what either shows. A later delivery may make another figure the cheaper one to hide: then the
two together would give the small count away that each of them hides. So every build keeps what it and those before it
have hidden, with the rule it was hidden under, and what they have shown. Which count was small is not in it.
"""

from collections.abc import Callable
from dataclasses import asdict

import polars as pl

from data.disclosure.observed import CELL
from data.settings import Disclosure

_OF_A_SOURCE = ["source", *CELL]
_RULE = {
    "threshold": pl.Int64,
    "max_suppressed_count": pl.Int64,
    "zeros_published": pl.Boolean,
    "protected": pl.Boolean,
}
REMEMBERED = {**dict.fromkeys(_OF_A_SOURCE, pl.String), "hidden": pl.Boolean, **_RULE}
"""A cell of a source: whether it was hidden (else it was shown), and under which rule."""
PRINTED = [*_OF_A_SOURCE, "status"]
SHOWN = ("final", "preliminary")
RuleOf = Callable[[str], Disclosure]


def nothing() -> pl.DataFrame:
    """Return what the first build of all knows of earlier ones."""
    return pl.DataFrame(schema=REMEMBERED)


def without_loosened(earlier: pl.DataFrame, rule_of: RuleOf) -> tuple[pl.DataFrame, dict[str, int]]:
    """Return what still binds, and by source how many cells no longer do: its rule asks for less than it did.

    Whoever loosens a rule wants to show what it hid; one that asks for more lets nothing go.
    """
    hidden = earlier.filter("hidden")
    loose = [
        key for key in hidden.select("source", *_RULE).unique().rows() if _asks_for_less(rule_of(key[0]), *key[1:])
    ]
    if not loose:
        return earlier, {}
    keys = pl.DataFrame(loose, schema={"source": pl.String, **_RULE}, orient="row")
    gone = hidden.join(keys, on=["source", *_RULE], how="semi")
    told = dict(gone.group_by("source").len().sort("source").iter_rows())
    return earlier.join(gone, on=["hidden", *_OF_A_SOURCE], how="anti", maintain_order="left"), told


def _asks_for_less(now: Disclosure, threshold: int, most: int, zeros: bool, protected: bool) -> bool:  # noqa: FBT001
    then = (threshold, most, zeros, not protected)
    today = (now.threshold, now.max_suppressed_count, now.zeros_published, not now.protected)
    return any(asked < was for asked, was in zip(today, then, strict=True))


def hidden_of(rows: pl.DataFrame, earlier: pl.DataFrame) -> pl.DataFrame:
    """Return the cells of rows (`CELL` and `source`) that an earlier build hid."""
    told = rows.select(_OF_A_SOURCE).join(earlier.filter("hidden"), on=_OF_A_SOURCE, how="semi", maintain_order="left")
    return told.select(CELL).unique(maintain_order=True)


def shown_of(rows: pl.DataFrame, earlier: pl.DataFrame) -> pl.DataFrame:
    """Return the cells of rows (`CELL`) that an earlier build showed: whoever kept it has them."""
    return rows.select(CELL).unique().join(earlier.filter(~pl.col("hidden")), on=CELL, how="semi")


def remembered(earlier: pl.DataFrame, rows: pl.DataFrame, rule_of: RuleOf) -> pl.DataFrame:
    """Return what a build keeps: what it hides (`CELL`, `source` and `status`), and what earlier ones told besides.

    What was hidden before keeps the rule it was hidden under. What is shown now stands in the build itself.
    """
    own = rows.filter(status="suppressed").select(_OF_A_SOURCE).unique()
    hidden = pl.concat([earlier.filter("hidden"), hidden_before(own, rule_of)]).unique(_OF_A_SOURCE, keep="first")
    now = pl.concat([hidden.select(_OF_A_SOURCE), rows.filter(pl.col("status").is_in(SHOWN)).select(_OF_A_SOURCE)])
    shown = earlier.filter(~pl.col("hidden")).join(now, on=_OF_A_SOURCE, how="anti").unique()
    return pl.concat([hidden, shown]).sort("hidden", *_OF_A_SOURCE)


def hidden_before(cells: pl.DataFrame, rule_of: RuleOf) -> pl.DataFrame:
    """Return cells (`CELL` and `source`) as hidden under the rules of today."""
    sources = cells["source"].unique().sort().to_list()
    rules = pl.DataFrame(
        [{"source": source, **{name: asdict(rule_of(source))[name] for name in _RULE}} for source in sources],
        schema={"source": pl.String, **_RULE},
    )
    told = cells.with_columns(hidden=pl.lit(value=True)).join(rules, on="source", how="left", maintain_order="left")
    return told.select(list(REMEMBERED))


def shown_before(cells: pl.DataFrame) -> pl.DataFrame:
    """Return cells (`CELL` and `source`) as shown; some may stand there more than once."""
    return pl.concat([nothing(), cells.with_columns(hidden=pl.lit(value=False))], how="diagonal")
