"""What a pooled effect rests on: the mean without each trial, and whether small trials say something else."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from analytics.experiments.estimators.base import two_sided_p
from analytics.experiments.portfolio.meta_analysis import pool
from analytics.results import NotEstimable

FEW_TRIALS = 10
"""Under so many, agreement of small and large trials says little (Sterne et al. 2011, BMJ 343:d4002)."""


def leave_one_out(
    effects: Sequence[float], errors: Sequence[float], labels: Sequence[str], level: float = 0.95
) -> tuple[dict[str, Any], ...]:
    """Return the pooled effect without each trial in turn: label, pooled, se, low, high, p, tau2, i2; none of one."""
    found = []
    for place, label in enumerate(labels if len(labels) > 1 else ()):
        rest = [*range(place), *range(place + 1, len(labels))]
        without = pool([effects[i] for i in rest], [errors[i] for i in rest], level=level)
        named = ("pooled", "se", "low", "high", "p", "tau2", "i2")
        found.append({"label": label, **{name: getattr(without, name) for name in named}})
    return tuple(found)


def small_study(effects: Sequence[float], errors: Sequence[float]) -> dict[str, Any] | NotEstimable:
    """Return Egger's regression of effect over error on one over error: its intercept, with t(k − 2); 0 where small
    trials say what large ones do. `effect` is what a trial without error would show; `few`: under 10 trials.

    Source: Egger, Davey Smith, Schneider & Minder (1997), BMJ 315:629–634.
    """
    y, s = np.asarray(effects, dtype=float), np.asarray(errors, dtype=float)
    if len(y) < 3 or np.ptp(s) <= 1e-12 * s.max():
        return NotEstimable("errors_alike")
    x = np.column_stack([np.ones(len(y)), 1 / s])
    bread = np.linalg.inv(x.T @ x)
    found = bread @ x.T @ (y / s)
    left = len(y) - 2
    spread = float(((y / s - x @ found) ** 2).sum()) / left
    error = float(np.sqrt(spread * bread[0, 0]))
    p = two_sided_p(float(found[0]), error, left) if error > 0 else None
    return {"intercept": float(found[0]), "se": error, "df": left, "p": p, "effect": float(found[1]),
            "few": len(y) < FEW_TRIALS}  # fmt: skip
