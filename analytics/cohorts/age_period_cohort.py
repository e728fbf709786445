"""Age, period and cohort: what a model can tell apart, and nothing it cannot.

Cohort = period − age, so the three slopes can never be told apart: only their sums. Reported is what every model
agrees on: the net drift (slope of period plus slope of cohort) and the curvatures (changes of slope) of each effect;
effects as such only under a constraint the caller names. Source: Holford (1983), Biometrics 39:311–324; Clayton &
Schifflers (1987), Statistics in Medicine 6:469–481; Carstensen (2007), Statistics in Medicine 26:3018–3045.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from analytics.cohorts.apc_curvature import slope_changes
from analytics.cohorts.apc_design import FACTORS, DesignMatrix, design
from analytics.errors import StatisticsInputError
from analytics.results import Interval, NotEstimable
from analytics.statistics.argument_checks import Column, between_zero_and_one

CONSTRAINTS = ("cohort_flat", "period_flat")


@dataclass(frozen=True, eq=False)
class AgePeriodCohort:
    """A fitted model. Ratios are of rates.

    `dispersion` is Pearson's chi-squared over the degrees of freedom; standard errors are widened by it where it is
    above 1, never narrowed. `deviance` is the model's, `df` its degrees of freedom.
    """

    made: DesignMatrix
    parameters: Column
    covariance: Column
    dispersion: float
    deviance: float
    df: int
    level: float

    @property
    def net_drift(self) -> Interval:
        """Return the ratio from one year to the next at the same age: period and cohort slope together."""
        weights = np.zeros((1, len(self.parameters)))
        weights[0, 2] = 1
        estimate, low, high = self._ratios(weights)
        return Interval(float(estimate[0]), float(low[0]), float(high[0]))

    def curvatures(self) -> pl.DataFrame:
        """Return the changes of slope, which no constraint changes, as ratios.

        Columns: factor, level (middle age, year, middle birth year), ratio, low, high. The ratio is the yearly growth
        after the level over the yearly growth before it: 1 where the effect is straight, above 1 where it bends
        upwards.
        """
        tables = []
        for factor in FACTORS:
            levels = self.made.levels[factor]
            weights = np.zeros((max(len(levels) - 2, 0), len(self.parameters)))
            weights[:, self.made.columns[factor]] = slope_changes(levels) @ self.made.bases[factor]
            tables.append(self._table(factor, levels[1:-1], weights))
        return pl.concat(tables)

    def effects(self, constraint: str) -> pl.DataFrame:
        """Return the effects under a stated constraint, as ratios to the average of the factor.

        `cohort_flat`: cohorts have no slope, the whole drift is the period's; `period_flat`: the other way round. Each
        is a choice, not a finding: show both. Columns: factor, level, ratio, low, high.
        """
        if constraint not in CONSTRAINTS:
            raise StatisticsInputError("constraint", repr(constraint), "apc_constraint")
        slopes = {"age": 1, "period": 2 if constraint == "cohort_flat" else None}
        slopes["cohort"] = 2 if constraint == "period_flat" else None
        tables = []
        for factor in FACTORS:
            levels = self.made.levels[factor]
            weights = np.zeros((len(levels), len(self.parameters)))
            weights[:, self.made.columns[factor]] = self.made.bases[factor]
            if (slope := slopes[factor]) is not None:
                weights[:, slope] = levels - levels.mean()
            if factor == "age" and constraint == "period_flat":  # age then runs along the cohort, not along the year
                weights[:, 2] = levels - levels.mean()
            tables.append(self._table(factor, levels, weights))
        return pl.concat(tables)

    def test(self, factor: str) -> float | NotEstimable:
        """Return the p-value of no curvature at all in a factor (F test, overdispersion included)."""
        from scipy.special import fdtrc

        if factor not in FACTORS:
            raise StatisticsInputError("factor", repr(factor), "apc_factor")
        part = self.made.columns[factor]
        size = part.stop - part.start
        if size == 0:
            return NotEstimable("apc_no_curvature", (("factor", factor),))
        chosen = self.parameters[part]
        wald = chosen @ np.linalg.solve(self.covariance[part, part], chosen) / size
        return float(fdtrc(size, self.df, wald))

    def fitted(self) -> Column:
        """Return the model's share for each cell, in the order of the rows that were kept."""
        return np.exp(self.made.matrix @ self.parameters)

    def _ratios(self, weights: Column) -> tuple[Column, Column, Column]:
        from scipy.special import stdtrit

        middle = weights @ self.parameters
        error = np.sqrt(np.maximum(np.einsum("ij,jk,ik->i", weights, self.covariance, weights), 0))
        reach = stdtrit(self.df, 1 - (1 - self.level) / 2) * error
        return np.exp(middle), np.exp(middle - reach), np.exp(middle + reach)

    def _table(self, factor: str, levels: Column, weights: Column) -> pl.DataFrame:
        ratio, low, high = self._ratios(weights)
        names = {"factor": [factor] * len(levels), "level": levels, "ratio": ratio, "low": low, "high": high}
        return pl.DataFrame(names, schema_overrides={"factor": pl.String})


def age_period_cohort(
    rows: pl.DataFrame, method: str = "splines", level: float = 0.95
) -> AgePeriodCohort | NotEstimable:
    """Return the quasi-Poisson model of rows: log link, persons as exposure.

    rows: `tables.ROWS`, one region and sex, one edition. See `apc_design.design` for `grid` and `splines` and
    for the reasons of NotEstimable. A break in the series looks like a period effect: name it.
    """
    between_zero_and_one(level, "level")
    made = design(rows, method)
    if isinstance(made, NotEstimable):
        return made
    fit = _fit(made)
    cells, effects = made.matrix.shape
    if fit.df_model + 1 < effects:  # too few cells of one kind, though enough in all
        return NotEstimable("apc_few_cells", (("cells", cells), ("effects", effects)))
    if not fit.converged or not np.isfinite(fit.params).all():
        return NotEstimable("apc_not_converged")
    dispersion = float(fit.pearson_chi2 / fit.df_resid)
    covariance = np.asarray(fit.normalized_cov_params) * max(dispersion, 1.0)
    deviance, df = float(fit.deviance), int(fit.df_resid)
    return AgePeriodCohort(made, np.asarray(fit.params), covariance, dispersion, deviance, df, level)


def _fit(made: DesignMatrix):  # type: ignore[no-untyped-def]  # noqa: ANN202  statsmodels has no types
    from statsmodels.genmod import families
    from statsmodels.genmod.generalized_linear_model import GLM

    return GLM(made.events, made.matrix, family=families.Poisson(), offset=np.log(made.persons)).fit()
