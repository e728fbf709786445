"""Regression adjustment, beside the headline or by name: ANCOVA and Lin (2013), on persons or their clusters."""

from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.experiments.design.design import Design
from analytics.experiments.errors import AdjustmentImpossibleError
from analytics.experiments.estimators.base import Finding, estimator, with_interval
from analytics.experiments.input.checks import Sample
from analytics.experiments.input.sufficient_statistics import ROUNDING, blocks_of
from analytics.results import NotEstimable

Floats = NDArray[np.float64]
Adjusted = dict[str, Any] | NotEstimable


def least_squares_hc2(x: Floats, y: Floats) -> tuple[Floats, Floats, Floats]:
    """Return coefficients, their HC2 covariance and Satterthwaite's degrees of freedom of each; dependent columns of x
    share their coefficient.

    Few rows that decide a coefficient leave it few degrees of freedom, however many rows there are in all. Working
    model: independent errors of one variance. Source: Bell & McCaffrey (2002), Survey Methodology 28:169–181.
    """
    bread = np.linalg.pinv(x.T @ x, hermitian=True)
    coefficients = bread @ (x.T @ y)
    leverage = np.einsum("ij,jk,ik->i", x, bread, x)
    left = np.clip(1 - leverage, 1e-12, None)
    weights = (y - x @ coefficients) ** 2 / left
    freedom = [
        _satterthwaite(x, bread, leverage, np.asarray(pull**2 / left, dtype=np.float64)) for pull in (x @ bread).T
    ]
    return coefficients, bread @ (x.T @ (x * weights[:, None])) @ bread, np.array(freedom)


def _satterthwaite(x: Floats, bread: NDArray[Any], leverage: NDArray[Any], weights: Floats) -> float:
    """Return the degrees of freedom of a variance that is the sum of squared residuals by these weights."""
    meat = bread @ (x.T @ (x * weights[:, None]))
    spread = float((weights**2 * (1 - 2 * leverage)).sum() + np.trace(meat @ meat))
    return float((weights * (1 - leverage)).sum()) ** 2 / spread if spread > 0 else 1.0


def adjustments(design: Design, sample: Sample) -> dict[str, Adjusted]:
    """Return ANCOVA and Lin's estimate where the design names covariates."""
    names = {"ancova": False, "lin": True} if design.covariates else {}
    return {name: adjusted(design, sample, interacted=interacted) for name, interacted in names.items()}


def adjusted(design: Design, sample: Sample, *, interacted: bool) -> Adjusted:
    """Return the arm's effect given centred covariates (`interacted`: and their product with the arm), HC2 errors and
    t with Satterthwaite's degrees of freedom. Where clusters were assigned, their means are the rows. Blocks are
    columns too: the share treated may differ between them."""
    if not sample.persons:
        return NotEstimable("needs_person_rows")
    columns = covariate_matrix(design, sample.rows)
    if columns is None:
        return NotEstimable("covariates_missing")
    blocks = blocks_of(sample.rows)
    columns = np.column_stack([columns, blocks[:, None] == np.unique(blocks)[1:]])
    arm, y = sample.rows["treated"].to_numpy().astype(float), sample.rows["mean"].to_numpy()
    if sample.rows["cluster"].null_count() == 0:
        arm, y, columns = _cluster_means(sample.rows["cluster"], arm, y, columns)
    columns = standardised(columns)
    others = np.hstack([np.ones((len(arm), 1)), columns, *([columns * arm[:, None]] if interacted else [])])
    x = np.hstack([arm[:, None], others])
    rank = int(np.linalg.matrix_rank(x))
    if rank == np.linalg.matrix_rank(others) or len(arm) <= rank:
        return NotEstimable("covariates_dependent")
    coefficients, covariance, freedom = least_squares_hc2(x, y - y.mean())
    df = float(freedom[0])
    return {**with_interval(float(coefficients[0]), float(np.sqrt(covariance[0, 0])), df, design.level), "df": df}


def standardised(columns: Floats) -> Floats:
    """Return the columns that vary, with mean 0 and spread 1: their unit is not to decide what is told apart."""
    spread = columns.std(axis=0)
    varied = spread > ROUNDING * np.abs(columns).max(axis=0, initial=0.0)
    return np.asarray((columns - columns.mean(axis=0))[:, varied] / spread[varied])


def covariate_matrix(design: Design, rows: pl.DataFrame) -> Floats | None:
    """Return the covariates, text as indicators without its first level; None where a value is missing."""
    frame = rows.select([f"x_{name}" for name in design.covariates])
    if sum(frame.null_count().row(0)):
        return None
    columns: list[Floats] = []
    for column in frame.iter_columns():
        if column.dtype.is_numeric() or column.dtype == pl.Boolean:
            columns.append(column.cast(pl.Float64).to_numpy())
        else:
            columns += [(column == level).to_numpy().astype(float) for level in column.unique().sort()[1:]]
    return np.column_stack(columns) if columns else np.zeros((len(rows), 0))


@estimator("ancova")
def ancova(design: Design, sample: Sample) -> Finding:
    """Return the effect given covariates, one slope for both arms."""
    return _finding(design, sample, "ancova", interacted=False)


@estimator("lin")
def lin(design: Design, sample: Sample) -> Finding:
    """Return the effect given covariates, with slopes by arm (Lin 2013, Annals of Applied Statistics 7:295–318)."""
    return _finding(design, sample, "lin", interacted=True)


def _finding(design: Design, sample: Sample, name: str, *, interacted: bool) -> Finding:
    found = adjusted(design, sample, interacted=interacted) if design.covariates else NotEstimable("covariates_missing")
    if isinstance(found, NotEstimable):
        raise AdjustmentImpossibleError(design.key, ", ".join(design.covariates) or "–", "covariates", found.reason)
    return Finding(method=name, **{key: found[key] for key in ("value", "se", "df", "low", "high", "p")})


def _cluster_means(cluster: pl.Series, *values: Floats) -> tuple[Floats, ...]:
    codes = np.unique(cluster.to_numpy(), return_inverse=True)[1]
    sizes = np.bincount(codes).astype(float)
    member = np.arange(len(sizes))[:, None] == codes
    return tuple(np.asarray((member @ each).T / sizes).T for each in values)
