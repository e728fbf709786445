"""An effect as a publication prints it: with an interval or a p-value, of which the standard error is read back.

Source: Altman & Bland (2011), BMJ 343:d2090 and d2304; Higgins et al. (2023), Cochrane Handbook 6.3 and 6.5.2.
"""

import math
from dataclasses import dataclass

from analytics.experiments.estimators.base import critical, critical_of, two_sided_p
from analytics.experiments.portfolio.pooling_errors import ErrorNotToldError, IntervalUnlikeError
from data.curated.experiment.dossier import PublishedOutcome

LOPSIDED = 0.15
"""How far from the middle an estimate may lie, as a part of the interval: more than rounding explains."""


def error_of_interval(effect: float, low: float, high: float, level: float = 0.95, where: str = "pool") -> float:
    """Return the standard error behind a normal interval around an effect, all on one scale.

    Raises IntervalUnlikeError where the effect does not lie in its middle: that of a ratio does on the log scale.
    """
    width = high - low
    if not width > 0 or abs((low + high) / 2 - effect) > LOPSIDED * width:
        raise IntervalUnlikeError(where, f"{effect:g} ({low:g}, {high:g})", column="low, high")
    return width / 2 / critical(level, None)


def error_of_p(effect: float, p: float, where: str = "pool") -> float:
    """Return the standard error behind a two-sided p-value of an effect on a scale where none is 0.

    Raises ErrorNotToldError: p is not between 0 and 1, or there is no effect to divide by it.
    """
    if not 0 < p < 1 or effect == 0:
        cure = "no_effect" if 0 < p <= 1 else "p_outside"
        raise ErrorNotToldError(where, f"{effect:g} (p = {p:g})", column="p", cure=cure)
    return abs(effect) / critical_of(p)


def on_log_scale(ratio: float, where: str, column: str) -> float:
    """Return the logarithm of a ratio; raises ErrorNotToldError where it is not over 0."""
    if not ratio > 0:
        raise ErrorNotToldError(where, f"{ratio:g}", column=column, cure="ratio_not_over_zero")
    return math.log(ratio)


@dataclass(frozen=True)
class ReadBack:
    """A published effect in its own `unit` with 95 % limits and p; `se` (of a ratio: of its logarithm) None where the
    interval is not normal about the effect."""

    unit: str
    value: float
    low: float
    high: float
    se: float | None
    p: float | None


def read_back(outcome: PublishedOutcome, where: str) -> ReadBack | None:
    """Return an outcome with what its interval, or else its p-value, tells of its error; None where it has neither.

    Raises ErrorNotToldError where the numbers cannot be: a p-value of an effect of 0, a ratio that is not over 0.
    """
    ratio = outcome.unit.endswith("_ratio")

    def scaled(value: float, column: str) -> float:
        return on_log_scale(value, where, column) if ratio else value

    if outcome.effect is None:
        return None
    effect = scaled(outcome.effect, "effect")
    if outcome.low is not None and outcome.high is not None:
        try:
            se = error_of_interval(effect, scaled(outcome.low, "low"), scaled(outcome.high, "high"), where=where)
        except IntervalUnlikeError:
            return ReadBack(outcome.unit, outcome.effect, outcome.low, outcome.high, None, outcome.p)
        p = two_sided_p(effect, se, None) if outcome.p is None else outcome.p
        return ReadBack(outcome.unit, outcome.effect, outcome.low, outcome.high, se, p)
    if outcome.p is None:
        return None
    se = error_of_p(effect, outcome.p, where)
    ends = [effect + sign * critical(0.95, None) * se for sign in (-1, 1)]
    low, high = map(math.exp, ends) if ratio else ends
    return ReadBack(outcome.unit, outcome.effect, low, high, se, outcome.p)
