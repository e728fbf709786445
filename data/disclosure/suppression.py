"""Which further figures to hide so that no small one can be had: the fewest persons, by linear programming.

A hidden figure is safe when other figures fit everything printed in which it is as far from its own value as its need
says. Such figures are sought with the least weight of what must be hidden for them, many needs at once; what moved is
hidden. Then the search is made again within what was found, which leaves out what is no longer wanted.
Source: the linear programs of Robertson (1993) and Fischetti & Salazar (2001), with several cells in one program.
"""

from dataclasses import dataclass, replace

import numpy as np

from data.disclosure.program import Program
from data.disclosure.sparse import Flags, Floats, Places, Sparse, beside, diagonal, nothing, sparse

_CLOSE = 1e-6
_PASSES = 3
_SHARE = 0.15  # of the needs that are sought together: more find fewer programs, fewer find less to hide
_TOGETHER = 12
_ALONE = 3
_FEW = 1 / 3  # of the figures are hidden: then these alone are asked first
_TRIES = 8  # so often a need is sought with others before it is sought alone, at any price
_WORTH, _AT_ANY_PRICE = 1e2, 1e7


@dataclass(frozen=True)
class Ground:
    """The figures of some linked tables: `matrix` times `values` is the same whatever the hidden ones are.

    values: as they are (or, of a publisher's star, could be). low, high: what anybody knows of a figure that is hidden.
    weights: what a reader loses with a figure. hidden: what is not printed. fixed: what must stay. told: what somebody
    has anyhow, and is hidden only where nothing else will do.
    needs: figure, direction, how far it must be able to move there, and how many needs are linked with it.
    block: which figures are linked at all.
    """

    matrix: Sparse
    values: Floats
    low: Floats
    high: Floats
    weights: Floats
    hidden: Flags
    fixed: Flags
    told: Flags
    need_place: Places
    need_sign: Floats
    need_far: Floats
    need_crowd: Floats
    block: Places


def suppressed(ground: Ground) -> Flags:
    """Return what is hidden when every need is met as far as it can be. Raises SolverGaveUp."""
    met, _ = _search(ground, np.zeros_like(ground.hidden), 0)
    hidden = ground.hidden.copy()
    for tried in of_untold_first(ground):
        live = np.isin(ground.block, ground.block[ground.need_place[~met]])
        if live.any():
            part = cut(replace(tried, hidden=hidden), live, ~met)
            now, hidden[live] = fewest(part, every=True)  # what cannot be met at all is not met by more that was told
            met[~met] = now
    return hidden


def of_untold_first(ground: Ground) -> tuple[Ground, ...]:
    """Return the figures as they are to be tried: what was told before stays while anything else could be hidden."""
    untold = replace(ground, fixed=ground.fixed | ground.told)
    some = (ground.told & ~ground.fixed).any() and not (untold.fixed | ground.hidden).all()
    return (untold, ground) if some else (ground,)


def cut(ground: Ground, live: Flags, needs: Flags) -> Ground:
    """Return some figures and needs; all other figures stay as they are."""
    figures = ("values", "low", "high", "weights", "hidden", "fixed", "told", "block")
    wants = ("need_sign", "need_far", "need_crowd")
    own = {name: getattr(ground, name)[live] for name in figures} | {
        name: getattr(ground, name)[needs] for name in wants
    }
    place = np.cumsum(live) - 1
    return Ground(**own, matrix=ground.matrix.of_columns(live).filled(), need_place=place[ground.need_place[needs]])


def fewest(ground: Ground, *, every: bool = False) -> tuple[Flags, Flags]:
    """Return which needs are met, and what is hidden for them, as little as several searches find.

    every: a need that is not met is met as far as it can be, even if more is hidden for it. Raises SolverGaveUp.
    """
    met, found = _search(ground, ~ground.fixed, 0)
    if every and not met.all():
        return met, found
    kept = cut(ground, np.ones_like(ground.hidden), met)
    for number in range(1, _PASSES if met.any() else 1):
        again, hidden = _search(kept, found, number)
        if not again.all() or (hidden.sum() >= found.sum()):
            break
        found = hidden
    return met, found if met.any() else ground.hidden


def _search(ground: Ground, allowed: Flags, seed: int) -> tuple[Flags, Flags]:
    """Return which needs are met, and what is hidden for it: nothing but what is hidden or allowed."""
    draw, found, able = np.random.default_rng(seed), ground.hidden.copy(), ground.hidden | allowed
    ground, allowed = cut(ground, able, np.ones(len(ground.need_place), bool)), allowed[able]
    hidden, met = ground.hidden.copy(), np.zeros(len(ground.need_place), bool)
    tries = np.zeros(len(met), int)
    most = _TRIES if allowed.any() else 1
    share = np.maximum(_SHARE, np.minimum(0.5, _TOGETHER / np.maximum(ground.need_crowd, 1)))
    while (left := np.flatnonzero(~met & (tries <= most))).size:
        together = left[tries[left] < most]
        some = together[draw.random(len(together)) < share[together]] if len(together) > _ALONE else left[:1]
        if not some.size:
            continue
        now = replace(ground, hidden=hidden)
        if allowed.any() and hidden.mean() < _FEW:
            met |= _met(now, _moved_hidden(now, some))
        if (rest := some[~met[some]]).size:
            moved = _moved(now, rest)
            hidden |= np.abs(moved) > _CLOSE
            met |= _met(now, moved)
        tries[some] = most + 1 if len(some) == 1 or not allowed.any() else tries[some] + 1
    found[able] = hidden
    return met, found


def _met(ground: Ground, moved: Floats) -> Flags:
    return ground.need_sign * moved[ground.need_place] >= ground.need_far - _CLOSE


def _moved_hidden(ground: Ground, some: Places) -> Floats:
    """Return how far the hidden figures move when some needs are met by them alone: a small program, often enough."""
    moved = np.zeros(len(ground.hidden))
    wanted = np.isin(np.arange(len(ground.need_place)), some)
    moved[ground.hidden] = _moved(cut(ground, ground.hidden, wanted), np.arange(len(some)))
    return moved


def _moved(ground: Ground, some: Places) -> Floats:
    """Return how far each figure moves when some needs are met at the least weight; only what is linked with them."""
    linked = np.isin(ground.block, ground.block[ground.need_place[some]])
    live, matrix = np.flatnonzero(linked), ground.matrix.of_columns(linked).filled()
    size, needs = len(live), len(some)
    place = np.full(len(ground.values), -1)
    place[live] = np.arange(size)
    toward = sparse(np.arange(needs), place[ground.need_place[some]], -ground.need_sign[some], (needs, size))
    up, down = ground.high[live] - ground.values[live], ground.values[live] - ground.low[live]
    program = Program(
        matrix=beside(matrix, -matrix, nothing(matrix.shape[0], needs)),
        rest=np.zeros(matrix.shape[0]),
        low=np.zeros(2 * size + needs),
        high=np.concatenate([np.maximum(up, 0), np.maximum(down, 0), ground.need_far[some]]),
        below=beside(toward, -toward, diagonal(needs)),
    )
    cost = np.where(ground.hidden[live], 1e-4, ground.weights[live])
    worth = np.full(needs, _AT_ANY_PRICE if needs == 1 else _WORTH)
    answer = program.least(np.concatenate([cost, cost, -worth]))
    moved = np.zeros(len(ground.values))
    if answer is not None:
        moved[live] = answer[:size] - answer[size : 2 * size]
    return moved
