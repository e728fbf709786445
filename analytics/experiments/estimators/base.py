"""What an estimator hands back, and the registry of estimators."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.experiments.design.design import Design
from analytics.experiments.input.checks import Sample
from analytics.experiments.input.sufficient_statistics import ROUNDING
from data.format.numbers import rounded

Floats = NDArray[np.float64]
SMALLEST_TOLD = 0.001


@dataclass(frozen=True)
class Remark:
    """A remark a reader must see: a code (N01–N10, E06, E10, E11 …) with its facts."""

    code: str
    facts: tuple[tuple[str, Any], ...] = ()


def note(code: str, **facts: object) -> Remark:
    """Return a note with its facts."""
    return Remark(code, tuple(facts.items()))


def pretrend_note(p: float) -> Remark:
    """Return N07 with its p-value, never told as 0."""
    return note("N07", **p_facts(p))


def p_facts(p: float) -> dict[str, object]:
    """Return a p-value as the facts `sign` and `p`: what is too small to be told is `<` the smallest told."""
    return {"sign": "<" if p < SMALLEST_TOLD else "=", "p": max(rounded(p, 4), SMALLEST_TOLD)}


@dataclass(frozen=True)
class Finding:
    """An estimate in the outcome's own unit (shares 0–1), before scaling, verdict and words.

    `df` None means the normal distribution. `low` and `high` None means value ± t(df) · se.
    `permutation_leads`: the p-value to trust is `p_randomisation`. `by_time`, `aggregations` and `beside`
    hold dicts with value, se, low, high, p; `levels` (estimators/levels.py) the arms themselves.
    """

    value: float | None
    method: str
    se: float | None = None
    df: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    se_ols: float | None = None
    p_randomisation: float | None = None
    permutation_leads: bool = False
    aggregation: str | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    by_time: tuple[dict[str, Any], ...] = ()
    aggregations: dict[str, Any] = field(default_factory=dict)
    beside: dict[str, Any] = field(default_factory=dict)
    notes: tuple[Remark, ...] = ()
    n: dict[str, float] | None = None
    levels: tuple[dict[str, Any], ...] = ()


Estimator = Callable[[Design, Sample], Finding]
ESTIMATORS: dict[str, Estimator] = {}


def estimator(name: str) -> Callable[[Estimator], Estimator]:
    """Register an estimator under the name a design may give as `estimator`."""

    def enter(function: Estimator) -> Estimator:
        ESTIMATORS[name] = function
        return function

    return enter


def p_of(value: float, se: float | None, df: float | None) -> float | None:
    """Return the two-sided p-value of an estimate; None without a standard error."""
    return two_sided_p(value, se, df) if se and se > ROUNDING * abs(value) else None


def critical_of(p: float) -> float:
    """Return the z whose two-sided p-value this is, however small."""
    return -NormalDist().inv_cdf(p / 2)


def two_sided_p(value: float, se: float, df: float | None) -> float:
    """Return the two-sided p-value of value/se under t(df), or the normal where df is None."""
    if df is None:
        return math.erfc(abs(value) / se / math.sqrt(2))
    from scipy.special import stdtr

    return float(2 * stdtr(df, -abs(value) / se))


@lru_cache(maxsize=256)
def critical(level: float, df: float | None) -> float:
    """Return the two-sided critical value of t(df), or the normal where df is None."""
    upper = 1 - (1 - level) / 2
    if df is None:
        return NormalDist().inv_cdf(upper)
    from scipy.special import stdtrit

    return float(stdtrit(df, upper))


def with_interval(value: float, se: float, df: float | None, level: float) -> dict[str, Any]:
    """Return value, se, low, high, p as a dict; a standard error of zero, but for rounding, gives no p, no interval."""
    if not se > ROUNDING * abs(value):
        return {"value": value, "se": None, "low": None, "high": None, "p": None}
    reach = critical(level, df) * se
    return {"value": value, "se": se, "low": value - reach, "high": value + reach, "p": two_sided_p(value, se, df)}


def with_intervals(values: Floats, errors: Floats, df: Floats, level: float) -> list[dict[str, Any]]:
    """Return the same for many estimates at once, with `df`."""
    from scipy.special import stdtr, stdtrit

    known = errors > ROUNDING * np.abs(values)
    reach = stdtrit(df, 1 - (1 - level) / 2) * errors
    p = 2 * stdtr(df, -np.abs(values) / np.where(known, errors, 1.0))
    names, unknown = ("se", "low", "high", "p", "df"), [None] * 5
    rows = zip(*(each.tolist() for each in (errors, values - reach, values + reach, p, df)), strict=True)
    return [{"value": value, **dict(zip(names, row if there else unknown, strict=True))}
            for value, row, there in zip(values.tolist(), rows, known.tolist(), strict=True)]  # fmt: skip
