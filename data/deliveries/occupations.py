"""The demand side as it is loaded: job seekers and vacancies by occupation, none of them few enough to be a person."""

from pathlib import Path

import polars as pl

from data.deliveries.borders import in_force
from data.disclosure.differences import had_by_adding, sums_of
from data.ingest.contract import Problem, raise_all
from data.settings import Disclosure
from data.sources.occupation_table import read
from data.sources.own_layout import OwnTable
from data.tables.slices import Ways
from data.tables.words import is_total

KEY = ["region_code", "period", "occupation"]

OCCUPATIONS = pl.Schema(
    {"region_code": pl.String, "period": pl.String, "occupation": pl.String, "job_seekers": pl.Int64,
     "vacancies": pl.Int64, "edition": pl.String}
)  # fmt: skip


def occupations(file: Path, rule: Disclosure) -> OwnTable:
    """Return a delivery. Raises `Problems`: a number that is none, or job seekers the rule would hide.

    There are no totals to hide one behind: the deliverer joins small occupations instead. An empty cell is no better
    where the nation, the county or all occupations together leave it when the others are taken away.
    """
    table = read(file)
    rows, renumbered = in_force(table.rows, file.name)
    known = rows.select(*KEY, "job_seekers").drop_nulls()
    left = had_by_adding(known, KEY, _sums(rows)) if known.height else known
    problems = [
        Problem(code=code, file=file.name, expected=str(rule.threshold), found=", ".join(each))
        for code, cells in (("occupation_small", known), ("occupation_left", left))
        for each in cells.filter(pl.col("job_seekers").is_between(1, rule.threshold - 1)).select(*KEY).iter_rows()
    ]
    raise_all(file.name, problems)
    return OwnTable(rows, (*table.notes, *renumbered))


def _sums(rows: pl.DataFrame) -> dict[str, Ways]:
    """Return what adds up: municipalities, counties, and all occupations where a row is called so."""
    names = rows["occupation"].unique(maintain_order=True).to_list()
    totals = [name for name in names if is_total(name)]
    parts = tuple(name for name in names if name not in totals)
    return {"region_code": sums_of(set())["region_code"], "occupation": tuple((total, parts) for total in totals)}
