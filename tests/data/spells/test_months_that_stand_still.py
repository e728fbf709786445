"""Whoever knows that a group's number stood still for a year learns no more from twelve months than from one."""

import random
from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest

from data.spells import cells
from tests.data.spells import ground
from tests.data.spells.test_corrected_editions import BASE, DIMS, SMALL, Cell, month, near

MONTHS = [f"2023-{number:02}" for number in range(1, 13)] + [f"2024-{number:02}" for number in range(1, 13)]


def walked(seed: int) -> dict[str, dict[Cell, int]]:
    """Return the true counts of two years: half of the cells stand still, the others go a person up or down."""
    draw, now = random.Random(seed), month(seed)
    moving = draw.sample(sorted(now), len(now) // 2)
    found = {}
    for code in MONTHS:
        found[code] = dict(now)
        now |= {cell: max(0, now[cell] + draw.choice([-1, 0, 1])) for cell in moving}
    return found


def told(true: dict[str, dict[Cell, int]], folder: Path, codes: Sequence[str] = MONTHS) -> list[dict[Cell, int]]:
    """Return what the months of one cube print, and keep the draws in the folder."""
    found = []
    with ground.kept_in(folder, BASE) as kept:
        for code in codes:
            rows = [(*cell, n) for cell, n in true[code].items()]
            frame = pl.DataFrame(rows, schema=[*DIMS, "persons"], orient="row")
            printed = cells._rounded(frame, DIMS, f"rates/{code}", kept)
            found.append({tuple(row[:4]): row[4] for row in printed.rows()})
        kept.save()
    return found


def test_the_mean_of_a_year_tells_no_count_that_stood_still(tmp_path: Path) -> None:
    """Drawn anew in each month, the mean gives more than a third away."""
    number = had = 0
    for seed in range(4):
        true = walked(seed)
        first = true[MONTHS[0]]
        small = [cell for cell in first if {own[cell] for own in true.values()} == {first[cell]} <= {*SMALL}]
        anew = [told(true, tmp_path / f"{seed}-{code}", [code])[0] for code in MONTHS[:12]]
        number, had = number + len(small), had + near(anew, first, small)
        printed = told(true, tmp_path / f"{seed}")
        assert near(printed[:12], first, small) == 0
        assert all(len({own[cell] for own in printed}) == 1 for cell in small)
    assert had > number / 3 > 20


@pytest.mark.parametrize("seed", range(3))
def test_a_cell_tells_by_its_count_alone_in_all_months(seed: int, tmp_path: Path) -> None:
    """All that a moving cell shows is whether it passed one number: the more persons, never the lower figure."""
    true = walked(seed)
    printed = told(true, tmp_path)
    for cell in true[MONTHS[0]]:
        pairs = sorted({(true[code][cell], own[cell]) for code, own in zip(MONTHS, printed, strict=True)})
        assert len({count for count, _ in pairs}) == len(pairs)
        assert [figure for _, figure in pairs] == sorted(figure for _, figure in pairs)
        assert all(figure in (0, BASE) if count in SMALL else figure == count for count, figure in pairs)


def test_a_later_cube_tells_its_new_months_as_the_old_ones(tmp_path: Path) -> None:
    true = walked(5)
    first = told(true, tmp_path, MONTHS[:12])
    later = told(true, tmp_path, MONTHS[6:])
    assert later[:6] == first[6:]
    assert told(true, tmp_path) == first[:6] + later
    still = [cell for cell in true[MONTHS[0]] if len({own[cell] for own in true.values()}) == 1]
    assert all(own[cell] == first[0][cell] for own in later for cell in still)


def test_totals_stay_as_near_as_is_told(tmp_path: Path) -> None:
    """Of a place with so many small cells 19 of 20 months are within four times the root of their number."""
    off: list[bool] = []
    for seed in range(12):
        true = walked(seed)
        for code, own in list(zip(MONTHS, told(true, tmp_path / f"{seed}"), strict=True))[12:]:
            for place in ("4201", "4202", "4203", "4204"):
                inner = [cell for cell in own if cell[0] == place]
                small = sum(true[code][cell] in SMALL for cell in inner)
                gap = sum(own[cell] - true[code][cell] for cell in inner)
                off.append(abs(gap) > 4 * small**0.5 + BASE - 1)
    assert sum(off) <= 0.05 * len(off)
