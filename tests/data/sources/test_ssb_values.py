"""What SSB's numbers stand for beyond their symbols, and what became of them in Excel (synthetic layout)."""

import json
from pathlib import Path

import pytest

from data.ingest.contract import Problems
from data.sources import parse
from tests.data.layouts import found, jsonstat, workbook

TITLE = "88888: Bosatte, etter region, statistikkvariabel og år"


def _csv(path: Path, *lines: str) -> Path:
    path.write_text("\n".join((TITLE, "", *lines)), encoding="utf-8")
    return path


def _refused(path: Path) -> list[tuple[str, str, str]]:
    with pytest.raises(Problems) as caught:
        parse(path, "ssb")
    return found(caught.value)


def test_a_zero_for_a_code_not_in_use_is_no_zero(tmp_path: Path) -> None:
    rows = ("region;Bosatte 2018;Bosatte 2024", "4204 Kristiansand;0;0", "1001 Kristiansand (-2019);17;0")
    read = parse(_csv(tmp_path / "a.csv", *rows), "ssb").rows
    assert read.select("region_code", "period", "count", "status").rows() == [
        ("4204", "2018", None, "not_applicable"),
        ("4204", "2024", 0, "final"),
        ("1001", "2018", 17, "final"),
        ("1001", "2024", None, "not_applicable"),
    ]


def test_a_year_with_a_star_is_preliminary_in_json_too(tmp_path: Path) -> None:
    body = {"label": "år", "category": {"index": ["2029", "2030", "2031*"]}}
    path = jsonstat(tmp_path / "a.json")
    dimension = json.loads(path.read_text(encoding="utf-8"))["dimension"] | {"Tid": body}
    rows = parse(jsonstat(tmp_path / "b.json", dimension=dimension), "ssb").rows
    shown = rows.filter(measure="Personer", region_code="0").select("period", "count", "status").rows()
    assert shown == [("2029", 900, "final"), ("2030", 901, "final"), ("2031", 902, "preliminary")]
    assert rows.filter(measure="Personer", region_code="4204", period="2031")["status"].item() == "suppressed"


def test_a_key_that_stands_twice_is_refused(tmp_path: Path) -> None:
    text = jsonstat(tmp_path / "a.json").read_text(encoding="utf-8")
    (tmp_path / "b.json").write_text(text.replace('"value":', '"value": [1], "value":'), encoding="utf-8")
    assert _refused(tmp_path / "b.json") == [("key_twice", "", "")]


def test_percentages_that_excel_may_have_made_fractions_are_refused(tmp_path: Path) -> None:
    table = [[TITLE], [], [None, "Andel (prosent)"], [None, "2029", "2030"], ["4204 Kristiansand", 0.1, 0.099]]
    assert _refused(workbook(tmp_path / "a.xlsx", {"88888": table})) == [("percent_undecided", "88888", "B5")]
    table[-1] = ["4204 Kristiansand", 0.1, 9.9]
    assert parse(workbook(tmp_path / "b.xlsx", {"88888": table})).rows["share"].to_list() == [0.001, 0.099]
    text = _csv(tmp_path / "c.csv", "region;Andel (prosent) 2029", "4204 Kristiansand;0,9")
    assert parse(text).rows["share"].to_list() == pytest.approx([0.009])


@pytest.mark.parametrize("age", ["okt.14", "14.okt", "Oct-14", "5. jan", "01.mai", "mai.09", "2014-10-01"])
def test_an_age_that_excel_made_a_date_is_refused_with_the_cause(tmp_path: Path, age: str) -> None:
    path = _csv(
        tmp_path / "a.csv", "region;alder;Bosatte 2029", f"4204 Kristiansand;{age};3", "4204 Kristiansand;0-9 år;4"
    )
    assert _refused(path) == [("age_is_date", "", "C4")]


def test_a_share_above_100_that_is_the_publishers_own_is_noted(tmp_path: Path) -> None:
    read = parse(
        _csv(tmp_path / "a.csv", "region;Dekning (prosent) 2029", "4204 Kristiansand;105,8", "42 Agder;90"), "ssb"
    )
    assert read.rows["share"].to_list() == [1.058, 0.9]
    assert [(note.reason, note.what, note.number) for note in read.notes] == [("share_above_whole", "105.8", 1)]
