"""Every sum that binds the figures of a table, also through figures that nobody printed."""

import itertools
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from data.disclosure.sparse import Sparse, sparse
from data.tables.slices import Ways

Key = tuple[str, ...]
Sum = tuple[Key, tuple[Key, ...]]
"""A figure and those it is the sum of, each a code for every dimension."""


def sums(given: Iterable[Key], ways: Sequence[Ways], place: int) -> list[Sum]:
    """Return the sums that bind the given figures.

    ways: what adds up, dimension by dimension. place: the dimension with most codes (municipalities). A figure that is
    not given takes part where it is needed: below one that is given and above one that is. A detail that only the whole
    of some places has is no part of their sum: it can always be spread over them.
    """
    boxes = _Boxes(place, ways)
    for key in given:
        boxes.add(key)
    return list(dict.fromkeys(boxes.sums()))


@dataclass
class _Boxes:
    """The codes of each other dimension that matter at a place."""

    place: int
    ways: Sequence[Ways]
    at: dict[str, list[set[str]]] = field(default_factory=dict)
    told: dict[tuple[int, frozenset[str]], Ways] = field(default_factory=dict)

    def _needed(self, dim: int, given: set[str]) -> Ways:
        """Return the sums of a dimension that some codes need; most places have the same."""
        key = dim, frozenset(given)
        if key not in self.told:
            self.told[key] = needed(self.ways[dim], given)
        return self.told[key]

    def add(self, key: Key) -> None:
        for codes, code in zip(self._box(key[self.place]), key, strict=True):
            codes.add(code)

    def _box(self, code: str) -> list[set[str]]:
        return self.at.setdefault(code, [set() for _ in self.ways])

    def sums(self) -> Iterator[Sum]:
        """Yield the sums over places, then those at each place."""
        own = {code: [set(codes) for codes in box] for code, box in self.at.items()}
        for whole, parts in needed(self.ways[self.place], set(own)):
            below = list(_below([*parts], self.ways[self.place]))
            box = [set().union(*(own[code][d] for code in below if code in own)) for d in range(len(self.ways))]
            for code in (whole, *parts):
                for mine, more in zip(self._box(code), box, strict=True):
                    mine.update(more)
            yield from self._across(self.place, whole, parts, self._positions(box, self.place, [whole]))
        for code, box in sorted(self.at.items()):
            for d in range(len(self.ways)):
                if d != self.place:
                    for whole, parts in self._needed(d, box[d]):
                        yield from self._across(d, whole, parts, self._positions(box, d, [whole], code))

    def _positions(self, box: list[set[str]], dim: int, codes: list[str], at: str = "") -> Iterator[Key]:
        """Yield the figures of a box, its own codes and those between them, with some codes in one dimension."""
        full = [
            codes
            if d == dim
            else [at]
            if d == self.place
            else sorted(box[d].union(*((whole, *parts) for whole, parts in self._needed(d, box[d]))))
            for d in range(len(self.ways))
        ]
        return iter(itertools.product(*full))

    def _across(self, dim: int, whole: str, parts: Key, positions: Iterator[Key]) -> Iterator[Sum]:
        for key in positions:
            head, tail = key[:dim], key[dim + 1 :]
            yield (*head, whole, *tail), tuple((*head, part, *tail) for part in parts)


def needed(ways: Ways, given: set[str]) -> Ways:
    """Return the sums that have a given code at or above the whole and one at or below a part."""
    if not ways:
        return ()
    up = _above(given, ways)
    return tuple(
        (whole, parts)
        for whole, parts in ways
        if whole in up and any(set(_below([part], ways)) & given for part in parts)
    )


def _above(given: set[str], ways: Ways) -> set[str]:
    """Return the given codes and all that lies below them."""
    return set(_below(sorted(given), ways))


def _below(codes: list[str], ways: Ways) -> dict[str, None]:
    """Return codes and their parts, and the parts of those."""
    members: dict[str, list[str]] = {}
    for whole, parts in ways:
        members.setdefault(whole, []).extend(parts)
    found: dict[str, None] = {}
    edge = list(codes)
    while edge:
        code = edge.pop()
        if code not in found:
            found[code] = None
            edge += members.get(code, [])
    return found


def blocks(
    all_sums: Sequence[Sum], unknown: Collection[Key] | None = None, wanted: Collection[Key] | None = None
) -> list[list[Sum]]:
    """Return the sums in groups that share unknown figures; sums without one are left out.

    unknown: None: all. wanted: only groups with one of these figures (None: all groups).
    """
    holding: dict[Key, list[int]] = {}
    for number, (whole, parts) in enumerate(all_sums):
        for key in (whole, *parts):
            if unknown is None or key in unknown:
                holding.setdefault(key, []).append(number)
    seen: set[int] = set()
    found: list[list[int]] = []
    for start in holding.values() if wanted is None else (holding[key] for key in wanted if key in holding):
        edge, group = [number for number in start if number not in seen], []
        while edge:
            number = edge.pop()
            if number not in seen:
                seen.add(number)
                group.append(number)
                whole, parts = all_sums[number]
                edge += [n for key in (whole, *parts) for n in holding.get(key, ()) if n not in seen]
        if group:
            found.append(sorted(group))
    return [[all_sums[number] for number in group] for group in sorted(found)]


@dataclass(frozen=True)
class Indexed:
    """Sums as a matrix that gives nought for figures that add up: a row each, a column for each of `keys`."""

    keys: list[Key]
    matrix: Sparse


def indexed(group: Sequence[Sum]) -> Indexed:
    """Return some sums with their figures in order."""
    at = {key: number for number, key in enumerate(sorted({key for whole, parts in group for key in (whole, *parts)}))}
    columns = [at[key] for whole, parts in group for key in (whole, *parts)]
    sizes = np.array([1 + len(parts) for _, parts in group])
    signs = np.ones(len(columns))
    signs[np.cumsum(sizes) - sizes] = -1.0
    rows = np.repeat(np.arange(len(group)), sizes)
    return Indexed([*at], sparse(rows, np.array(columns, np.intp), signs, (len(group), len(at))))
