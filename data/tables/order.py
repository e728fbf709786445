"""Sums that the codes and their order tell of: a code before, or after, those it is the sum of."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from data.tables.slices import Counts, Ways, proofs_of

BOUNDS = re.compile(r"^\D*(\d+)\s*[-–—]\s*(\d+)\D*$")
_SURE = 3  # so many slices must agree that codes which stand together make up another, where no total proves them all


def by_order(at: Counts, total: str | None) -> Ways:
    """Return the sums of a table whose codes stand in some order; nothing where the total disagrees.

    By what the codes are called, wherever they stand; as in a book, the whole first or last; or the parts of a whole
    beside each other anywhere.
    """
    inner = [code for code in at if code != total]
    for read, codes in ((_named, inner), (_read, inner), (_read, inner[::-1]), (_anywhere, inner)):
        ways, tops = read(at, codes)
        if total is not None:
            if ways and proofs_of(at, total, tops) >= 0:
                return (*ways, (total, tuple(tops)))
        elif ways and (len(tops) == 1 or all(proofs_of(at, *way) >= _SURE for way in ways)):
            return ways
    return ()


def _read(at: Counts, codes: Sequence[str]) -> tuple[Ways, list[str]]:
    """Return the sums, and the codes that are part of none. codes: wholes before their parts."""
    ways = []
    free: list[str] = []  # the codes after this one that are in no sum yet, nearest first
    for code in reversed(codes):
        parts = next((own for own, least in _candidates(at, code, free) if proofs_of(at, code, own) >= least), ())
        if parts:
            ways.append((code, parts))
            free = [each for each in free if each not in parts]
        free.insert(0, code)
    return tuple(ways), free


def _named(at: Counts, codes: Sequence[str]) -> tuple[Ways, list[str]]:
    """Return the sums of codes that begin as their whole does, or lie within its bounds; the longest codes first."""
    ways = []
    free = [*codes]
    for code in sorted(codes, key=lambda name: (_width(name), -len(name))):
        named = (own for own in (_beginning(code, free), _tiles(code, free)) if own)
        if parts := next((own for own in named if proofs_of(at, code, own) >= 0), ()):
            ways.append((code, parts))
            free = [each for each in free if each not in parts]
    return tuple(ways), free


def _width(code: str) -> int:
    """Return how many numbers lie within the bounds of a code; none where it has none."""
    bounds = BOUNDS.match(code)
    return int(bounds[2]) - int(bounds[1]) if bounds else 0


def _beginning(code: str, free: Sequence[str]) -> tuple[str, ...]:
    return tuple(each for each in free if each.startswith(code) and each != code)


def _anywhere(at: Counts, codes: Sequence[str]) -> tuple[Ways, list[str]]:
    """Return the sums of codes that stand beside each other, found in the slices where all are known."""
    every = ~np.isnan(np.array([at[code] for code in codes])).any(axis=0)
    known = {code: at[code][every].astype(np.int64) for code in codes}
    ways = []
    free = [*codes]
    for code in sorted(codes, key=lambda name: int(known[name].sum())) if every.any() else ():
        others = [each for each in free if each != code]
        parts = _beside(np.array([known[each] for each in others]), known[code], others)
        if parts and proofs_of(at, code, parts) >= _SURE:
            ways.append((code, parts))
            free = [each for each in free if each not in parts]
    return tuple(ways), free


def _beside(counts: NDArray[np.int64], whole: NDArray[np.int64], names: Sequence[str]) -> tuple[str, ...]:
    """Return the fewest names beside each other whose counts make up the whole, where there are such."""
    running = np.vstack([np.zeros_like(whole), np.cumsum(counts, axis=0)]) if names else whole[None]
    starts = {row.tobytes(): place for place, row in enumerate(running)}
    runs = ((starts[wanted], stop) for stop, row in enumerate(running) if (wanted := (row - whole).tobytes()) in starts)
    start, stop = min(runs, key=lambda run: run[1] - run[0], default=(0, 0))
    return tuple(names[start:stop]) if stop - start > 1 else ()


def _candidates(at: Counts, code: str, free: Sequence[str]) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield codes that may make up another, and how many proofs it takes.

    Those that begin as it does, those within its bounds, those beside it.
    """
    if named := _beginning(code, free):
        yield named, 0
    if tiles := _tiles(code, free):
        yield tiles, 0
    known = ~np.isnan(at[code])
    running = np.zeros(len(known))
    for size, each in enumerate(free, 1):
        running += np.nan_to_num(at[each])
        if (running[known] > at[code][known]).any():
            break
        if size > 1:
            yield tuple(free[:size]), 1


def _tiles(code: str, free: Sequence[str]) -> tuple[str, ...]:
    """Return the codes whose stretches of numbers, one after another, fill that of a code: 15-19, 20-29 of 15-29."""
    if not (own := BOUNDS.match(code)):
        return ()
    first, last = map(int, own.groups())
    within = sorted((int(found[1]), int(found[2]), each) for each in free if (found := BOUNDS.match(each)))
    tiles = [each for low, high, each in within if each != code and first <= low <= high <= last]
    bounds = [(low, high) for low, high, each in within if each in tiles]
    joined = all(high + 1 == low for (_, high), (low, _) in pairwise(bounds))
    return tuple(tiles) if bounds and joined and (bounds[0][0], bounds[-1][1]) == (first, last) else ()
