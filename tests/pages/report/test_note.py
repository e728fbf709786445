"""The note is read back: its words and numbers are the page's, its structure is tagged, and its pages can be seen."""

import csv
import datetime as dt
import io
import re
import subprocess
import sys
from dataclasses import replace
from functools import cache

import openpyxl
import pypdf
import pypdfium2
import pytest

from analytics import regions
from analytics.exclusion import key_messages
from benefits.realisation import plan as plans
from data.i18n import LANGUAGES, speaking
from data.warehouse import pointer
from pages.plots import theme
from pages.report import compose, document, pdf, print_figures, sections, workbook
from pages.report.model import NoteTable, Picture, Quote, SteeringNote, sentences
from pages.views.overview import answers as overview_answers
from pages.views.programme.plan import wording
from tests import demo_ground
from tests.architecture.tree import ROOT

pytestmark = pytest.mark.long
KINDS = ("status", "closing")
DAY = dt.date(2026, 11, 21)
BOTH = [(kind, lang) for kind in KINDS for lang in LANGUAGES]


@pytest.fixture(autouse=True)
def _opened(monkeypatch) -> None:
    demo_ground.opened(monkeypatch)


def parts() -> tuple[plans.Plan, tuple[plans.GainStatus, ...]]:
    found = plans.plan_in_use().plan
    assert found is not None
    return found, plans.statuses(found, DAY)


@cache
def note(kind: str, lang: str) -> SteeringNote:
    found, gains = parts()
    return document.of_plan(found, gains, lang, kind, DAY)


@cache
def made(kind: str, lang: str) -> bytes:
    return pdf.pdf(note(kind, lang))


def read(kind: str, lang: str) -> str:
    pages = pypdf.PdfReader(io.BytesIO(made(kind, lang))).pages
    return squeezed(" ".join(page.extract_text() for page in pages))


def squeezed(text: str) -> str:
    """Without white space and hyphens, which a line break may add or take, and without quotation marks."""
    return re.sub(r"[\s\u00a0\u202f\u00ad\u2010—«»“”()-]+", "", text)


@pytest.mark.parametrize(("kind", "lang"), BOTH)
def test_everything_the_note_says_stands_in_the_pdf(kind, lang) -> None:
    found = read(kind, lang)
    cells = [cell for _, words in sentences(note(kind, lang)) for cell in words.split(" · ")]
    assert [cell for cell in cells if squeezed(cell) not in found] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_numbers_are_the_pages_own(lang) -> None:
    found, (_, gains) = read("status", lang), parts()
    with speaking(lang):
        answers = [overview_answers.answer(each) for each in key_messages.key_messages(regions.home())[:3]]
        reasons = [wording.reason(gain) for gain in gains]
    assert [words for words in (*answers, *reasons) if squeezed(words.replace("**", "")) not in found] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_closing_note_has_its_five_points_in_order(lang) -> None:
    headings = [section.heading for section in note("closing", lang).sections]
    assert [heading[0] for heading in headings] == list("12345")
    found = read("closing", lang)
    places_found = [found.index(squeezed(heading)) for heading in headings]
    assert places_found == sorted(places_found)


@pytest.mark.parametrize(("kind", "lang"), BOTH)
def test_the_pdf_is_tagged_titled_in_its_language_archivable_and_small(kind, lang) -> None:
    content = made(kind, lang)
    reader = pypdf.PdfReader(io.BytesIO(content))
    root = reader.trailer["/Root"]
    meta = root["/Metadata"].get_data().decode()
    assert reader.metadata is not None
    assert reader.metadata.title == note(kind, lang).title
    assert str(root["/Lang"]).split("-")[0] == lang
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "<pdfuaid:part>1" in meta
    assert "<pdfaid:part>3" in meta
    assert len(content) < 2_000_000
    assert len(reader.pages) <= (2 if kind == "status" else 3)


def structure(content: bytes) -> list[tuple[str, str]]:
    """Return every structure element as (tag, alternative text)."""
    waiting, found = [pypdf.PdfReader(io.BytesIO(content)).trailer["/Root"]["/StructTreeRoot"]], []
    while waiting:
        item = waiting.pop().get_object()
        if isinstance(item, list):
            waiting += item
        elif isinstance(item, dict):
            found += [(str(item["/S"]), str(item.get("/Alt", "")))] if "/S" in item else []
            waiting += [item["/K"]] if "/K" in item else []
    return found


@pytest.mark.parametrize(("kind", "lang"), BOTH)
def test_pictures_have_words_and_tables_have_headers(kind, lang) -> None:
    found = structure(made(kind, lang))
    tags = [tag for tag, _ in found]
    assert {"/Title", "/H1", "/H2", "/Table", "/TH", "/TD", "/L", "/LI", "/Figure"} <= set(tags)
    assert [alt for tag, alt in found if tag == "/Figure" and not alt] == []


@pytest.mark.parametrize(("kind", "lang"), BOTH)
def test_every_page_can_be_drawn_and_has_ink_and_air(kind, lang) -> None:
    document = pypdfium2.PdfDocument(made(kind, lang))
    for page in document:
        picture = page.render(scale=0.5, grayscale=True).to_numpy()
        dark = (picture < 128).mean()
        assert 0.001 < dark < 0.25
        assert (picture[:, :10] > 200).all()
        assert (picture[:, -10:] > 200).all()


