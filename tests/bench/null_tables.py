"""Tables of trials without any effect, one kind a method, and the design each is evaluated by."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Cell:
    """One set-up: `treated` and `control` of what is assigned, persons in each (`sizes` even, skewed, or large: one is
    two fifths of the treated), `outcome` (number, lognormal, binary, duration), intra-class correlation."""

    method: str
    treated: int
    control: int
    sizes: str = "even"
    outcome: str = "number"
    icc: float = 0.1

    @property
    def name(self) -> str:
        """Return the cell in one word."""
        return f"{self.method}-{self.treated}v{self.control}-{self.sizes}-{self.outcome}"


def _sizes(cell: Cell, rng: np.random.Generator, units: int, mean: int) -> NDArray[np.int64]:
    """Return persons by unit; skewed sizes have a coefficient of variation of about 0.8."""
    if cell.sizes != "skewed":
        even = np.full(units, mean)
        even[0] = mean * (cell.treated - 1) * 2 // 3 if cell.sizes == "large" else mean
        return even
    return np.maximum(2, np.rint(mean * rng.lognormal(-0.25, 0.7, units))).astype(np.int64)


def _drawn(cell: Cell, rng: np.random.Generator, shared: Values) -> Values:
    """Return outcomes of persons whose standard normal part `shared` is common to their unit."""
    latent = math.sqrt(cell.icc) * shared + math.sqrt(1 - cell.icc) * rng.normal(size=len(shared))
    if cell.outcome == "lognormal":
        return np.exp(latent)
    if cell.outcome == "binary":
        return (latent > 0.3).astype(float)
    return np.exp(latent) if cell.outcome == "duration" else latent


def _censored(values: Values) -> dict[str, Values]:
    return {"y": np.minimum(values, 2.0).round(2), "event": (values < 2.0).astype(float)}


def _persons(cell: Cell, rng: np.random.Generator) -> pl.DataFrame:
    n = cell.treated + cell.control
    values = _drawn(cell, rng, rng.normal(size=n))
    arm = np.where(np.arange(n) < cell.treated, "treatment", "control")
    return pl.DataFrame({"arm": arm, **(_censored(values) if cell.outcome == "duration" else {"y": values})})


def _pairs(cell: Cell, rng: np.random.Generator) -> pl.DataFrame:
    pair = np.repeat(np.arange(cell.treated), 2)
    arm = np.tile(["treatment", "control"], cell.treated)
    return pl.DataFrame({"arm": arm, "block": pair, "y": _drawn(cell, rng, rng.normal(size=cell.treated)[pair])})


def _clusters(cell: Cell, rng: np.random.Generator) -> pl.DataFrame:
    units = cell.treated + cell.control
    cluster = np.repeat(np.arange(units), _sizes(cell, rng, units, 20))
    values = _drawn(cell, rng, rng.normal(size=units)[cluster])
    arm = np.where(cluster < cell.treated, "treatment", "control")
    read = _censored(values) if cell.outcome == "duration" else {"y": values}
    return pl.DataFrame({"arm": arm, "cluster": cluster, **read})


def _over_time(cell: Cell, rng: np.random.Generator, periods: int) -> tuple[NDArray[np.int64], pl.DataFrame]:
    """Return units and their means of persons by period, each unit with its own level and slow drift."""
    units = cell.treated + cell.control
    sizes = _sizes(cell, rng, units, 20)
    drift = rng.normal(size=(units, periods)).cumsum(axis=1) / 2
    noise = np.stack([_drawn(cell, rng, row) for row in (rng.normal(size=units)[:, None] + drift).T])
    y = noise + rng.normal(size=(periods, units)) / np.sqrt(sizes)
    unit, period = np.tile(np.arange(units), periods), np.repeat(np.arange(periods), units)
    return unit, pl.DataFrame({"unit": unit, "period": period, "y": y.ravel()})


def _changes(cell: Cell, rng: np.random.Generator) -> pl.DataFrame:
    unit, table = _over_time(cell, rng, 2)
    return table.with_columns(arm=pl.Series(np.where(unit < cell.treated, "treatment", "control")))


def _clustered_changes(cell: Cell, rng: np.random.Generator) -> pl.DataFrame:
    clusters = cell.treated + cell.control
    cluster = np.repeat(np.arange(clusters), _sizes(cell, rng, clusters, 10))
    shared = rng.normal(size=(2, clusters))
    values = [_drawn(cell, rng, row[cluster]) for row in shared]
    unit, arm = np.arange(len(cluster)), np.where(cluster < cell.treated, "treatment", "control")
    one = {"unit": unit, "cluster": cluster, "arm": arm}
    return pl.concat([pl.DataFrame({**one, "period": np.full(len(unit), t), "y": values[t]}) for t in (0, 1)])


def _clustered_staggered(cell: Cell, rng: np.random.Generator) -> pl.DataFrame:
    clusters, periods = cell.treated + cell.control, 6
    cluster = np.repeat(np.arange(clusters), _sizes(cell, rng, clusters, 5))
    drift = rng.normal(size=(clusters, periods)).cumsum(axis=1) / 2
    values = [_drawn(cell, rng, row[cluster]) for row in drift.T]
    start = np.where(cluster < cell.treated, 2 + cluster % 3, 0)
    one = {"unit": np.arange(len(cluster)), "cluster": cluster, "start": start}
    return pl.concat([pl.DataFrame({**one, "period": np.full(len(cluster), t + 1), "y": values[t]})
                      for t in range(periods)])  # fmt: skip


def _other_persons(cell: Cell, rng: np.random.Generator) -> pl.DataFrame:
    clusters, periods = cell.treated + cell.control, 4
    cluster = np.tile(np.repeat(np.arange(clusters), _sizes(cell, rng, clusters, 8)), periods)
    period = np.repeat(np.arange(periods), len(cluster) // periods)
    drift = rng.normal(size=(clusters, 1)) + rng.normal(size=(clusters, periods)).cumsum(axis=1) / 2
    start = np.where(cluster < cell.treated, 2 + cluster % 3, 0)
    values = _drawn(cell, rng, drift[cluster, period])
    return pl.DataFrame({"cluster": cluster, "period": period + 1, "start": start, "y": values})


def _staggered(cell: Cell, rng: np.random.Generator) -> pl.DataFrame:
    unit, table = _over_time(cell, rng, 6)
    start = np.where(unit < cell.treated, 2 + unit % 3, 0)
    return table.with_columns(start=pl.Series(start), period=pl.col("period") + 1)


MADE: dict[str, Callable[[Cell, np.random.Generator], pl.DataFrame]] = {
    "persons": _persons, "pairs": _pairs, "clusters": _clusters, "changes": _changes,
    "clustered_changes": _clustered_changes, "staggered": _staggered, "clustered_staggered": _clustered_staggered,
    "other_persons": _other_persons,
}  # fmt: skip
OVER_TIME = {"unit": "unit", "period": "period"}
DESIGNS: dict[str, dict[str, Any]] = {
    "persons": {}, "pairs": {"block": "block"}, "clusters": {"method": "cluster_rct", "cluster": "cluster"},
    "changes": {"method": "before_after", **OVER_TIME},
    "clustered_changes": {"method": "before_after", "cluster": "cluster", **OVER_TIME},
    "staggered": {"method": "staggered", **OVER_TIME},
    "other_persons": {"method": "staggered", "period": "period", "cluster": "cluster"},
    "clustered_staggered": {"method": "staggered", "cluster": "cluster", **OVER_TIME},
}  # fmt: skip
