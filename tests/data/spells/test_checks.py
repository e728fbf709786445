"""What is wrong with spells and persons is named by rule and counted, and nothing is built."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import polars as pl
import pytest

from data.errors import InnenforError
from data.ingest.contract import Problem
from data.spells.build import SpellsOrder, build_cube
from data.spells.checks import open_contracts
from data.spells.duckdb_engine import DuckDbEngine
from data.spells.engine import SpellsFailed
from tests.data.spells.ground import DOZEN, LIVES, Row, person, short_rules, spell, write_records


def told(folder: Path, spells: Path, persons: Path, area: tuple[str, ...] = ("0",)) -> list[str]:
    order = SpellsOrder(spells, persons, folder / "out", "nav", area)
    try:
        build_cube(order, "duckdb", lambda spill: DuckDbEngine("300MB", spill), lambda *_: None, short_rules())
    except ExceptionGroup as group:
        problems = [each for each in group.exceptions if isinstance(each, InnenforError)]
        assert not [path.name for path in folder.iterdir() if path.name.startswith("out")]  # nor any person's row
        assert all(each.says(lang) and each.do(lang) for each in problems for lang in ("nb", "en"))
        return [f"{each.code} {each.found}".strip() for each in problems]
    return []


@pytest.mark.long
@pytest.mark.parametrize(
    ("lives", "people", "rule"),
    [
        ([spell("a", "work", "2019-02-02", "2019-02-01")], [], "spell_ends_before_start 1"),
        ([spell("a", "asleep", "2019-02-02")] * 2, [], "spell_state_unknown 2"),
        ([spell("nobody", "work", "2019-02-02")], [], "spell_person_missing 1"),
        ([], [person("a")], "person_twice 1"),
        ([], [person("a", born=1999, since="2011-01-01")], "person_changes 1"),
        ([], [person("z", sex="unknown")], "person_sex_unknown 1"),
        ([], [person("z", place="9999")], "person_municipality_unknown 1"),
        ([], [person("z", born=20)], "person_birth_year 1"),
        ([], [person("01010750160")], "spells_identity person"),
    ],
)
def test_a_broken_rule_is_named_and_counted(tmp_path: Path, lives: list[Row], people: list[Row], rule: str) -> None:
    if rule.startswith("spells_identity"):
        assert told(tmp_path, *write_records(tmp_path, LIVES, [*DOZEN, *people]))[0].startswith("spells_identity")
    else:
        assert told(tmp_path, *write_records(tmp_path, [*LIVES, *lives], [*DOZEN, *people])) == [rule]


def test_without_spells_of_work_nobody_is_known_to_be_outside(tmp_path: Path) -> None:
    lives = [each for each in LIVES if each[1] != "work"]
    assert told(tmp_path, *write_records(tmp_path, lives)) == ["spells_states_lacking work"]


@pytest.mark.long
@pytest.mark.parametrize(
    ("lives", "people", "code", "found"),
    [
        ([*LIVES, spell("a", "work", "2096-02-02")], DOZEN, "spells_later", "2096-02"),
        (LIVES, [(name, 1950, *rest) for name, _, *rest in DOZEN], "spells_nobody", "15-29"),
    ],
)
def test_months_that_are_not_over_and_a_cube_of_nobody_are_refused(tmp_path: Path, lives, people, code, found) -> None:
    order = SpellsOrder(*write_records(tmp_path, lives, people), tmp_path / "out", "nav", ("0",))
    with pytest.raises(Problem) as refused:
        build_cube(order, "duckdb", partial(DuckDbEngine, "300MB"), lambda *_: None, short_rules())
    assert (refused.value.code, refused.value.found) == (code, found)
    assert all(refused.value.says(lang) and refused.value.do(lang) for lang in ("nb", "en"))
    assert not [path.name for path in tmp_path.iterdir() if path.name.startswith("out")]


def test_a_cut_off_file_a_time_of_day_and_a_foreign_column_are_refused(tmp_path: Path) -> None:
    spells, persons = write_records(tmp_path)
    whole = spells.read_bytes()
    spells.write_bytes(whole[: len(whole) // 2])
    assert told(tmp_path, spells, persons)[0].startswith("spells_unreadable")
    spells.write_bytes(whole)
    moment = datetime(2019, 1, 1, tzinfo=UTC)
    pl.read_parquet(spells).with_columns(pl.lit(moment).alias("from")).write_parquet(spells)
    pl.read_parquet(persons).with_columns(name=pl.lit("x")).write_parquet(persons)
    assert sorted(each.split()[0] for each in told(tmp_path, spells, persons)) == ["foreign_column", "spells_time"]


def in_parts(folder: Path, lives: list[list[Row]]) -> tuple[Path, Path]:
    """Write spells in parts, in folders that carry keys as Spark and others write them."""
    for number, part in enumerate(lives):
        own, persons = write_records(folder / "spells" / f"year=201{number}" / f"from=201{number}-01-01", part)
        persons.rename(folder / "persons.parquet")
        own.rename(own.with_name("part-0.parquet"))
    return folder / "spells", folder / "persons.parquet"


@pytest.mark.long
def test_parts_in_folders_with_keys_are_one_table_and_the_files_columns_hold(tmp_path: Path) -> None:
    spells, persons = in_parts(tmp_path, [LIVES[:5], LIVES[5:]])
    assert told(tmp_path, spells, persons) == []


def test_the_part_that_is_cut_off_or_has_a_time_zone_is_named(tmp_path: Path) -> None:
    spells, persons = in_parts(tmp_path, [LIVES[:5], LIVES[5:]])
    last = sorted(spells.rglob("*.parquet"))[-1]
    last.rename(last.with_name("part-9.parquet"))
    last, whole = last.with_name("part-9.parquet"), last.with_name("part-9.parquet").read_bytes()
    zoned = pl.read_parquet(last).with_columns(pl.col("to").cast(pl.Datetime("us", "Europe/Oslo")))
    zoned.write_parquet(last)
    assert told(tmp_path, spells, persons) == ["spells_time to"]
    last.write_bytes(whole[:-9])
    assert told(tmp_path, spells, persons)[0].startswith("spells_unreadable")
    with pytest.raises(ExceptionGroup) as refused:
        open_contracts(DuckDbEngine("300MB", tmp_path), spells, persons)
    assert [problem.file for problem in refused.value.exceptions] == ["part-9.parquet"]


@pytest.mark.long
def test_a_spell_that_is_there_twice_counts_once_and_is_told(tmp_path: Path) -> None:
    cubes, handled = [], []
    for name, lives in (("once", LIVES), ("twice", [*LIVES, *LIVES[:3], LIVES[0]])):
        order = SpellsOrder(*write_records(tmp_path / name, lives), tmp_path / name / "out", "nav", ("0",))
        report = build_cube(order, "duckdb", partial(DuckDbEngine, "300MB"), lambda *_: None, short_rules())
        cubes.append([file.read_bytes() for file in report.deliveries])
        handled.append(dict(report.handled))
    assert cubes[0] == cubes[1]
    assert (handled[0].pop("duplicate"), handled[1].pop("duplicate")) == (0, 4)
    assert handled[1].pop("open") == handled[0].pop("open") + 3  # a's twice over, and b's
    assert handled[0] == handled[1]


@pytest.mark.long
@pytest.mark.parametrize("memory", ["80%", "0GB"])
def test_memory_that_is_no_amount_is_refused_and_what_was_done_is_kept(tmp_path: Path, memory: str) -> None:
    order = SpellsOrder(*write_records(tmp_path), tmp_path / "out", "nav", ("0",))

    class Stopping(DuckDbEngine):
        def write(self, query: str, target: Path) -> None:
            if query == "rates":
                raise SpellsFailed(where=query, found="stopped")
            super().write(query, target)

    with pytest.raises(SpellsFailed):
        build_cube(order, "duckdb", partial(Stopping, "300MB"), lambda *_: None, short_rules())
    done = sorted((tmp_path / "out.work").glob("*.parquet"))
    with pytest.raises(Problem) as refused:
        build_cube(order, "duckdb", partial(DuckDbEngine, memory), lambda *_: None, short_rules())
    assert refused.value.code == "spells_memory"
    assert sorted((tmp_path / "out.work").glob("*.parquet")) == done
    assert done
