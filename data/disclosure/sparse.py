"""A matrix with few entries, as the programs need it: a build would load SciPy for this alone."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.intp]


@dataclass(frozen=True)
class Sparse:
    """A row, a column and a number for each entry, row by row and in each row column by column; no entry twice."""

    rows: Places
    columns: Places
    values: Floats
    shape: tuple[int, int]

    def __matmul__(self, other: Floats) -> Floats:
        """Return the matrix times a column of numbers."""
        return np.asarray(np.bincount(self.rows, self.values * other[self.columns], self.shape[0]), np.float64)

    def __neg__(self) -> "Sparse":
        """Return the matrix with every number negated."""
        return Sparse(self.rows, self.columns, -self.values, self.shape)

    def __abs__(self) -> "Sparse":
        """Return the matrix with every number as large as it is, whichever its sign."""
        return Sparse(self.rows, self.columns, np.abs(self.values), self.shape)

    def above_nought(self) -> "Sparse":
        """Return the matrix with its positive numbers alone."""
        return self._some(self.values > 0)

    def of_columns(self, there: Flags) -> "Sparse":
        """Return the matrix of some of the columns."""
        own = self._some(there[self.columns])
        return Sparse(own.rows, (np.cumsum(there) - 1)[own.columns], own.values, (self.shape[0], int(there.sum())))

    def of_rows(self, there: Flags) -> "Sparse":
        """Return the matrix of some of the rows."""
        own = self._some(there[self.rows])
        return Sparse((np.cumsum(there) - 1)[own.rows], own.columns, own.values, (int(there.sum()), self.shape[1]))

    def filled(self) -> "Sparse":
        """Return the rows that have an entry at all."""
        return self.of_rows(np.bincount(self.rows, minlength=self.shape[0]) > 0)

    def starts(self) -> Places:
        """Return where in the entries each row begins, and last where they end."""
        return np.searchsorted(self.rows, np.arange(self.shape[0] + 1))

    def _some(self, there: Flags) -> "Sparse":
        return Sparse(self.rows[there], self.columns[there], self.values[there], self.shape)


def sparse(rows: Places, columns: Places, values: Floats, shape: tuple[int, int]) -> Sparse:
    """Return a matrix of entries that come in any order."""
    order = np.lexsort((columns, rows))
    return Sparse(rows[order], columns[order], values[order], shape)


def diagonal(size: int, value: float = 1.0) -> Sparse:
    """Return a square matrix with one number down its diagonal."""
    return Sparse(np.arange(size), np.arange(size), np.full(size, value), (size, size))


def nothing(rows: int, columns: int) -> Sparse:
    """Return a matrix without entries."""
    return Sparse(np.zeros(0, np.intp), np.zeros(0, np.intp), np.zeros(0), (rows, columns))


def beside(*parts: Sparse) -> Sparse:
    """Return matrices of as many rows as one, from left to right."""
    at = np.cumsum([0, *(part.shape[1] for part in parts)])
    columns = np.concatenate([part.columns + start for part, start in zip(parts, at[:-1], strict=True)])
    rows, values = (np.concatenate([getattr(part, name) for part in parts]) for name in ("rows", "values"))
    return sparse(rows, columns, values, (parts[0].shape[0], int(at[-1])))
