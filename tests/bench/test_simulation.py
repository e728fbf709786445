"""The kept table of false verdicts is whole and holds its bounds, and five of its cells are tried again."""

import pytest

from tests.bench import simulation
from tests.bench.simulation import CEILING, CELLS, COLUMNS, COVERED, FLOOR, WATCHED, Cell, Found, kept, run

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


@pytest.mark.long
def test_only_cells_with_too_few_trials_are_run_and_the_rest_stays(tmp_path, monkeypatch) -> None:
    done, short, new = (Cell("persons", count, count) for count in (3, 4, 5))
    rows = [f"{done.name},8,0.1,0.2,0.9,0.0", f"{short.name},2,1.0,1.0,0.0,0.0", "of-old-even-number,9,0,0,1,0"]
    table = tmp_path / "simulation.csv"
    table.write_text("\n".join([",".join(COLUMNS), *rows]) + "\n", encoding="utf-8")
    monkeypatch.setattr(simulation, "TABLE", table)
    monkeypatch.setattr(simulation, "CELLS", (done, short, new))
    assert sorted(line.split()[0] for line in simulation.keep(4)) == [short.name, new.name]
    told = [row["cell"] for row in kept()]
    assert (told, kept()[0]["false_verdicts"]) == ([done.name, short.name, new.name], "0.1")
    assert [found(row) for row in kept()[1:]] == [
        Found(cell, 4, one.false_verdicts, one.covered, one.permutation_leads)
        for cell, one in ((each.name, run(each, 4)) for each in (short, new))
    ]
