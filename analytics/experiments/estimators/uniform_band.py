"""A band that holds all points of an event study at once, where their intervals hold each alone."""

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.experiments.design.design import Design
from analytics.experiments.estimators.base import critical

Floats = NDArray[np.float64]
DRAWS = 1999


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
    errors, alone = errors[fine], products[fine][:, fine]
    spread, axes = np.linalg.eigh(alone / errors / errors[:, None])
    largest = np.abs((axes * np.sqrt(np.maximum(spread, 0))) @ _multipliers(design.seed, points)).max(axis=0)
    place = min(int(np.ceil(design.level * (DRAWS + 1))), DRAWS) - 1
    fewest = float(left[fine].min())
    least, most = (critical(level, fewest) for level in (design.level, 1 - (1 - design.level) / points))
    widened = float(np.partition(largest, place)[place]) * least / critical(design.level, None)
    return min(max(widened, least), most)


@lru_cache(maxsize=8)
def _multipliers(seed: int, points: int) -> Floats:
    """Return points × draws: the same for every table."""
    return np.random.default_rng(seed).normal(size=(points, DRAWS))


def band(point: dict[str, Any], reach: float | None) -> dict[str, float | None]:
    """Return a point's ends of the band, None where there is none."""
    if reach is None or point["se"] is None:
        return {"band_low": None, "band_high": None}
    return {"band_low": point["value"] - reach * point["se"], "band_high": point["value"] + reach * point["se"]}
