"""From made-up spells to the warehouse: protected, additive, taken up like any delivery, the truth recovered."""

import json
import os
import shutil
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from analytics import cohorts
from data.__main__ import main
from data.bundle.contents import frames
from data.bundle.documents import dictionary
from data.ingest.contract import Problem
from data.spells.build import SpellsOrder, build_cube
from data.spells.duckdb_engine import DuckDbEngine
from data.spells.engine import SpellsFailed
from data.spells.rules import rules
from data.warehouse.build import build
from data.warehouse.connection import table
from pages.components.chart_card import Chart
from pages.components.downloads import csv
from pages.format.numbers import percent
from pages.views.cohorts.selection import CohortsSelection
from pages.views.cohorts.transitions import flows_chart
from tests.data.spells import ground

FIRST, LAST = "2018-12", "2020-12"
ENGINE = partial(DuckDbEngine, "500MB")


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "records"
    assert main(["spells", "generate", "--persons", "4000", "--seed", "3", "--area", "42", "--out", str(folder)]) == 0
    return folder


def order(made: Path, out: Path) -> SpellsOrder:
    return SpellsOrder(made / "spells", made / "persons", out, "nav", ("42",), FIRST, LAST)


@pytest.fixture(scope="module")
def cube(made: Path, tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("cube") / "out"
    build_cube(order(made, out), "duckdb", ENGINE, lambda *_: None, ground.short_rules())
    return out


def rows(cube: Path, name: str) -> pl.DataFrame:
    (file,) = cube.glob(f"{name}-*.csv")
    return pl.read_csv(file, schema_overrides={"region_code": pl.String, "cohort": pl.String})


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def beside(folder: Path) -> list[str]:
    """Return what lies in a folder but what is kept of the rounding."""
    return [path.name for path in folder.iterdir() if "cubes.rounding" not in path.name]


@pytest.mark.long
@pytest.mark.parametrize("name", ["rates", "flows"])
def test_no_small_count_is_published(cube: Path, name: str) -> None:
    counts = rows(cube, name)["count"]
    assert counts.len() > 1000
    assert counts.is_between(1, rules().threshold - 1).sum() == 0


def test_sexes_ages_and_states_add_up(cube: Path) -> None:
    county = rows(cube, "rates").filter(region_code="42")
    wide = county.pivot(on="sex", index=["indicator", "period", "age_group"], values="count")
    assert (wide["both"] == wide["female"] + wide["male"]).all()
    ages = county.filter(sex="both").pivot(on="age_group", index=["indicator", "period"], values="count")
    assert (ages["15-29"] == ages["15-19"] + ages["20-24"] + ages["25-29"]).all()
    states = county.filter(pl.col("indicator") != "spells_outside")
    sums = states.group_by("period", "age_group", "sex").agg(pl.col("count").sum(), pl.col("population").first())
    assert (sums["count"] == sums["population"]).all()


def test_a_group_has_one_number_who_started_in_every_measure(cube: Path) -> None:
    totals = rows(cube, "flows").filter(destination="total")
    keys = ["region_code", "cohort", "age_group", "sex", "origin"]
    assert totals["count"].min() >= rules().flows_from
    assert totals.group_by(keys).agg(pl.col("count").n_unique())["count"].max() == 1
    assert set(totals["measure"]) == {"state_after", "first_exit"}


def test_the_audit_finds_nothing_broken(cube: Path, tmp_path: Path, capsys) -> None:
    month = rows(cube, "rates").filter(period="2019-06", age_group="15-29", sex="both")
    cells = month.filter(pl.col("indicator") != "spells_outside")
    table = cells.select(pl.col("region_code").replace("42", "total"), state="indicator", count="count")
    whole = table.group_by("region_code").agg(pl.col("count").sum()).with_columns(state=pl.lit("total"))
    pl.concat([table, whole.select(table.columns)]).write_csv(tmp_path / "cells.csv")
    assert main(["audit", str(tmp_path / "cells.csv"), "--threshold", "5"]) == 0
    assert json.loads(capsys.readouterr().out)["broken"] == []


@pytest.mark.long
def test_from_made_up_persons_to_the_number_on_the_page_and_in_what_is_taken_away(
    cube: Path, tmp_path: Path, monkeypatch
) -> None:
    for file in cube.glob("*.csv"):
        place = tmp_path / "raw" / "nav" / file.stem
        place.mkdir(parents=True)
        for each in (file, file.with_suffix(".toml")):
            (place / each.name).write_bytes(each.read_bytes())
        assert main(["check", str(file), "--source", "flows" if "flows" in file.name else "table"]) == 0
    report = build(tmp_path / "raw", tmp_path / "var")
    assert report.withheld == 0  # what is protected already is not hidden once more
    monkeypatch.setenv("INNENFOR_VAR", str(tmp_path / "var"))
    found = cohorts.flows("42", 3, origin="registered_unemployed")[-1]
    assert (found.cohort, found.age_group, found.example) == ("2020", "15-29", False) or found.cohort == "2019"
    assert found.started == found.frame["count"].sum()
    made = flows_chart(CohortsSelection("42", "both", "flows", complete=True, origin="registered_unemployed", months=3))
    assert isinstance(made, Chart)
    keys = {"region_code": "42", "cohort": found.cohort, "age_group": "15-29", "sex": "both", "months": 3}
    written = rows(cube, "flows").filter(**keys, origin="registered_unemployed", measure="state_after")
    counts = dict(written.filter(pl.col("destination") != "total").select("destination", "count").iter_rows())
    taken = pl.read_csv(BytesIO(csv(made.table, made.sources))).select("destination", "count")
    assert {name: count for name, count in counts.items() if count} == {n: c for n, c in taken.iter_rows() if c}
    assert sum(counts.values()) == found.started > 0
    back = sum(counts[name] for name in ("work", "part_time_work", "education", "apprenticeship"))
    assert percent(back / found.started) in made.finding
    times = cohorts.exit_times("42", "registered_unemployed")
    assert times.started > 0
    assert not times.example


@pytest.mark.long
def test_a_rounded_cube_is_loaded_as_it_came_still_adds_up_and_says_that_it_is_rounded(
    cube: Path, tmp_path: Path, monkeypatch
) -> None:
    (file,) = cube.glob("rates-*.csv")
    place = tmp_path / "raw" / "nav" / file.stem
    place.mkdir(parents=True)
    for each in (file, file.with_suffix(".toml")):
        (place / each.name).write_bytes(each.read_bytes())
    build(tmp_path / "raw", tmp_path / "var")
    monkeypatch.setenv("INNENFOR_VAR", str(tmp_path / "var"))
    loaded = table("observation").filter(pl.col("derived").is_null())
    keys = ["indicator", "region_code", "period", "age_group", "sex"]
    brought = rows(cube, "rates").select(*keys, "count", "population").sort(keys)
    assert loaded.select(*keys, "count", "population").sort(keys).rows() == brought.rows()
    assert set(loaded["status"]) <= {"final", "preliminary"}
    wide = loaded.pivot(on="sex", index=[name for name in keys if name != "sex"], values="count").drop_nulls()
    assert wide.height > 100
    assert (wide["both"] == wide["female"] + wide["male"]).all()
    assert "1 to 4 became 0 or 5 before the figures left the secure zone" in dictionary(frames())


@pytest.mark.long
def test_what_was_stopped_goes_on_to_the_same_bytes(made: Path, cube: Path, tmp_path: Path) -> None:
    out, stops = tmp_path / "out", iter((3, 40))

    class Stopping(DuckDbEngine):
        left = 0

        def write(self, query: str, target: Path) -> None:
            if Stopping.left == 0:
                target.write_bytes(b"half")
                raise SpellsFailed(where=query, found="stopped")
            Stopping.left -= 1
            super().write(query, target)

    for stop in stops:
        Stopping.left = stop
        with pytest.raises(SpellsFailed):
            build_cube(order(made, out), "duckdb", partial(Stopping, "500MB"), lambda *_: None, ground.short_rules())
        assert not out.exists()
        assert not (tmp_path / "out.work" / "spill").exists()
    build_cube(order(made, out), "duckdb", ENGINE, lambda *_: None, ground.short_rules())
    assert bytes_of(out) == bytes_of(cube)
    assert beside(tmp_path) == ["out"]


@pytest.mark.long
@pytest.mark.parametrize(
    ("owner", "cut_off_at", "place"), [(os, "replace", "out"), (Path, "unlink", "run.json"), (shutil, "rmtree", "")]
)
def test_where_the_cube_has_its_name_no_row_of_a_person_is_left(
    made: Path, cube: Path, tmp_path: Path, monkeypatch, owner: object, cut_off_at: str, place: str
) -> None:
    out, work = tmp_path / "out", tmp_path / "out.work"
    real = getattr(owner, cut_off_at)

    def crash(path: Path, *rest: Any, **named: Any) -> None:
        if Path(path) == work / place:
            raise KeyboardInterrupt
        real(path, *rest, **named)

    with monkeypatch.context() as patch:
        patch.setattr(owner, cut_off_at, crash)
        with pytest.raises(KeyboardInterrupt):
            build_cube(order(made, out), "duckdb", ENGINE, lambda *_: None, ground.short_rules())
    assert out.exists() == (cut_off_at != "replace")
    assert not [*work.rglob("person*"), *work.rglob("spell*"), *work.rglob("residence*"), *work.rglob("starters*")]
    if out.exists():
        with pytest.raises(Problem) as refused:
            build_cube(order(made, out), "duckdb", ENGINE, lambda *_: None, ground.short_rules())
        assert refused.value.code == "spells_out_exists"
        assert beside(tmp_path) == ["out"]
    else:
        build_cube(order(made, out), "duckdb", ENGINE, lambda *_: None, ground.short_rules())
    assert bytes_of(out) == bytes_of(cube)


def test_what_an_older_run_left_beside_a_whole_cube_is_removed(made: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out.work").mkdir()
    for name in ("person.parquet", "run.json"):
        (tmp_path / "out.work" / name).write_bytes(b"somebody")
    with pytest.raises(Problem) as refused:
        build_cube(order(made, tmp_path / "out"), "duckdb", ENGINE, lambda *_: None)
    assert refused.value.code == "spells_out_exists"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.long
def test_a_few_months_give_rates_and_no_cohorts(made: Path, tmp_path: Path) -> None:
    asked, told = replace(order(made, tmp_path / "out"), last="2019-02"), []
    report = build_cube(asked, "duckdb", ENGINE, lambda *step: told.append(step))
    assert told == [("months", 1, 5), ("months", 2, 5), ("months", 3, 5), ("entries", 4, 5), ("entries", 5, 5)]
    assert [file.name for file in report.deliveries] == ["rates-42-2018-2019.csv"]
    assert report.quarters.read_text().splitlines()[1:] == []


@pytest.mark.long
def test_the_same_seed_makes_the_same_records(made: Path, tmp_path: Path) -> None:
    words = ["--persons", "4000", "--area", "42", "--out", str(tmp_path / "again")]
    assert main(["spells", "generate", "--seed", "3", *words]) == 0
    assert bytes_of(tmp_path / "again") == bytes_of(made)
