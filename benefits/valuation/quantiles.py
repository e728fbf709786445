"""Quantiles of many draws, quicker than numpy's own and the same to the last bit: sorted once, read at each share."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def quantiles(draws: ArrayLike, shares: ArrayLike) -> Array:
    """Return the quantiles of the last axis at some shares (0–1), straight between neighbours: (shares, …).

    The same numbers as `numpy.quantile(draws, shares, axis=-1)`, its method `linear` (Hyndman and Fan 1996, type 7).
    """
    ordered = np.array(draws, dtype=float)
    ordered.sort(axis=-1)
    at = np.asarray(shares, dtype=float) * (ordered.shape[-1] - 1)
    below = np.floor(at).astype(int)
    above = np.minimum(below + 1, ordered.shape[-1] - 1)
    low, high, between = ordered[..., below], ordered[..., above], at - below
    step = high - low
    found = np.where(between >= 0.5, high - step * (1 - between), low + step * between)
    return np.moveaxis(found, -1, 0)
