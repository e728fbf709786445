"""The demand side by occupation, in one tidy CSV, UTF-8: an empty cell is unknown.

`job_seekers`: persons of all ages who look for work. `vacancies`: positions advertised. Occupations stand in the
publisher's own words.
"""

from dataclasses import replace
from pathlib import Path

import polars as pl

from data.ingest.contract import Column, TableContract
from data.sources.own_layout import OwnTable, begins_with, texts_of

CONTRACT = TableContract(
    name="occupations",
    publisher="",
    columns=(
        Column("region_code", pattern=r"^(\d{1,2}|\d{4})$", expected="region_code", filled=True),
        Column("period", pattern=r"^\d{4}-\d{2}$", expected="period", filled=True),
        Column("occupation", filled=True),
        Column("job_seekers", "count"),
        Column("vacancies", "count"),
    ),
    symbols={},
    key=("region_code", "period", "occupation"),
)
NUMBERS = ("job_seekers", "vacancies")


def recognises(path: Path) -> bool:
    """Return whether a file begins with the headings of this layout."""
    return begins_with(path, {"occupation", *NUMBERS})


def read(path: Path) -> OwnTable:
    """Return a delivery; its rows are the contract's columns, counts as numbers. Raises `Problems` with all wrong."""
    table = texts_of(path, CONTRACT)
    text = table.rows.select(column.name for column in CONTRACT.columns)
    numbers = [pl.when(pl.col(name) != "").then(name).cast(pl.Int64).alias(name) for name in NUMBERS]
    return replace(table, rows=text.with_columns(numbers))
