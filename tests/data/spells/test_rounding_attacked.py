"""Whoever knows the rules of rounding, but not what was drawn, can tell no small count from what is published."""

import random
from collections.abc import Sequence
from itertools import product
from pathlib import Path

import polars as pl
import pytest

from data.__main__ import main
from data.disclosure.rounding import Draws, rounded_within
from data.spells import cells
from data.spells.published import read
from tests.data.spells import ground

BASE = 5
NARROW = BASE - 2  # shared with the audit of `data/disclosure/`: a narrower interval is a broken cell
NAMES = [("a",), ("b",), ("c",)]
STARTS = range(-(BASE // 2), BASE // 2 + 1)


def possible(published: Sequence[int]) -> list[set[int]]:
    """Return every count each cell may have had, told in order, whatever the rounding began with.

    What is carried is one of five numbers, so all ways through the cells can be followed, from both ends.
    """
    ahead: list[set[int]] = [{*STARTS}]
    for told in published:
        ahead.append({end for begin in ahead[-1] for _, end in _ways(begin, told)})
    behind = [{*STARTS}]
    for told in reversed(published):
        behind.append({begin for begin in STARTS if any(end in behind[-1] for _, end in _ways(begin, told))})
    behind.reverse()
    return [
        {count for begin in ahead[place] & behind[place] for count, end in _ways(begin, told)
         if end in behind[place + 1]}
        for place, told in enumerate(published)
    ]  # fmt: skip


def _ways(begin: int, told: int) -> list[tuple[int, int]]:
    """Return the counts that are told as this, and what each carries on; a count that is not small is told as it is."""
    ends = [(count, begin + count - told) for count in range(1, BASE) if told in (0, BASE)]
    return [(told, begin)] + [(count, end) for count, end in ends if end in STARTS]


def narrowest(small: Sequence[tuple[int, set[int]]]) -> int:
    assert all(count in found for count, found in small)  # the attacker knows the rules: the truth is among them
    return min(max(found) - min(found) for _, found in small)


def test_the_attacker_finds_what_is_narrow_where_the_beginning_is_known() -> None:
    """Two cells by hand: begun with nothing carried, 5 and 5 are 3 to 5; not knowing it, 1 to 5."""
    assert possible([5, 5]) == [{1, 2, 3, 4, 5}] * 2
    told = {counts: tuple(_told(counts, 0)) for counts in product(range(6), repeat=2)}
    assert {counts[0] for counts, own in told.items() if own == (5, 5)} == {3, 4, 5}


def _told(counts: Sequence[int], begun: int) -> list[int]:
    found = []
    for count in counts:
        ways = [told for told in (0, BASE) if 1 <= count < BASE and begun + count - told in STARTS]
        found.append(ways[0] if ways else count)
        begun += count - found[-1]
    return found


@pytest.fixture(scope="module")
def counted(tmp_path_factory) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Return the true cells of one month, and a year's cohort with where it is after a month, by name."""
    folder = tmp_path_factory.mktemp("attacked")
    words = ["--persons", "3000", "--seed", "8", "--area", "42", "--out", str(folder / "made")]
    assert main(["spells", "generate", *words]) == 0
    for name in ("spells", "persons"):
        pl.read_parquet(folder / "made" / name / "*.parquet").write_parquet(folder / f"{name}.parquet")
    engine, by = ground.duckdb(folder / "spill"), ground.short_rules()
    records = (folder / "spells.parquet", folder / "persons.parquet")
    found = ground.counted(engine, folder, records, ground.span("2018-12", "2020-02"), by)
    engine.close()
    month = cells._named(read(found.rates[ground.month("2019-06")]), by, "state")
    starters = cells._named(read(found.starters[2019]), by, "origin")
    return month, starters, cells._named(read(found.after[2019, 1]), by, "origin", "destination")


def told_anew(table: pl.DataFrame, dims: tuple[str, ...], folder: Path) -> pl.DataFrame:
    with ground.kept_in(folder, BASE) as kept:
        return cells._rounded(table, dims, "own", kept).sort(dims)


def test_no_small_count_of_a_month_or_a_cohort_is_narrowed_though_every_inner_cell_is_shown(counted, tmp_path) -> None:
    for table, state in ((counted[0], "state"), (counted[1], "origin")):
        dims = (*cells.INNER, state)
        told = told_anew(table, dims, tmp_path)
        both = told.join(table, on=dims).sort(dims)
        found = possible(both["count"].to_list())
        small = [(true, own) for true, own in zip(both["persons"], found, strict=True) if 1 <= true < BASE]
        assert len(small) > 200
        assert narrowest(small) >= NARROW


@pytest.mark.long
def test_where_a_rounding_begins_is_drawn_from_all_counts_and_is_the_same_again(counted, tmp_path) -> None:
    dims = (*cells.INNER, "state")
    table = counted[0]
    shuffled = table.sample(fraction=1, shuffle=True)
    assert told_anew(table, dims, tmp_path).equals(told_anew(shuffled, dims, tmp_path))
    draw = random.Random(4)
    others = [table.with_columns(persons=pl.lit(draw.randint(1, 99))) for _ in range(60)]
    assert {Draws.of(other, BASE).begin() for other in others} == {*STARTS}


def sums(whole: int, parts: int) -> list[tuple[int, ...]]:
    if parts == 1:
        return [(whole,)]
    return [(first, *rest) for first in range(whole + 1) for rest in sums(whole - first, parts - 1)]


@pytest.mark.parametrize("whole", [0, 5, 7, 10, 13, 15])
def test_no_small_part_of_a_whole_is_narrowed_by_who_takes_what_is_left_over(whole: int) -> None:
    """All ways three states may make up a group that is told, whatever is carried and whose turn it is."""
    seeds = {tuple(sorted(NAMES, key=Draws(BASE, f"{n}").turn)): f"{n}" for n in range(60)}
    assert len(seeds) == 6
    truths: dict[tuple[int, ...], set[tuple[int, ...]]] = {}
    wholes = range(1, BASE + (whole > 0)) if whole <= BASE else [whole]  # a small group is told as 0 or the base
    for parts in (own for true in wholes for own in sums(true, 3)):
        for carried, seed in product(STARTS, seeds.values()):
            near, _ = rounded_within(dict(zip(NAMES, parts, strict=True)), whole, Draws(BASE, seed), carried)
            truths.setdefault(tuple(near), set()).add(parts)
    small = [
        (true[place], {other[place] for other in found})
        for found in truths.values() for true in found for place in range(3) if 1 <= true[place] < BASE
    ]  # fmt: skip
    assert narrowest(small) >= NARROW
