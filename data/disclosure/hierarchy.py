"""Which codes of a dimension are sums of others: told by whoever has the table, or read off the counts themselves."""

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

TOTAL = "total"
_SURE = 2  # how many more slices than unknowns tell that a sum is no chance, where no total says that one is wanting
Ways = tuple[tuple[str, tuple[str, ...]], ...]
"""Of one dimension: a code and those it is the sum of; a code may be a sum in several ways."""


def ways_of(cells: pl.DataFrame, dims: Sequence[str], told: Mapping[str, Ways]) -> dict[str, Ways]:
    """Return what adds up in each dimension of a table of counts.

    cells: a column for each dimension and `count`, null where it is not known. told: the sums of some dimensions, which
    stand instead of what the counts tell. `total` is the sum of all codes that are not sums themselves.
    """
    return {dim: _with_total(cells, dim, told[dim]) if dim in told else _read(cells, dims, dim) for dim in dims}


def _with_total(cells: pl.DataFrame, dim: str, told: Ways) -> Ways:
    codes = set(cells[dim]) | {part for _, parts in told for part in parts}
    if TOTAL not in codes or any(whole == TOTAL for whole, _ in told):
        return told
    wholes = {whole for whole, _ in told}
    return (*told, (TOTAL, tuple(sorted(codes - wholes - {TOTAL}))))


def _read(cells: pl.DataFrame, dims: Sequence[str], dim: str) -> Ways:
    """Return the sums that hold in every slice of a table whose counts are all known."""
    others = [name for name in dims if name != dim]
    wide = cells.with_columns(_slice=pl.lit("")).pivot(on=dim, index=["_slice", *others], values="count")
    codes = cells[dim].unique(maintain_order=True).to_list()
    counts = wide.select(codes).drop_nulls().to_numpy().astype(float)
    inner = [code for code in codes if code != TOTAL]
    plain: Ways = ((TOTAL, tuple(inner)),) if TOTAL in codes and len(inner) > 1 else ()
    at = {code: counts[:, place] for place, code in enumerate(codes)}
    if not len(counts) or (plain and np.array_equal(at[TOTAL], sum(at[code] for code in inner))):
        return plain
    return _nested({code: at[code] for code in inner}, at.get(TOTAL)) or plain


def _nested(at: Mapping[str, NDArray[np.float64]], total: NDArray[np.float64] | None) -> Ways:
    """Return the codes that are sums of others, each of as few parts as can be; nothing where the total disagrees."""
    inner: list[str] = []
    made: dict[str, frozenset[str]] = {}
    for code in sorted(at, key=lambda name: (at[name].sum(), name)):
        parts = _parts(np.array([at[name] for name in inner]).T, at[code], 0 if total is not None else _SURE)
        if parts is None:
            inner.append(code)
        else:
            made[code] = frozenset(inner[place] for place in parts)
    if total is not None:
        if not np.array_equal(total, sum(at[code] for code in inner)):
            return ()
        made[TOTAL] = frozenset(inner)
    return tuple((code, _fewest(own, {name: each for name, each in made.items() if name != code}))
                 for code, own in made.items())  # fmt: skip


def _parts(counts: NDArray[np.float64], whole: NDArray[np.float64], spare: int) -> list[int] | None:
    """Return which columns the whole is the sum of, where the counts leave no choice."""
    if counts.ndim < 2 or counts.shape[0] < counts.shape[1] + spare or not whole.any():
        return None
    answer, _, rank, _ = np.linalg.lstsq(counts, whole, rcond=None)
    taken = np.rint(answer)
    fits = rank == counts.shape[1] and np.isin(taken, (0, 1)).all() and np.array_equal(counts @ taken, whole)
    return np.flatnonzero(taken).tolist() if fits and taken.sum() > 1 else None


def _fewest(own: frozenset[str], made: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    left, parts = set(own), []
    for name, each in sorted(made.items(), key=lambda item: (-len(item[1]), item[0])):
        if each < own and each <= left:
            parts.append(name)
            left -= each
    return (*parts, *sorted(left))
