"""Counts, means and sums of squares by arm and block: all that a difference in means needs."""

import math
import sys
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.experiments.input.checks import Sample

ROUNDING = 64 * sys.float_info.epsilon
"""Of a number: a spread that is a smaller part of it is what computers round, and no spread. Sums are taken about a
number of their own group, so that equal numbers stay equal however many there are."""


@dataclass(frozen=True)
class Moments:
    """n, mean and sum of squares about the mean (None where a spread is not delivered) of one group."""

    n: float
    mean: float
    ss: float | None

    @property
    def variance(self) -> float | None:
        """Return the sample variance, None under two observations."""
        return None if self.ss is None or self.n < 2 else self.ss / (self.n - 1)


def moments(rows: pl.DataFrame) -> Moments:
    """Return the moments of canonical rows pooled into one group."""
    return _grouped(rows, np.zeros(len(rows), dtype=np.int64), 1)[0]


def by_arm(rows: pl.DataFrame) -> tuple[Moments, Moments]:
    """Return the moments of the treated and of the control arm."""
    none, one = _grouped(rows, rows["treated"].to_numpy().astype(np.int64), 2)
    return one, none


def by_block(rows: pl.DataFrame) -> list[tuple[Moments, Moments]]:
    """Return the moments of the treated and the control arm by block; without blocks all are one."""
    block = blocks_of(rows)
    count = int(block.max()) + 1
    arms = _grouped(rows, 2 * block + rows["treated"].to_numpy(), 2 * count)
    return list(zip(arms[1::2], arms[::2], strict=True))


def blocks_of(rows: pl.DataFrame) -> NDArray[np.int64]:
    """Return each row's block as a number from 0 on; without blocks all are 0."""
    codes = rows["block"].fill_null("").rank("dense").cast(pl.Int64).to_numpy() - 1
    return np.asarray(codes)


def weighted_mean() -> pl.Expr:
    """Return the mean of a group's persons, from rows of n and mean."""
    first = pl.col("mean").first()
    return first + (pl.col("n") * (pl.col("mean") - first)).sum() / pl.col("n").sum()


def _grouped(rows: pl.DataFrame, group: NDArray[np.int64], groups: int) -> list[Moments]:
    """Return the moments of each of `groups`, by each row's code; a row whose mean is unknown counts in none."""
    known = rows["mean"].is_not_null().to_numpy()
    own, (n, mean, ss) = group[known], (rows[name].to_numpy()[known] for name in ("n", "mean", "ss"))
    total, weighted = (np.bincount(own, values, groups) for values in (n, n * mean))
    middle = np.divide(weighted, total, out=np.full(groups, np.nan), where=total > 0)
    left = np.bincount(own, n * (mean - middle[own]), groups)  # what adding up so many numbers has rounded away
    middle += np.divide(left, total, out=np.zeros(groups), where=total > 0)
    spread = beyond_rounding(np.bincount(own, ss + n * (mean - middle[own]) ** 2, groups), total * middle**2)
    found = zip(total.tolist(), middle.tolist(), spread.tolist(), strict=True)
    return [Moments(n, mean, None if n == 0 or math.isnan(ss) else ss) for n, mean, ss in found]


def beyond_rounding(squares: NDArray[Any], of: NDArray[Any]) -> NDArray[np.float64]:
    """Return sums of squares, 0 where they are no more than the rounding of numbers whose own squares are `of`."""
    return np.where(squares < ROUNDING**2 * of, 0.0, squares).astype(np.float64)


def counts(sample: Sample) -> dict[str, float]:
    """Return the number of persons (or rows) measured by arm label."""
    n, treated = sample.table["n"], sample.table.treated
    return {sample.control: float(n[~treated].sum()), sample.treated: float(n[treated].sum())}
