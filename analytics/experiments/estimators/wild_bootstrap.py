"""The wild cluster restricted bootstrap (Cameron, Gelbach and Miller 2008) for a difference between arms.

Only sums by cluster enter the t-value, so all draws are one matrix product: no refitting, and aggregates suffice.
"""

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class WildBootstrap:
    """A p-value under no effect; `exact` when all 2^G sign patterns were counted."""

    p: float
    draws: int
    exact: bool


def wild_cluster_p(
    sums: Floats, sizes: Floats, treated: NDArray[np.bool_], draws: int = 9999, seed: int = 1
) -> WildBootstrap:
    """Return the wild cluster restricted bootstrap p-value with Rademacher weights.

    sums: outcome summed by cluster; sizes: persons by cluster; treated: arm by cluster. All 2^G patterns are used
    where they are at most draws + 1. The t-value is the cluster-robust one; its constant factor cancels.
    """
    clusters = len(sums)
    exact = clusters <= 30 and 2**clusters <= draws + 1
    signs = _all_signs(clusters) if exact else np.random.default_rng(seed).choice([-1.0, 1.0], size=(draws, clusters))
    residuals = sums - sizes * (sums.sum() / sizes.sum())
    observed = abs(_t_values(residuals[None, :], sizes, treated)[0])
    drawn = np.abs(_t_values(signs * residuals, sizes, treated))
    extreme = int((drawn >= observed * (1 - 1e-10)).sum())
    p = extreme / len(drawn) if exact else (1 + extreme) / (1 + draws)
    return WildBootstrap(p, len(drawn), exact)


def _t_values(residuals: Floats, sizes: Floats, treated: NDArray[np.bool_]) -> Floats:
    """Return the t-value of the difference for every row of cluster sums of residuals."""
    difference = np.zeros(len(residuals))
    variance = np.zeros(len(residuals))
    for side, sign in ((treated, 1.0), (~treated, -1.0)):
        n = sizes[side].sum()
        mean = residuals[:, side].sum(axis=1) / n
        variance += ((residuals[:, side] - mean[:, None] * sizes[side]) ** 2).sum(axis=1) / n**2
        difference += sign * mean
    scale = np.where(variance > 0, variance, 1.0)
    return np.where(variance > 0, difference / np.sqrt(scale), np.where(difference == 0, 0.0, np.inf))


def _all_signs(clusters: int) -> Floats:
    return np.array(list(itertools.product((-1.0, 1.0), repeat=clusters)))
