"""Numbers of before a reform in later years: read as the new one where only the number changed, else refused."""

import polars as pl
import pytest

from data.deliveries.borders import in_force
from data.deliveries.contents import contents
from data.deliveries.observation_rules import observation_notes
from data.i18n import LANGUAGES
from data.ingest.contract import Problems
from tests.data.raw_ground import HEADER
from tests.own_home import written


def figures(*rows: tuple[str, str], status: str = "final") -> pl.DataFrame:
    return pl.DataFrame(
        [{"region_code": code, "period": period, "count": 7, "status": status} for code, period in rows]
    )


@pytest.mark.parametrize(
    ("old", "year", "new"),
    [
        ("0906", "2020", "4203"),  # Arendal
        ("0101", "2021", "3001"),  # Halden, in Viken
        ("0101", "2024-03", "3101"),  # and after
        ("3002", "2024", "3103"),  # Moss
        ("1663", "2018", "5031"),  # Malvik, in Trøndelag
        ("1534", "2024", "1580"),  # Haram, on its own again
        ("19", "2024", "55"),  # Troms
    ],
)
def test_a_region_that_only_got_a_new_number_is_read_under_it_and_it_is_said(old: str, year: str, new: str) -> None:
    rows, notes = in_force(figures((old, "2008"), (old, year)), "a.csv")
    assert rows["region_code"].to_list() == [old, new]
    (note,) = notes
    assert (note.reason, note.number) == ("renumbered", 1)
    assert all(f"{old} " in note.says(lang) and f"{new} " in note.says(lang) for lang in LANGUAGES)


@pytest.mark.parametrize(
    ("old", "year", "code", "expected"),
    [
        ("1001", "2022", "region_merged", "4204 Kristiansand"),
        ("0104", "2024", "region_merged", "3103 Moss"),  # with Rygge
        ("1507", "2024", "region_merged", "1508 Ålesund"),  # Haram left it
        ("1534", "2021", "region_merged", "1580 Haram"),  # was in Ålesund
        ("10", "2021", "region_merged", "42 Agder"),
        ("01", "2021", "region_merged", "31 Østfold"),  # was in Viken
        ("5012", "2021", "region_divided", "2019"),  # Snillfjord
        ("1850", "2020", "region_divided", "2019"),  # Tysfjord
        ("30", "2024", "region_divided", "2023"),
        ("38", "2025-06", "region_divided", "2023"),
    ],
)
def test_a_region_of_another_area_is_refused_with_its_year(old: str, year: str, code: str, expected: str) -> None:
    with pytest.raises(Problems) as refused:
        in_force(figures((old, "2008"), (old, year), (old, f"{int(year[:4]) + 1}")), "a.csv")
    (problem,) = refused.value.exceptions
    assert (problem.code, problem.cell, problem.expected) == (code, year[:4], expected)
    assert all(old in problem.line(lang) and year[:4] in problem.line(lang) for lang in LANGUAGES)


def test_years_of_the_old_number_and_rows_without_a_figure_stand_as_they_are() -> None:
    rows = pl.concat([figures(("1001", "2019"), ("4204", "2015")), figures(("1001", "2022"), status="missing")])
    assert in_force(rows, "a.csv")[0].equals(rows)
    assert in_force(rows, "a.csv")[1] == ()


def test_a_file_that_has_both_numbers_in_one_year_is_refused(tmp_path) -> None:
    lines = [f"neet_register,{code},2022,15-29,both,500,5000,,final,0" for code in ("0906", "4203")]
    with pytest.raises(Problems) as refused:
        contents(written(tmp_path / "a.csv", "\n".join([HEADER, *lines, ""])), "table")
    assert {problem.code for problem in refused.value.exceptions} == {"repeated_row"}


def test_flows_and_occupations_are_read_alike(tmp_path) -> None:
    heads = "region_code,period,occupation,job_seekers,vacancies"
    held = contents(written(tmp_path / "a.csv", f"{heads}\n3801,2024-01,Helse,500,20\n"), "occupations")
    assert (held.rows["region_code"].to_list(), [note.reason for note in held.notes]) == (["3901"], ["renumbered"])
    flow = "measure,region_code,cohort,age_group,sex,origin,destination,months,count,status"
    moves = [f"state_after,1001,2022,20-24,both,outside,{to},12,50,final" for to in ("outside", "total")]
    with pytest.raises(Problems) as refused:
        contents(written(tmp_path / "b.csv", "\n".join([flow, *moves, ""])), "flows")
    assert [problem.code for problem in refused.value.exceptions] == ["region_merged"]


@pytest.mark.parametrize(("both", "said"), [(1000, 0), (1006, 0), (1200, 1)])
def test_sexes_that_are_not_all_are_told(both: int, said: int) -> None:
    counts = {"female": 400, "male": 600, "both": both}
    rows = pl.DataFrame(
        [{"indicator": "a", "region_code": "42", "period": "2024", "age_group": "15-29", "sex": sex, "count": count}
         for sex, count in counts.items()]
    )  # fmt: skip
    assert [note.number for note in observation_notes(rows)] == [1] * said
