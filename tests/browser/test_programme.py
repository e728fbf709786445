"""The programme and the plan in a browser: every part sound for axe on a phone and a desk, and a finding copied."""

import re

import pypdf
import pytest
from playwright.sync_api import expect

from pages.views.programme import selection
from tests.browser.conftest import Opener

PARTS = [f"programme?part={part}" for part in selection.PARTS]
EMPTY = [f"programme?part={part}" for part in ("board", "organisation", "knots", "forms", "voices")]
EMPTY += ["programme?part=note", "cohorts?picture=flows", "experiments?view=portfolio"]


PART = "[data-testid=stExpander]"
"""What is opened: the page around it is looked at with the other pages."""


@pytest.mark.parametrize("width", [320, pytest.param(1280, marks=pytest.mark.slow)])
@pytest.mark.parametrize("path", PARTS)
def test_every_part_is_sound(page_at: Opener, demo_address: str, path: str, width: int) -> None:
    page_at(f"{demo_address}/{path}&lang=en", width).assert_sound(PART)


@pytest.mark.parametrize("width", [320, pytest.param(1280, marks=pytest.mark.slow)])
@pytest.mark.parametrize("path", EMPTY)
def test_every_part_nobody_has_filled_is_sound(page_at: Opener, app_address: str, path: str, width: int) -> None:
    page_at(f"{app_address}/{path}", width).assert_sound()


def test_a_table_that_tells_is_read_on_a_phone_without_scrolling_sideways(page_at: Opener, app_address: str) -> None:
    tables = page_at(f"{app_address}/programme?part=hand_over", 390).page.locator(".innenfor-table.telling")
    assert tables.count() > 0
    for table in tables.all():
        assert table.evaluate("table => table.scrollWidth - table.clientWidth") == 0
    expect(tables.first.get_by_role("rowheader").first).to_be_visible()


def test_an_empty_form_can_be_taken_away(page_at: Opener, app_address: str) -> None:
    seen = page_at(f"{app_address}/programme?part=knots", 390)
    with seen.page.expect_download() as fetched:
        seen.page.get_by_role("button", name="Mal for floker").click()
    assert fetched.value.suggested_filename == "knots.toml"
    assert "[[knot]]" in fetched.value.path().read_text(encoding="utf-8")


def test_a_finding_can_be_copied_with_its_source_and_link(page_at: Opener, demo_address: str) -> None:
    seen = page_at(f"{demo_address}/plan?part=map", 1280)
    seen.page.get_by_text("tabell, filer og deling").last.click()
    line = seen.page.locator("code").first.inner_text()
    assert line.startswith(("EKSEMPEL: ", "DEMO: "))
    assert "/programme?part=map" in line
    seen.assert_sound()


@pytest.mark.parametrize(("spoken", "width"), [("nb", 1280), ("en", 390)])
def test_the_note_is_made_and_fetched(page_at: Opener, demo_address: str, spoken: str, width: int) -> None:
    seen = page_at(f"{demo_address}/plan?part=note&kind=closing&spoken={spoken}", width)
    seen.page.get_by_role("button", name="Lag notatet").click()
    button = seen.page.get_by_role("button", name="Last ned PDF")
    button.wait_for(timeout=120_000)  # the first note of a server loads what makes them
    seen.settle()
    with seen.page.expect_download() as fetched:
        button.click()
    note = pypdf.PdfReader(fetched.value.path())
    assert fetched.value.suggested_filename.startswith(f"innenfor-demo-closing-{spoken}-")
    assert {"nb": "Sluttnotat", "en": "Closing note"}[spoken] in note.pages[0].extract_text()
    seen.assert_sound()


def test_a_heading_keeps_its_span_of_years_on_one_line(page_at: Opener, app_address: str) -> None:
    seen = page_at(f"{app_address}/exclusion", 390)
    expect(seen.page.locator("h3").first).to_have_text(re.compile("15\u2060–\u206029\u00a0år"))
