"""Chance, from placebos: what the same calculation says of places and years in which nothing began."""

import numpy as np

from analytics.counterfactual.synthetic_control import Shares

LEVEL = 0.05


def permutation_p(own: float, placebos: Shares) -> float:
    """Return how often chance gives as much: the share of all places, the own among them, with at least the own's."""
    return float((1 + (placebos >= own).sum()) / (1 + len(placebos)))


def rmspe_ratios(gaps: Shares, before: int) -> Shares:
    """Return each place's root mean square gap after the first `before` years, over that in them."""
    fit = np.sqrt((gaps[:before] ** 2).mean(axis=0))
    return np.asarray(np.sqrt((gaps[before:] ** 2).mean(axis=0)) / np.maximum(fit, np.finfo(float).tiny))


def detection_limit(placebos: Shares) -> float:
    """Return the size (≥ 0) a change must exceed for at most one place in twenty to show as much by chance alone.

    placebos: the same change in the places where nothing began. Infinite with fewer than 19 of them: then the own
    place, first of all, is itself more than one in twenty.
    """
    allowed = int(np.floor(LEVEL * (len(placebos) + 1) + 1e-9)) - 1
    return float(np.sort(np.abs(placebos))[::-1][allowed]) if allowed >= 0 else float("inf")
