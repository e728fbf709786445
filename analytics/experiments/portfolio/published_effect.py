"""An effect as a publication prints it: with an interval or a p-value, of which the standard error is read back.

Source: Altman & Bland (2011), BMJ 343:d2090 and d2304; Higgins et al. (2023), Cochrane Handbook 6.3 and 6.5.2.
"""

import math

from analytics.experiments.errors import IntervalUnlikeError, TableNotUnderstoodError
from analytics.experiments.estimators.base import critical

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
    """Return the standard error behind a two-sided p-value of an effect on a scale where none is 0."""
    if not 0 < p < 1 or effect == 0:
        raise TableNotUnderstoodError(where, f"{effect:g} (p = {p:g})", column="p")
    return abs(effect) / critical(1 - p, None)


def on_log_scale(ratio: float, where: str, column: str) -> float:
    """Return the logarithm of a ratio."""
    if not ratio > 0:
        raise TableNotUnderstoodError(where, f"{ratio:g}", column=column)
    return math.log(ratio)
