"""Aggregate transitions from NAV, the county or UiA: who was in a state, and where they were later. Never persons.

One tidy CSV, UTF-8. `state_after`: a row for each origin and destination after 12 or 60 months. `first_exit`: a row for
each destination and interval (named by its last month), with `left` for those no longer followed. Every group has a row
with the destination `total`: how many started (for `first_exit` at month 0). A hidden count is empty and `suppressed`.
"""

from pathlib import Path

import polars as pl

from data.ingest.contract import Column, Problem, TableContract, raise_all
from data.ingest.open_file import open_file
from data.ingest.personal_data import refuse
from data.ingest.sheet import cell_name
from data.ingest.validation import problems
from data.sources.adapter import heading

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
    """Return whether the file's first line is the header of this layout."""
    return {"origin", "destination", "months"} <= heading(path)


def read(path: Path) -> pl.DataFrame:
    """Return the rows of a delivery (`COLUMNS`, with months and count as numbers and `line`, the line in the file).

    Raises `Problems` with everything that breaks the contract. That rows add up: see `data.deliveries.transitions`.
    """
    book = open_file(path)
    refuse(book)
    if book.kind != "text":
        raise_all(path.name, [Problem(code="not_a_table", file=path.name, expected=",".join(COLUMNS), found=book.kind)])
    rows = [row for row in book.sheets[0].rows if any(row)]
    header = [name.strip() for name in rows[0]]
    missing = [name for name in COLUMNS if name not in header]
    raise_all(path.name, [Problem(code="missing_column", file=path.name, expected=n, column=n) for n in missing])
    raise_all(path.name, [] if rows[1:] else [Problem(code="no_rows", file=path.name)])
    text = _table(header, rows[1:])
    found = _ragged(path, header, rows) + problems(text, CONTRACT, path.name) + _status_problems(text, path.name)
    raise_all(path.name, found)
    return text.select(*COLUMNS, "line").with_columns(
        pl.col("months").cast(pl.Int32), pl.when(pl.col("count") != "").then("count").cast(pl.Int64).alias("count")
    )


def _table(header: list[str], rows: list[tuple[str, ...]]) -> pl.DataFrame:
    places = {name: header.index(name) for name in COLUMNS}
    records = {name: [row[place].strip() if place < len(row) else "" for row in rows] for name, place in places.items()}
    cells = [cell_name(number, places["count"]) for number in range(1, len(rows) + 1)]
    schema = dict.fromkeys([*COLUMNS, "count_cell"], pl.String)
    lines = pl.Series("line", range(2, len(rows) + 2), dtype=pl.Int32)
    return pl.DataFrame({**records, "count_cell": cells}, schema=schema).with_columns(lines)


def _ragged(path: Path, header: list[str], rows: list[tuple[str, ...]]) -> list[Problem]:
    return [
        Problem(code="ragged_row", file=path.name, cell=f"A{line}", expected=str(len(header)), found=str(len(row)))
        for line, row in enumerate(rows[1:], start=2)
        if len(row) != len(header)
    ]


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
