"""Linear programs over figures, solved by HiGHS in the same way each time."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from numpy.typing import NDArray

from data.errors import InnenforError

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.intp]
_SOLVED, _INFEASIBLE, _UNBOUNDED = 0, 2, 3  # as scipy numbers them


@dataclass(eq=False)
class SolverGaveUp(InnenforError):
    """The solver ended without an answer: a figure whose safety is not known is not let through."""

    code: ClassVar[str] = "solver_gave_up"


@dataclass(frozen=True)
class Program:
    """Figures bound by sums: `matrix @ values == rest`, `low <= values <= high`; `below @ values <= most`."""

    matrix: "csr_array"
    rest: Floats
    low: Floats
    high: Floats
    below: "csr_array | None" = None

    def least(self, cost: Floats) -> Floats | None:
        """Return figures of the least cost; None where nothing fits. Raises SolverGaveUp."""
        from scipy.optimize import linprog

        most = None if self.below is None else np.zeros(self.below.shape[0])
        bounds = np.column_stack([self.low, self.high])
        answer = linprog(cost, self.below, most, self.matrix, self.rest, bounds=bounds, method="highs-ds")
        if answer.status == _INFEASIBLE:
            return None
        if answer.status != _SOLVED:
            raise SolverGaveUp(where=f"{self.matrix.shape[0]} × {self.matrix.shape[1]}", found=answer.message)
        return np.asarray(answer.x, float)

    def end(self, place: int, sign: float) -> tuple[float, Floats | None]:
        """Return how small (sign 1) or large (-1) a figure can be, and figures with which it is so."""
        from scipy.optimize import linprog

        cost = np.zeros(len(self.low))
        cost[place] = sign
        bounds = np.column_stack([self.low, self.high])
        answer = linprog(cost, A_eq=self.matrix, b_eq=self.rest, bounds=bounds, method="highs-ds")
        if answer.status == _UNBOUNDED:
            return -sign * np.inf, None
        if answer.status != _SOLVED:
            raise SolverGaveUp(where=f"{self.matrix.shape[0]} × {self.matrix.shape[1]}", found=answer.message)
        return float(answer.x[place]), np.asarray(answer.x, float)
