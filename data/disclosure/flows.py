"""Flows between states, protected as other figures are: a state after so many months is an indicator of its own.

They are bound by places, ages, sexes and editions as observations are; besides, the destinations of an origin make up
who started, and those who started are the same after twelve months and after sixty.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import polars as pl

from data.deliveries.transitions import GROUP, TOTAL, TRANSITIONS, bounded
from data.disclosure.observed import CELL
from data.disclosure.withhold import withhold
from data.settings import Disclosure
from data.tables.slices import Ways

_REMAIN = "remain"  # those still in the state when the last exits are counted: no row, but whoever adds up has them
_START = 1e4  # how much dearer the number who started is: without it nothing of the group can be shown
_KEY = [*GROUP, "interval_months", "edition"]


def withhold_flows(
    moves: pl.DataFrame, rules: Mapping[str, Disclosure], earlier: pl.DataFrame | None = None
) -> tuple[pl.DataFrame, int]:
    """Return the rows of the `transition` table with what gives a small count away hidden, and how many cells that is.

    moves: the rows as they are delivered, and `source`, the folder whose rule applies. earlier: what earlier builds
    told of them, as in `withhold`. Raises SolverGaveUp.
    """
    if moves.is_empty():
        return moves.select(list(TRANSITIONS)), 0
    rows = pl.concat([moves, _never_there(moves)], how="diagonal_relaxed").pipe(_as_observations)
    if earlier is not None:  # a state without a row is printed as none, whatever was hidden there once
        earlier = earlier.join(flow_cells(moves), on=CELL, how="semi", maintain_order="left")
    outcome, cells = withhold(rows, rules, _wholes(rows), earlier)
    after = outcome.head(moves.height).with_columns(was=moves["status"])
    changed = after.filter(pl.col("status") != pl.col("was"))
    groups = after.partition_by("edition", *GROUP, maintain_order=True) if changed.height else [after]
    told = pl.concat([_bounded_anew(group, rules) for group in groups])
    return told.select(list(TRANSITIONS)), changed.join(cells, on=CELL, how="semi").select(CELL).unique().height


def _bounded_anew(group: pl.DataFrame, rules: Mapping[str, Disclosure]) -> pl.DataFrame:
    """Return a group with what its hidden counts can be, where more of them are hidden than were delivered so."""
    if group["status"].equals(group["was"]):
        return group
    started = int(group["count"].fill_null(0).max())  # type: ignore[arg-type]
    rule = replace(rules[group["source"][0]], max_suppressed_count=started)  # what is hidden here may be large
    numbered = group.drop("low", "high").rename({"interval_months": "months"}).with_row_index("line")
    return bounded(numbered, rule).rename({"months": "interval_months"}).drop("line").select(group.columns)


def flow_cells(moves: pl.DataFrame) -> pl.DataFrame:
    """Return rows of the `transition` table with `indicator` and `period`, as cells are told of observations."""
    name = pl.concat_str("measure", "origin", "interval_months", "destination", separator="/")
    return moves.with_columns(indicator=name, period="cohort")


def _as_observations(moves: pl.DataFrame) -> pl.DataFrame:
    start = pl.when(pl.col("destination") == TOTAL).then(_START).otherwise(1.0)
    return flow_cells(moves).with_columns(
        value=pl.lit(None, pl.Float64),
        price=pl.coalesce("price", start),
        open_star=True,
    )


def _never_there(moves: pl.DataFrame) -> pl.DataFrame:
    """Return the states that a group has no row of, though others have: it adds up without them, so they are none."""
    after = moves.filter(measure="state_after")
    groups = after.filter(destination=TOTAL)
    ways = after.select("origin", "interval_months", "destination").unique(maintain_order=True)
    every = groups.drop("destination").join(ways, on=["origin", "interval_months"], maintain_order="left")
    lacking = every.join(after, on=[*_KEY, "destination"], how="anti", maintain_order="left")
    return lacking.with_columns(count=pl.lit(0, pl.Int64), price=pl.lit(float("inf")))


def _wholes(rows: pl.DataFrame) -> Ways:
    """Return who started as the sum of where they went, and as the same number in every count of them."""
    return tuple(way for _, own in rows.group_by("origin", maintain_order=True) for way in _of_origin(own))


def _of_origin(own: pl.DataFrame) -> Iterator[tuple[str, tuple[str, ...]]]:
    first = ""
    for measure, months in (
        own.filter(destination=TOTAL).select("measure", "interval_months").unique(maintain_order=True).rows()
    ):
        counted = own.filter(measure=measure)
        counted = counted.filter(interval_months=months) if measure == "state_after" else counted
        parts = counted.filter(pl.col("destination") != TOTAL)["indicator"].unique(maintain_order=True).to_list()
        name = f"{measure}/{own['origin'][0]}/{months}"
        whole = f"{name}/{TOTAL}"
        remain = [f"{name}/{_REMAIN}"] if measure == "first_exit" else []
        yield whole, (*parts, *remain)
        if first:
            yield whole, (first,)
        first = first or whole
