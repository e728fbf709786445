"""Many questions at once: p-values adjusted for their number."""

from collections.abc import Sequence

import numpy as np

from analytics.errors import StatisticsInputError
from analytics.statistics.argument_checks import Column, between_zero_and_one, column

METHODS = ("bonferroni", "holm", "benjamini_hochberg")


def adjust(p_values: Sequence[float], method: str) -> tuple[float, ...]:
    """Return adjusted p-values in the order given, each at most 1: reject where adjusted ≤ α.

    `bonferroni` and `holm` hold the chance of any false finding, `benjamini_hochberg` the expected share of false ones
    (independent or positively dependent tests). Raises StatisticsInputError: a p-value unknown or outside 0–1, or
    another method.
    Source: Holm (1979), Scandinavian Journal of Statistics 6:65–70; Benjamini & Hochberg (1995), JRSS B 57:289–300.
    """
    p = _p_values(p_values)
    if method not in METHODS:
        raise StatisticsInputError("method", repr(method), "adjustment_method")
    order = np.argsort(p, kind="stable")
    adjusted = np.empty_like(p)
    adjusted[order] = np.minimum(_ordered(p[order], method), 1)
    return tuple(adjusted.tolist())


def rejected(p_values: Sequence[float], method: str, alpha: float = 0.05) -> tuple[bool, ...]:
    """Return for each p-value whether its hypothesis is rejected at `alpha` after adjustment."""
    limit = between_zero_and_one(alpha, "alpha")
    return tuple(value <= limit for value in adjust(p_values, method))


def _ordered(p: Column, method: str) -> Column:
    tests, rank = len(p), np.arange(1, len(p) + 1)
    if method == "bonferroni":
        return p * tests
    if method == "holm":
        return np.maximum.accumulate(p * (tests - rank + 1))
    return np.minimum.accumulate((p * tests / rank)[::-1])[::-1]


def _p_values(p_values: Sequence[float]) -> Column:
    p = column(p_values, "p_values")
    if (wrong := ~(p <= 1)).any():
        at = int(np.argmax(wrong))
        raise StatisticsInputError(f"p_values[{at}]", repr(float(p[at])), "probability")
    return p
