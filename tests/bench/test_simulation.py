"""The kept table of false verdicts is whole and holds its bounds, and five of its cells are tried again."""

import pytest

from tests.bench.simulation import CEILING, CELLS, COVERED, FLOOR, WATCHED, Found, kept, run

TRIALS, ENOUGH = 120, 4000


def found(row: dict[str, str]) -> Found:
    return Found(row["cell"], int(row["trials"]), *(float(row[name]) for name in
                 ("false_verdicts", "covered", "permutation_leads")))  # fmt: skip


def test_the_table_has_every_listed_cell_once() -> None:
    assert [row["cell"] for row in kept()] == [cell.name for cell in CELLS]
    assert len(CELLS) <= 60


@pytest.mark.parametrize("row", kept(), ids=lambda row: row["cell"])
def test_a_kept_cell_holds_its_level(row) -> None:
    cell = found(row)
    assert (cell.upper if cell.trials >= ENOUGH else cell.false_verdicts) <= CEILING
    assert cell.covered >= COVERED
    if "number" in cell.cell and cell.permutation_leads == 0:
        assert (cell.false_verdicts if cell.trials >= ENOUGH else cell.upper) >= FLOOR


@pytest.mark.long
@pytest.mark.parametrize("name", WATCHED)
def test_a_watched_cell_still_holds_its_level(name) -> None:
    again = run(next(cell for cell in CELLS if cell.name == name), TRIALS)
    assert again.lower <= CEILING
    assert again.covered >= COVERED - 0.06
