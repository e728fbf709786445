"""Bases for the identified part of an age, period or cohort effect: what is left without level and slope."""

from functools import lru_cache

import numpy as np

from analytics.statistics.argument_checks import Column


@lru_cache(maxsize=64)
def full_basis(levels: tuple[float, ...]) -> Column:
    """Return an orthonormal basis (levels × levels − 2) of everything but level and slope over the levels."""
    return _complement(np.eye(len(levels)), np.array(levels), len(levels) - 2)


@lru_cache(maxsize=64)
def spline_basis(levels: tuple[float, ...], spacing: float) -> Column:
    """Return the curvature of a natural cubic spline with knots at least `spacing` apart (levels × interior knots).

    With knots h apart a spline cannot follow a wave shorter than 2h: with h = 5 no five-year cycle can come out,
    whether or not overlapping cohorts would give one. Empty where the levels span less than two spacings.
    Source: Hastie, Tibshirani & Friedman (2009), The Elements of Statistical Learning, 5.2.1.
    """
    values = np.array(levels)
    spans = int((values.max() - values.min()) // spacing)
    if spans < 2:
        return np.empty((len(values), 0))
    knots = np.linspace(values.min(), values.max(), spans + 1)
    scaled, ends = (values - knots[0]) / (knots[-1] - knots[0]), (knots - knots[0]) / (knots[-1] - knots[0])
    cubes = np.maximum(scaled[:, None] - ends, 0) ** 3
    parts = (cubes[:, :-1] - cubes[:, -1:]) / (ends[-1] - ends[:-1])
    return _complement(parts[:, :-1] - parts[:, -1:], values, spans - 1)


def slope_changes(levels: Column) -> Column:
    """Return the matrix that turns effects at the levels into changes of slope at the inner levels (levels − 2 rows).

    A row is the slope after the level minus the slope before it, per unit: at equal spacing h, the second difference
    divided by h.
    """
    rows = np.zeros((max(len(levels) - 2, 0), len(levels)))
    for row, (before, after) in enumerate(zip(np.diff(levels)[:-1], np.diff(levels)[1:], strict=True)):
        rows[row, row : row + 3] = (1 / before, -1 / before - 1 / after, 1 / after)
    return rows


def _complement(columns: Column, values: Column, rank: int) -> Column:
    """Return an orthonormal basis of the columns once level and slope over the values are taken out."""
    straight = np.column_stack([np.ones_like(values), values - values.mean()])
    straight = straight / np.linalg.norm(straight, axis=0)
    left, _, _ = np.linalg.svd(columns - straight @ (straight.T @ columns), full_matrices=False)
    basis = left[:, : max(rank, 0)]
    return np.asarray(basis - straight @ (straight.T @ basis))
