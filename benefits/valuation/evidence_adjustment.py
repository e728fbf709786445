"""Evidence grades: weaker evidence moves an estimate towards less net gain, and widens it."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from benefits.parameters import Rates

# Two-sided 95 % limits of the normal distribution, in standard errors.
NORMAL_LIMIT = 1.959963984540054
# Grades that stand for a number looked up, not estimated: nothing to correct.
_EXACT = ("statute", "official_statistic")


def correction(grade: str, rates: Rates) -> Any:  # noqa: ANN401 - a number or one a draw
    """Return the share an estimate of this grade is moved, 0–1."""
    return 0.0 if grade in _EXACT else rates[f"innenfor.grading.correction_{grade}"]


def widening(grade: str, rates: Rates) -> Any:  # noqa: ANN401 - a number or one a draw
    """Return the factor an interval of this grade is widened by, 1 or more."""
    return 1.0 if grade in _EXACT else rates[f"innenfor.grading.widening_{grade}"]


def graded(
    draws: NDArray[np.float64], point: NDArray[np.float64], grade: str, rates: Rates, direction: float = 1.0
) -> NDArray[np.float64]:
    """Return draws widened about the point and moved towards less net gain.

    `draws` has shape (draws, …) and `point` the shape of one draw. `direction` is 1 where more of the quantity is a
    gain and −1 where it is a loss. The move is a share of the point's size and always against the direction: a gain
    shrinks, a harm grows and is never shrunk.
    """
    factor, share = (_column(part, draws) for part in (widening(grade, rates), correction(grade, rates)))
    return np.asarray(point + factor * (draws - point) - direction * share * np.abs(point), dtype=float)


def _column(part: Any, draws: NDArray[np.float64]) -> NDArray[np.float64]:  # noqa: ANN401
    return np.asarray(part, dtype=float).reshape((-1,) + (1,) * (draws.ndim - 1))
