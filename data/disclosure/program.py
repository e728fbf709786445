"""Linear programs over figures, solved by HiGHS in the same way each time."""

from dataclasses import dataclass

import numpy as np

from data.disclosure.sparse import Floats, Sparse
from data.errors import InnenforError

_OPTIONS = {"output_flag": False, "threads": 1, "solver": "simplex", "simplex_strategy": 1}  # 1: the dual method
_ROW_BY_ROW, _LEAST = 2, 1  # as HiGHS numbers a matrix by rows, and what is sought


class SolverGaveUp(InnenforError, code="solver_gave_up"):
    """The solver ended without an answer: a figure whose safety is not known is not let through."""


@dataclass(frozen=True)
class Program:
    """Figures bound by sums: `matrix @ values == rest`, `low <= values <= high`; `below @ values <= 0`."""

    matrix: Sparse
    rest: Floats
    low: Floats
    high: Floats
    below: Sparse | None = None

    def least(self, cost: Floats) -> Floats | None:
        """Return figures of the least cost; None where nothing fits. Raises SolverGaveUp."""
        status, figures = self._solved(cost)
        if status == "kInfeasible":
            return None
        self._require_answer(status)
        return figures

    def end(self, place: int, sign: float) -> tuple[float, Floats | None]:
        """Return how small (sign 1) or large (-1) a figure can be, and figures with which it is so."""
        cost = np.zeros(len(self.low))
        cost[place] = sign
        status, figures = self._solved(cost)
        if status == "kUnbounded":
            return -sign * np.inf, None
        self._require_answer(status)
        return float(figures[place]), figures

    def _solved(self, cost: Floats) -> tuple[str, Floats]:
        """Return the solver's word for how it ended, and its figures."""
        import highspy

        solver = highspy.Highs()
        for name, value in _OPTIONS.items():
            solver.setOptionValue(name, value)
        if solver.passModel(*self._model(cost)) == highspy.HighsStatus.kError:
            return "kModelError", self.low
        solver.run()
        return solver.getModelStatus().name, np.array(solver.getSolution().col_value)

    def _require_answer(self, status: str) -> None:
        if status != "kOptimal":
            raise SolverGaveUp(where=f"{self.matrix.shape[0]} × {self.matrix.shape[1]}", found=status)

    def _model(self, cost: Floats) -> tuple[object, ...]:
        """Return the program as HiGHS takes it, in arrays it copies at once: row by row, the sums first."""
        parts = [self.matrix] if self.below is None else [self.matrix, self.below]
        entries = np.cumsum([0, *(len(part.values) for part in parts)])
        more = sum(part.shape[0] for part in parts[1:])
        starts = np.concatenate([part.starts()[:-1] + at for part, at in zip(parts, entries, strict=False)])
        whole_numbers = np.zeros(len(self.low), np.int32)
        return (
            len(self.low), len(self.rest) + more, int(entries[-1]), _ROW_BY_ROW, _LEAST, 0.0, cost, self.low, self.high,
            np.concatenate([self.rest, np.full(more, -np.inf)]), np.concatenate([self.rest, np.zeros(more)]),
            starts.astype(np.int32), np.concatenate([part.columns for part in parts]).astype(np.int32),
            np.concatenate([part.values for part in parts]), whole_numbers,
        )  # fmt: skip
