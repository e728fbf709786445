"""The cohorts page in a browser: every picture sound for axe, and what is folded up is there when it is opened."""

import re

import pytest
from playwright.sync_api import expect

from pages.views.cohorts.selection import PICTURES
from tests.browser.conftest import Opener

FOLD = "tabell, filer og deling"


@pytest.mark.parametrize(("width", "lang"), [(390, "nb"), pytest.param(1280, "en", marks=pytest.mark.slow)])
@pytest.mark.parametrize("picture", PICTURES)
def test_every_picture_is_sound(page_at: Opener, app_address: str, picture: str, width: int, lang: str) -> None:
    page_at(f"{app_address}/cohorts?picture={picture}&lang={lang}", width).assert_sound()


def test_a_table_is_made_when_it_is_opened(page_at: Opener, app_address: str) -> None:
    seen = page_at(f"{app_address}/cohorts", 390)
    assert seen.page.locator(".innenfor-table").count() == 0
    seen.page.get_by_text(re.compile(FOLD, re.IGNORECASE)).first.click()
    seen.page.locator(".innenfor-table table tbody th").first.wait_for()
    seen.settle()
    seen.assert_sound()


def test_choices_that_are_folded_up_count_and_can_be_opened(page_at: Opener, app_address: str) -> None:
    seen = page_at(f"{app_address}/cohorts?picture=ahead&f20=150", 1280)
    before = seen.words()
    assert seen.page.get_by_role("slider").count() == 0
    seen.page.get_by_text("Hva hvis andelene endrer seg?").first.click()
    slider = seen.page.get_by_role("slider").nth(1)
    slider.wait_for()
    expect(slider).to_have_attribute("aria-valuetext", "150 %")
    slider.focus()
    seen.page.keyboard.press("Home")
    seen.page.wait_for_url("**f20=50*")
    seen.settle()
    assert seen.words() != before


def test_what_the_figures_rest_on_is_folded_up_and_can_be_read(page_at: Opener, app_address: str) -> None:
    seen = page_at(f"{app_address}/cohorts?region=42", 390)
    assert "Bykle" not in seen.words()
    seen.page.get_by_text(f"Om tallene, {FOLD}", exact=True).first.click()
    seen.page.get_by_text("Bykle").first.wait_for()
    seen.settle()
    seen.assert_sound()


def test_a_choice_beside_the_chosen_one_keeps_its_border_where_the_row_ends(page_at: Opener, app_address: str) -> None:
    seen = page_at(f"{app_address}/gains?scenario=ips_job_support", 390)
    buttons = seen.page.locator('[data-testid="stButtonGroup"] button')
    buttons.nth(2).wait_for()
    borders = buttons.evaluate_all("all => all.map(each => getComputedStyle(each).borderRightColor)")
    assert len(borders) == 3
    assert not [colour for colour in borders if colour.endswith(", 0)")]
