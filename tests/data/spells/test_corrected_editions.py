"""Whoever holds many editions of one cube, each corrected a little, knows no more of a small count than from one."""

import random
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

import polars as pl
import pytest

from data.disclosure.rounding import Draws
from data.spells import cells
from tests.data.spells import ground

BASE, EDITIONS = 5, 24
DIMS = (*cells.INNER, "state")
SMALL = range(1, BASE)
Cell = tuple[str, ...]


def month(seed: int) -> dict[Cell, int]:
    """Return the true counts of one month: four places, most cells small."""
    draw = random.Random(seed)
    every = product(("4201", "4202", "4203", "4204"), ("15-19", "20-24"), ("female", "male"), "abcdef")
    return {cell: draw.choice([0, 1, 2, 3, 4, 5, 8, 30]) for cell in every}


def corrected(true: dict[Cell, int], how: str, seed: int) -> Iterator[dict[Cell, int]]:
    """Yield the editions of a month: one other cell is wrong by a person, or two values take turns, or all go up."""
    draw, now = random.Random(seed), dict(true)
    flips = draw.sample(sorted(true), len(true) // 2)
    for number in range(EDITIONS):
        if how == "another cell":
            cell = draw.choice(sorted(true))
            now = true | {cell: true[cell] + 1}
        elif how == "two values":
            now = true | {cell: true[cell] + number % 2 for cell in flips}
        else:
            cell = draw.choice(sorted(now))
            now = now | {cell: now[cell] + 1}
        yield now


def told(true: dict[Cell, int], folder: Path) -> dict[Cell, int]:
    """Return what an edition prints, and keep the draws in the folder."""
    frame = pl.DataFrame([(*cell, n) for cell, n in true.items()], schema=[*DIMS, "persons"], orient="row")
    with ground.kept_in(folder, BASE) as kept:
        rows = cells._rounded(frame, DIMS, "rates/2024-01", kept)
        kept.save()
    return {tuple(row[:4]): row[4] for row in rows.rows()}


def near(editions: Sequence[dict[Cell, int]], true: dict[Cell, int], small: Sequence[Cell]) -> int:
    """Return how many small counts the mean of all editions is nearest to."""
    return sum(round(sum(own[cell] for own in editions) / len(editions)) == true[cell] for cell in small)


@pytest.mark.parametrize("how", ["another cell", "two values", "one up each time"])
def test_the_mean_of_many_editions_tells_no_more_than_the_first(how: str, tmp_path: Path) -> None:
    """Drawn anew, the mean of 24 gives many small counts away; of one that stands still it now tells nothing."""
    true = month(1)
    every = [true, *corrected(true, how, 2)]
    small = [cell for cell in true if true[cell] in SMALL]
    still = [cell for cell in small if len({own[cell] for own in every}) == 1]
    anew = [told(own, tmp_path / str(number)) for number, own in enumerate(every)]
    kept = [told(own, tmp_path / "kept") for own in every]
    if how == "another cell":
        assert near(anew, true, still) > 0.3 * len(still)
    assert near(kept, true, still) == 0
    by_count: dict[tuple[Cell, int], set[int]] = {}
    for own, then in zip(kept, every, strict=True):
        for cell in small:
            by_count.setdefault((cell, then[cell]), set()).add(own[cell])
    assert {len(found) for found in by_count.values()} == {1}  # a cell tells by its count, whatever else was corrected
    by_cell = [[by_count[each].pop() for each in sorted(by_count) if each[0] == cell] for cell in small]
    assert all(figures == sorted(figures) for figures in by_cell)


@pytest.mark.parametrize("steps", [(1,), (-1,), (1, 1), (1, -1), (-1, 1, 1)])
def test_whoever_knows_how_a_cell_changed_is_left_with_every_count_that_can_have_changed_so(
    steps: Sequence[int],
) -> None:
    """What was carried tells nothing: each count is left from which one limit that nobody knows gives these figures."""
    left: dict[tuple[int, ...], set[int]] = {}
    for count, seed in product(range(BASE + 1), range(200)):
        if all(0 <= own <= BASE for own in path(count, steps)):
            left.setdefault(figures(path(count, steps), Draws(BASE, f"{seed}")), set()).add(count)
    able: dict[tuple[int, ...], set[int]] = {}
    for count, limit in product(range(BASE + 1), range(1, BASE + 1)):
        if all(0 <= own <= BASE for own in path(count, steps)):
            able.setdefault(tuple(BASE * (own >= limit) for own in path(count, steps)), set()).add(count)
    assert left == able


@pytest.mark.parametrize(("step", "seen"), [(1, (0, BASE)), (-1, (BASE, 0))])
def test_a_change_that_shows_is_as_likely_from_any_count(step: int, seen: tuple[int, int]) -> None:
    counts = range(BASE) if step > 0 else range(1, BASE + 1)
    found = [sum(figures((n, n + step), Draws(BASE, f"{seed}")) == seen for seed in range(3000)) for n in counts]
    assert max(found) <= 1.25 * min(found), found


def path(count: int, steps: Sequence[int]) -> tuple[int, ...]:
    return tuple(count + sum(steps[:number]) for number in range(len(steps) + 1))


def figures(counts: Sequence[int], draws: Draws) -> tuple[int, ...]:
    begin = draws.begin()
    return tuple(draws.told(("x",), count, begin)[0] if 0 < count < BASE else count for count in counts)
