"""Several trials of one question: random effects by REML with Hartung–Knapp, prediction, shrinkage.

The Hartung–Knapp variance factor is never below 1, so that agreeing trials do not shrink the error by luck.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.experiments.errors import DesignNotUnderstoodError, TableNotUnderstoodError
from analytics.experiments.estimators.base import critical, two_sided_p

Floats = NDArray[np.float64]
LARGEST = 1e50  # an effect, an error, or one over an error: the fourth power of a larger one is no number


@dataclass(frozen=True)
class Pooled:
    """The pooled effect of k trials, all in the trials' own unit; p and limits by t(k − 1).

    `tau2`: variance between trials; `i2`: its share of the total, in percent; `q`: Cochran's.
    `prediction` uses t(k − 1) and Hartung–Knapp's error, `prediction_z` the normal and the plain error, as first
    published; both None for one trial.
    `shrunken`: each trial's best linear prediction with limits.
    """

    k: int
    pooled: float
    se: float
    df: float | None
    low: float
    high: float
    p: float
    level: float
    tau2: float
    i2: float
    q: float
    q_p: float | None
    prediction: tuple[float, float] | None
    prediction_z: tuple[float, float] | None
    shrunken: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Portfolio:
    """Trials with their effects and standard errors in one unit, in the order given."""

    labels: tuple[str, ...]
    effects: tuple[float, ...]
    errors: tuple[float, ...]

    def pooled(self, level: float = 0.95) -> Pooled:
        """Return the random-effects summary of the portfolio."""
        return pool(self.effects, self.errors, labels=self.labels, level=level)


def pool(
    effects: Sequence[float], errors: Sequence[float], *, labels: Sequence[str] | None = None, level: float = 0.95
) -> Pooled:
    """Return the random-effects mean by REML with Hartung–Knapp's standard error.

    effects, errors: one estimate and standard error a trial. One trial is told as itself, without prediction.
    Raises TableNotUnderstoodError: no trial, a standard error that is not above 0, unequal lengths; and
    DesignNotUnderstoodError: a level outside 0–1.
    Source: Viechtbauer (2005), JEBS 30:261–293; IntHout, Ioannidis & Borm (2014), BMC Med Res Methodol 14:25.
    """
    if not 0 < level < 1:
        raise DesignNotUnderstoodError(where="pool", found=f"{level:g}", column="level", meant="0.95")
    y, v = _checked(effects, errors)
    names = list(labels) if labels is not None else [str(i + 1) for i in range(len(y))]
    k, tau2 = len(y), between_variance(y, v)
    w = 1 / (v + tau2)
    mean = float((w * y).sum() / w.sum())
    factor = max(1.0, float((w * (y - mean) ** 2).sum() / (k - 1))) if k > 1 else 1.0
    se, df = float(np.sqrt(factor / w.sum())), float(k - 1) if k > 1 else None
    reach = critical(level, df) * se
    fixed = 1 / v
    q = float((fixed * (y - (fixed * y).sum() / fixed.sum()) ** 2).sum())
    wide, plain = float(np.sqrt(tau2 + se**2)), float(np.sqrt(tau2 + 1 / w.sum()))
    return Pooled(
        k=k, pooled=mean, se=se, df=df, low=mean - reach, high=mean + reach, p=two_sided_p(mean, se, df), level=level,
        tau2=tau2, i2=_i2(fixed, tau2), q=q, q_p=_q_p(q, k), prediction=_around(mean, critical(level, df) * wide, k),
        prediction_z=_around(mean, critical(level, None) * plain, k),
        shrunken=_shrunken(names, y, v, mean, w, tau2, level),
    )  # fmt: skip


def between_variance(y: Floats, v: Floats) -> float:
    """Return τ² by restricted maximum likelihood, by bounded minimisation from a grid; 0 for one trial."""
    if len(y) < 2:
        return 0.0
    from scipy.optimize import minimize_scalar

    top = 10 * float(np.var(y) + v.max())
    grid = np.concatenate([[0.0], np.geomspace(top * 1e-8, top, 200)])
    losses = np.array([_reml_loss(t, y, v) for t in grid])
    best = int(losses.argmin())
    low, high = grid[max(best - 1, 0)], grid[min(best + 1, len(grid) - 1)]
    found = minimize_scalar(
        _reml_loss, bounds=(low, high), args=(y, v), method="bounded", options={"xatol": 1e-12 * top}
    )
    return 0.0 if losses[0] <= found.fun else float(found.x)


def log_risk_ratio(events1: Floats, n1: Floats, events0: Floats, n0: Floats) -> tuple[Floats, Floats]:
    """Return log risk ratios and standard errors; half an event is added to all four cells of a trial
    with no event in an arm, or with nothing else in both."""
    zero = (events1 == 0) | (events0 == 0) | ((events1 == n1) & (events0 == n0))
    half = np.where(zero, 0.5, 0.0)
    a, b, m1, m0 = events1 + half, events0 + half, n1 + 2 * half, n0 + 2 * half
    return np.log((a / m1) / (b / m0)), np.sqrt(1 / a - 1 / m1 + 1 / b - 1 / m0)


def log_odds_ratio(events1: Floats, n1: Floats, events0: Floats, n0: Floats) -> tuple[Floats, Floats]:
    """Return log odds ratios and standard errors; half an event is added to all four cells of a trial with a zero."""
    cells = np.stack([events1, n1 - events1, events0, n0 - events0])
    a, b, c, d = np.where((cells == 0).any(axis=0), cells + 0.5, cells)
    return np.log(a * d / (b * c)), np.sqrt(1 / a + 1 / b + 1 / c + 1 / d)


def risk_difference(events1: Floats, n1: Floats, events0: Floats, n0: Floats) -> tuple[Floats, Floats]:
    """Return risk differences (0–1) and standard errors; half an event is added where an arm has none or all."""
    cells = np.stack([events1, n1 - events1, events0, n0 - events0])
    a, b, c, d = np.where((cells == 0).any(axis=0), cells + 0.5, cells)
    share1, share0 = a / (a + b), c / (c + d)
    return events1 / n1 - events0 / n0, np.sqrt(share1 * (1 - share1) / n1 + share0 * (1 - share0) / n0)


def _checked(effects: Sequence[float], errors: Sequence[float]) -> tuple[Floats, Floats]:
    y, s = np.asarray(effects, dtype=float), np.asarray(errors, dtype=float)
    if len(y) != len(s):
        raise TableNotUnderstoodError(where="pool", found=f"{len(s)} ≠ {len(y)}", column="se")
    if len(y) == 0:
        raise TableNotUnderstoodError(where="pool", found="–", column="estimate")
    for name, wrong in (("estimate", y[~(np.abs(y) < LARGEST)]), ("se", s[~((s > 1 / LARGEST) & (s < LARGEST))])):
        if len(wrong):
            raise TableNotUnderstoodError(where="pool", found=f"{wrong[0]:g}", column=name)
    return y, s**2


def _reml_loss(tau2: float, y: Floats, v: Floats) -> float:
    w = 1 / (v + tau2)
    mean = (w * y).sum() / w.sum()
    return float(0.5 * (np.log(v + tau2).sum() + np.log(w.sum()) + (w * (y - mean) ** 2).sum()))


def _i2(fixed: Floats, tau2: float) -> float:
    """Return I² in percent: τ² over τ² plus the typical within-trial variance (Higgins & Thompson 2002)."""
    spread = fixed.sum() ** 2 - (fixed**2).sum()
    if len(fixed) < 2 or spread <= 0:
        return 0.0
    typical = (len(fixed) - 1) * fixed.sum() / spread
    return float(100 * tau2 / (tau2 + typical))


def _q_p(q: float, k: int) -> float | None:
    from scipy import stats

    return float(stats.chi2.sf(q, k - 1)) if k > 1 else None


def _around(mean: float, reach: float, k: int) -> tuple[float, float] | None:
    return (mean - reach, mean + reach) if k > 1 else None


def _shrunken(
    names: list[str], y: Floats, v: Floats, mean: float, w: Floats, tau2: float, level: float
) -> tuple[dict[str, Any], ...]:
    """Return each trial's estimate drawn towards the mean by its own share of noise."""
    trust = tau2 / (tau2 + v)
    values = trust * y + (1 - trust) * mean
    variance = trust * v + (1 - trust) ** 2 / w.sum()
    z = critical(level, None)
    return tuple(
        {"label": name, "effect": float(raw), "se": float(np.sqrt(own)), "value": float(value), "shrunken_se": float(s),
         "low": float(value - z * s), "high": float(value + z * s), "weight": float(weight)}
        for name, raw, own, value, s, weight in zip(names, y, v, values, np.sqrt(variance), w / w.sum(), strict=True)
    )  # fmt: skip
