"""What the note says in each language and in each file: whole spans, own quotation marks, all who gain and lose."""

import io
import re

import openpyxl
import pypdf
import pytest

from pages.report import workbook
from pages.report.model import sentences
from tests import demo_ground
from tests.pages.report.test_note import BOTH, made, note, read

pytestmark = pytest.mark.long


@pytest.fixture(autouse=True)
def _opened(monkeypatch) -> None:
    demo_ground.opened(monkeypatch)


def test_the_english_note_speaks_english_in_its_pictures_and_quotes() -> None:
    found = read("closing", "en")
    assert "Norge" not in found
    assert "Norway" in found
    assert not any("«" in words for _, words in sentences(note("closing", "en")))
    assert any("«" in words for _, words in sentences(note("closing", "nb")))


def test_those_who_lose_by_displacement_stand_among_those_who_gain_and_pay() -> None:
    rows = [words for _, words in sentences(note("status", "nb"))]
    assert any(words.startswith("Andre berørte · ") for words in rows)


@pytest.mark.parametrize(("kind", "lang"), BOTH)
def test_every_sheet_of_an_example_is_marked_at_the_top(kind, lang) -> None:
    mark = {"nb": "EKSEMPEL", "en": "EXAMPLE"}[lang]
    book = openpyxl.load_workbook(io.BytesIO(workbook.xlsx(note(kind, lang))))
    assert [sheet["A1"].value for sheet in book.worksheets] == [mark] * len(book.worksheets)


def test_no_line_of_the_pdf_ends_inside_a_span_of_numbers() -> None:
    for kind, lang in BOTH:
        pages = pypdf.PdfReader(io.BytesIO(made(kind, lang))).pages
        assert not [found for page in pages for found in re.findall(r"\d–\s*\n\s*\d", page.extract_text())]
