"""What can be had of hidden figures from all that is printed: the least and most each can be, by linear programming."""

from dataclasses import dataclass, replace

import numpy as np

from data.disclosure.program import Program
from data.disclosure.sparse import Flags, Floats, Places, Sparse

_CLOSE = 1e-6
_TOGETHER = 24  # programs that seek many ends at once, before each open end is sought alone
_ROUNDS = 12


def ends(program: Program, asked: Flags) -> tuple[Floats, Floats] | None:
    """Return the least and most of the figures that are asked for; None where nothing fits what is printed.

    program: the unknown figures of one block. Raises SolverGaveUp.
    """
    tight = propagated(program)
    crossed = (tight.low > tight.high + _CLOSE).any()
    start = None if crossed else tight.least(np.zeros(len(tight.low)))
    if start is None:
        return None
    seen = _Seen(tight, start.copy(), start.copy())
    draw = np.random.default_rng(1)
    for _ in range(_TOGETHER):
        open_low, open_high = seen.open()
        finite = np.isfinite(tight.high) & open_high & asked
        if (open_low & asked).sum() + finite.sum() <= _TOGETHER:
            break
        choice = draw.random(len(start)) < 0.5
        cost = np.where(choice & open_low & asked, 1.0, 0.0) - np.where(~choice & finite, 1.0, 0.0)
        seen.add(tight.least(cost))
    for place in np.flatnonzero(asked):
        for number, sign in enumerate((1.0, -1.0)):
            if seen.open()[number][place]:
                seen.settle(int(place), sign)
    return seen.least, seen.most


@dataclass
class _Seen:
    """The least and most that figures had in any solution so far."""

    program: Program
    least: Floats
    most: Floats

    def open(self) -> tuple[Flags, Flags]:
        """Return which figures may be smaller, and which larger, than in any solution so far."""
        return self.least > self.program.low + _CLOSE, self.most < self.program.high - _CLOSE

    def add(self, values: Floats | None) -> None:
        if values is not None:
            np.minimum(self.least, values, out=self.least)
            np.maximum(self.most, values, out=self.most)

    def settle(self, place: int, sign: float) -> None:
        """Find one end of a figure; what is found is its bound from here on."""
        end, values = self.program.end(place, sign)
        self.add(values)
        (self.least if sign > 0 else self.most)[place] = end
        (self.program.low if sign > 0 else self.program.high)[place] = end


def propagated(program: Program) -> Program:
    """Return the program with the bounds that each sum by itself gives its figures."""
    low, high = program.low.astype(float), program.high.astype(float)
    plus, minus = program.matrix.above_nought(), (-program.matrix).above_nought()
    rows, columns, signs = program.matrix.rows, program.matrix.columns, program.matrix.values
    for _ in range(_ROUNDS):
        before = low.copy(), high.copy()
        for sign in (1.0, -1.0):  # the figures with this sign: at most what is left when the others are least
            own, other = (plus, minus) if sign > 0 else (minus, plus)
            rest = sign * program.rest
            _tighten(own, other, rest, low, high, (rows[signs == sign], columns[signs == sign]))
        if np.array_equal(before[0], low) and np.array_equal(before[1], high):
            break
    met = np.abs(low - high) < _CLOSE
    return replace(program, low=low, high=np.where(met, low, high))


def _tighten(own: Sparse, other: Sparse, rest: Floats, low: Floats, high: Floats, at: tuple[Places, Places]) -> None:
    """Bound the figures of one sign by what the others of each sum leave: `own @ x == rest + other @ x`."""
    rows, columns = at
    endless = np.isinf(high)
    most = np.where(endless, 0.0, high)
    without_end = (own @ endless.astype(float), other @ endless.astype(float))
    up = (rest + other @ most - own @ low)[rows] + low[columns]
    down = (rest + other @ low - own @ most)[rows] + most[columns]
    ceiling, floor = np.full_like(high, np.inf), np.full_like(low, -np.inf)
    np.minimum.at(ceiling, columns, np.where(without_end[1][rows] > 0, np.inf, up))
    np.maximum.at(floor, columns, np.where(without_end[0][rows] - endless[columns] > 0, -np.inf, down))
    np.minimum(high, ceiling, out=high)
    np.maximum(low, floor, out=low)
