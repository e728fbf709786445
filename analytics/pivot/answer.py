"""A table of one's own is answered: over figures, flows or outcomes, with the statement that gives the same digits."""

from collections.abc import Iterator
from itertools import product
from math import prod

import polars as pl

from analytics.exclusion.comparability import apart
from analytics.exclusion.rates import standing_editions
from analytics.pivot.figures import Standing, figures_statement
from analytics.pivot.followed import flows_statement, outcomes_statement
from analytics.pivot.question import FIGURES, FLOWS, OUTCOMES, PivotAnswer, PivotQuestion
from analytics.pivot.refusals import PivotApart, PivotEmpty
from data.warehouse.connection import run_filled

_FOLLOWED = {FLOWS: flows_statement, OUTCOMES: outcomes_statement}


def pivot(asked: PivotQuestion, standing: Standing = standing_editions) -> PivotAnswer:
    """Return a table. Raises DefinitionsDiffer and PivotRefused where it cannot be made, each with why.

    standing: how it is found in which edition figures stand, for who asks often.
    """
    _refuse(asked)
    parts = prod(len(asked.chosen(dimension)) for dimension in asked.added)
    followed = _FOLLOWED.get(asked.kind)
    statement = followed(asked, parts) if followed else figures_statement(asked, parts, standing)
    return PivotAnswer(_ordered(run_filled(statement), asked), statement, parts)


def _refuse(asked: PivotQuestion) -> None:
    if not asked.counted:
        raise PivotEmpty(where="pivot", found="indicator")
    if len(asked.counted) > 1:
        raise _apart(*asked.counted[:2])
    for dimension in (*asked.dimensions, *asked.shown):
        if not asked.chosen(dimension):
            raise PivotEmpty(where="pivot", found=dimension)


def _apart(first: str, second: str) -> Exception:
    both = PivotQuestion((first,), "", "", ()).kind == PivotQuestion((second,), "", "", ()).kind == FIGURES
    return apart(first, second) if both else PivotApart("pivot", f"{first} + {second}", first, second)


def _ordered(cells: pl.DataFrame, asked: PivotQuestion) -> pl.DataFrame:
    """Return the cells in the order that was asked for; one that is published nowhere is missing."""
    names = [asked.dimensions[name] for name in asked.shown]
    whole = pl.DataFrame(list(_grid(asked)), schema=dict.fromkeys(names, pl.String), orient="row")
    texts = cells.with_columns(pl.col(names).cast(pl.String).fill_null(""))
    found = whole.join(texts, on=names, how="left", maintain_order="left")
    counted = [pl.col(name).cast(pl.Int64) for name in ("count", "population", "parts_missing")]
    return found.with_columns(*counted, pl.col("status").fill_null("missing"))


def _grid(asked: PivotQuestion) -> Iterator[tuple[str, ...]]:
    yield from product(*(asked.chosen(name) for name in asked.shown))
