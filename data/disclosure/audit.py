"""What can be had of suppressed cells of one indicator and period from everything printed, by linear programming."""

import math
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.disclosure.additivity import Cell, Sum

if TYPE_CHECKING:
    from scipy.optimize import OptimizeResult

_ROOM_OF_AN_UNKNOWN_MAXIMUM = 2.0
"""How wide a suppressed cell's interval must stay where the publisher does not say which values it can stand for."""
_CLOSE = 1e-6
_MIXED, _FEW = 40, 8  # tries of mixed signs, and how few open ends are sooner settled one by one
_SOLVED, _INFEASIBLE, _UNBOUNDED = 0, 2, 3  # as scipy numbers them
Bounds = dict[Cell, tuple[float, float]]


@dataclass(frozen=True)
class Printed:
    """The figures of one indicator and period as anybody can read them.

    counts: what is printed. suppressed: each suppressed cell with the highest value it can stand for (0: not told).
    Everything else, also what was withheld here, is unknown, from 0.
    """

    counts: Mapping[Cell, int]
    suppressed: Mapping[Cell, int]

    def bounds(self, cell: Cell) -> tuple[float, float]:
        """Return the smallest and largest value a cell that is not printed can have by itself."""
        if cell in self.suppressed:
            return 1.0, float(self.suppressed[cell] or math.inf)
        return 0.0, math.inf


def ends(printed: Printed, sums: Sequence[Sum]) -> Bounds:
    """Return the smallest and largest value a suppressed cell can have by all that is printed. Raises RuntimeError."""
    found: Bounds = {cell: printed.bounds(cell) for cell in printed.suppressed}
    for part in _connected(printed, [each for each in sums if _unknown(printed, each)]):
        own = _ends(printed, part)
        if own is None:  # the sums do not agree, as where the nation counts people of no county
            own = _ends(printed, [each for each in part if not each.loose])
        for each in [own] if own is not None else [_ends(printed, [one]) or {} for one in part]:
            for cell, (low, high) in each.items():
                found[cell] = max(found[cell][0], low), min(found[cell][1], high)
    return found


def reasons(printed: Printed, sums: Sequence[Sum], cell: Cell, sign: float) -> list[Sum]:
    """Return the sums that keep a suppressed cell from being smaller (sign 1) or larger (-1): the solver's proof."""
    for part in _connected(printed, [each for each in sums if _unknown(printed, each)]):
        for some in (part, [each for each in part if not each.loose]):
            problem = _Problem(printed, some)
            if cell in problem.place and (proof := problem.proof({cell: sign})):
                return [each for each, weight in zip(some, proof, strict=True) if abs(weight) > _CLOSE] or some
    return []


def at_best(printed: Printed, sums: Sequence[Sum]) -> Bounds:
    """Return what suppressed cells tell of each other: two suppressed sexes make a suppressed total at least 2."""
    return ends(Printed({}, printed.suppressed), sums)


def narrower(own: tuple[float, float], best: tuple[float, float]) -> bool:
    """Return whether an interval leaves out values that suppressed cells alone allow; one without an end needs room."""
    if math.isinf(best[1]):
        return own[1] - own[0] < _ROOM_OF_AN_UNKNOWN_MAXIMUM - _CLOSE
    return own[0] > best[0] + _CLOSE or own[1] < best[1] - _CLOSE


def alone(printed: Printed, one: Sum, cell: Cell) -> tuple[float, float]:
    """Return what one sum by itself leaves for a cell."""
    low, high = _range(printed, one.whole)
    parts = [_range(printed, part) for part in one.parts if part != cell]
    least, most = sum(p[0] for p in parts), sum(p[1] for p in parts)
    own = printed.bounds(cell)
    if cell == one.whole:
        return max(own[0], least), min(own[1], most)
    return max(own[0], low - most), min(own[1], high - least)


def _range(printed: Printed, cell: Cell) -> tuple[float, float]:
    count = printed.counts.get(cell)
    return printed.bounds(cell) if count is None else (float(count), float(count))


def _unknown(printed: Printed, one: Sum) -> list[Cell]:
    return [cell for cell in one.cells() if cell not in printed.counts]


