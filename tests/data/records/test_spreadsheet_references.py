"""Cells that refer to a partner, a group, a meeting or an experiment say its name, and come back as its id."""

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from data.i18n import LANGUAGES
from data.records import Records
from data.records.exchange import bring
from data.records.spreadsheet import as_workbook, rows_of_workbook
from data.records.spreadsheet.cells import as_read
from data.records.spreadsheet.headings import sheet_name
from data.records.spreadsheet.lists import as_cell, as_list
from data.records.spreadsheet.references import CellNames
from tests.data.records.test_spreadsheet import WHO, brought, column, refused, sent

PARTNERS = [
    {"id": "nav", "name": {"nb": "NAV Agder", "en": "NAV in Agder"}, "level": "stat"},
    {"id": "uia", "name": {"nb": "Universitetet", "en": "The university"}, "level": "forskning"},
]
TARGETS = [{"id": "unge", "name": {"nb": "Unge", "en": "The young"}, "first": True}]
LISTS = {name: [] for name in ("area", "diamond", "slik_phase", "slik_part", "track", "concept")}
PROGRAMME = {
    **dict.fromkeys(("name", "about", "why", "hypothesis", "place"), "Flere"), "id": "p", "started": 2021, "years": 5,
    **LISTS, "partner": PARTNERS, "target": TARGETS,
}  # fmt: skip
TASK = {
    "id": "t", "name": "Følge opp", "owner": "nav", "doer": "uia", "payer": ["nav"], "informed": [],
    "hand_over_when": "Etter starten", "example": False,
}  # fmt: skip

SAID = {"nb": "x", "en": "x"}
EXPERIMENT = {"question": SAID, "primary_outcome": SAID, "target_group": SAID, "area": 4, "method": "rct"}


@pytest.fixture
def filled(records: Records) -> Records:
    records.append("programme", "p", PROGRAMME, who=WHO)
    records.append("task", "t", TASK, who=WHO)
    affected = {"who": "unge", "interest": 5, "influence": 1, "gains": "Jobb", "loses": "Tid", "example": False}
    records.append("stakeholder", "unge", affected, who=WHO)
    records.append("meeting", "m", {"date": dt.date(2026, 11, 30), "body": "Styringsgruppen"}, who=WHO)
    records.append("agenda", "a", {"meeting": "m", "number": 1, "title": "Veien videre"}, who=WHO)
    records.append(
        "experiment", "kurs", {"experiment": {**EXPERIMENT, "title": {"nb": "Kurs", "en": "Course"}}}, who=WHO
    )
    records.append("lesson", "l", {"text": "Noe", "about": ["experiment/kurs", "decision/d-1"]}, who=WHO)
    return records


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_cell_says_the_name_drops_down_the_others_and_comes_back_as_it_was(
    filled: Records, tmp_path: Path, lang: str
) -> None:
    file = tmp_path / "ark.xlsx"
    file.write_bytes(as_workbook(filled.state(), lang))
    book = openpyxl.load_workbook(file)
    told = {"task": ("owner", PARTNERS[0]["name"][lang]), "stakeholder": ("who", TARGETS[0]["name"][lang])}
    for kind, (name, said) in (told | {"agenda": ("meeting", "2026-11-30 Styringsgruppen")}).items():
        sheet = book[sheet_name(kind, lang)]
        cell = sheet.cell(2, column(sheet, name))
        assert cell.value == said
        (rule,) = [each for each in sheet.data_validations.dataValidation if cell.coordinate in each.sqref]
        assert said in rule.formula1.strip('"').split(",")
    found = bring(filled, rows_of_workbook(file, filled.state()), who=WHO, reason="")
    assert (found.new, found.changed) == ((), ())


@pytest.mark.parametrize("said", ["Universitetet", "the UNIVERSITY", "uia"])
def test_a_name_in_either_language_or_an_id_is_read(filled: Records, tmp_path: Path, said: str) -> None:
    brought(filled, sent(filled, tmp_path, lambda sheet: sheet.cell(2, column(sheet, "owner"), said), "task"))
    assert filled.state().of("task")["t"].table["owner"] == "uia"


