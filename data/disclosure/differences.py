"""What stands nowhere but is left when others are taken from their sum: residents, and small counts nobody printed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, cycle
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from data.catalogue import regions
from data.disclosure.ages_and_places import SEXES, ages, one_in_another
from data.disclosure.sparse import Places
from data.region import NATION
from data.tables.slices import Ways

Counts = NDArray[np.int64]


def had_by_adding(known: pl.DataFrame, keys: Sequence[str], sums: Mapping[str, Ways]) -> pl.DataFrame:
    """Return the figures that are not known but follow from those that are, one after another.

    known: the columns of `keys` and one with the numbers, no key twice. sums: what adds up in some of the keys.
    """
    axes = _Axes.of(known, keys, sums)
    every, seen = _Figures(axes.cells(known), known[known.columns[-1]].to_numpy()), dict.fromkeys(sums, 0)
    for dim in cycle(sums):
        fresh, seen[dim] = every.cells[seen[dim] :], len(every.cells)
        found = _left_over(_near(every, fresh, axes, dim), axes, dim, sums[dim])
        every = _Figures(*(np.concatenate(both) for both in zip(every, found, strict=True)))
        if min(seen.values()) == len(every.cells):
            break
    return axes.frame(_Figures(*(each[known.height :] for each in every)), known)


def sums_of(groups: set[str]) -> dict[str, Ways]:
    """Return what adds up in sexes, in some age groups, and in places whose municipalities are all there are."""
    plain = ages(groups)
    return {"sex": SEXES, "age_group": (*plain, *one_in_another(plain)), "region_code": _places_of_today()}


@cache
def _places_of_today() -> Ways:
    today = regions().filter("current", pl.col("level") == "municipality").group_by("county", maintain_order=True)
    members = {str(county): tuple(own["code"]) for (county,), own in today}
    return (*members.items(), (NATION, tuple(members)))


class _Figures(NamedTuple):
    """Figures by the number of their cell."""

    cells: Counts
    counts: Counts


@dataclass(frozen=True)
class _Axes:
    """The codes of every key. A cell is one number, its codes' places bits of it: joins of text cost several times.

    shifts: where the bits of a key begin, masks: these bits.
    """

    codes: Mapping[str, list[str]]
    shifts: Mapping[str, int]
    masks: Mapping[str, int]

    @classmethod
    def of(cls, known: pl.DataFrame, keys: Sequence[str], sums: Mapping[str, Ways]) -> "_Axes":
        told = {dim: {code for whole, parts in ways for code in (whole, *parts)} for dim, ways in sums.items()}
        codes = {name: sorted({*known[name].unique(maintain_order=True)} | told.get(name, set())) for name in keys}
        widths = [len(own).bit_length() for own in codes.values()]
        shifts = dict(zip(codes, accumulate(widths, initial=0), strict=False))
        masks = {name: (1 << width) - 1 << shifts[name] for name, width in zip(codes, widths, strict=True)}
        return cls(codes, shifts, masks)

    def cells(self, known: pl.DataFrame) -> Counts:
        found = np.zeros(known.height, np.int64)
        for name, own in self.codes.items():
            places = known[name].cast(pl.Enum(own)).to_physical().to_numpy()
            found |= places.astype(np.int64) << self.shifts[name]
        return found

    def at(self, dim: str, cells: Counts) -> Counts:
        """Return the places of the cells' codes."""
        return (cells & self.masks[dim]) >> self.shifts[dim]

    def apart(self, dim: str, cells: Counts) -> Counts:
        """Return the cells without a key."""
        return cells & ~self.masks[dim]

    def frame(self, figures: _Figures, like: pl.DataFrame) -> pl.DataFrame:
        own = {dim: pl.Series(codes, dtype=pl.String).gather(self.at(dim, figures.cells))
               for dim, codes in self.codes.items()}  # fmt: skip
        return pl.DataFrame({**own, like.columns[-1]: figures.counts}, schema_overrides=like.schema)


def _near(known: _Figures, fresh: Counts, axes: _Axes, dim: str) -> _Figures:
    """Return the figures that share a sum of a key with those that came since the last look."""
    if len(fresh) == len(known.cells):
        return known
    near = np.isin(axes.apart(dim, known.cells), axes.apart(dim, fresh))
    return _Figures(known.cells[near], known.counts[near])


def _left_over(known: _Figures, axes: _Axes, dim: str, ways: Ways) -> _Figures:
    """Return what the sums of a key leave for the only one of their members that is not known."""
    at = axes.at(dim, known.cells)
    codes = {code: place for place, code in enumerate(axes.codes[dim])}
    there = np.bincount(at, minlength=len(codes)) > 0
    own_ways = [np.array([codes[code] for code in (whole, *parts)]) for whole, parts in ways]
    can_tell = [members for members in own_ways if there[members].sum() >= len(members) - 1]
    if not can_tell:
        return _Figures(known.cells[:0], known.counts[:0])
    apart = axes.apart(dim, known.cells)
    order = np.argsort(apart, kind="stable")
    at, apart, counts = at[order], apart[order], known.counts[order]
    found = [_lacking_one(apart, _place_among(members, len(codes))[at], counts, len(members)) for members in can_tell]
    begin = axes.shifts[dim]
    cells = np.concatenate(
        [apart | way[lacking] << begin for way, (apart, lacking, _) in zip(can_tell, found, strict=True)]
    )
    first = np.sort(np.unique(cells, return_index=True)[1])
    return _Figures(cells[first], np.concatenate([rest for _, _, rest in found])[first])


def _place_among(members: Places, size: int) -> Places:
    """Return for each code its place among the members of a sum; -1: it is none."""
    place = np.full(size, -1)
    place[members] = np.arange(len(members))
    return place


def _lacking_one(apart: Counts, place: Places, counts: Counts, size: int) -> tuple[Counts, Places, Counts]:
    """Return where a sum has all members but one, which one that is, and what the others leave for it.

    apart: the cell without the sum's key, in order. place: of the member, the whole first; -1: no member.
    """
    own = place >= 0
    apart, place, signed = apart[own], place[own], np.where(place == 0, counts, -counts)[own]
    begins = np.flatnonzero(np.diff(apart, prepend=-1))
    one = np.diff(begins, append=len(apart)) == size - 1
    lacking = size * (size - 1) // 2 - np.add.reduceat(place, begins)[one]
    rest = np.add.reduceat(signed, begins)[one]
    return apart[begins][one], lacking, np.where(lacking == 0, -rest, rest)
