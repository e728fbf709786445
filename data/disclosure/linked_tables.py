"""Withhold what gives a suppressed cell back through tables that are linked: sexes, ages, places, editions together.

`secondary_suppression` settles the plain case, municipalities of one age group for both sexes, in closed form. Here is
every other: each suppressed cell is audited by linear programming, and the nearest printed figure is withheld until
every one can again be all that the suppressed cells alone allow.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import polars as pl

from data.catalogue import regions
from data.disclosure.additivity import Cell, Sum, sums
from data.disclosure.audit import Bounds, Printed, alone, at_best, ends, narrower, reasons
from data.region import NATION, of_level

UNBOUND = (0.0, math.inf)
GROUP = ["indicator", "period"]
CELL = ["region_code", "age_group", "sex"]


@dataclass(frozen=True)
class Guard:
    """The figures of one edition that are printed, and the sums that bind them."""

    printed: Printed
    sums: tuple[Sum, ...]
    municipalities: frozenset[str]
    best: Bounds

    withheld: frozenset[Cell] = frozenset()

    @cached_property
    def holding(self) -> dict[Cell, list[Sum]]:
        """The sums each figure is in."""
        found: dict[Cell, list[Sum]] = {}
        for each in self.sums:
            for cell in each.cells():
                found.setdefault(cell, []).append(each)
        return found

    def weak(self) -> dict[Cell, list[Sum]]:
        """Return each hidden figure that is given away, with the sums that do: one alone, else together."""
        hidden = sorted({*self.printed.suppressed, *self.withheld})
        tight = {cell: sums for cell in hidden if (sums := self.tight(cell)) and self.cheapest(sums)}
        return tight or self.proved()

    def proved(self) -> dict[Cell, list[Sum]]:
        """Return the suppressed cells that all sums together give away, with the sums of the proof."""
        found: dict[Cell, list[Sum]] = {}
        for cell, own in ends(self.printed, self.sums).items():
            if narrower(own, self.best[cell]):
                sign = 1.0 if own[0] - self.best[cell][0] > 0.5 else -1.0
                proof = reasons(self.printed, self.sums, cell, sign)
                found[cell] = proof if self.cheapest(proof) else list(self.sums)
        return found

    def tight(self, cell: Cell) -> list[Sum]:
        """Return the sums that by themselves give a suppressed cell or a withheld figure away."""
        best = self.best.get(cell, UNBOUND)
        return [each for each in self.holding.get(cell, []) if narrower(alone(self.printed, each, cell), best)]

    def without(self, cells: set[Cell]) -> "Guard":
        """Return the guard of what is left when some figures are withheld."""
        left = {cell: count for cell, count in self.printed.counts.items() if cell not in cells}
        hidden = self.withheld | {cell for cell in cells if cell in self.printed.counts}
        return replace(self, printed=Printed(left, self.printed.suppressed), withheld=hidden)

    def block(self, cell: Cell) -> set[Cell]:
        """Return the figures of a place that would give one of them back: other sexes, ages of the same depth."""
        region, age, sex = cell
        wholes = {each.whole[1] for each in self.sums if each.whole[1] != each.parts[0][1]}
        return {
            (place, years, other)
            for place, years, other in self.printed.counts
            if place == region and (sex == "both" or other != "both") and (age in wholes or years not in wholes)
        }

    def cost(self, cell: Cell) -> tuple[bool, bool, bool, bool, int]:
        """Return how much a reader loses: zeros, both sexes, the nation and municipalities are kept longest."""
        (region, _, sex), count = cell, self.printed.counts[cell]
        return count == 0, sex == "both", region == NATION, region in self.municipalities, count

    def cheapest(self, among: list[Sum]) -> set[Cell]:
        """Return what to withhold of these sums: the cheapest printed figure with what would give it back."""
        shown = {cell for each in among for cell in each.cells() if cell in self.printed.counts}
        return self.block(min(sorted(shown), key=self.cost)) if shown else set()


def is_linked(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the groups (`indicator, period`) with a suppressed cell that sexes, ages or counties may give back.

    rows: observation columns plus `max_suppressed_count`, the most a suppressed cell of the row's source stands for.
    """
    municipal = of_level("municipality")
    suppressed = pl.col("status") == "suppressed"
    plain = (
        (pl.col("age_group").n_unique() == 1)
        & (municipal | ~suppressed).all()
        & ((pl.col("sex") == "both") | ~municipal).all()
        & ((pl.col("max_suppressed_count") > 0) | ~suppressed).all()
    )
    counted = rows.drop_nulls("count").select(GROUP).unique()
    groups = rows.filter(suppressed).select(GROUP).unique().join(counted, on=GROUP, how="semi")
    return rows.join(groups, on=GROUP, how="semi").group_by(GROUP).agg(plain=plain).filter(~pl.col("plain"))


def linked_cells(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the cells of linked groups that must be withheld: `indicator, period, age_group, region_code, sex`."""
    found = [
        (*group, age, region, sex)
        for group, own in rows.group_by(GROUP, maintain_order=True)
        for region, age, sex in sorted(_withheld(own))
    ]
    return pl.DataFrame(
        found, schema=dict.fromkeys([*GROUP, "age_group", "region_code", "sex"], pl.String), orient="row"
    )


def _withheld(own: pl.DataFrame) -> set[Cell]:
    """Return what to withhold in one group, for each edition with the others' figures beside its own."""
    hidden: set[Cell] = set()
    for counts in _readings(own):
        hidden_here = own.filter(status="suppressed").select(*CELL, "max_suppressed_count")
        suppressed = {(r, a, s): n for r, a, s, n in hidden_here.iter_rows()}
        hidden |= _repaired(counts, suppressed, hidden)
    return hidden


def _readings(own: pl.DataFrame) -> Iterator[Mapping[Cell, int]]:
    """Yield the printed counts as each edition gives them, completed by the other editions."""
    printed = own.drop_nulls("count")
    editions = printed["edition"].unique(maintain_order=True).to_list() or [""]
    seen: list[dict[Cell, int]] = []
    for edition in editions:
        last = printed.sort(pl.col("edition") == edition, maintain_order=True)
        counts = {(r, a, s): n for r, a, s, n in last.select(*CELL, "count").iter_rows()}
        if counts not in seen:
            seen.append(counts)
            yield counts


def _repaired(counts: Mapping[Cell, int], suppressed: Mapping[Cell, int], before: set[Cell]) -> set[Cell]:
    """Return the cells to withhold so that no suppressed cell is broken, `before` among them."""
    level = regions().filter(level="municipality")["code"]
    bound = sums({*counts, *suppressed})
    printed = Printed(counts, suppressed)
    guard = Guard(printed, bound, frozenset(level), at_best(printed, bound)).without(before)
    while weak := guard.weak():
        now = {cell for among in weak.values() for cell in guard.cheapest(among)}
        if not now:
            break
        guard = guard.without(now)
    return before | guard.withheld
