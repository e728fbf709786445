"""The demand side: a delivery of job seekers and vacancies by occupation, from file to answer."""

from pathlib import Path

import polars as pl
import pytest

from analytics.exclusion.labour_demand import labour_demand
from analytics.results import NotEstimable
from data.catalogue import regions
from data.deliveries.contents import contents
from data.ingest.contract import Problems
from tests.data.layouts import found

HEAD = "region_code,period,occupation,job_seekers,vacancies\n"


def written(folder: Path, *rows: str) -> Path:
    path = folder / "demand.csv"
    path.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_a_delivery_is_known_by_its_columns_and_an_empty_cell_is_unknown(tmp_path: Path) -> None:
    read = contents(written(tmp_path, "42,2030-01,Bygg og anlegg,40,", '42,2030-01,"Helse, pleie",20,0'), "nav")
    assert read.kind == "occupations"
    assert read.rows.rows() == [("42", "2030-01", "Bygg og anlegg", 40, None), ("42", "2030-01", "Helse, pleie", 20, 0)]


@pytest.mark.parametrize(
    ("row", "code"),
    [("42,2030-01,Bygg,3,5", "occupation_small"), ("42,2030,Bygg,30,5", "bad_text"),
     ("42,2030-01,Bygg,many,5", "bad_count"), ("42,2030-01,Bygg,30", "ragged_row"),
     ("0,2030-01,Bygg,300,50", "duplicate_row")],
)  # fmt: skip
def test_what_is_no_figure_or_too_few_is_refused_in_words(row: str, code: str, tmp_path: Path) -> None:
    with pytest.raises(Problems) as caught:
        contents(written(tmp_path, "0,2030-01,Bygg,300,50", row), "nav")
    assert all(problem.says(lang) and problem.do(lang) for problem in caught.value.exceptions for lang in ("nb", "en"))
    assert [each for each, *_ in found(caught.value)] == [code]


TODAY = regions().filter("current")
COUNTIES = TODAY.filter(pl.col("level") == "county", pl.col("code") != "42")["code"]
OTHERS = [f"{code},2030-01,Bygg,100," for code in COUNTIES]
AGDER = [f"{code},2030-01,Bygg,20," for code in TODAY.filter(level="municipality", county="42")["code"]]
LEFT = {
    "a county of the nation": [f"0,2030-01,Bygg,{100 * len(OTHERS) + 2},5", "42,2030-01,Bygg,,5", *OTHERS],
    "a county without a row": [f"0,2030-01,Bygg,{100 * len(OTHERS) + 2},5", *OTHERS],
    "a municipality of its county": [f"42,2030-01,Bygg,{20 * len(AGDER) - 18},5", "4201,2030-01,Bygg,,", *AGDER[1:]],
    "an occupation of all": ["42,2030-01,I alt,122,5", "42,2030-01,Bygg,,5", "42,2030-01,Kontor,120,"],
}


@pytest.mark.parametrize("trap", LEFT)
def test_a_few_in_an_empty_cell_that_the_others_leave_are_refused(trap: str, tmp_path: Path) -> None:
    with pytest.raises(Problems) as caught:
        contents(written(tmp_path, *LEFT[trap]), "nav")
    assert [each for each, *_ in found(caught.value)] == ["occupation_left"]
    assert all(each.says(lang) and each.do(lang) for each in caught.value.exceptions for lang in ("nb", "en"))


@pytest.mark.parametrize("trap", LEFT)
def test_an_empty_cell_that_the_others_do_not_leave_is_taken(trap: str, tmp_path: Path) -> None:
    whole, *rest = LEFT[trap]
    assert contents(written(tmp_path, *rest), "nav").rows["job_seekers"].null_count() <= 1
    many = whole.replace("2,5", "9,5")
    assert contents(written(tmp_path, many, *rest), "nav").kind == "occupations"


def test_a_municipality_is_answered_with_its_county_and_the_published_numbers() -> None:
    made = labour_demand("4204")
    assert (made.region, made.period) == ("42", "2026-01")
    assert made.rows.row(0)[:3] == ("Helse, pleie og omsorg", 438, 1186)
    without = made.rows.filter(occupation="Ingen yrkesbakgrunn eller uoppgitt").row(0, named=True)
    assert (without["job_seekers"], without["vacancies"], without["per_vacancy"]) == (766, None, None)


def test_a_month_nobody_has_delivered_is_not_estimable() -> None:
    assert isinstance(labour_demand("42", "1999-01"), NotEstimable)
