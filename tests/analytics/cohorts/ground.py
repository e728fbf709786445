"""Synthetic rows with a stated truth, in the shape of `cohort_tables.ROWS`."""

from collections.abc import Callable

import numpy as np
import polars as pl

AGES = ("15-19", "20-24", "25-29")
MIDDLE = {"15-19": 17, "20-24": 22, "25-29": 27}


def rows(cells: list[tuple[int, str, int | None, int]], status: str = "final", parts_missing: int = 0) -> pl.DataFrame:
    """Rows from (year, age group, count, population)."""
    return pl.DataFrame(
        [(*cell, status, parts_missing, "0000", "both", "made") for cell in cells],
        schema={
            "year": pl.Int32, "age_group": pl.String, "count": pl.Int64, "population": pl.Int64, "status": pl.String,
            "parts_missing": pl.Int64, "region_code": pl.String, "sex": pl.String, "edition": pl.String,
        },
        orient="row",
    )  # fmt: skip


def drawn(
    years: range, rate: Callable[[int, int], float], population: int = 20_000, seed: int = 1, spread: float = 0.0
) -> pl.DataFrame:
    """Counts drawn from rate(age, year); with `spread` each cell's rate varies by that share more than chance."""
    rng = np.random.default_rng(seed)
    cells = []
    for year in years:
        for age in AGES:
            wobble = rng.gamma(1 / spread**2, spread**2) if spread else 1.0
            cells.append((year, age, int(rng.poisson(population * rate(MIDDLE[age], year) * wobble)), population))
    return rows(cells)