@pytest.mark.parametrize(("kind", "lang"), BOTH)
def test_what_is_made_up_is_marked_on_every_page_in_every_picture_and_in_both_files(kind, lang) -> None:
    mark = {"nb": "EKSEMPEL", "en": "EXAMPLE"}[lang]
    assert note(kind, lang).example
    assert all(mark in page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made(kind, lang))).pages)
    book = openpyxl.load_workbook(io.BytesIO(workbook.xlsx(note(kind, lang))))
    assert book.worksheets[0]["A1"].value == mark
    assert workbook.csv(note(kind, lang)).decode("utf-8-sig").count(mark) >= 1


@pytest.mark.parametrize("plan_example", [True, False])
def test_a_made_up_plan_or_a_made_up_experiment_is_enough_to_mark_the_note(monkeypatch, plan_example) -> None:
    found, gains = parts()
    if plan_example:
        monkeypatch.setattr(compose.readings, "experiments_in", lambda *_: ())
    assert document.of_plan(replace(found, example=plan_example), gains, "nb", "status", DAY).example


@pytest.mark.parametrize(("kind", "lang"), BOTH)
def test_each_made_up_part_of_the_note_says_so_itself(kind, lang) -> None:
    word = {"nb": "eksempel", "en": "example"}[lang]
    blocks = [block for section in note(kind, lang).sections for block in section.blocks]
    drawn = [word.upper() in block.svg for block in blocks if isinstance(block, Picture)]
    assert drawn == [False, True, True][: len(drawn)]  # the published trend, then what is made up
    tables = [block for block in blocks if isinstance(block, NoteTable)]
    names = [row[0] for row in tables[1].rows] if kind == "status" else [b.by for b in blocks if isinstance(b, Quote)]
    assert [word in name.lower() for name in names] == [True] * len(names) != []
    made_up = [each.example for each in plans.compared(parts()[1])]
    assert [word in title.lower() for title in tables[-1].head[1:]] == made_up


def test_a_note_on_a_real_plan_and_real_experiments_bears_no_mark() -> None:
    real = replace(note("status", "nb"), example=False)
    assert "EKSEMPEL" not in squeezed(pypdf.PdfReader(io.BytesIO(pdf.pdf(real))).pages[1].extract_text())


@pytest.mark.parametrize(("kind", "lang"), BOTH)
def test_workbook_and_csv_say_what_the_pdf_says(kind, lang) -> None:
    told = [words for _, words in sentences(note(kind, lang))]
    rows = list(csv.DictReader(io.StringIO(workbook.csv(note(kind, lang)).decode("utf-8-sig"))))
    plain = {row["text"].lstrip("'") for row in rows}
    book = openpyxl.load_workbook(io.BytesIO(workbook.xlsx(note(kind, lang))))
    first = {str(row[1].value) for row in book.worksheets[0].iter_rows()}
    assert set(told) <= plain
    assert set(told) <= first
    assert any("SSB" in str(cell.value) for row in book.worksheets[-1].iter_rows() for cell in row)


def test_every_source_with_its_edition_stands_in_the_pdf() -> None:
    found = read("status", "nb")
    assert [each.title for each in note("status", "nb").sources if squeezed(each.title) not in found] == []


def test_the_same_note_gives_the_same_bytes() -> None:
    assert pdf.pdf(note("status", "nb")) == made("status", "nb")


def test_the_finished_source_compiles_by_itself_whatever_its_words_hold() -> None:
    import typst

    odd = replace(note("status", "nb"), lead='Han sa: "#let x = 1" \\ og *stjerner* $x$')
    content = typst.compile(pdf.source(odd))
    found = pypdf.PdfReader(io.BytesIO(content)).pages[0].extract_text()
    assert '"#let x = 1" \\ og *stjerner* $x$' in " ".join(found.split())


def test_the_note_can_be_had_without_the_app() -> None:
    assert document.pdf("nb", day=DAY) == made("status", "nb")
    assert document.source("en", "closing", DAY) == pdf.source(note("closing", "en"))


def test_the_uncertainty_is_told_in_words() -> None:
    assert squeezed("95 % intervall for det nyeste tallet: 9,6–10,3 %") in read("status", "nb")


def test_pictures_for_print_use_the_screen_s_colours_and_carry_the_mark_inside() -> None:
    _, gains = parts()
    with speaking("nb"):
        from pages.views.programme.plan import progress

        rows = progress.progress(gains)
        marked, bare = (print_figures.progress_svg(rows, example=flag) for flag in (True, False))
    assert theme.colour("home") in marked
    assert "EKSEMPEL" in marked
    assert "EKSEMPEL" not in bare


def test_a_long_plan_shows_what_needs_the_meeting_and_counts_the_rest() -> None:
    found, gains = parts()
    many = tuple(
        replace(gain, row=replace(gain.row, id=f"{gain.row.id}-{turn}")) for turn in range(4) for gain in gains
    )
    with speaking("nb"):
        _, grid, rest = sections.plan(found, many)
    assert len(grid.rows) == 8
    assert "12 flere" in rest.text
    assert grid.rows[0][2] == "Ikke realisert"


def test_opening_the_page_of_the_plan_loads_neither_typst_nor_altair_nor_vl_convert() -> None:
    code = (
        "import sys, pages.views.programme.plan.view, pages.report.compose, pages.report.pdf, pages.report.workbook;"
        "print({'typst', 'vl_convert'} & set(sys.modules))"
    )
    answer = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "set()"
    assert pointer.current_build() is not None
