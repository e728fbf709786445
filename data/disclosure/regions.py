"""A block too large for one program is protected part by part: some places at a time, then what they make up.

A program's time grows faster than its figures, and a need is nearly always met among the places beside its own. What a
part finds is proof for the whole: all figures outside it stay as they are.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product

import numpy as np
from numpy.typing import NDArray

from data.disclosure.links import Key, Sum
from data.disclosure.sparse import Flags
from data.disclosure.suppression import Ground, cut, fewest, of_untold_first, suppressed

MOST_FIGURES = 6_000  # of a part


@dataclass(frozen=True)
class SharedOut:
    """Figures that may be hidden together (`open`), and those that may move where they are hidden already."""

    open: Flags
    below: Flags


def suppressed_by_parts(ground: Ground, regions: Iterable[SharedOut]) -> Flags:
    """Return what is hidden when every need is met as far as it can be; what no part meets is sought in the whole."""
    hidden, unmet = ground.hidden.copy(), np.ones(len(ground.need_place), bool)
    for tried, region in product(of_untold_first(ground), regions):
        needs = unmet & region.open[ground.need_place]
        if needs.any():
            live = region.open | (region.below & hidden)
            part = cut(replace(tried, hidden=hidden), live, needs)
            crowd = np.full(len(part.need_place), float(needs.sum()))
            met, hidden[live] = fewest(replace(part, need_crowd=crowd))
            unmet[np.flatnonzero(needs)[met]] = False
    every = np.ones(len(hidden), bool)
    return suppressed(cut(replace(ground, hidden=hidden), every, unmet)) if unmet.any() else hidden


def regions_of(keys: Sequence[Key], group: Sequence[Sum]) -> Iterator[SharedOut]:
    """Yield the parts of a block: places of one whole with what stands above them, then the wholes, then two parts."""
    tree = _PlaceTree.of(keys, group)
    shares = [(whole, some) for whole in tree.parts for some in tree.shares(whole)]
    innermost = [({*some, *tree.above(whole)}, {*some}) for whole, some in shares if not tree.parts.keys() & {*some}]
    for codes, _ in innermost:
        yield tree.region(codes)
    for whole, some in shares:
        if tree.parts.keys() & {*some}:
            yield tree.region({whole, *some}, {code for each in some for code in tree.below(each)})
    for (codes, _), (_, beside) in pairwise([*innermost, *innermost[:1]]):
        yield tree.region(codes | beside)


@dataclass(frozen=True)
class _PlaceTree:
    """Which place each figure is of, and the places a whole is made of."""

    at: NDArray[np.str_]
    size: Mapping[str, int]
    parts: Mapping[str, Key]

    @classmethod
    def of(cls, keys: Sequence[Key], group: Sequence[Sum]) -> "_PlaceTree":
        """Return the tree of the dimension with most codes. A place is a part of the first whole that names it."""
        dim = max(range(len(keys[0])), key=lambda number: len({key[number] for key in keys}))
        at = np.array([key[dim] for key in keys])
        found: dict[str, Key] = {}
        seen: set[str] = set()
        for whole, own in sorted({(whole[dim], tuple(key[dim] for key in own)) for whole, own in group}):
            if whole not in own and whole not in found:
                found[whole] = tuple(code for code in own if code not in seen)
                seen |= {*own}
        codes, often = np.unique(at, return_counts=True)
        return cls(at, dict(zip(codes.tolist(), often.tolist(), strict=True)), found)

    def shares(self, whole: str) -> Iterator[Key]:
        """Yield the innermost places of a whole in parts of alike size, and then those that are wholes themselves."""
        leaves = [code for code in self.parts[whole] if code not in self.parts]
        for codes in (leaves, [code for code in self.parts[whole] if code in self.parts]):
            figures = [self.size.get(code, 0) + sum(self.size.get(each, 0) // 2 for each in self.below(code))
                       for code in codes]  # fmt: skip
            number = -(-sum(figures) // MOST_FIGURES)
            yield from (tuple(some) for some in np.array_split(codes, number)) if codes else ()

    def above(self, whole: str) -> set[str]:
        """Return a whole and all it is part of, and what is beside it and no whole: that can give way to it."""
        over = next((code for code, parts in self.parts.items() if whole in parts), None)
        if over is None:
            return {whole}
        return {whole, *(code for code in self.parts[over] if code not in self.parts), *self.above(over)}

    def below(self, code: str) -> set[str]:
        """Return all that a place is made of."""
        return {each for part in self.parts.get(code, ()) for each in (part, *self.below(part))}

    def region(self, codes: Collection[str], below: Collection[str] = ()) -> SharedOut:
        """Return the figures of some places."""
        return SharedOut(np.isin(self.at, [*codes]), np.isin(self.at, [*below]))
