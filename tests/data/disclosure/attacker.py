"""An attacker written apart from the protection: every cell is a sum of innermost cells, and nothing else is known."""

import itertools
from collections.abc import Mapping, Sequence

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

Key = tuple[str, ...]
Inner = Sequence[Mapping[str, Sequence[str]]]
"""Of each dimension: a code and the innermost codes it holds."""


class Attacker:
    """Tries everything printed of a table at once.

    holds: as `Inner`. printed: cell → count. hidden: cell → the least it can be by itself.
    """

    def __init__(self, holds: Inner, printed: Mapping[Key, float], hidden: Mapping[Key, float]) -> None:
        codes = [sorted({code for codes in each.values() for code in codes}) for each in holds]
        self.at = {key: number for number, key in enumerate(itertools.product(*codes))}
        self.holds = holds
        self.equal, self.right = self._rows(printed), [float(n) for n in printed.values()]
        self.least, self.low = self._rows(hidden), [float(n) for n in hidden.values()]

    def _columns(self, key: Key) -> list[int]:
        return [
            self.at[each] for each in itertools.product(*(d[code] for d, code in zip(self.holds, key, strict=True)))
        ]

    def _rows(self, keys: Mapping[Key, float]) -> csr_array:
        entries = [(row, column) for row, key in enumerate(keys) for column in self._columns(key)]
        rows, columns = zip(*entries, strict=True) if entries else ((), ())
        return csr_array((np.ones(len(entries)), (rows, columns)), shape=(len(keys), len(self.at)))

    def end(self, key: Key, sign: int) -> float:
        """Return the least (1) or most (-1) a cell can be; no most is infinite."""
        aim = np.zeros(len(self.at))
        aim[self._columns(key)] = sign
        answer = linprog(
            aim, A_ub=-self.least if self.low else None, b_ub=-np.array(self.low) if self.low else None,
            A_eq=self.equal if self.right else None, b_eq=self.right or None, method="highs-ipm",
        )  # fmt: skip
        assert answer.status in (0, 3), answer.message
        return -sign * np.inf if answer.status == 3 else round(sign * float(answer.fun), 4)

    def broken(self, key: Key, threshold: int) -> bool:
        """Return whether a small cell is known too closely: a point, under the threshold, or too narrow."""
        low, high = self.end(key, 1), self.end(key, -1)
        return high - low < 1e-3 or high < threshold or high - low < threshold - 2