def _connected(printed: Printed, sums: Sequence[Sum]) -> list[list[Sum]]:
    """Return the sums in groups that share unknown cells; groups without a suppressed cell are left out."""
    holding: dict[Cell, list[Sum]] = {}
    for each in sums:
        for cell in _unknown(printed, each):
            holding.setdefault(cell, []).append(each)
    found, seen = [], set[Cell]()
    for cell in sorted(printed.suppressed.keys() & holding.keys()):
        group: dict[Sum, None] = {}
        edge = {cell} - seen
        while edge:
            seen |= edge
            new = dict.fromkeys(each for cell in sorted(edge) for each in holding[cell] if each not in group)
            group |= new
            edge = {cell for each in new for cell in _unknown(printed, each)} - seen
        found += [list(group)] if group else []
    return found


def _ends(printed: Printed, sums: Sequence[Sum]) -> Bounds | None:
    """Return the smallest and largest value of each suppressed cell in all the sums; None where nothing fits them."""
    problem = _Problem(printed, sums)
    suppressed = [cell for cell in problem.cells if cell in printed.suppressed]
    found: Bounds = dict.fromkeys(suppressed, (math.inf, -math.inf))
    for aim in _aims(printed, suppressed, found):
        values = problem.solve(aim)
        if values is None:
            return None
        for cell in values or aim:
            if cell in found:
                low, high = found[cell]
                value = values.get(cell, math.inf)
                found[cell] = (min(low, value) if values else low), max(high, value)
    return found


def _aims(printed: Printed, suppressed: Sequence[Cell], found: Bounds) -> Iterator[dict[Cell, float]]:
    """Yield what to make as small as can be: mixed signs, which settle most cells at once, then each open end alone."""
    draw = random.Random(1)  # noqa: S311  (the same search each time, not a secret)
    ends = [(cell, sign) for cell in suppressed for sign in (1.0, -1.0)]
    finite = [cell for cell in suppressed if math.isfinite(printed.bounds(cell)[1])]
    for _ in range(_MIXED if finite else 0):
        if len([1 for end in ends if _worth(printed, *end, found)]) > _FEW:
            yield {cell: draw.choice((1.0, -1.0)) for cell in finite}
    for cell, sign in ends:
        if _worth(printed, cell, sign, found):
            yield {cell: sign}


class _Problem:
    """The sums as linear equations of the cells that are not printed."""

    def __init__(self, printed: Printed, sums: Sequence[Sum]) -> None:
        from scipy.sparse import csr_array

        self.cells = sorted({cell for each in sums for cell in _unknown(printed, each)})
        self.place = {cell: number for number, cell in enumerate(self.cells)}
        entries = [
            (row, self.place[cell], -1.0 if cell == each.whole else 1.0)
            for row, each in enumerate(sums)
            for cell in _unknown(printed, each)
        ]
        rows, columns, signs = zip(*entries, strict=True) if entries else ((), (), ())
        self.left = csr_array((signs, (rows, columns)), shape=(len(sums), len(self.cells)))
        self.right = [
            printed.counts.get(each.whole, 0) - sum(printed.counts.get(part, 0) for part in each.parts) for each in sums
        ]
        self.limits = [printed.bounds(cell) for cell in self.cells]

    def solve(self, aim: Mapping[Cell, float]) -> dict[Cell, float] | None:
        """Return a solution with the least weighted sum of some cells.

        None where nothing fits; empty where there is no least. Raises RuntimeError where the solver gives up: a cell
        whose safety is not known is not let through.
        """
        answer = self._answer(aim)
        if answer.status == _INFEASIBLE:
            return None
        return {} if answer.status == _UNBOUNDED else dict(zip(self.cells, answer.x.tolist(), strict=True))

    def proof(self, aim: Mapping[Cell, float]) -> list[float]:
        """Return how much each sum matters to the least weighted sum; empty where nothing fits or there is no least."""
        answer = self._answer(aim)
        return answer.eqlin.marginals.tolist() if answer.status == _SOLVED else []

    def _answer(self, aim: Mapping[Cell, float]) -> "OptimizeResult":
        from scipy.optimize import linprog

        weights = [aim.get(cell, 0.0) for cell in self.cells]
        answer = linprog(weights, A_eq=self.left, b_eq=self.right, bounds=self.limits, method="highs")
        if answer.status not in (_SOLVED, _INFEASIBLE, _UNBOUNDED):
            raise RuntimeError(answer.message)
        return answer


def _worth(printed: Printed, cell: Cell, sign: float, found: Bounds) -> bool:
    """Return whether a cell's end is still to be found: not where a solution has already reached its own bound."""
    (low, high), seen = printed.bounds(cell), found[cell]
    return seen[0] > low + _CLOSE if sign > 0 else seen[1] < high - _CLOSE
