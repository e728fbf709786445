"""Regression adjustment, registered second: Lin (2013), on person rows."""

from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.experiments.design.design import Design
from analytics.experiments.estimators.base import with_interval
from analytics.experiments.input.checks import Sample
from analytics.results import NotEstimable

Floats = NDArray[np.float64]


def least_squares_hc2(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Return coefficients and their HC2 covariance; columns of x must be independent."""
    bread = np.linalg.inv(x.T @ x)
    coefficients = bread @ (x.T @ y)
    leverage = np.einsum("ij,jk,ik->i", x, bread, x)
    weights = (y - x @ coefficients) ** 2 / np.clip(1 - leverage, 1e-12, None)
    return coefficients, bread @ (x.T @ (x * weights[:, None])) @ bread


def lin(design: Design, sample: Sample) -> dict[str, Any] | NotEstimable:
    """Return Lin's interacted estimate with HC2 errors: outcome on arm, centred covariates and their product."""
    if not sample.persons:
        return NotEstimable("needs_person_rows")
    columns = covariate_matrix(design, sample.rows)
    if columns is None:
        return NotEstimable("covariates_missing")
    arm = sample.rows["treated"].to_numpy().astype(float)
    x = np.hstack([np.ones((len(arm), 1)), arm[:, None], columns, columns * arm[:, None]])
    if len(arm) <= x.shape[1] or np.linalg.matrix_rank(x) < x.shape[1]:
        return NotEstimable("covariates_dependent")
    coefficients, covariance = least_squares_hc2(x, sample.rows["mean"].to_numpy())
    df = float(len(arm) - x.shape[1])
    effect = with_interval(float(coefficients[1]), float(np.sqrt(covariance[1, 1])), df, design.level)
    return {**effect, "df": df}


def covariate_matrix(design: Design, rows: pl.DataFrame) -> Floats | None:
    """Return the covariates centred, text as indicators without its first level; None where a value is missing."""
    frame = rows.select([f"x_{name}" for name in design.covariates])
    if sum(frame.null_count().row(0)):
        return None
    columns: list[Floats] = []
    for column in frame.iter_columns():
        if column.dtype.is_numeric() or column.dtype == pl.Boolean:
            columns.append(column.cast(pl.Float64).to_numpy())
        else:
            columns += [(column == level).to_numpy().astype(float) for level in column.unique().sort()[1:]]
    matrix = np.column_stack(columns)
    return np.asarray(matrix - matrix.mean(axis=0))
