"""Any table of counts: small ones protected by hiding or by rounding, and what can be had of the hidden ones."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from data.disclosure.attack import ends
from data.disclosure.links import Indexed, Key, Sum, blocks, indexed, sums
from data.disclosure.program import Program
from data.disclosure.protection import LinkedFigure, nearest, withheld
from data.disclosure.sparse import Flags
from data.tables.axes import axes
from data.tables.hierarchy import ways_of
from data.tables.periods import is_time
from data.tables.slices import Ways
from data.tables.words import SPREAD, plain, words

SUPPRESSED, PUBLISHED = "suppressed", "published"
_CLOSE = 1e-6


@dataclass(frozen=True)
class Table:
    """A table of counts: `cells` has a column for each of `dims`, `count` (null: not known) and `status`.

    columns: the columns that were given; a name beside its code is one, and no dimension.
    """

    cells: pl.DataFrame
    columns: tuple[str, ...]
    dims: tuple[str, ...]
    ways: tuple[Ways, ...]
    sums: tuple[Sum, ...]

    @property
    def keys(self) -> list[Key]:
        """The dimensions' codes of every cell."""
        return self.cells.select(self.dims).rows()

    @cached_property
    def _edition(self) -> frozenset[int]:
        return frozenset(place for place, dim in enumerate(self.dims) if plain(dim) in words().edition)

    @cached_property
    def time(self) -> tuple[str, ...]:
        """The dimensions that are time."""
        return tuple(dim for dim in self.dims if is_time(dim, self.cells[dim].unique(), spread=dim == SPREAD))

    @cached_property
    def _again(self) -> frozenset[int]:
        still = [place for place, dim in enumerate(self.dims) if dim in self.time and not self.ways[place]]
        return self._edition.union(still)

    def telling(self, key: Key) -> Key:
        """Return in which edition, and in which period where periods do not add up, a cell is told."""
        return tuple(key[place] for place in sorted(self._again))

    def whenever(self, key: Key) -> Key:
        """Return what a cell is called in every telling."""
        return tuple(code for place, code in enumerate(key) if place not in self._again) if self._again else key

    def plain(self, key: Key) -> Key:
        """Return what a cell is called in every edition."""
        return tuple(code for place, code in enumerate(key) if place not in self._edition) if self._edition else key


@dataclass(frozen=True)
class FeasibleInterval:
    """What can be had of a hidden cell: from `low` to `high` (infinite: no end)."""

    key: Key
    low: float
    high: float
    broken: bool


def linked(cells: pl.DataFrame, dims: Sequence[str], told: Mapping[str, Ways] | None = None) -> Table:
    """Return a table with every sum that binds its cells. told: what adds up in some dimensions."""
    own, axes_of, ways = axes(cells, dims, told or {})
    found = ways_of(own, axes_of, ways)
    place = max(range(len(axes_of)), key=lambda number: own[axes_of[number]].n_unique())
    every = tuple(found[dim] for dim in axes_of)
    return Table(own, (*dims,), axes_of, every, tuple(sums(own.select(axes_of).rows(), every, place)))


def zeros_published(table: Table) -> bool:
    """Return whether the table prints a zero: then everybody knows that a hidden cell is none."""
    return bool((table.cells.filter(status=PUBLISHED)["count"] == 0).any())


def contradicted(table: Table) -> list[Key]:
    """Return the cells that several editions give different counts of."""
    found: dict[Key, set[int]] = {}
    for key, count in zip(table.keys, table.cells["count"], strict=True):
        if count is not None:
            found.setdefault(table.plain(key), set()).add(count)
    return [key for key, counts in found.items() if len(counts) > 1]


def without_row(table: Table) -> tuple[list[Key], list[Key]]:
    """Return the totals and the innermost parts of the table's sums that have no row: nobody tells what they are."""
    own = {*table.keys}
    wholes = dict.fromkeys(whole for whole, _ in table.sums)
    inner = dict.fromkeys(part for _, parts in table.sums for part in parts if part not in wholes)
    return [key for key in wholes if key not in own], [key for key in inner if key not in own]


