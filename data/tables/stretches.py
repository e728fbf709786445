"""Sums that codes tell of by the numbers they reach from and to: ages that fill others, overlap them, or are open."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, pairwise
from typing import Any

import numpy as np

from data.tables.order import BOUNDS
from data.tables.slices import Counts, Ways, proofs_of

_BELOW = re.compile(r"^\D*(?:under|below|yngre enn|<)\W*(\d+)\D*$", re.IGNORECASE)
_ABOVE = re.compile(r"^\D*(\d+)\D*(?:\+|over|above|older|eldre|mer|more)\D*$", re.IGNORECASE)
_PIECE, _IS_PIECE = "({}-{})", re.compile(r"\(\d+-\d+\)")
_MOST_WAYS = 30  # of one code that are looked at; the longest parts come first, and those made of shorter ones follow
Stretches = Mapping[str, tuple[int, int]]


def by_stretches(at: Counts) -> Ways:
    """Return each code whose stretch of numbers others fill, in every way they do, unless the counts speak against it.

    They are sums of the pieces all of them are cut into too: 15-22 and 18-29 less 15-29 is 18-22, code or none.
    One that is open (`under 30`, `67+`) ends where the others do, if the counts say so.
    """
    bounds = _bounds(at)
    longest = dict(sorted(bounds.items(), key=lambda each: each[1][0] - each[1][1]))
    closed = {code for code in bounds if BOUNDS.match(code)}
    found: dict[tuple[str, tuple[str, ...]], None] = {}
    for code, own in bounds.items():
        others = {name: each for name, each in longest.items() if name != code and (each != own or name in closed)}
        ways = islice(_filling(*own, others), _MOST_WAYS)
        sure = ((code, way) for way in ways if proofs_of(at, code, way) >= (not closed.issuperset((code, *way))))
        found |= dict.fromkeys(sure)
    return tuple(found | dict.fromkeys(_by_pieces(at, bounds)))


def whole_of(at: Counts, total: str) -> Ways:
    """Return a total as the sum of the pieces all others are cut into, where each has a code and the counts agree."""
    others = [code for code in at if code != total]
    bounds = _bounds(others)
    _, pieces, _ = _cut(bounds)
    names = {own: code for code, own in bounds.items()}
    parts = tuple(names[piece] for piece in pieces if piece in names)
    whole = len(bounds) == len(others) and len(parts) == len(pieces) and proofs_of(at, total, parts) >= 1
    return ((total, parts),) if whole else ()


def _bounds(codes: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Return the first and last number of each code that has such."""
    found = {code: (int(own[1]), int(own[2])) for code in codes if (own := BOUNDS.match(code))}
    if not found:
        return {}
    first, last = min(low for low, _ in found.values()), max(high for _, high in found.values())
    below = {code: (first, int(own[1]) - 1) for code in codes if (own := _BELOW.match(code))}
    above = {code: (int(own[1]), max(last, int(own[1]))) for code in codes if (own := _ABOVE.match(code))}
    return {code: own for code, own in (found | below | above).items() if own[0] <= own[1]}


def _filling(first: int, last: int, bounds: Stretches) -> Iterator[tuple[str, ...]]:
    """Yield the codes that fill a stretch of numbers one after another, the longest first."""
    ends = {last + 1}  # from here the rest can be filled: no way is begun that ends nowhere
    leading: set[str] = set()
    for code, (low, high) in sorted(bounds.items(), key=lambda each: -each[1][0]):
        if first <= low and high + 1 in ends:
            ends.add(low)
            leading.add(code)

    def from_here(low: int) -> Iterator[tuple[str, ...]]:
        for code, (begin, end) in bounds.items():
            if begin == low and code in leading:
                yield from ((code, *rest) for rest in (from_here(end + 1) if end < last else [()]))

    return from_here(first)


def _by_pieces(at: Counts, bounds: Stretches) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield codes as sums of the pieces all stretches are cut into; of one without a code the numbers alone."""
    codes, pieces, held = _cut(bounds)
    names = {own: code for code, own in reversed([*bounds.items()])}
    for row, code in zip(held, codes, strict=True):
        parts = tuple(names.get(piece, _PIECE.format(*piece)) for piece, own in zip(pieces, row, strict=True) if own)
        told = at.keys() >= {*parts}
        if parts != (code,) and (not told or proofs_of(at, code, parts) >= 0):
            yield code, parts


def is_piece(code: str) -> bool:
    """Return whether a code stands for a piece that the table has no code for."""
    return _IS_PIECE.fullmatch(code) is not None


def overlapping(codes: Iterable[str]) -> bool:
    """Return whether some stretches follow from others by a piece that has no code: 15-22 and 18-29 less 15-29."""
    bounds = _bounds([*codes])
    longest = dict(sorted(bounds.items(), key=lambda each: each[1][0] - each[1][1]))
    names, _, held = _cut(bounds)
    every = [
        (code, way) for code, own in bounds.items()
        for way in islice(_filling(*own, {name: each for name, each in longest.items() if name != code}), _MOST_WAYS)
    ]  # fmt: skip
    rows = np.array([[(name == code) - (name in way) for name in names] for code, way in every], float)
    return len(names) - _rank(held) > _rank(rows)


def _cut(bounds: Stretches) -> tuple[list[str], list[tuple[int, int]], "np.ndarray[Any, np.dtype[np.float64]]"]:
    """Return the codes, the pieces they are cut into, and which hold which."""
    edges = sorted({low for low, _ in bounds.values()} | {high + 1 for _, high in bounds.values()})
    pieces = [(low, high - 1) for low, high in pairwise(edges)]
    held = [[low <= first and last <= high for first, last in pieces] for low, high in bounds.values()]
    return [*bounds], pieces, np.array(held, float)


def _rank(rows: "np.ndarray[Any, np.dtype[np.float64]]") -> int:
    return int(np.linalg.matrix_rank(rows)) if rows.size else 0
