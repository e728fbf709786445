"""Group-time effects put together four ways: simple, by time since the start, by starting group, by calendar time."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from analytics.experiments.estimators.group_time import GroupTimes, weight_influence

Floats = NDArray[np.float64]
AGGREGATIONS = ("simple", "dynamic", "calendar", "group")


def _parts(names: Sequence[str], cells: GroupTimes) -> tuple[list[list[float]], Floats]:
    """Return the times of each aggregation's parts, and the weights of all parts over the effects (rows sum to 1)."""
    after = cells.event >= 0
    sized = after * cells.share
    kinds = {"simple": (0.0 * cells.event, sized), "dynamic": (cells.event, cells.share),
             "calendar": (cells.period, sized), "group": (cells.group, after)}  # fmt: skip
    times, rows = [], []
    for key, size in map(kinds.__getitem__, names):
        times.append(sorted(set((key if size is cells.share else key[after]).tolist())))
        rows.append(np.equal.outer(times[-1], key) * size)
    weights = np.concatenate(rows)
    return times, weights / weights.sum(axis=1)[:, None]


def _across(names: Sequence[str], cells: GroupTimes, times: Sequence[Sequence[float]]) -> Floats:
    """Return the weights of all parts in the aggregations' overall effects, after the start only."""
    sizes = dict(zip(cells.groups.tolist(), cells.sizes.tolist(), strict=True))
    across, first = np.zeros((len(names), sum(map(len, times)))), 0
    for row, (name, own) in enumerate(zip(names, times, strict=True)):
        part = [sizes[time] if name == "group" else float(time >= 0) for time in own]
        across[row, first : first + len(own)] = np.array(part) / sum(part)
        first += len(own)
    return across


def overall(name: str, cells: GroupTimes) -> Floats:
    """Return the weights of an aggregation's overall effect over the effects."""
    times, inner = _parts([name], cells)
    return np.asarray((_across([name], cells, times) @ inner)[0])


def overall_and_points(cells: GroupTimes) -> tuple[Floats, Floats, Floats]:
    """Return weights over the effects (of the four aggregations, then of the points of the event study), what
    estimating the groups' sizes adds to each (× groups), and the points' times."""
    times, inner = _parts(AGGREGATIONS, cells)
    across = _across(AGGREGATIONS, cells, times)
    groups, points = slice(len(inner) - len(times[3]), None), slice(1, 1 + len(times[1]))
    adds = weight_influence(inner, cells.att, cells.share, cells.member)
    adds[groups] = 0.0  # an effect's part in its own group's is one over how many there are
    added, of = across @ adds, (np.array(times[3])[:, None] == cells.groups).astype(float)
    added[3] = weight_influence(across[3:, groups], inner[groups] @ cells.att, of @ cells.sizes, of)[0]
    return (np.concatenate([across @ inner, inner[points]]), np.concatenate([added, adds[points]]),
            np.array(times[1], dtype=float))  # fmt: skip
