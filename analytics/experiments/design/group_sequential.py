"""Looking before the end: group-sequential limits for equally spaced looks (Pocock 1977; O'Brien & Fleming 1979)."""

import numpy as np
from numpy.typing import NDArray

from analytics.experiments.errors import DesignNotUnderstoodError
from analytics.experiments.estimators.base import critical_of

Floats = NDArray[np.float64]
SHAPES = {"pocock": 0.0, "obrien_fleming": 0.5}
NODES = 401
REACH = 8.0
MOST_LOOKS = 50
LEAST_ALPHA = 1e-9  # under which the integral is not exact enough


def sequential_constant(looks: int, shape: str, alpha: float = 0.05) -> float:
    """Return the constant: Pocock's limit at every look, or O'Brien–Fleming's at the last (K = 2: 2.178 and 1.977)."""
    from scipy.optimize import brentq

    if not 1 <= looks <= MOST_LOOKS or shape not in SHAPES or not LEAST_ALPHA <= alpha < 1:
        found = f"looks {looks}, shape {shape}, alpha {alpha}"
        meant = f"1–{MOST_LOOKS}, {', '.join(SHAPES)}, {LEAST_ALPHA:g} ≤ alpha < 1"
        raise DesignNotUnderstoodError(where="power", found=found, column="looks", meant=meant)
    least, most = critical_of(alpha), critical_of(alpha / looks)  # of one look, and of looks that never agree
    if looks == 1:
        return least
    return float(
        brentq(lambda c: crossing_probability(_limits(c, looks, shape)) - alpha, least - 1e-3, most + 1e-3, xtol=1e-8)
    )


def sequential_limits(looks: int, shape: str, alpha: float = 0.05) -> tuple[float, ...]:
    """Return the limit of |z| at each look."""
    return tuple(_limits(sequential_constant(looks, shape, alpha), looks, shape).tolist())


def crossing_probability(limits: Floats, expected: float = 0.0) -> float:
    """Return the chance that |z| exceeds its limit at some look, by recursive integration.

    limits: one a look, equally spaced in information; expected: the mean of z at the last look, 0 without effect.
    Source: Armitage, McPherson & Rowe (1969), JRSS A 132:235–244.
    """
    from scipy import stats

    looks = np.arange(1, len(limits) + 1)
    ends = np.minimum(limits, REACH) * np.sqrt(looks)
    nodes, weights = _simpson(ends[0])
    step = expected / np.sqrt(len(limits))
    density = stats.norm.pdf(nodes - step)
    for end in ends[1:]:
        following, next_weights = _simpson(end)
        kernel = np.exp(-0.5 * (following[:, None] - nodes[None, :] - step) ** 2) / np.sqrt(2 * np.pi)
        density = kernel @ (density * weights)
        nodes, weights = following, next_weights
    return float(1 - (density * weights).sum())


def _limits(constant: float, looks: int, shape: str) -> Floats:
    return np.asarray(constant * (looks / np.arange(1, looks + 1)) ** SHAPES[shape])


def _simpson(end: float) -> tuple[Floats, Floats]:
    nodes = np.linspace(-end, end, NODES)
    weights = np.full(NODES, 2.0)
    weights[1::2] = 4.0
    weights[[0, -1]] = 1.0
    return nodes, weights * (nodes[1] - nodes[0]) / 3
