"""The demand side by occupation, in one tidy CSV, UTF-8: an empty cell is unknown.

`job_seekers`: persons of all ages who look for work. `vacancies`: positions advertised. Occupations stand in the
publisher's own words.
"""

from pathlib import Path

import polars as pl

from data.ingest.contract import Column, TableContract
from data.sources.adapter import heading
from data.sources.own_layout import texts_of

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
    """Return whether the file's first line is the header of this layout."""
    return {"occupation", *NUMBERS} <= heading(path)


def read(path: Path) -> pl.DataFrame:
    """Return the rows (the contract's columns, counts as numbers). Raises `Problems` with all that breaks it."""
    text = texts_of(path, CONTRACT).select(column.name for column in CONTRACT.columns)
    return text.with_columns(pl.when(pl.col(name) != "").then(name).cast(pl.Int64).alias(name) for name in NUMBERS)
