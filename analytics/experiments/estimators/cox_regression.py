"""Cox's hazard ratio between arms, with clusters where those were assigned, and whether it is one over all times."""

import warnings
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.experiments.design.design import Design
from analytics.experiments.estimators.base import critical, two_sided_p
from analytics.experiments.estimators.efron_residuals import efron_residuals
from analytics.experiments.estimators.regression_adjustment import covariate_matrix, standardised
from analytics.experiments.input.durations import Durations
from analytics.results import NotEstimable

Floats = NDArray[np.float64]
FEWEST_EVENTS = 5
"""Events under which a trend over time cannot be seen."""


def cox(design: Design, durations: Durations, *, adjusted: bool = False) -> dict[str, Any] | NotEstimable:
    """Return the hazard ratio treated/control with Efron's ties, on person rows; `adjusted`: given the covariates.

    With clusters the error is theirs (Lin & Wei 1989; of Efron's score, as the fit's), with G/(G − 1) and t(G − 2).
    `proportional` is Grambsch and Therneau's (1994, Biometrika 81:515–526) test that the ratio is one over all times,
    by the order of events.
    """
    if durations.persons is None:
        return NotEstimable("needs_person_rows")
    persons = _in_risk_sets(durations.persons)
    given = covariate_matrix(design, persons) if adjusted else np.zeros((len(persons), 0))
    if given is None:
        return NotEstimable("covariates_missing")
    columns = np.column_stack([persons["treated"].to_numpy().astype(float), standardised(given)])
    if np.linalg.matrix_rank(columns - columns.mean(axis=0)) < columns.shape[1]:
        return NotEstimable("covariates_dependent")
    fitted = _fitted(persons, columns)
    log_ratio, se, df = float(fitted.params[0]), float(fitted.bse[0]), None
    if not np.isfinite(se) or se > 100:
        none = min(table.events.sum() for table in durations.arms) == 0
        return NotEstimable("no_events_in_arm" if none else "arms_separated")
    events, covariance = _events_by(persons), np.atleast_2d(fitted.cov_params())
    event = persons["event"].to_numpy().astype(np.int64)
    of_events, score = efron_residuals(columns, events["entry"], events["time"], event, np.asarray(fitted.params))
    if durations.clusters is not None:
        robust = _of_clusters(persons["cluster"], score @ covariance[:, 0])
        if isinstance(robust, NotEstimable):
            return robust
        se, df = robust
    reach = critical(design.level, df) * se
    return {
        "hazard_ratio": float(np.exp(log_ratio)), "low": float(np.exp(log_ratio - reach)),
        "high": float(np.exp(log_ratio + reach)), "log_ratio": log_ratio, "se": se, "df": df,
        "p": two_sided_p(log_ratio, se, df),
        "proportional": _proportional(of_events, covariance, persons["time"].to_numpy()[event == 1]),
    }  # fmt: skip


def _of_clusters(cluster: pl.Series, pull: Floats) -> tuple[float, float] | NotEstimable:
    """Return the error of what persons' pulls sum to by cluster, with G/(G − 1), and G − 2 degrees of freedom."""
    clusters = np.unique(cluster.to_numpy(), return_inverse=True)[1]
    count = int(clusters.max()) + 1
    if count < 3:
        return NotEstimable("one_cluster")
    sums = np.bincount(clusters, pull)
    return float(np.sqrt(sums @ sums * count / (count - 1))), float(count - 2)


def _in_risk_sets(persons: pl.DataFrame) -> pl.DataFrame:
    """Return those at risk at some event: others tell Cox nothing."""
    events = _events_by(persons)
    return persons.filter(pl.Series(events["time"] > events["entry"]))


def _events_by(persons: pl.DataFrame) -> dict[str, NDArray[np.int64]]:
    """Return how many times of events there are until each person's entry, and until each time."""
    at = np.unique(persons["time"].to_numpy()[persons["event"].to_numpy() == 1])
    return {name: np.searchsorted(at, persons[name].to_numpy(), side="right") for name in ("entry", "time")}


def _fitted(persons: pl.DataFrame, columns: Floats) -> Any:  # noqa: ANN401 - statsmodels' results
    """Return Cox's model fitted with the times as even numbers in the events' order, an entry between two of them: who
    comes at the time of an event is at risk after it."""
    from statsmodels.duration.hazard_regression import PHReg
    from statsmodels.tools.sm_exceptions import ConvergenceWarning

    events = _events_by(persons)
    time, entry = 2.0 * events["time"], 2.0 * events["entry"] + 1
    model = PHReg(time, columns, status=persons["event"].to_numpy(), entry=entry, ties="efron")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # told by its error
        return model.fit()


def _proportional(residuals: Floats, variance: Floats, time: Floats) -> dict[str, float] | NotEstimable:
    """Return χ² with 1 degree of freedom of a trend in the scaled Schoenfeld residuals of the arm, and their
    correlation with the order of the events; residuals and time: of the events, variance: of the coefficients."""
    events = len(residuals)
    if events < FEWEST_EVENTS:
        return NotEstimable("too_few_events")
    from scipy.special import chdtrc
    from scipy.stats import rankdata

    order = rankdata(time)
    centred = order - order.mean()
    if not centred.any():  # all at one time
        return NotEstimable("too_few_events")
    scaled = (events * residuals @ variance)[:, 0]
    trend = float(centred @ scaled)
    chi2 = trend**2 / (events * float(variance[0, 0]) * float(centred @ centred))
    spread = float(np.sqrt((centred @ centred) * ((scaled - scaled.mean()) ** 2).sum()))
    return {"chi2": chi2, "p": float(chdtrc(1, chi2)), "correlation": trend / spread if spread > 0 else 0.0}
