"""Small counts rounded to nought or the threshold; every total is the sum of what is then printed."""

from collections.abc import Collection, Mapping, Sequence

import polars as pl

from data.disclosure.links import Key
from data.disclosure.table import PUBLISHED, Table


def rounded(table: Table, base: int, carried: int = 0) -> pl.DataFrame:
    """Return the cells with inner counts from 1 to base - 1 as 0 or base, and every sum made anew.

    All counts must be known, and each part of a total must have a row (see `unrounded`). What is rounded away is
    carried to the next small count of the same place, so the total of a place moves by less than the base. carried:
    what the first begins with, at most half the base either way; whoever knows it has narrower limits for the first.
    A count that several editions give alike is told alike: rounded anew each time, they would tell it together.
    """
    counts = dict(zip(table.keys, table.cells["count"].to_list(), strict=True))
    ways = _ways(table, counts)
    place = max(range(len(table.dims)), key=lambda number: table.cells[table.dims[number]].n_unique())
    small = [key for key, count in counts.items() if key not in ways and 1 <= count < base]
    small.sort(key=lambda key: (table.edition(key), key[place], *key))
    counts |= _carried_on(table, {key: counts[key] for key in small}, base, carried)
    for whole, parts in _from_below(ways):
        counts[whole] = sum(counts[part] for part in parts)
    new = pl.Series("count", [counts[key] for key in table.keys], dtype=pl.Int64)
    return table.cells.select(*table.columns, new, pl.lit(PUBLISHED).alias("status"))


def _carried_on(table: Table, small: Mapping[Key, int], base: int, begin: int) -> dict[Key, int]:
    """Return small counts as 0 or base, what is rounded away carried on within each edition."""
    found: dict[Key, int] = {}
    told: dict[tuple[Key, int], int] = {}
    now: Key | None = None
    carried = begin
    for key, count in small.items():
        if table.edition(key) != now:
            now, carried = table.edition(key), begin
        carried += count
        up = base if 2 * carried >= base else 0
        found[key] = told.setdefault((table.plain(key), count), up)
        carried -= found[key]
    return found


def unrounded(table: Table) -> list[Key]:
    """Return the totals of which some parts have a row and some have none: what these are is not known."""
    own = {*table.keys}
    some = ((whole, [part in own for part in parts]) for whole, parts in table.sums if whole in own)
    lacking = dict.fromkeys(whole for whole, there in some if any(there) and not all(there))
    return [whole for whole in lacking if whole not in _ways(table, own)]


def _ways(table: Table, own: Collection[Key]) -> dict[Key, tuple[Key, ...]]:
    """Return for each total of the table parts that are all there."""
    return {whole: parts for whole, parts in table.sums if whole in own and all(part in own for part in parts)}


def _from_below(ways: Mapping[Key, tuple[Key, ...]]) -> list[tuple[Key, tuple[Key, ...]]]:
    """Return one sum of each whole, those of inner figures first."""
    found: dict[Key, None] = {}

    def visit(key: Key) -> None:
        if key in ways and key not in found:
            for part in ways[key]:
                visit(part)
            found[key] = None

    for key in ways:
        visit(key)
    return [(key, ways[key]) for key in found]


def rounded_within(
    parts: Sequence[int], whole: int, base: int, carried: int = 0, turn: int = 0
) -> tuple[list[int], int]:
    """Return parts that make up a whole which is rounded already, none of them from 1 to base - 1, and what is carried.

    Small parts become 0 or base, and what is rounded away is carried to the next, of this whole or the one after it:
    which way a part went tells little of it. What is then too much or too little goes to a part that is told, the first
    that can take it from `turn` on: were it always the largest, its size beside the next would tell of the small ones.
    A part that is nobody stays nobody.
    """
    near = list(parts)
    for place, part in enumerate(parts):
        if 0 < part < base:
            carried += part
            near[place] = base if 2 * carried >= base else 0
            carried -= near[place]
    rest = whole - sum(near)
    turns = {place: (place - turn) % len(near) for place in range(len(near))}
    order = sorted(turns, key=lambda place: (near[place] == 0, parts[place] == 0, turns[place]))
    able = (place for place in order if near[place] and _is_told(near[place] + rest, base))
    if rest and (taker := next(able, None)) is not None:
        near[taker], rest = near[taker] + rest, 0
    for place in sorted(order, key=lambda place: -near[place]):
        if not rest:
            return near, carried
        moved = near[place] + rest
        near[place], rest = (moved, 0) if _is_told(moved, base) else (0, moved)
    return (near if not rest else [whole if place == order[0] else 0 for place in range(len(near))]), carried


def _is_told(count: int, base: int) -> bool:
    return count == 0 or count >= base
