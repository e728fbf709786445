"""Every line of a computation fails where its answer is not its floor's: each proof is shown another answer."""

from dataclasses import replace
from types import SimpleNamespace as Made

import numpy as np
import polars as pl
import pytest

from tests.bench import report, sides_data, sides_door, sides_experiments, sides_models, sides_records
from tests.bench.table import LINES

RANKED = pl.DataFrame({"value": [0.3, 0.1], "low": [0.2, 0.0], "high": [0.4, 0.2]})
BARE = (np.array([0.3, 0.1]), np.array([0.2, 0.0]), np.array([0.4, 0.2]))
FEWER = tuple(column[:1] for column in BARE)
PAID = Made(draws=sides_models.DRAWS, public={"state": Made(npv=1.0), "county": Made(npv=-1.0)})
DRAWN = (np.ones((3, 2)), np.ones(2))
ONE = Made(draws=sides_models.DRAWS, society=Made(expected=5.0))
TEN = Made(draws=sides_models.DRAWS, holders={"society": {"expected": 51.0}}, measures=[0] * 10)
FEW = Made(**{**vars(TEN), "measures": [0]})
SAVED = sides_records.SavedPage("Beslutning 2", "<td>Beslutning 2</td>")
DIFFERENCES = {
    "record_save": (
        sides_records._saved_differs,
        (SAVED, SAVED),
        [(replace(SAVED, shown="Beslutning 1"), SAVED), (SAVED, replace(SAVED, shown=""))],
    ),
    "record_replay": (
        sides_records._numbers_differ,
        (Made(number=sides_records.LONG), Made(number=sides_records.SHORT)),
        [(Made(number=0), Made(number=sides_records.SHORT)), (Made(number=sides_records.LONG), Made(number=0))],
    ),
    "ranking": (
        sides_data._shares_differ,
        (RANKED, BARE),
        [(RANKED, FEWER), (RANKED * 1.01, BARE), (RANKED[:0], BARE)],
    ),
    "workbook": (
        sides_door._rows_differ,
        (sides_door.MONTHS * sides_door.ROWS_A_MONTH,) * 2,
        [(0, 0), (85679, 85680), (1, sides_door.MONTHS * sides_door.ROWS_A_MONTH)],
    ),
    "cohort_model": (
        sides_models._deviance_differs,
        (Made(deviance=9.0), Made(deviance=9.0)),
        [(Made(deviance=0.0), Made(deviance=9.0))],
    ),
    "re_randomisation": (
        sides_experiments._p_differs,
        (Made(p=0.31, draws=9999), 0.3),
        [(Made(p=1.0, draws=9999), 0.3), (Made(p=0.31, draws=9999), 0.0)],
    ),
    "wild_bootstrap": (sides_experiments._p_differs, (Made(p=0.32, draws=999), 0.3), [(Made(p=1.0, draws=999), 0.3)]),
    "staggered": (
        sides_experiments._estimate_differs,
        (Made(value=1.0), Made(overall_att=1.0)),
        [(Made(value=0.0), Made(overall_att=1.0))],
    ),
    "staggered_evaluate": (
        sides_experiments._estimate_differs,
        (Made(value=1.0), Made(overall_att=1.0)),
        [(Made(value=1.0), Made(overall_att=0.9))],
    ),
    "appraisal": (
        sides_models._appraisal_differs,
        (PAID, DRAWN),
        [
            (Made(draws=1, public=PAID.public), DRAWN),
            (PAID, (np.ones((3, 7)), np.ones(7))),
            (Made(draws=sides_models.DRAWS, public={"state": Made(npv=0.0), "county": Made(npv=0.0)}), DRAWN),
        ],
    ),
    "appraisal_of_a_mix": (sides_models._appraisal_differs, (PAID, DRAWN), [(Made(draws=1, public={}), DRAWN)]),
    "programme": (
        sides_models._programme_differs,
        (TEN, ONE),
        [
            (TEN, Made(draws=sides_models.DRAWS, society=Made(expected=9.0))),
            (Made(**{**vars(TEN), "measures": [0]}), ONE),
        ],
    ),
    "note": (
        sides_models._pdf_differs,
        (b"%PDF /Type /Page /Type/Page/Type /Pages", b"%PDF /Type/Page/Type /Page"),
        [(b"", b""), (b"%PDF /Type/Pages", b"%PDF"), (b"%PDF /Type/Page", b"%PDF /Type/Page /Type/Page")],
    ),
}


@pytest.mark.parametrize("name", DIFFERENCES)
def test_a_computation_is_held_against_what_its_floor_found(name) -> None:
    differ, same, others = DIFFERENCES[name]
    assert differ(*same) == ""
    assert [pair for pair in others if not differ(*pair)] == []


def test_a_protection_that_hides_other_figures_than_the_build_is_none(tmp_path) -> None:
    import duckdb

    hidden = ("e", "i", "2025", "4224", "15-29", "both", "suppressed")
    frame = pl.DataFrame([hidden], schema=[*sides_data.CELL, "status"], orient="row")
    with duckdb.connect(str(tmp_path / "built.duckdb")) as connection:
        connection.execute("CREATE TABLE observation AS FROM frame")
    file = tmp_path / "built.duckdb"
    assert sides_data._hidden_differ(frame, file) == ""
    assert sides_data._hidden_differ(frame.with_columns(sex=pl.lit("male")), file) != ""
    assert sides_data._hidden_differ(frame.with_columns(status=pl.lit("final")), file) != ""


@pytest.mark.long
def test_a_build_without_the_floors_rows_is_no_build(tmp_path) -> None:
    import duckdb

    for name, rows in (("full", 3), ("again", 3), ("empty", 0)):
        with duckdb.connect(str(tmp_path / name)) as connection:
            connection.execute(f"CREATE TABLE observation AS SELECT * FROM range({rows})")
    assert sides_data._rows_differ(tmp_path / "full", tmp_path / "again") == ""
    assert sides_data._rows_differ(tmp_path / "empty", tmp_path / "full")
    assert sides_data._rows_differ(tmp_path / "empty", tmp_path / "empty")


@pytest.mark.parametrize("printed", ["0.0 500.0", "nan 500.0"])
def test_the_memory_of_an_evaluation_that_misses_the_effect_is_not_told(printed, monkeypatch) -> None:
    answer = Made(returncode=0, stdout=printed, stderr="")
    monkeypatch.setattr(sides_experiments.subprocess, "run", lambda *_, **__: answer)
    with pytest.raises(report.Unproven, match="the estimate is"):
        sides_experiments.large_staggered_memory(None)


def test_every_line_of_the_table_has_a_proof_that_is_tested_here() -> None:
    apart = "build", "protection", "duckdb_file", "server_memory", "staggered_large_memory", "workbook_memory"
    here = {*DIFFERENCES, *apart}
    assert {line.name for line in LINES} == here


def test_the_memory_of_a_check_that_read_nothing_is_not_told(monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(sides_door, "order", lambda path: path)
    monkeypatch.setattr(sides_door.subprocess, "run", lambda *_, **__: Made(stdout="9.0 12"))
    with pytest.raises(report.Unproven, match="12 rows"):
        sides_door.workbook_memory(Made(fresh=lambda _: tmp_path))