def protect(table: Table, threshold: int) -> pl.DataFrame:
    """Return the cells with every count from 1 to threshold - 1 hidden, and what would give one away.

    What one edition hides is hidden in all: two that hide different figures give each other's away.
    """
    least = 1.0 if zeros_published(table) else 0.0
    own = zip(table.keys, table.cells["count"], table.cells["status"], strict=True)
    figures = {key: _figure(count, status, threshold, least) for key, count, status in own}
    hidden = withheld(figures, table.sums) | {key for key, figure in figures.items() if not figure.shown}
    anywhere = {table.plain(key) for key in hidden}
    mark = pl.Series([table.plain(key) in anywhere for key in table.keys])
    status = pl.when(mark).then(pl.lit(SUPPRESSED)).otherwise(pl.lit(PUBLISHED)).alias("status")
    return table.cells.select(*table.columns, pl.when(~mark).then("count").alias("count"), status)


def _figure(count: int | None, status: str, threshold: int, least: float) -> LinkedFigure:
    if count is None:
        return LinkedFigure(low=least, targets=((1, float(max(threshold, least + threshold - 2))),))
    if 1 <= count < threshold:
        return LinkedFigure(float(count), low=least, targets=((1, float(max(threshold, count + threshold - 2))),))
    stays = count == 0 and least > 0
    return LinkedFigure(float(count), status == PUBLISHED, least, weight=math.inf if stays else math.sqrt(count) + 1)


def audit(table: Table, threshold: int, hidden_at_least: int = 0) -> list[FeasibleInterval]:
    """Return what can be had of each hidden cell, and whether it is broken. Raises SolverGaveUp.

    Broken is a cell whose interval is a point, ends below the threshold or is narrower than threshold - 2, where its
    value is below the threshold; a value that nobody told may be, unless the interval begins at the threshold.
    """
    own = zip(table.keys, table.cells["count"], table.cells["status"], strict=True)
    counts = {key: (count, status == SUPPRESSED or count is None) for key, count, status in own}
    known = {key: float(count) for key, (count, hidden) in counts.items() if not hidden}
    found = {key: (float(hidden_at_least), math.inf) for key, (_, hidden) in counts.items() if hidden}
    unknown = {key for whole, parts in table.sums for key in (whole, *parts)} - known.keys()
    for group in blocks(table.sums, unknown):
        block = indexed(group)
        asked = np.array([key in found for key in block.keys])
        if asked.any():
            found |= _intervals(block, known, asked, hidden_at_least)
    return [
        FeasibleInterval(key, *found[key], broken=_broken(*found[key], counts[key][0], threshold))
        for key in table.keys
        if key in found
    ]


def _intervals(block: Indexed, known: Mapping[Key, float], asked: Flags, least: int) -> dict[Key, tuple[float, float]]:
    values = np.array([known.get(key, math.nan) for key in block.keys])
    unknown = np.isnan(values)
    values[unknown] = 0.0
    low, high = np.where(asked, float(least), 0.0), np.full(len(values), np.inf)
    inner = block.matrix.of_columns(unknown)
    rest = -(block.matrix @ values)
    program = Program(inner, rest, low[unknown], high[unknown])
    found = ends(program, asked[unknown])
    if found is None:  # the margins do not add up: read as near to what is printed as can be
        _, missed = nearest(block, values, unknown, low, high)
        found = ends(Program(inner, rest - missed, low[unknown], high[unknown]), asked[unknown])
    names = [key for key, own in zip(block.keys, unknown, strict=True) if own]
    pairs = zip(names, *found, asked[unknown], strict=True) if found else ()
    return {key: (round(float(lo), 6), round(float(hi), 6)) for key, lo, hi, own in pairs if own}


def _broken(low: float, high: float, value: int | None, threshold: int) -> bool:
    small = low < threshold if value is None else value < threshold
    point = high - low < _CLOSE
    return small and (point or high < threshold - _CLOSE or high - low < threshold - 2 - _CLOSE)


def missed(table: Table) -> list[tuple[Key, float]]:
    """Return the wholes that are not the sum of their parts, and by how much they are larger, where all are known."""
    own = zip(table.keys, table.cells["count"], strict=True)
    counts = {key: count for key, count in own if count is not None}
    every = ((whole, parts) for whole, parts in table.sums if all(key in counts for key in (whole, *parts)))
    apart = [(whole, counts[whole] - sum(counts[part] for part in parts)) for whole, parts in every]
    return [(whole, by) for whole, by in apart if by]
