"""What `--growth` tells of is shown to have happened: small counts shown or sums that give one away are no figure."""

from dataclasses import replace

import pytest

from data.disclosure.table import linked, missed
from tests.bench import protect_growth
from tests.bench.protect_growth import ProtectRun

DONE = ProtectRun(5.0, 120.0, 5_670, small=1_200, hidden=2_400, small_shown=0, lone=0)


def test_every_sum_of_the_cube_holds() -> None:
    cells, ways = protect_growth.cube(2, 3)
    assert cells.height == (2 * 3 + 2 + 1) * 5 * 3 * 14
    table = linked(cells, protect_growth.DIMS, ways)
    assert table.sums
    assert missed(table) == []


def test_the_smallest_and_the_largest_are_of_6_000_and_100_000_cells() -> None:
    cells = [(counties * 25 + counties + 1) * 5 * 3 * 14 for counties in protect_growth.COUNTIES]
    assert cells == [5_670, 22_050, 98_490]


@pytest.mark.long
def test_a_small_cube_is_protected_and_shown_to_be() -> None:
    run = ProtectRun(**protect_growth.work(1, 4), peak=1.0)
    assert run.seconds > 0
    assert protect_growth.unsafe(run) == ""


@pytest.mark.parametrize(
    "wrong", [{"small_shown": 1}, {"lone": 1}, {"hidden": 1_200}, {"hidden": 5_670}, {"small": 0, "hidden": 0}]
)
def test_a_cube_that_is_not_protected_or_all_hidden_is_no_answer(wrong: dict[str, int]) -> None:
    assert protect_growth.unsafe(DONE) == ""
    assert protect_growth.unsafe(replace(DONE, **wrong))


def test_growth_is_time_a_cell_of_the_largest_over_that_of_the_smallest() -> None:
    large = replace(DONE, seconds=200.0, cells=56_700)
    assert protect_growth.growth(DONE, large).value == pytest.approx(4.0)
    assert protect_growth.growth(DONE, large).within is False
    assert protect_growth.growth(DONE, replace(large, seconds=60.0)).within is True
    assert protect_growth.peak(replace(DONE, peak=1_001.0)).within is False
