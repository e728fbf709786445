"""A band that holds all points of an event study at once, where their intervals hold each alone."""

import math
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.experiments.design.design import Design
from analytics.experiments.estimators.base import critical

Floats = NDArray[np.float64]
DRAWS, ROUNDED = 1999, 1e-9


def band_critical(products: Floats, left: Floats, design: Design) -> float | None:
    """Return the critical value of the largest |t| among points, by the multiplier bootstrap, whose normal
    multipliers need only how the points go together; None for one point.

    products: points × points, of what each unit or cluster adds to a point's estimate, summed over them; left: degrees
    of freedom a point. Never below one point's own t, nor above Bonferroni's.
    Source: Callaway & Sant'Anna (2021), Algorithm 1.
    """
    errors = np.sqrt(np.maximum(np.diagonal(products), 0))
    fine = errors > 0
    points = int(fine.sum())
    if points < 2:
        return None
    if points < len(fine):
        errors, products, left = errors[fine], products[fine][:, fine], left[fine]
    spread, axes = np.linalg.eigh(products / errors / errors[:, None])
    largest = _quantile(axes * np.sqrt(np.maximum(spread, 0)), design)
    fewest = float(left.min())
    least, most = (critical(level, fewest) for level in (design.level, 1 - (1 - design.level) / points))
    widened = largest * least / critical(design.level, None)
    return min(max(widened, least), most)


def _quantile(root: Floats, design: Design) -> float:
    """Return the quantile at the design's level of the largest |root × multipliers|; rows of `root` have length 1, so
    that no multipliers exceed their own length, and the shorter half is drawn only where it can matter."""
    multipliers, lengths = _multipliers(design.seed, len(root))
    above = DRAWS + 1 - min(math.ceil(design.level * (DRAWS + 1)), DRAWS)
    for draws in (max(DRAWS // 2, above), DRAWS):
        drawn = root @ multipliers[:, :draws]
        largest = np.abs(drawn, out=drawn).max(axis=0)
        largest.partition(draws - above)
        found = float(largest[draws - above])
        if found > lengths[draws - 1] * (1 + ROUNDED):
            break
    return found


@lru_cache(maxsize=8)
def _multipliers(seed: int, points: int) -> tuple[Floats, Floats]:
    """Return points × draws, the longest first, and how long they are: the same for every table."""
    drawn = np.random.default_rng(seed).normal(size=(points, DRAWS))
    order = np.argsort(-np.linalg.norm(drawn, axis=0), kind="stable")
    drawn = drawn[:, order]
    return drawn, np.linalg.norm(drawn, axis=0)


def band(point: dict[str, Any], reach: float | None) -> dict[str, float | None]:
    """Return a point's ends of the band, None where there is none."""
    if reach is None or point["se"] is None:
        return {"band_low": None, "band_high": None}
    return {"band_low": point["value"] - reach * point["se"], "band_high": point["value"] + reach * point["se"]}
