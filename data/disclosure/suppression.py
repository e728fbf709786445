"""Which further figures to hide so that no small one can be had: the fewest persons, by linear programming.

A hidden figure is safe when other figures fit everything printed in which it is as far from its own value as its need
says. Such figures are sought with the least weight of what must be hidden for them, many needs at once; what moved is
hidden. Then the search is made again within what was found, which leaves out what is no longer wanted.
Source: the linear programs of Robertson (1993) and Fischetti & Salazar (2001), with several cells in one program.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from data.disclosure.program import Flags, Floats, Places, Program

if TYPE_CHECKING:
    from scipy.sparse import csr_array

_CLOSE = 1e-6
_PASSES = 3
_SHARE = 0.15  # of the needs that are sought together: more find fewer programs, fewer find less to hide
_TOGETHER = 12
_ALONE = 3
_TRIES = 8  # so often a need is sought with others before it is sought alone, at any price
_WORTH, _AT_ANY_PRICE = 1e2, 1e7


@dataclass(frozen=True)
class Ground:
    """The figures of some linked tables: `matrix` times `values` is the same whatever the hidden ones are.

    values: as they are (or, of a publisher's star, could be). low, high: what anybody knows of a figure that is hidden.
    weights: what a reader loses with a figure. hidden: what is not printed. fixed: what must stay.
    needs: figure, direction, how far it must be able to move there, and how many needs are linked with it.
    block: which figures are linked at all.
    """

    matrix: "csr_array"
    values: Floats
    low: Floats
    high: Floats
    weights: Floats
    hidden: Flags
    fixed: Flags
    need_place: Places
    need_sign: Floats
    need_far: Floats
    need_crowd: Floats
    block: Places


def suppressed(ground: Ground) -> Flags:
    """Return what is hidden when every need is met as far as it can be. Raises SolverGaveUp."""
    met, _ = _search(ground, np.zeros_like(ground.hidden), 0)
    live = np.isin(ground.block, ground.block[ground.need_place[~met]])
    hidden = ground.hidden.copy()
    if live.any():
        hidden[live] = _suppressed(_open(ground, live, ~met))
    return hidden


def _open(ground: Ground, live: Flags, needs: Flags) -> Ground:
    """Return the blocks that have a need which is not met with what is hidden already."""
    matrix = ground.matrix[:, np.flatnonzero(live)]
    figures = ("values", "low", "high", "weights", "hidden", "fixed", "block")
    wants = ("need_sign", "need_far", "need_crowd")
    own = {name: getattr(ground, name)[live] for name in figures} | {
        name: getattr(ground, name)[needs] for name in wants
    }
    place = np.cumsum(live) - 1
    return Ground(
        **own, matrix=matrix[np.flatnonzero(np.diff(matrix.indptr))], need_place=place[ground.need_place[needs]]
    )


def _suppressed(ground: Ground) -> Flags:
    allowed, found = ~ground.fixed, ground.hidden
    for number in range(_PASSES):
        met, hidden = _search(ground, allowed, number)
        if number and (not met.all() or hidden.sum() >= found.sum()):
            break
        allowed = found = hidden
    return found


def _search(ground: Ground, allowed: Flags, seed: int) -> tuple[Flags, Flags]:
    """Return which needs are met, and what is hidden for it: nothing but what is hidden or allowed."""
    draw = np.random.default_rng(seed)
    hidden, met = ground.hidden.copy(), np.zeros(len(ground.need_place), bool)
    tries = np.zeros(len(met), int)
    most = _TRIES if allowed.any() else 1
    share = np.maximum(_SHARE, np.minimum(0.5, _TOGETHER / np.maximum(ground.need_crowd, 1)))
    while (left := np.flatnonzero(~met & (tries <= most))).size:
        together = left[tries[left] < most]
        some = together[draw.random(len(together)) < share[together]] if len(together) > _ALONE else left[:1]
        moved = _moved(replace(ground, hidden=hidden), allowed, some)
        hidden |= np.abs(moved) > _CLOSE
        met |= ground.need_sign * moved[ground.need_place] >= ground.need_far - _CLOSE
        tries[some] = most + 1 if len(some) == 1 or not allowed.any() else tries[some] + 1
    return met, hidden


def _moved(ground: Ground, allowed: Flags, some: Places) -> Floats:
    """Return how far each figure moves when some needs are met at the least weight."""
    from scipy.sparse import csr_array, hstack, identity

    live = np.flatnonzero(ground.hidden | allowed)
    matrix = ground.matrix[:, live]
    matrix = matrix[np.flatnonzero(np.diff(matrix.indptr))]
    size, needs = len(live), len(some)
    place = np.full(len(ground.values), -1)
    place[live] = np.arange(size)
    at = (np.arange(needs), place[ground.need_place[some]])
    toward = csr_array((-ground.need_sign[some], at), shape=(needs, size))
    up, down = ground.high[live] - ground.values[live], ground.values[live] - ground.low[live]
    program = Program(
        matrix=hstack([matrix, -matrix, csr_array((matrix.shape[0], needs))]).tocsr(),
        rest=np.zeros(matrix.shape[0]),
        low=np.zeros(2 * size + needs),
        high=np.concatenate([np.maximum(up, 0), np.maximum(down, 0), ground.need_far[some]]),
        below=hstack([toward, -toward, identity(needs)]).tocsr(),
    )
    cost = np.where(ground.hidden[live], 1e-4, ground.weights[live])
    worth = np.full(needs, _AT_ANY_PRICE if needs == 1 else _WORTH)
    answer = program.least(np.concatenate([cost, cost, -worth]))
    moved = np.zeros(len(ground.values))
    if answer is not None:
        moved[live] = answer[:size] - answer[size : 2 * size]
    return moved
