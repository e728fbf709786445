"""Sheets and headings in the reader's language, read back in either language and as the keys of before."""

from pathlib import Path

import openpyxl
import pytest

from data.i18n import LANGUAGES
from data.records import Records
from data.records.exchange import bring
from data.records.spreadsheet import as_workbook, rows_of_workbook
from data.records.spreadsheet.headings import KEY, SHEETS, VERSION, heading, kind_of, known_columns, name_of, sheet_name
from tests.data.records.test_spreadsheet import MEASURE, WHO


@pytest.fixture
def filled(records: Records) -> Records:
    records.append("measure", "m", MEASURE, who=WHO)
    return records


@pytest.mark.parametrize("kind", SHEETS)
def test_sheets_and_headings_have_their_words_and_are_read_in_both_languages_and_as_keys(kind: str) -> None:
    columns = [KEY, VERSION, *known_columns(kind)]
    spelled = [f"{name}{said}" for name in columns[2:] for said in ("", ".nb", ".en")]
    assert len({sheet_name(kind, lang) for kind in SHEETS for lang in LANGUAGES}) >= 2 * len(SHEETS) - 3
    for lang in LANGUAGES:
        assert kind_of(sheet_name(kind, lang)) == kind_of(kind) == kind
        assert len(sheet_name(kind, lang)) <= 31
        headings = [heading(kind, name, lang) for name in columns]
        assert len(set(headings)) == len(headings)
        assert not set(headings) & set(columns)
        assert [name_of(kind, heading(kind, name, lang)) for name in spelled] == spelled
    assert [name_of(kind, name) for name in spelled] == spelled


@pytest.mark.long
@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_goes_out_in_a_language_comes_in_unchanged_and_so_does_a_book_of_keys(
    filled: Records, tmp_path: Path, lang: str
) -> None:
    file = tmp_path / "ark.xlsx"
    for keys in (False, True):
        file.write_bytes(as_workbook(filled.state(), lang))
        book = openpyxl.load_workbook(file)
        assert "measure" not in book.sheetnames
        if keys:
            for sheet in book.worksheets:
                kind = kind_of(sheet.title)
                for cell in sheet[1][2:]:
                    cell.value = name_of(kind, str(cell.value))
                if kind != sheet.title.casefold():
                    sheet.title = kind
        book.save(file)
        found = bring(filled, rows_of_workbook(file, filled.state()), who=WHO, reason="")
        assert (found.new, found.changed, found.same) == ((), (), 1)
