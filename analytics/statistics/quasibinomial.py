"""Binomial regression on the logit scale, with dispersion estimated from the residuals and never below chance."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.results import Interval
from analytics.statistics.argument_checks import Column

Matrix = NDArray[np.float64]
STEPS = 50
STEEP = 30.0
"""A fitted log odds beyond this in either direction is a share no count can show: the groups are separated."""


@dataclass(frozen=True)
class Fit:
    """Coefficients on the logit scale with their covariance, which includes the dispersion."""

    coefficients: Column
    covariance: Matrix
    df: int
    dispersion: float
    shares: Column

    def interval(self, contrast: Column, level: float) -> Interval:
        """Return a linear combination of coefficients with its t interval, on the logit scale."""
        from scipy.special import stdtrit

        estimate, error = self._estimate(contrast)
        reach = float(stdtrit(self.df, (1 + level) / 2)) * error
        return Interval(estimate, estimate - reach, estimate + reach)

    def p(self, contrast: Column) -> float:
        """Return the two-sided p-value that the combination is 0, by t with the residual degrees of freedom."""
        from scipy.special import stdtr

        estimate, error = self._estimate(contrast)
        return float(2 * stdtr(self.df, -abs(estimate) / error))

    def _estimate(self, contrast: Column) -> tuple[float, float]:
        return float(contrast @ self.coefficients), float(np.sqrt(contrast @ self.covariance @ contrast))


def fit_binomial(design: Matrix, events: Column, persons: Column) -> Fit | None:
    """Return the quasi-binomial fit by iteratively reweighted least squares; None where no finite estimate exists.

    Dispersion is Pearson's chi-squared ÷ residual degrees of freedom, never below 1.
    Source: McCullagh & Nelder (1989), Generalized Linear Models, ch. 4.
    """
    shares = (events + 0.5) / (persons + 1)
    linear: Column = np.log(shares / (1 - shares))
    coefficients: Column = np.zeros(design.shape[1])
    for _ in range(STEPS):
        weights = persons * shares * (1 - shares)
        working = linear + (events - persons * shares) / weights
        root = np.sqrt(weights)
        updated = np.linalg.lstsq(design * root[:, None], working * root, rcond=None)[0].astype(np.float64)
        linear = design @ updated
        if not np.isfinite(linear).all() or np.abs(linear).max() > STEEP:
            return None
        shares, settled = 1 / (1 + np.exp(-linear)), np.allclose(updated, coefficients, rtol=1e-9, atol=1e-12)
        coefficients = updated
        if settled:
            return _with_dispersion(design, events, persons, coefficients)
    return None


def _with_dispersion(design: Matrix, events: Column, persons: Column, coefficients: Column) -> Fit:
    shares = 1 / (1 + np.exp(-(design @ coefficients)))
    weights, df = persons * shares * (1 - shares), len(events) - design.shape[1]
    dispersion = max(1.0, float(((events - persons * shares) ** 2 / weights).sum()) / df)
    covariance = np.linalg.inv(design.T @ (design * weights[:, None])) * dispersion
    return Fit(coefficients, covariance, df, dispersion, shares)
