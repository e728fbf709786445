"""What is wrong with spells and persons is named by rule and counted, and nothing is built."""

from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from data.errors import InnenforError
from data.spells.build import SpellsOrder, build_cube
from data.spells.duckdb_engine import DuckDbEngine
from tests.data.spells.ground import DOZEN, LIVES, Row, person, short_rules, spell, write_records


def told(folder: Path, spells: Path, persons: Path, area: tuple[str, ...] = ("0",)) -> list[str]:
    order = SpellsOrder(spells, persons, folder / "out", "nav", area)
    try:
        build_cube(order, "duckdb", lambda spill: DuckDbEngine("300MB", spill), lambda *_: None, short_rules())
    except ExceptionGroup as group:
        problems = [each for each in group.exceptions if isinstance(each, InnenforError)]
        assert not (folder / "out").exists()
        assert all(each.says(lang) and each.do(lang) for each in problems for lang in ("nb", "en"))
        return [f"{each.code} {each.found}".strip() for each in problems]
    return []


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
