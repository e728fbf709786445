"""SSB's tables as the English Statbank saves them: the same figures; and one answer where a file has none of them."""

from pathlib import Path

import pytest

from data.deliveries.contents import contents
from data.ingest.contract import Problems
from tests.data.ssb_dresses import delimited

STATES = {
    "Total": 24_000, "Employed persons": 15_000, "Registered unemployed": 300,
    "Participants on labour market schemes": 200, "In ordinary education": 6_000,
    "Recipients of work assessment allowance / disability pension": 900, "Others": 1_600,
}  # fmt: skip


@pytest.mark.parametrize(
    "status", ["labour force status", "prioritised labour force status", "main labour market status"]
)
@pytest.mark.parametrize("delimiter", [";", ","])
def test_young_people_outside(tmp_path: Path, status: str, delimiter: str) -> None:
    title = f"13556: Young people, by region, age, sex, {status}, contents and year"
    heads = ["region", "age", "sex", status, "Residents 2030", "Residents 2031*"]
    whom = ["K-4204 Kristiansand", "15-29 years", "Both sexes"]
    rows = [[*whom, "Total", 9000, 9001], [*whom, "NEET", 900, 901]]
    read = contents(delimited(tmp_path / "a.csv", [[title], [], heads, *rows], delimiter), "ssb").rows
    assert read.select("indicator", "region_code", "period", "count", "population", "status").rows() == [
        ("neet_register", "4204", "2030", 900, 9000, "final"),
        ("neet_register", "4204", "2031", 901, 9001, "preliminary"),
    ]


def states(file: Path, title: str, heads: list[str], age: str, said: dict[str, int]) -> Path:
    rows = [["K-4204 Kristiansand", age, name, number] for name, number in said.items()]
    return delimited(file, [[title], [], heads, *rows], ";")


def test_what_they_do(tmp_path: Path) -> None:
    title = "13563: Persons, by region, age, prioritised labour force status, contents and year"
    heads = ["region", "age", "prioritised labour force status", "Residents 2031"]
    read = contents(states(tmp_path / "a.csv", title, heads, "15-29 years", STATES), "ssb").rows
    assert dict(read.select("indicator", "count").iter_rows()) == {
        "status_employed": 15_000, "status_unemployed": 300, "status_measures": 200, "status_education": 6_000,
        "status_health": 900, "status_others": 1_600,
    }  # fmt: skip
    assert set(read["population"]) == {24_000}


def test_a_file_with_no_category_that_is_read_is_told_once_with_all_that_are(tmp_path: Path) -> None:
    title = "13563: Bosatte, etter region, alder, arbeidsstyrkestatus, statistikkvariabel og år"
    heads = ["region", "alder", "arbeidsstyrkestatus", "Bosatte 2031"]
    file = states(tmp_path / "a.csv", title, heads, "15-29 år", {"I alt": 24_000, "NEET": 2_400})
    with pytest.raises(Problems) as caught:
        contents(file, "ssb")
    [problem] = caught.value.exceptions
    assert problem.code == "ssb_categories"
    assert "status_employed" in problem.says("nb")
    assert "InnvandrKat=B" in problem.do("nb")
