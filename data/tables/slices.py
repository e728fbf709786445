"""The counts of one dimension side by side, and whether some can be the sum of others."""

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

Counts = Mapping[str, NDArray[np.float64]]
"""Of each code its counts, one for every combination of the other dimensions; not a number where none is known."""
Ways = tuple[tuple[str, tuple[str, ...]], ...]
"""Of one dimension: a code and those it is the sum of; a code may be a sum in several ways."""


def slices_of(cells: pl.DataFrame, dims: Sequence[str], dim: str) -> Counts:
    """Return the counts of each code of a dimension, in the order the table has them."""
    others = [name for name in dims if name != dim]
    known = cells.select(*dims, pl.col("count").cast(pl.Float64), _slice=pl.lit("")).unique(dims, maintain_order=True)
    wide = known.pivot(on=dim, index=["_slice", *others], values="count")
    return {code: wide[code].fill_null(np.nan).to_numpy() for code in cells[dim].unique(maintain_order=True)}


def proofs_of(at: Counts, whole: str, parts: Sequence[str]) -> int:
    """Return in how many slices a code is the sum of others that are all known; -1 where it cannot be in some."""
    values = np.array([at[part] for part in parts])
    least, known = np.nansum(values, axis=0), ~np.isnan(at[whole])
    every = known & ~np.isnan(values).any(axis=0)
    if (least[known] > at[whole][known]).any() or (least[every] != at[whole][every]).any():
        return -1
    return int((at[whole][every] > 0).sum())
