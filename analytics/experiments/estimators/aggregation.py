"""Group-time effects put together four ways: simple, by time since the start, by starting group, by calendar time."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.experiments.estimators.group_time import GroupTimes, weight_influence

Floats = NDArray[np.float64]


def aggregation_weights(cells: GroupTimes) -> dict[str, tuple[Floats, Floats]]:
    """Return for each aggregation its parts' times and the parts' weights over the effects (rows sum to 1)."""
    after = (cells.event >= 0).astype(float)
    sized = after * cells.share
    return {
        "simple": (np.zeros(1), sized[None, :] / sized.sum()),
        "dynamic": _parts(cells.event, cells.share),
        "calendar": _parts(cells.period, sized),
        "group": _parts(cells.group, after),
    }


def _parts(key: NDArray[Any], size: Floats) -> tuple[Floats, Floats]:
    times = np.unique(key[size > 0]).astype(float)
    weights = (key == times[:, None]) * size
    return times, weights / weights.sum(axis=1, keepdims=True)


def overall(name: str, cells: GroupTimes, times: Floats, inner: Floats) -> tuple[Floats, Floats]:
    """Return the weights of an aggregation's overall effect, after the start only, and what estimating them adds."""
    if name == "group":
        of = times[:, None] == cells.groups
        sizes = of @ cells.sizes
        weights = sizes / sizes.sum()
        return weights @ inner, weight_influence(weights[None, :], inner @ cells.att, sizes, of)[0]
    after = times >= 0
    weights = after / after.sum()
    return weights @ inner, weights @ weight_influence(inner, cells.att, cells.share, cells.member)
