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
    times = np.unique(key[size > 0]).astype(float)
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
    parts = {name: parts_of(name, cells) for name in AGGREGATIONS}
    across = {name: _across(name, cells, times) for name, (times, _) in parts.items()}
    rows = [across[name] @ inner for name, (_, inner) in parts.items()]
    sized = [parts[name][1] for name in AGGREGATIONS[:-1]]
    adds = weight_influence(np.vstack(sized), cells.att, cells.share, cells.member)
    split = np.split(adds, np.cumsum([len(each) for each in sized])[:-1])
    added = [across[name] @ each for name, each in zip(AGGREGATIONS, split, strict=False)]
    of, (_, inner) = parts["group"][0][:, None] == cells.groups, parts["group"]
    added += [weight_influence(across["group"][None, :], inner @ cells.att, of @ cells.sizes, of)[0]]
    return np.vstack([*rows, sized[1]]), np.vstack([*added, split[1]]), parts["dynamic"][0]
