"""Small counts rounded to nought or the threshold; every total is the sum of what is then printed."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import polars as pl

from data.disclosure.links import Key
from data.disclosure.table import PUBLISHED, Table
from data.tables.stretches import is_piece, overlapping


@dataclass
class Draws:
    """From which count on each small cell is told as the base: drawn when it is first told, the same ever after.

    base: the threshold. seed: what is drawn from, a mark of all counts of this edition; nobody who sees what is printed
    can tell it. first_seed: that of the first edition of the same table; empty: this is the first. up_from: by cell, 1
    to base. Of a cell whose count changes this is all that its editions tell: whether a number nobody knows was passed.
    """

    base: int
    seed: str
    first_seed: str = ""
    up_from: dict[Key, int] = field(default_factory=dict)

    @classmethod
    def of(cls, cells: pl.DataFrame, base: int) -> "Draws":
        """Return the draws of a table that is told for the first time."""
        return cls(base, seed_of(cells))

    def begin(self, *edition: str) -> int:
        """Return what the first small count of an edition begins with: at most half the base either way."""
        return _drawn(self.seed, *edition) % self.base - self.base // 2

    def turn(self, cell: Key) -> int:
        """Return how late a cell takes what is left over in its group: drawn once for all editions."""
        return _drawn(self.first_seed or self.seed, *cell)

    def told(self, cell: Key, count: int, carried: int) -> tuple[int, int]:
        """Return what a small count is told as, 0 or the base, and what is carried on.

        A cell that was never small before takes what is carried, and draws among the limits that tell it so.
        """
        if cell in self.up_from:
            return (self.base if count >= self.up_from[cell] else 0), carried
        told = self.base if 2 * (carried + count) >= self.base else 0
        limits = range(1, count + 1) if told else range(count + 1, self.base + 1)
        self.up_from[cell] = limits[_drawn(self.seed, "from", *cell) % len(limits)]
        return told, carried + count - told


def seed_of(cells: pl.DataFrame) -> str:
    """Return a mark of all counts of a table, whatever the order of its rows."""
    return hashlib.sha256(cells.sort(cells.columns).write_csv().encode()).hexdigest()


def _drawn(seed: str, *key: str) -> int:
    return int.from_bytes(hashlib.sha256("|".join([seed, *key]).encode()).digest()[:8])


def rounded(table: Table, draws: Draws) -> pl.DataFrame:
    """Return the cells with inner counts from 1 to base - 1 as 0 or base, and every sum made anew.

    All counts must be known, and each part of a total must have a row (see `unrounded`). What is rounded away is
    carried to the next small count of the same place, so the total of a place that is told for the first time moves by
    less than the base. A cell that several editions or periods tell is told by one draw: drawn anew, their mean would
    tell it. Where periods add up to a total, their mean is printed anyhow, and each is drawn by itself.
    """
    counts = dict(zip(table.keys, table.cells["count"].to_list(), strict=True))
    ways = _ways(table, counts)
    place = max(range(len(table.dims)), key=lambda number: table.cells[table.dims[number]].n_unique())
    small = [key for key, count in counts.items() if key not in ways and 1 <= count < draws.base]
    small.sort(key=lambda key: (table.telling(key), key[place], *key))
    counts |= _carried_on(table, {key: counts[key] for key in small}, draws)
    for whole, parts in _from_below(ways):
        counts[whole] = sum(counts[part] for part in parts)
    new = pl.Series("count", [counts[key] for key in table.keys], dtype=pl.Int64)
    return table.cells.select(*table.columns, new, pl.lit(PUBLISHED).alias("status"))


def _carried_on(table: Table, small: Mapping[Key, int], draws: Draws) -> dict[Key, int]:
    """Return small counts as 0 or base, what is rounded away carried on within each edition and period."""
    found: dict[Key, int] = {}
    now: Key | None = None
    carried = 0
    for key, count in small.items():
        if table.telling(key) != now:
            now = table.telling(key)
            carried = draws.begin(*now)
        found[key], carried = draws.told(table.whenever(key), count, carried)
    return found


def unrounded(table: Table) -> list[Key]:
    """Return the totals of which some parts have a row and some have none: what these are is not known.

    Of stretches that overlap so that one follows from others by a piece without a code: the dimension.
    """
    over: list[Key] = [(dim,) for dim in table.dims if overlapping(table.cells[dim].unique(maintain_order=True))]
    if over:
        return over
    own = {*table.keys}
    sums = ((whole, parts) for whole, parts in table.sums if whole in own and not any(map(_in_pieces, parts)))
    some = ((whole, [part in own for part in parts]) for whole, parts in sums)
    lacking = dict.fromkeys(whole for whole, there in some if any(there) and not all(there))
    return [whole for whole in lacking if whole not in _ways(table, own)]


def _in_pieces(key: Key) -> bool:
    return any(map(is_piece, key))


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


def rounded_within(parts: Mapping[Key, int], whole: int, draws: Draws, carried: int) -> tuple[list[int], int]:
    """Return parts that make up a whole which is rounded already, none of them from 1 to base - 1, and what is carried.

    Small parts become 0 or base, and what is rounded away is carried to the next, of this whole or the one after it:
    which way a part went tells little of it. What is then too much or too little goes to a part that is told, the first
    that can take it as the turns were drawn: were it always the largest, its size beside the next would tell of the
    small ones, and were the turns drawn anew in each edition, two of them would. A part that is nobody stays nobody.
    """
    base, true = draws.base, [*parts.values()]
    near = list(true)
    for place, (cell, part) in enumerate(parts.items()):
        if 0 < part < base:
            near[place], carried = draws.told(cell, part, carried)
    rest = whole - sum(near)
    turns = [draws.turn(cell) for cell in parts] if rest else near
    order = sorted(range(len(near)), key=lambda place: (near[place] == 0, true[place] == 0, turns[place]))
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
