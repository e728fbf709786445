"""The level of each arm beside their difference, weighted as the difference is, so that one less the other gives it."""

from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.experiments.design.design import Design
from analytics.experiments.estimators.base import with_interval
from analytics.experiments.input.checks import Sample
from analytics.experiments.input.sufficient_statistics import Moments, by_block
from analytics.results import Interval
from analytics.statistics.intervals import wilson_interval

Floats = NDArray[np.float64]
Level = dict[str, Any]
"""arm, at (measured, before or after), value, low, high; no limits where there is no error."""


def person_levels(design: Design, sample: Sample) -> tuple[Level, ...]:
    """Return the share or mean of each arm, blocks weighted by their size: Wilson's limits for a share without
    blocks, else t."""
    pairs = by_block(sample.rows)
    total = sum(one.n + none.n for one, none in pairs)
    weights = np.array([(one.n + none.n) / total for one, none in pairs])
    found = []
    for arm, treated in sample.arms.items():
        parts = [one if treated else none for one, none in pairs]
        value = float(weights @ np.array([part.mean for part in parts]))
        limits = _mean_limits(design, weights, parts, value)
        if sample.kind == "binary" and len(parts) == 1:
            shares = wilson_interval(round(parts[0].n * value), parts[0].n, design.level)
            limits = (shares.low, shares.high) if isinstance(shares, Interval) else limits
        found.append(level(arm, value, limits))
    return tuple(found)


def _mean_limits(design: Design, weights: Floats, parts: list[Moments], value: float) -> tuple[Any, Any]:
    spreads = [part.variance for part in parts]
    known = [(weight**2 * spread / part.n, part.n - 1)
             for weight, part, spread in zip(weights, parts, spreads, strict=True) if spread is not None]  # fmt: skip
    variance = sum(part for part, _ in known)
    if len(known) < len(parts) or not variance > 0:
        return None, None
    df = 1 / sum((part / variance) ** 2 / left for part, left in known if part)
    told = with_interval(value, float(np.sqrt(variance)), df, design.level)
    return told["low"], told["high"]


def unit_levels(design: Design, arms: dict[str, Floats]) -> tuple[Level, ...]:
    """Return the mean over clusters of each arm, with t(G − 1) over them."""
    found = []
    for arm, means in arms.items():
        spread = means.std(ddof=1) / len(means) ** 0.5 if len(means) > 1 else 0.0
        told = with_interval(float(means.mean()), float(spread), len(means) - 1, design.level)
        found.append(level(arm, told["value"], (told["low"], told["high"])))
    return tuple(found)


def levels_over_time(sample: Sample, rows: pl.DataFrame, first: float) -> tuple[Level, ...]:
    """Return each arm's mean over units and periods before and after the start."""
    found = []
    for arm, treated in sample.arms.items():
        for at, later in (("before", False), ("after", True)):
            part = rows.filter((pl.col("treated") == treated) & ((pl.col("period") >= first) == later))
            of_units = part.group_by("unit").agg(pl.col("mean").mean())["mean"]
            found.append(level(arm, float(of_units.to_numpy().mean()), at=at))
    return tuple(found)


def level(arm: str, value: float, limits: tuple[Any, Any] = (None, None), at: str = "measured") -> Level:
    """Return one arm's level."""
    return {"arm": arm, "at": at, "value": value, "low": limits[0], "high": limits[1]}
