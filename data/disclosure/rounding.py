"""Small counts rounded to nought or the threshold; every total is the sum of what is then printed."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from data.disclosure.table import PUBLISHED, Table


def rounded(table: Table, base: int) -> pl.DataFrame:
    """Return the cells with inner counts from 1 to base - 1 as 0 or base, and every sum made anew.

    All counts must be known. What is rounded away is carried to the next small count of the same place, so the total of
    a place moves by less than the base.
    """
    counts = dict(zip(table.keys, table.cells["count"].to_list(), strict=True))
    wholes = {whole for whole, _ in table.sums}
    place = max(range(len(table.dims)), key=lambda number: table.cells[table.dims[number]].n_unique())
    small = [key for key, count in counts.items() if key not in wholes and 1 <= count < base]
    small.sort(key=lambda key: (key[place], *key))
    carried = np.floor(np.cumsum([counts[key] for key in small]) / base + 0.5)
    counts |= dict(zip(small, (np.diff(carried, prepend=0) * base).astype(int).tolist(), strict=True))
    for whole, parts in _from_below(table):
        counts[whole] = sum(counts[part] for part in parts)
    return table.cells.with_columns(count=pl.Series([counts[key] for key in table.keys]), status=pl.lit(PUBLISHED))


def _from_below(table: Table) -> list[tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]]:
    """Return one sum of each whole, those of inner figures first."""
    ways = dict(table.sums)
    found: dict[tuple[str, ...], None] = {}

    def visit(key: tuple[str, ...]) -> None:
        if key in ways and key not in found:
            for part in ways[key]:
                visit(part)
            found[key] = None

    for key in ways:
        visit(key)
    return [(key, ways[key]) for key in found]


def rounded_within(parts: Sequence[int], whole: int, base: int, carried: int = 0) -> tuple[list[int], int]:
    """Return parts that make up a whole which is rounded already, none of them from 1 to base - 1, and what is carried.

    Small parts become 0 or base, and what is rounded away is carried to the next, of this whole or the one after it:
    which way a part went tells little of it. What is then too much or too little is the largest part's, and where that
    would make it small, it goes to the next.
    """
    near = list(parts)
    for place, part in enumerate(parts):
        if 0 < part < base:
            carried += part
            near[place] = base if 2 * carried >= base else 0
            carried -= near[place]
    rest = whole - sum(near)
    for place in sorted(range(len(near)), key=lambda number: (-near[number], -parts[number], number)):
        moved = near[place] + rest
        near[place], rest = (moved, 0) if moved == 0 or moved >= base else (0, moved)
        if not rest:
            return near, carried
    largest = max(range(len(parts)), key=lambda number: parts[number])
    return [whole if number == largest else 0 for number in range(len(parts))], carried
