"""Choices stand in cells as words that drop down, and come back as what they were: by word or code, in any case."""

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from data.curated.plan.form import plan_form
from data.i18n import LANGUAGES
from data.records import Records
from data.records.exchange import bring
from data.records.spreadsheet import as_workbook, rows_of_workbook
from data.records.spreadsheet.choices import as_code, as_word, choice_words, codes
from data.records.spreadsheet.headings import SHEETS, sheet_name
from tests.data.records.test_spreadsheet import MEASURE, WHO, brought, column, refused, sent

_SHORTEST_LIST = 255
"""A drop-down that stands in a cell's own rule holds no more characters, and no word with a comma."""
COURSE = {"owner": "Jobbsjansen", "phase": "test", "verdict": "goes_on"}
GAIN = {
    "id": "G1", "gain": "Flere i arbeid", "type": "quality", "beneficiary": "Unge", "owner": "NAV", "measure": "Jobb",
    "unit": "percent", "frequency": "yearly", "goal": "Flere", "output": "Plasser", "user_effect": "Jobb",
    "social_effect": "Skatt", "baseline": 9.9, "baseline_date": dt.date(2024, 12, 31), "target": 8,
    "target_date": dt.date(2027, 12, 31), "method": "Register",
}  # fmt: skip


@pytest.fixture
def filled(records: Records) -> Records:
    records.append("measure", "m", MEASURE, who=WHO)
    records.append("course", "jobbes", COURSE, who=WHO)
    for light in ("green", "red"):
        records.append("status", light, {"month": "2026-10", "about": ["gain/G1"], "light": light}, who=WHO)
    return records


@pytest.mark.parametrize("kind", SHEETS)
def test_every_choice_has_a_word_in_both_languages_that_means_it_alone_and_fits_a_drop_down(kind: str) -> None:
    for name, known in codes(kind).items():
        for lang in LANGUAGES:
            told = choice_words(kind, name, lang)
            assert len(told) == len(set(told)) == len(known)
            assert not any("," in word for word in told)
            assert len(",".join(told)) <= _SHORTEST_LIST
            for code in known:
                word = as_word(kind, name, code, lang)
                assert [as_code(kind, name, each) for each in (word, word.upper(), f" {word} ", code)] == [code] * 4


def cell(records: Records, folder: Path, lang: str, kind: str, name: str) -> Any:
    """Return the first cell of a column of the export."""
    (folder / "ut.xlsx").write_bytes(as_workbook(records.state(), lang))
    sheet = openpyxl.load_workbook(folder / "ut.xlsx")[sheet_name(kind, lang)]
    return sheet.cell(2, column(sheet, name))


@pytest.mark.parametrize(
    ("kind", "name", "nb", "en"),
    [
        ("course", "phase", "Utprøving", "Test"), ("course", "verdict", "Går videre", "Goes on"),
        ("status", "light", "Grønt", "Green"),
    ],
)  # fmt: skip
def test_a_cell_says_its_choice_in_the_language_of_the_workbook_and_drops_down_all_of_them(
    filled: Records, tmp_path: Path, kind: str, name: str, nb: str, en: str
) -> None:
    for lang, word in (("nb", nb), ("en", en)):
        found = cell(filled, tmp_path, lang, kind, name)
        assert found.value == word
        (rule,) = [each for each in found.parent.data_validations.dataValidation if found.coordinate in each.sqref]
        assert rule.formula1.strip('"').split(",") == choice_words(kind, name, lang)
        assert f"{found.column_letter}5000" in rule.sqref  # rows nobody has written yet


@pytest.mark.parametrize("word", ["rødt", "RED", "red", " Rødt "])
def test_a_choice_is_read_as_word_or_code_in_either_language_however_it_is_cased(
    filled: Records, tmp_path: Path, word: str
) -> None:
    brought(filled, sent(filled, tmp_path, lambda sheet: sheet.cell(2, column(sheet, "light"), word), "status"))
    assert {each.table["light"] for each in filled.state().of("status").values()} == {"red"}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("saved", [False, True])
def test_what_goes_out_comes_in_unchanged(filled: Records, tmp_path: Path, lang: str, *, saved: bool) -> None:
    file = tmp_path / "ark.xlsx"
    file.write_bytes(as_workbook(filled.state(), lang))
    if saved:
        openpyxl.load_workbook(file).save(file)
    found = bring(filled, rows_of_workbook(file, filled.state()), who=WHO, reason="")
    assert (found.new, found.changed, found.same) == ((), (), 4)


def test_a_workbook_of_codes_is_read_as_before(filled: Records, tmp_path: Path) -> None:
    def coded(sheet: Any) -> None:
        for row in sheet.iter_rows(min_row=2):
            for each, name in zip(row, (cell.value for cell in sheet[1]), strict=True):
                if name == "Lys":
                    each.value = as_code("status", "light", each.value)

    file = sent(filled, tmp_path, coded, "status")
    assert bring(filled, rows_of_workbook(file, filled.state()), who=WHO, reason="").same == 4


@pytest.mark.parametrize(
    ("kind", "name"), [("status", "light"), ("course", "phase"), ("measure", "example"), ("gain", "type")]
)
def test_anything_else_is_told_with_all_that_may_stand_there(
    filled: Records, tmp_path: Path, kind: str, name: str
) -> None:
    filled.append("gain", "G1", GAIN, who=WHO)
    file = sent(filled, tmp_path, lambda sheet: sheet.cell(2, column(sheet, name), "lilla"), kind)
    (told,) = refused(filled, file)
    assert told.code == "records_choice"
    assert told.cell[1:] == "2"
    for lang in LANGUAGES:
        assert "lilla" in told.says(lang)
        assert ", ".join(choice_words(kind, name, lang)) in told.says(lang)


def test_a_gain_keeps_the_word_its_file_was_written_with(filled: Records, tmp_path: Path) -> None:
    word = plan_form().words["type"]["quality"]["nb"].upper()
    filled.append("gain", "G1", {**GAIN, "type": word}, who=WHO)
    assert cell(filled, tmp_path, "en", "gain", "type").value == plan_form().words["type"]["quality"]["en"]
    found = bring(filled, rows_of_workbook(tmp_path / "ut.xlsx", filled.state()), who=WHO, reason="")
    assert (found.new, found.changed, found.same) == ((), (), 5)
