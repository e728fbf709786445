"""Whom NAV's sheets count where ages stand in titles, in a column, in both or in neither."""

from pathlib import Path

import pytest

from data.sources import nav
from tests.data.layouts import order, workbook
from tests.data.sources.test_nav_shapes import _refused, recipients, unemployed


@pytest.mark.parametrize(
    ("sheet", "above", "ages"),
    [
        ("Under 30 år fylker", "", {"15-29"}), ("Fylker", "Arbeidssøkere under 30 år, juni 2031", {"15-29"}),
        ("Fylker under 30", "", {"15-29"}), ("Fylker <30", "", {"15-29"}), ("Fylker 18-24 år", "", {"18-24"}),
        ("Fylker under 25 år", "", {"under-25"}), ("Fylker", "", {"all"}), ("Fylker", "Alle aldre", {"all"}),
    ],
)  # fmt: skip
def test_ages_over_rows_that_name_their_own_subject_are_not_lost(
    tmp_path: Path, sheet: str, above: str, ages: set[str]
) -> None:
    rows = [[above], *unemployed("Fylker", rows=(("Fylker", "42 Agder"),))]
    assert set(nav.parse(workbook(tmp_path / "a.xlsx", {sheet: rows})).rows["age_group"]) == ages


@pytest.mark.parametrize("sheet", ["AAP unge Agder", "AAP ungdom"])
def test_the_young_of_no_age_are_not_taken_for_all(tmp_path: Path, sheet: str) -> None:
    heads = ["Nivå", "Region", "Kjønn", "Antall", "Prosent av befolkningen", "Måned"]
    rows = order([["Agder kommuner", "Kristiansand", "Kvinner", 812, 9.4, 203106]], heads=heads)
    assert {code for code, *_ in _refused(workbook(tmp_path / "a.xlsx", {sheet: rows}))} == {"age_conflict"}
    told = order([["Agder kommuner", "Kristiansand", "Kvinner", "Under 30 år", 812, 9.4, 203106]],
                 heads=[*heads[:3], "Alder", *heads[3:]])  # fmt: skip
    assert nav.parse(workbook(tmp_path / "b.xlsx", {sheet: told})).rows["age_group"].to_list() == ["18-29"]


@pytest.mark.parametrize(
    ("title", "sex"),
    [("Helt ledige. Kvinner, alle aldre. Kommune.", "female"), ("Helt ledige. Menn i alt. Kommune.", "male"),
     ("Helt ledige. Kvinner og menn. Kommune.", None), ("Heilt arbeidslause. Kommune.", None)],
)  # fmt: skip
def test_a_title_says_which_sex_is_counted(tmp_path: Path, title: str, sex: str | None) -> None:
    sheet = recipients("Antall", "Periode: 2031 01 - 2031 02", [[None, "4204 Kristiansand", 320, 321]], title)
    assert set(nav.parse(workbook(tmp_path / "a.xlsx", {"Antall": sheet})).rows["sex"]) == {sex}


@pytest.mark.parametrize("label", ["Kristiansand", "4204"])
def test_a_sheet_whose_regions_have_no_number_is_told_what_it_lacks(tmp_path: Path, label: str) -> None:
    sheet = recipients("Antall", "Periode: 2031 01 - 2031 02", [[None, label, 320, 321]], "Helt ledige. Kommune.")
    assert _refused(workbook(tmp_path / "a.xlsx", {"Antall": sheet})) == [("no_regions", "Antall", "B5")]
