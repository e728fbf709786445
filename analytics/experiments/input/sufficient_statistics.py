"""Counts, means and sums of squares by arm and block: all that a difference in means needs."""

from dataclasses import dataclass

import polars as pl

from analytics.experiments.input.checks import Sample


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
    n = float(rows["n"].sum())
    if n == 0:
        return Moments(0.0, float("nan"), None)
    mean = float((rows["n"] * rows["mean"]).sum()) / n
    if rows["ss"].null_count():
        return Moments(n, mean, None)
    between = float((rows["n"] * (rows["mean"] - mean) ** 2).sum())
    return Moments(n, mean, float(rows["ss"].sum()) + between)


def by_arm(rows: pl.DataFrame) -> tuple[Moments, Moments]:
    """Return the moments of the treated and of the control arm."""
    return moments(rows.filter(pl.col("treated"))), moments(rows.filter(~pl.col("treated")))


def by_block(rows: pl.DataFrame) -> tuple[list[tuple[Moments, Moments]], list[str]]:
    """Return the moments by block where both arms are present, and the names of blocks with one arm only."""
    if rows["block"].is_null().all():
        return [by_arm(rows)], []
    pairs: list[tuple[Moments, Moments]] = []
    alone: list[str] = []
    for (name,), part in rows.group_by(["block"], maintain_order=True):
        one, none = by_arm(part)
        if one.n and none.n:
            pairs.append((one, none))
        else:
            alone.append(str(name))
    return pairs, alone


def counts(sample: Sample) -> dict[str, float]:
    """Return the number of persons (or rows) measured by arm label."""
    n, treated = sample.table["n"], sample.table.treated
    return {sample.control: float(n[~treated].sum()), sample.treated: float(n[treated].sum())}
