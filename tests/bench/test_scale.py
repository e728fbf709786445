"""What `--scale` tells of is shown to have happened: other cells, too few months or unlike sums give no figure."""

import polars as pl
import pytest

from data.spells.build import SpellsOrder, build_cube
from tests.bench import report, scale, scale_build, scale_rates
from tests.data.spells import ground

CELLS = pl.DataFrame(
    {"month": [1, 1], "place": ["0301", "4204"], "age_group": ["15-19"] * 2, "sex": ["male"] * 2, "state": [1, 2]}
).with_columns(persons=pl.Series([3, 4]))
DONE = scale.ScaleRun(9.0, 400.0, 3.0, person_months=20_000_000, counted=15_000_000, published=15_000_010)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("scale")
    (folder / "kept").mkdir()
    scale_build._Keeping.kept = folder / "kept"
    order = SpellsOrder(*ground.write_records(folder), folder / "out", "nav", ("0",))
    build_cube(order, "duckdb", lambda spill: scale_build._Keeping("300MB", spill), lambda *_: None)
    return folder


@pytest.mark.long
def test_rates_are_measured_over_the_months_of_a_build_beside_a_scan_and_polars(made) -> None:
    lines = list(scale_rates.lines(made / "kept", 1))
    assert [(line.name, line.bound) for line in lines] == [("scale_rates", 1 / 0.15), ("scale_polars", None)]
    assert all(line.value > 0 and "Floor" in line.about for line in lines)
    (spells,) = scale.from_spells(lines, DONE)
    assert spells.value == DONE.rating / lines[0].floor
    assert scale.rows_of(made / "kept") > scale_rates.scan(made / "kept") > 0
    assert scale.residents(made / "out") > 0


def test_cells_that_are_not_the_scans_or_polars_are_no_answer() -> None:
    assert scale_rates.persons_differ(CELLS, 7) == scale_rates.cells_differ(CELLS, CELLS[::-1]) == ""
    assert scale_rates.persons_differ(CELLS, 8)
    assert scale_rates.persons_differ(CELLS[:0], 0)
    assert scale_rates.cells_differ(CELLS, CELLS[:1])
    assert scale_rates.cells_differ(CELLS[:0], CELLS[:0])


def test_a_build_of_too_few_months_or_with_other_sums_is_not_told() -> None:
    assert scale.undone(DONE, 20) == ""
    assert "are not 100 million" in scale.undone(DONE, 100)
    assert "were counted" in scale.undone(scale.ScaleRun(9.0, 400.0, 3.0, 20_000_000, 15_000_000, 14_000_000), 20)


def test_peak_and_growth_are_held_against_their_bounds() -> None:
    runs = {20: DONE, 100: scale.ScaleRun(60.0, 2100.0, 9.0, 100_000_000, 1, 1)}
    peaks = [scale.peak(size, run) for size, run in runs.items()]
    assert [(each.value, each.bound, each.within) for each in peaks] == [(400.0, 1000.0, True), (2100.0, 2000.0, False)]
    grown = scale.growth(runs)
    assert (grown.value, grown.bound, grown.within) == (60 / 9, 6.0, False)
    assert scale.growth({1: DONE, 2: DONE}).bound is None


def test_a_command_that_fails_fails_its_line(tmp_path, monkeypatch) -> None:
    def fail(*_: object) -> scale.ScaleRun:
        raise report.Unproven("data spells generate ended with 1")

    monkeypatch.setattr(scale, "built", fail)
    (line,) = scale.measure(tmp_path, (20,), 1)
    assert isinstance(line, report.Failed)
    assert [*tmp_path.iterdir()] == []
    assert scale.sizes("100,20") == (20, 100)
    with pytest.raises(ValueError, match="0"):
        scale.sizes("0")
