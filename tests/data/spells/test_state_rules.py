"""A dozen people, month by month, as worked out by hand: precedence, days, ages, borders, moves."""

from pathlib import Path

import polars as pl
import pytest

from data.catalogue import regions
from data.spells.published import read
from data.spells.rules import borders
from tests.data.spells import ground

MONTHS = ground.span("2018-12", "2020-03")


@pytest.fixture(scope="module")
def work(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("dozen")
    engine = ground.duckdb(folder / "spill")
    ground.counted(engine, folder, ground.write_records(folder / "in"), MONTHS, ground.short_rules())
    engine.close()
    return folder


def seen(work: Path, code: str) -> dict[str, tuple[int, str | None, str]]:
    """Return age, place and state of everybody in a month, by pseudonym."""
    rows = read(work / f"person_months-{ground.month(code)}.parquet").join(read(work / "person.parquet"), on="id")
    names = dict(enumerate(ground.short_rules().states, start=1))
    return {row["person"]: (row["age"], row["place"], names[row["state"]]) for row in rows.iter_rows(named=True)}


def test_every_person_is_in_one_state_in_february(work: Path) -> None:
    assert seen(work, "2019-02") == {
        "a": (19, "4204", "work"),
        "b": (19, "4204", "registered_unemployed"),
        "c": (19, "4204", "aap"),  # over social assistance
        "d": (29, "4204", "education"),
        "e": (15, "4204", "education"),
        "f": (19, "4204", "outside_without_benefit"),  # 1001 is 4204 today; the measure begins on the 16th
        "g": (19, "15", "work"),  # Ålesund was divided: the county alone is known
        "h": (19, "4204", "registered_unemployed"),
        "i": (19, "4204", "registered_unemployed"),
        "j": (19, "4204", "outside_without_benefit"),  # the spell ended on the 14th
        "k": (19, "4204", "work"),
        "l": (19, "4204", "disability_benefit"),
    }


def test_every_number_of_earlier_borders_lies_in_a_place_of_today() -> None:
    today = regions().filter("current")["code"].to_list()
    places = dict(borders().iter_rows())
    assert {code: place for code, place in places.items() if place not in today} == {}
    assert {code for code, place in places.items() if len(place) == 2} == {"1507", "1613", "5012", "1850"}
    assert places["1001"] == places["4204"] == "4204"


def test_a_person_who_moves_counts_in_the_new_place_and_one_who_is_gone_in_none(work: Path) -> None:
    march = seen(work, "2019-03")
    assert march["h"] == (19, "4203", "registered_unemployed")
    assert march["i"] == (19, None, "left")
    assert march["f"] == (19, "4204", "on_measures")
    assert march["k"] == (19, "4204", "outside_without_benefit")


def test_who_is_under_fifteen_is_not_there_and_who_is_thirty_is_followed_but_not_counted(work: Path) -> None:
    assert "e" not in seen(work, "2018-12")
    assert seen(work, "2020-01")["d"][0] == 30
    ages = read(work / f"rates-{ground.month('2020-01')}.parquet")
    assert ages["persons"].sum() == 10  # twelve without the one who is gone and the one who is thirty


def test_rates_count_each_resident_once(work: Path) -> None:
    rates = read(work / f"rates-{ground.month('2019-02')}.parquet")
    by = ground.short_rules()
    assert rates["persons"].sum() == 12
    assert rates.filter(state=by.code("registered_unemployed"))["persons"].sum() == 3
    assert rates.filter(pl.col("age_group") == "25-29")["persons"].sum() == 1


def test_an_entry_is_seen_in_another_state_the_month_before(work: Path) -> None:
    entries = read(work / f"entries-{ground.month('2019-02')}.parquet").join(read(work / "person.parquet"), on="id")
    assert sorted(entries["person"]) == ["b", "c", "h", "i"]  # l was there before; f and j were without all along


def test_status_after_is_where_each_is_so_many_months_later(work: Path) -> None:
    by = ground.short_rules()
    unemployed = by.code("registered_unemployed")
    after = {
        months: dict(
            read(work / f"status_after-2019-{months}.parquet").filter(origin=unemployed)
            .group_by("destination").agg(pl.col("persons").sum()).iter_rows()
        )
        for months in ground.HORIZONS
    }  # fmt: skip
    here, work_, left = (by.code(name) for name in ("registered_unemployed", "work", "left"))
    assert after == {1: {here: 2, left: 1}, 3: {here: 1, work_: 1, left: 1}}  # b, h, i


def test_the_first_exit_is_counted_once_with_its_way(work: Path) -> None:
    unemployed = ground.short_rules().code("registered_unemployed")
    exits = read(work / "first_exits-2019.parquet").filter(origin=unemployed)
    assert sorted(exits.select("months", "destination", "persons").rows()) == [(1, "left", 1), (3, "inside", 1)]


def test_the_quarters_are_whole_months_by_rank(work: Path) -> None:
    unemployed = ground.short_rules().code("registered_unemployed")
    found = read(work / "exit_quantiles-2019.parquet").filter(
        place="0", age_group="15-29", sex="both", origin=unemployed
    )
    # i leaves after 1 month, b after 2, h within no time that is followed: of three the 1st, 2nd and 3rd
    assert found.select("starters", "first_quarter", "half", "third_quarter").row(0) == (3, 1, 2, None)
