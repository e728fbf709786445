"""The demand side as it is loaded: job seekers and vacancies by occupation, none of them few enough to be a person."""

from pathlib import Path

import polars as pl

from data.ingest.contract import Problem, raise_all
from data.settings import Disclosure
from data.sources.occupation_table import read

OCCUPATIONS = pl.Schema(
    {"region_code": pl.String, "period": pl.String, "occupation": pl.String, "job_seekers": pl.Int64,
     "vacancies": pl.Int64, "edition": pl.String}
)  # fmt: skip


def occupations(file: Path, rule: Disclosure) -> pl.DataFrame:
    """Return the rows of a delivery. Raises `Problems`: a number that is none, or job seekers the rule would hide.

    There are no totals to hide one behind: the deliverer joins small occupations instead.
    """
    rows = read(file)
    few = rows.filter(pl.col("job_seekers").is_between(1, rule.threshold - 1))
    named = (", ".join(each) for each in few.select("region_code", "period", "occupation").iter_rows())
    facts = {"file": file.name, "expected": str(rule.threshold)}
    raise_all(file.name, [Problem(code="occupation_small", **facts, found=each) for each in named])
    return rows