def test_a_name_nobody_has_is_told_with_those_there_are(filled: Records, tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet.cell(2, column(sheet, "owner"), "Kommunen")

    (told,) = refused(filled, sent(filled, tmp_path, change, "task"))
    assert (told.code, told.cell[1:]) == ("records_choice", "2")
    assert "NAV Agder, Universitetet" in told.says("nb")
    assert "NAV in Agder, The university" in told.says("en")


def test_a_name_that_two_have_is_neither_written_nor_read_for_one_of_them() -> None:
    twins = {key: {"nb": "Tvilling", "en": key} for key in ("a", "b")}
    names = CellNames({"partner": twins})
    assert names.names("task", "owner", "nb") == ["a", "b"]
    assert names.id("task", "owner", "Tvilling") == "Tvilling"
    assert names.id("task", "owner", "B") == "b"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_list_of_references_says_their_names_with_the_sign_between_that_its_heading_tells(
    filled: Records, tmp_path: Path, lang: str
) -> None:
    file = tmp_path / "ark.xlsx"
    file.write_bytes(as_workbook(filled.state(), lang))
    book = openpyxl.load_workbook(file)
    told = {("task", "payer"): PARTNERS[0]["name"][lang], ("task", "informed"): "–"}
    told |= {("lesson", "about"): {"nb": "Kurs; decision/d-1", "en": "Course; decision/d-1"}[lang]}
    for (kind, name), said in told.items():
        sheet = book[sheet_name(kind, lang)]
        cell = sheet.cell(2, column(sheet, name))
        assert cell.value == said
        assert {"nb": "semikolon", "en": "semicolons"}[lang] in sheet.cell(1, cell.column).value
        assert not [each for each in sheet.data_validations.dataValidation if cell.coordinate in each.sqref]
    for other in LANGUAGES:  # what was taken out in one language is brought in whatever the reader's is
        found = bring(filled, rows_of_workbook(file, filled.state()), who=WHO, reason=other)
        assert (found.new, found.changed) == ((), ())


@pytest.mark.parametrize(
    "said",
    ["Universitetet; nav", "The University ;NAV Agder;", "uia, nav", '["uia", "nav"]', '["Universitetet", "nav"]'],
)
def test_a_list_is_read_as_names_or_ids_in_either_language_with_either_sign_and_as_it_was_written_before(
    filled: Records, tmp_path: Path, said: str
) -> None:
    brought(filled, sent(filled, tmp_path, lambda sheet: sheet.cell(2, column(sheet, "payer"), said), "task"))
    assert filled.state().of("task")["t"].table["payer"] == ["uia", "nav"]


@pytest.mark.parametrize(
    ("kind", "name", "said", "there"),
    [("task", "payer", "NAV Agder; Kommunen", "NAV Agder, Universitetet"), ("lesson", "about", "Kurss", "Kurs")],
)
def test_a_name_in_a_list_that_nobody_has_is_told_at_its_cell(
    filled: Records, tmp_path: Path, kind: str, name: str, said: str, there: str
) -> None:
    (told,) = refused(filled, sent(filled, tmp_path, lambda sheet: sheet.cell(2, column(sheet, name), said), kind))
    assert (told.code, told.cell[1:]) == ("records_choice", "2")
    assert there in told.says("nb")


@pytest.mark.parametrize(
    "listed",
    [
        ["a"],
        ["a", "b"],
        ["a, b"],
        ["a, b", "c"],
        ["a; b"],
        ["[1]"],
        [],
        ["–"],
        ["", "a"],
        [" a"],
        ["a;"],
        [";"],
        ["a", "–"],
    ],
)
def test_a_list_comes_back_as_it_was_whatever_stands_in_it(listed: list[str]) -> None:
    cell = as_read(as_cell(listed))
    assert (as_list(cell) if isinstance(cell, str) else cell) == listed


def test_a_name_with_the_sign_in_it_stands_as_its_id() -> None:
    names = CellNames(
        {"partner": {"a": {"nb": "Bygg; anlegg", "en": "Building"}, "b": {"nb": "Skole", "en": "School"}}}
    )
    assert names.name("task", "payer", ["a", "b"], "nb") == ["a", "Skole"]
    assert names.name("task", "payer", ["a", "b"], "en") == ["Building", "School"]
