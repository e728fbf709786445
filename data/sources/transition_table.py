"""Aggregate transitions from NAV, the county or UiA: who was in a state, and where they were later. Never persons.

One tidy CSV, UTF-8. `state_after`: a row for each origin and destination after 1, 3, 6, 12 or 60 months. `first_exit`:
a row for each destination and interval (named by its last month), with `left` for those no longer followed. Every group
has a row with the destination `total`: how many started (for `first_exit` at month 0). A hidden count is empty and
`suppressed`.
"""

from dataclasses import replace
from pathlib import Path

import polars as pl

from data.ingest.contract import Column, Problem, TableContract, raise_all
from data.sources.own_layout import OwnTable, begins_with, texts_of

COLUMNS = (
    "measure", "region_code", "cohort", "age_group", "sex", "origin", "destination", "months", "count", "status",
)  # fmt: skip
KEY = COLUMNS[:8]
CONTRACT = TableContract(
    name="flows",
    publisher="",
    columns=(
        Column("measure", pattern=r"^(state_after|first_exit)$", expected="flow_measure", filled=True),
        Column("region_code", pattern=r"^(\d{1,2}|\d{4})$", expected="region_code", filled=True),
        Column("cohort", pattern=r"^\d{4}$", expected="flow_cohort", filled=True),
        Column("age_group", pattern=r"^(\d{2}-\d{2}|under-\d{2}|all)$", expected="age_group", filled=True),
        Column("sex", pattern=r"^(both|female|male)$", expected="sex", filled=True),
        Column("origin", filled=True),
        Column("destination", filled=True),
        Column("months", pattern=r"^\d{1,3}$", expected="flow_months", filled=True),
        Column("count", "count"),
        Column("status", pattern=r"^(final|preliminary|suppressed|missing)$", expected="status", filled=True),
    ),
    symbols={},
    key=KEY,
)


def recognises(path: Path) -> bool:
    """Return whether a file begins with the headings of this layout."""
    return begins_with(path, {"origin", "destination", "months"})


def read(path: Path) -> OwnTable:
    """Return a delivery; its rows are `COLUMNS`, with months and count as numbers, and `line`, the line in the file.

    Raises `Problems` with everything that breaks the contract. That rows add up: see `data.deliveries.transitions`.
    """
    table = texts_of(path, CONTRACT)
    raise_all(path.name, _status_problems(table.rows, path.name))
    rows = table.rows.select(*COLUMNS, "line").with_columns(
        pl.col("months").cast(pl.Int32), pl.when(pl.col("count") != "").then("count").cast(pl.Int64).alias("count")
    )
    return replace(table, rows=rows)


def _status_problems(text: pl.DataFrame, file: str) -> list[Problem]:
    """A hidden or missing count is empty; a count that is shown stands there: an empty cell is never zero."""
    hidden = pl.col("status").is_in(["suppressed", "missing"])
    wrong = {
        "hidden_but_shown": text.filter(hidden & (pl.col("count") != "")),
        "shown_but_empty": text.filter(~hidden & (pl.col("count") == "")),
    }
    return [
        Problem(code=code, file=file, cell=cell, expected=expected, found=status, column="count")
        for code, expected in (("hidden_but_shown", "hidden_empty"), ("shown_but_empty", "count"))
        for cell, status in wrong[code].select("count_cell", "status").iter_rows()
    ]
