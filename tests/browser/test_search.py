"""The search box in a browser: a place by each of its names, a figure, a page; by keyboard, sound for axe."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener


def test_a_reader_types_a_word_and_gets_to_the_page_or_picture(page_at: Opener, app_address: str) -> None:
    seen = page_at(f"{app_address}/exclusion?region=4203", 390)
    seen.page.get_by_role("button", name="Søk").click()
    field = seen.page.get_by_role("searchbox")
    links = seen.page.locator(".innenfor-search a")
    for typed, expected in (
        ("karasjohka", "Karasjok"),
        ("kautokeino", "Guovdageaidnu"),
        ("ung", "Unge"),
        ("kart", "Kart"),
    ):
        field.fill(typed)
        expect(links.first).to_contain_text(expected)
    field.fill("xyzzy")
    expect(seen.page.locator(".innenfor-search [role=status]")).to_have_text("Ingen treff. Prøv et kortere ord.")
    field.fill("uføre")
    expect(links.first).to_contain_text("uføretrygd")
    assert seen.violations() == []
    field.press("Enter")
    seen.page.wait_for_url("**/exclusion?indicator=*&region=4203*")
    seen.settle()
    assert seen.says("uføre")
    assert seen.errors == []


@pytest.mark.parametrize("width", [1100, 900, 390, 320])
def test_the_menu_ends_where_the_search_begins(page_at: Opener, demo_address: str, width: int) -> None:
    """The demo has the longest name, and Norwegian the longest menu."""
    page = page_at(f"{demo_address}/method", width).page
    menu, padding = "[data-testid=stTopNavSection], .rc-overflow-item-rest, [data-testid=stExpandSidebarButton]", 8
    ends = [box["x"] + box["width"] for each in page.locator(menu).all() if (box := each.bounding_box())]
    search = page.locator(".st-key-innenfor-toggle button").first.bounding_box()
    assert ends
    assert search
    assert max(ends) <= search["x"] + padding
