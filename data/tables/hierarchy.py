"""Which codes of a dimension are sums of others: told by whoever has the table, or read off the counts themselves."""

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from data.tables.order import by_order
from data.tables.slices import Counts, Ways, proofs_of, slices_of
from data.tables.stretches import by_stretches, whole_of
from data.tables.subsets import made_up
from data.tables.words import is_total

_SURE = 2  # how many more slices than unknowns tell that a sum is no chance, where no total says that one is wanting
_TWICE = 1.1  # codes that make up so much more than their total hold some people twice


def ways_of(cells: pl.DataFrame, dims: Sequence[str], told: Mapping[str, Ways]) -> dict[str, Ways]:
    """Return what adds up in each dimension of a table of counts.

    cells: a column for each dimension and `count`, null where it is not known. told: the sums of some dimensions, which
    stand instead of what the counts tell. A total is the sum of all codes that are in no other sum.
    """
    return {dim: _with_total(cells, dim, told[dim]) if dim in told else _read(cells, dims, dim) for dim in dims}


def _with_total(cells: pl.DataFrame, dim: str, told: Ways) -> Ways:
    codes = dict.fromkeys([*cells[dim], *(part for _, parts in told for part in parts)])
    total = _named_total(slices_of(cells, [dim], dim))
    parts = {part for _, own in told for part in own}
    if total is None or total in parts or any(whole == total for whole, _ in told):
        return told
    wholes = {whole for whole, _ in told}
    alone = [code for code in codes if code not in parts | wholes | {total}]
    tops = [code for code in wholes if code not in parts]
    inner = [code for code in codes if code not in wholes | {total}]
    return (*told, (total, tuple(inner if _overlap(told) else [*sorted(tops), *alone])))


def _overlap(told: Ways) -> bool:
    """Return whether a code is part of several sums, as a place is of its county and of the large ones."""
    parts = [part for _, own in told for part in own]
    return len(parts) > len({*parts})


def _named_total(at: Counts) -> str | None:
    """Return the code that is called a total; of several the largest."""
    named = [code for code in at if is_total(code)]
    return max(named, key=lambda code: float(np.nansum(at[code])), default=None)


def _read(cells: pl.DataFrame, dims: Sequence[str], dim: str) -> Ways:
    """Return the sums that hold in every slice of a table, as far as its counts are known."""
    at = slices_of(cells, dims, dim)
    if len(at) < 2:
        return ()
    named = _named_total(at)
    if named is not None and np.isnan(at[named]).all():  # nothing can speak against any reading
        return ()
    found = _flat(at, named, 1) or by_order(at, named) or _by_counts(at, named)
    if not found and named is not None:
        found = whole_of(at, named)
    if found or named is None:
        return tuple(dict.fromkeys((*found, *by_stretches(at))))
    if flat := _flat(at, named, 0):
        return flat
    inner = tuple(code for code in at if code != named)
    known = ~np.isnan(at[named])
    every = np.nansum([at[code][known] for code in inner], axis=0)
    twice = every.sum() > _TWICE * at[named][known].sum() or (every - at[named][known] > len(inner)).any()
    return () if twice or named.isdigit() else ((named, inner),)


def unexplained(cells: pl.DataFrame, dims: Sequence[str], dim: str, ways: Ways) -> str | None:
    """Return the code that is called a total, in words, though nothing is known that makes it up.

    A nought is one too where it is nowhere less than another code, and these are no numbers it could begin.
    """
    at = slices_of(cells, dims, dim)
    named = next((code for code in at if is_total(code) and (not code.isdigit() or _is_most(at, code))), None)
    return None if ways or len(at) < 3 else named


def unproven(cells: pl.DataFrame, dims: Sequence[str], dim: str, ways: Ways) -> bool:
    """Return whether a sum that was read off holds in no slice in which all of it is known: it may be another."""
    at = slices_of(cells, dims, dim)
    return any(proofs_of(at, whole, parts) < 1 for whole, parts in ways if {whole, *parts} <= at.keys())


def _is_most(at: Counts, code: str) -> bool:
    others = [other for other in at if other != code]
    numbers = all(other.isdigit() and len(other) < 3 for other in others)
    return not numbers and not any((at[other] > at[code]).any() for other in others)


def _flat(at: Counts, named: str | None, least: int) -> Ways:
    """Return the total as the sum of all other codes, where so many slices tell it and none speaks against it."""
    first, *_, last = at
    for whole in [named] if named is not None else [first, last]:
        inner = tuple(code for code in at if code != whole)
        if len(inner) > (named is None) and proofs_of(at, whole, inner) >= least:
            return ((whole, inner),)
    return ()


def _by_counts(at: Counts, total: str | None) -> Ways:
    """Return the sums that the counts alone leave no doubt of, where enough slices are known."""
    every = ~np.isnan(np.array([*at.values()])).any(axis=0)
    known = {code: own[every] for code, own in at.items() if code != total}
    if not every.any():
        return ()
    return _nested(known, (total, at[total][every]) if total is not None else None) or _only_ways(known, at, total)


def _only_ways(known: Counts, at: Counts, total: str | None) -> Ways:
    """Return the sums of codes that only one set of others makes up, where they explain the total."""
    ways: list[tuple[str, tuple[str, ...]]] = []
    free = [*known]
    for code in sorted(known, key=lambda name: float(known[name].sum())) if total is not None else ():
        others = sorted((each for each in free if each != code and known[each].any()), key=lambda c: -known[c].sum())
        sets = made_up(np.array([known[each] for each in others]), known[code]) if others else []
        if len(sets) == 1 and proofs_of(at, code, parts := tuple(others[place] for place in sets[0])) > 0:
            ways.append((code, parts))
            free = [each for each in free if each not in parts]
    explained = total is not None and ways and proofs_of(at, total, free) >= 0
    return (*ways, (total, tuple(free))) if explained and total is not None else ()


def _nested(at: Counts, total: tuple[str, NDArray[np.float64]] | None) -> Ways:
    """Return the codes that are sums of others, each of as few parts as can be; nothing where the total disagrees."""
    inner: list[str] = []
    made: dict[str, frozenset[str]] = {}
    for code in sorted(at, key=lambda name: (at[name].sum(), name)):
        parts = _parts(np.array([at[name] for name in inner]).T, at[code], 0 if total is not None else _SURE)
        if parts is None:
            inner.append(code)
        else:
            made[code] = frozenset(inner[place] for place in parts)
    if total is not None:
        if not np.array_equal(total[1], sum(at[code] for code in inner)):
            return ()
        made[total[0]] = frozenset(inner)
    return tuple((code, _fewest(own, {name: each for name, each in made.items() if name != code}))
                 for code, own in made.items())  # fmt: skip


def _parts(counts: NDArray[np.float64], whole: NDArray[np.float64], spare: int) -> list[int] | None:
    """Return which columns the whole is the sum of, where the counts leave no choice."""
    if counts.ndim < 2 or counts.shape[0] < counts.shape[1] + spare or not whole.any():
        return None
    answer, _, rank, _ = np.linalg.lstsq(counts, whole, rcond=None)
    taken = np.rint(answer)
    fits = rank == counts.shape[1] and np.isin(taken, (0, 1)).all() and np.array_equal(counts @ taken, whole)
    return np.flatnonzero(taken).tolist() if fits and taken.sum() > 1 else None


def _fewest(own: frozenset[str], made: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    left, parts = set(own), []
    for name, each in sorted(made.items(), key=lambda item: (-len(item[1]), item[0])):
        if each < own and each <= left:
            parts.append(name)
            left -= each
    return (*parts, *sorted(left))
