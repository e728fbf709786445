"""An attacker written apart from the protection: every cell is a sum of innermost cells, and nothing else is known."""

import itertools
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, vstack

Key = tuple[str, ...]
Inner = Sequence[Mapping[str, Sequence[str]]]
"""Of each dimension: a code and the innermost codes it holds."""


class Attacker:
    """Tries everything printed of a table at once.

    holds: as `Inner`. printed: cell → count. hidden: cell → the least it can be by itself. most: cell → the most it can
    be. same: pairs of cells that are as large.
    """

    def __init__(
        self, holds: Inner, printed: Mapping[Key, float], hidden: Mapping[Key, float],
        most: Mapping[Key, float] | None = None, same: Iterable[tuple[Key, Key]] = (),
    ) -> None:  # fmt: skip
        codes = [sorted({code for codes in each.values() for code in codes}) for each in holds]
        self.at = {key: number for number, key in enumerate(itertools.product(*codes))}
        self.holds = holds
        pairs = [*same]
        equal = self._rows([*printed]), self._rows([a for a, _ in pairs]) - self._rows([b for _, b in pairs])
        self.equal = vstack(equal).tocsr()
        self.right = [float(n) for n in printed.values()] + [0.0] * len(pairs)
        bounds = -self._rows([*hidden]), self._rows([*(most or {})])
        self.within = vstack(bounds).tocsr()
        self.limits = [-float(n) for n in hidden.values()] + [float(n) for n in (most or {}).values()]

    def _columns(self, key: Key) -> list[int]:
        return [
            self.at[each] for each in itertools.product(*(d[code] for d, code in zip(self.holds, key, strict=True)))
        ]

    def _rows(self, keys: Sequence[Key]) -> csr_array:
        entries = [(row, column) for row, key in enumerate(keys) for column in self._columns(key)]
        rows, columns = zip(*entries, strict=True) if entries else ((), ())
        return csr_array((np.ones(len(entries)), (rows, columns)), shape=(len(keys), len(self.at)))

    def end(self, key: Key, sign: int) -> float:
        """Return the least (1) or most (-1) a cell can be; no most is infinite, what cannot be is not a number."""
        aim = np.zeros(len(self.at))
        aim[self._columns(key)] = sign
        answer = linprog(
            aim, A_ub=self.within if self.limits else None, b_ub=self.limits or None,
            A_eq=self.equal if self.right else None, b_eq=self.right or None, method="highs-ipm",
        )  # fmt: skip
        assert answer.status in (0, 2, 3), answer.message
        return {0: round(sign * float(answer.fun or 0), 4), 2: np.nan, 3: -sign * np.inf}[answer.status]

    def broken(self, key: Key, threshold: int) -> bool:
        """Return whether a small cell is known too closely: a point, under the threshold, or too narrow."""
        low, high = self.end(key, 1), self.end(key, -1)
        return not (high - low >= 1e-3 and high >= threshold and high - low >= threshold - 2)
