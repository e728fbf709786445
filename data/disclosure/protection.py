"""One protection for all that is linked: which printed figures must be hidden so that no small one can be had."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from data.disclosure.attack import propagated
from data.disclosure.links import Indexed, Key, Sum, blocks, indexed
from data.disclosure.program import Program
from data.disclosure.regions import regions_of, suppressed_by_parts
from data.disclosure.sparse import Flags, Floats, beside, diagonal
from data.disclosure.suppression import Ground, suppressed


@dataclass(frozen=True, slots=True)
class LinkedFigure:
    """A figure of linked tables.

    value: as it was delivered; None where nobody told. shown: whether it is printed. low, high: what anybody knows of
    it by itself while it is hidden. weight: what a reader loses with it; infinite: it stays. told: an earlier build
    showed it, so it is hidden only where nothing else will do.
    targets: values it must be able to have for all that is printed: from above (-1) or from below (1).
    small_below: a figure that nobody told and that is this much at least, for all that is printed, needs no target.
    """

    value: float | None = None
    shown: bool = False
    low: float = 0.0
    high: float = math.inf
    weight: float = 0.0
    targets: tuple[tuple[int, float], ...] = ()
    small_below: float = math.inf
    told: bool = False


_CLOSE = 1e-6
_MOST_AT_ONCE = 8_000  # figures of a block; a larger one is protected part by part
_MOST_TOGETHER = 20_000  # sums of blocks that have nothing to do with each other are solved in one program
NOBODYS = LinkedFigure()
"""A figure that is not printed and never was, but is bound by sums: anything from 0."""


def withheld(figures: Mapping[Key, LinkedFigure], all_sums: Sequence[Sum]) -> set[Key]:
    """Return the printed figures that must be hidden. Raises SolverGaveUp.

    Figures that nothing links to a small one are left out first.
    """
    wanted = {key for key, figure in figures.items() if figure.targets}
    found: set[Key] = set()
    together: list[Sum] = []
    crowd: dict[Key, tuple[int, int]] = {}
    for number, group in enumerate(blocks(all_sums, wanted=wanted)):
        keys = {key for whole, parts in group for key in (whole, *parts)}
        own = len(wanted & keys)
        if len(keys) > _MOST_AT_ONCE:
            found |= _withheld(figures, indexed(group), dict.fromkeys(keys, (number, own)), group)
        else:
            together += group
            crowd |= dict.fromkeys(keys, (number, own))
        if len(together) > _MOST_TOGETHER:
            found |= _withheld(figures, indexed(together), crowd)
            together = []
    return found | (_withheld(figures, indexed(together), crowd) if together else set())


def _withheld(
    figures: Mapping[Key, LinkedFigure], block: Indexed, crowd: Mapping[Key, tuple[int, int]], large: Sequence[Sum] = ()
) -> set[Key]:
    """Return what must be hidden of some blocks. crowd: of each figure its block, and how many in it have a target.

    large: the sums of a block that is too large for one program.

    A sum that does not add up, by figures nobody told, binds nobody: what it alone stood in the way of is sought anew.
    """
    own = [figures.get(key, NOBODYS) for key in block.keys]
    values, missed = settled(block, own)
    sure = _known_to_be_large(block, own)
    needs = [(place, sign, sign * (target - values[place])) for place, sign, target in _targets(own) if not sure[place]]
    open_needs = [(*need, crowd[block.keys[need[0]]][1]) for need in needs if need[2] > 0]
    place, sign, far, many = (np.array(each) for each in zip(*open_needs, strict=True)) if open_needs else ([],) * 4
    ground = Ground(
        matrix=block.matrix, values=values,
        low=np.array([each.low for each in own]), high=np.array([each.high for each in own]),
        weights=np.array([each.weight if math.isfinite(each.weight) else 0.0 for each in own]),
        hidden=np.array([not each.shown for each in own]), fixed=np.array([math.isinf(each.weight) for each in own]),
        told=np.array([each.told for each in own]),
        need_place=np.asarray(place, int), need_sign=np.asarray(sign, float), need_far=np.asarray(far, float),
        need_crowd=np.asarray(many, float), block=np.array([crowd[key][0] for key in block.keys]),
    )  # fmt: skip
    hidden = _found(ground, block, large)
    if missed.any():
        kept = replace(ground, matrix=ground.matrix.of_rows(~missed), hidden=hidden)
        hidden = _found(kept, block, large)
    return {block.keys[place] for place in np.flatnonzero(hidden) if own[place].shown}


def _found(ground: Ground, block: Indexed, large: Sequence[Sum]) -> Flags:
    return suppressed_by_parts(ground, regions_of(block.keys, large)) if large else suppressed(ground)


def _targets(own: Sequence[LinkedFigure]) -> Iterator[tuple[int, int, float]]:
    for place, figure in enumerate(own):
        for sign, target in figure.targets:
            yield place, sign, target


def _known_to_be_large(block: Indexed, own: Sequence[LinkedFigure]) -> Flags:
    """Return which figures that nobody told are not small, as the sums they are in tell one by one."""
    limit, hidden = np.array([each.small_below for each in own]), np.array([not each.shown for each in own])
    large = np.zeros(len(own), bool)
    if np.isfinite(limit).any():
        printed = np.array([each.value or 0.0 if each.shown else 0.0 for each in own])
        low, high = np.array([each.low for each in own]), np.array([each.high for each in own])
        rest = -(block.matrix @ printed)
        tight = propagated(Program(block.matrix.of_columns(hidden), rest, low[hidden], high[hidden]))
        large[hidden] = (tight.low >= limit[hidden]) & (tight.low <= tight.high)
    return large


def settled(block: Indexed, own: Sequence[LinkedFigure]) -> tuple[Floats, Flags]:
    """Return values that fit all that was delivered, or miss as few persons as can be where sums do not agree.

    And which sums miss by figures that nobody told: which of them it is, nobody knows.
    """
    values = np.array([math.nan if each.value is None else each.value for each in own])
    unknown = np.isnan(values)
    missed = np.zeros(block.matrix.shape[0], bool)
    if unknown.any():
        low, high = np.array([each.low for each in own]), np.array([each.high for each in own])
        values[unknown], miss = nearest(block, np.where(unknown, 0.0, values), unknown, low, high)
        missed = (np.abs(miss) > _CLOSE) & (abs(block.matrix) @ unknown.astype(float) > 0)
    return values, missed


def nearest(block: Indexed, known: Floats, unknown: Flags, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Return the unknown figures and what each sum misses by, where all sums together miss by the least."""
    rows = block.matrix.shape[0]
    free = np.zeros(rows), np.full(rows, np.inf)
    program = Program(
        matrix=beside(block.matrix.of_columns(unknown), diagonal(rows), diagonal(rows, -1.0)),
        rest=-(block.matrix @ known),
        low=np.concatenate([low[unknown], free[0], free[0]]),
        high=np.concatenate([high[unknown], free[1], free[1]]),
    )
    size = int(unknown.sum())
    answer = program.least(np.concatenate([np.zeros(size), np.ones(2 * rows)]))
    if answer is None:  # bounds that cross: no figure fits its own
        return low[unknown], np.zeros(rows)
    return answer[:size], answer[size : size + rows] - answer[size + rows :]
