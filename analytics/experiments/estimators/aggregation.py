"""Group-time effects put together four ways: simple, by time since the start, by starting group, by calendar time."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.experiments.estimators.group_time import GroupTimes, weight_influence

Floats = NDArray[np.float64]
Parts = tuple[Floats, Floats]
AGGREGATIONS = ("simple", "dynamic", "calendar", "group")


def parts_of(name: str, cells: GroupTimes) -> Parts:
    """Return an aggregation's parts: their times, and their weights over the effects (rows sum to 1)."""
    if name == "dynamic":
        return _parts(cells.event, cells.share)
    after = (cells.event >= 0).astype(float)
    if name == "group":
        return _parts(cells.group, after)
    sized = after * cells.share
    return _parts(cells.period, sized) if name == "calendar" else (np.zeros(1), sized[None, :] / sized.sum())


def _parts(key: NDArray[Any], size: Floats) -> Parts:
    times = np.array(sorted(set(key[size > 0].tolist())), dtype=float)
    weights = (key == times[:, None]) * size
    return times, weights / weights.sum(axis=1, keepdims=True)


def _across(name: str, cells: GroupTimes, times: Floats) -> Floats:
    """Return the weights of an aggregation's parts in its overall effect, after the start only."""
    sizes = cells.sizes[np.searchsorted(cells.groups, times)] if name == "group" else (times >= 0).astype(float)
    return np.asarray(sizes / sizes.sum())


def overall(name: str, cells: GroupTimes) -> Floats:
    """Return the weights of an aggregation's overall effect over the effects."""
    times, inner = parts_of(name, cells)
    return np.asarray(_across(name, cells, times) @ inner)


def overall_and_points(cells: GroupTimes) -> tuple[Floats, Floats, Floats]:
    """Return weights over the effects (of the four aggregations, then of the points of the event study), what
    estimating the groups' sizes adds to each (× groups), and the points' times."""
    parts = [parts_of(name, cells) for name in AGGREGATIONS]
    inner = np.concatenate([each for _, each in parts])
    across, ends = np.zeros((len(parts), len(inner))), np.cumsum([0, *(len(times) for times, _ in parts)]).tolist()
    for row, (name, (times, _)) in enumerate(zip(AGGREGATIONS, parts, strict=True)):
        across[row, ends[row] : ends[row + 1]] = _across(name, cells, times)
    groups, points = slice(ends[3], ends[4]), slice(ends[1], ends[2])
    adds = weight_influence(inner, cells.att, cells.share, cells.member)
    adds[groups] = 0.0  # an effect's part in its own group's is one over how many there are
    added, of = across @ adds, parts[3][0][:, None] == cells.groups
    added[3] = weight_influence(across[3:, groups], inner[groups] @ cells.att, of @ cells.sizes, of)[0]
    return np.concatenate([across @ inner, inner[points]]), np.concatenate([added, adds[points]]), parts[1][0]
