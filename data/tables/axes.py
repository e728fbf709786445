"""Columns that say the same twice, or one inside the other: what of a table's columns are dimensions of their own."""

from collections.abc import Collection, Mapping, Sequence
from itertools import permutations

import polars as pl

from data.tables.slices import Ways
from data.tables.words import is_total


def axes(
    cells: pl.DataFrame, dims: Sequence[str], told: Mapping[str, Ways]
) -> tuple[pl.DataFrame, tuple[str, ...], dict[str, Ways]]:
    """Return the cells, their dimensions, and what is told to add up, where no column repeats another.

    A name beside its code is left out. Municipalities with their county in a column of its own become one dimension,
    `county/municipality`, whose sums are told by the columns.
    """
    own = [dim for place, dim in enumerate(dims) if not any(_same(cells, dim, other) for other in dims[:place])]
    for outer, inner in permutations(own, 2):
        if not {outer, inner} & told.keys() and (ways := _nested(cells, outer, inner)):
            name = f"{outer}/{inner}"
            merged = cells.with_columns(pl.concat_str(outer, inner, separator="/").alias(name))
            rest = [name if dim == outer else dim for dim in own if dim != inner]
            return axes(merged, rest, {**told, name: ways})
    return cells, tuple(own), dict(told)


def _same(cells: pl.DataFrame, one: str, other: str) -> bool:
    pairs = cells.select(one, other).n_unique()
    return pairs == cells[one].n_unique() == cells[other].n_unique() > 1


def _nested(cells: pl.DataFrame, outer: str, inner: str) -> Ways:
    """Return the sums of two columns where every inner code has one outer code, and a total inside each."""
    pairs = cells.select(outer, inner).unique(maintain_order=True).rows()
    inside: dict[str, list[str]] = {}
    for whole, part in pairs:
        inside.setdefault(whole, []).append(part)
    details = [part for _, part in pairs if not is_total(part)]
    totals = {part for _, part in pairs if is_total(part)}
    wholes = [whole for whole in inside if not is_total(whole)]
    if len(details) > len({*details}) or len(details) <= len(wholes) or len(totals) != 1 or len(wholes) < 2:
        return ()
    (total,) = totals
    if not all(total in inside[whole] for whole in wholes if len(inside[whole]) > 1):
        return ()
    ways = [(f"{whole}/{total}", _codes(whole, inside[whole], totals)) for whole in wholes if total in inside[whole]]
    tops = tuple(f"{whole}/{total}" if total in inside[whole] else f"{whole}/{inside[whole][0]}" for whole in wholes)
    return (*(way for way in ways if way[1]), *((f"{whole}/{total}", tops) for whole in inside if is_total(whole)))


def _codes(whole: str, parts: Collection[str], but: Collection[str]) -> tuple[str, ...]:
    return tuple(f"{whole}/{part}" for part in parts if part not in but)
