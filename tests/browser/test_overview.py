"""The municipality's sheet in a browser: answers in sight at once, and all four with a picture."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener

_WORDS_BEFORE = """() => {
  const picture = document.querySelector(".innenfor-tiles img");
  const walker = document.createTreeWalker(document.querySelector("[data-testid=stMain]"), NodeFilter.SHOW_TEXT);
  let words = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (picture.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING) break;
    if (["STYLE", "SCRIPT"].includes(node.parentElement.tagName)) continue;
    words += node.data.split(/\\s+/).filter(Boolean).length;
  }
  return words;
}"""


@pytest.mark.parametrize(("width", "most"), [(1280, 300), (390, 844)])
def test_the_first_picture_is_in_sight_after_few_words(
    page_at: Opener, app_address: str, width: int, most: int
) -> None:
    seen = page_at(f"{app_address}/", width)
    first = seen.page.locator(".innenfor-tiles img").first.bounding_box()
    assert first is not None
    assert first["y"] <= most if width > 640 else first["y"] + first["height"] <= most
    assert seen.page.evaluate(_WORDS_BEFORE) <= 90
    expect(seen.page.locator(".innenfor-tiles section")).to_have_count(4)


def test_every_picture_is_drawn_and_the_map_is_fetched_once(page_at: Opener, app_address: str) -> None:
    seen = page_at(f"{app_address}/?region=4204", 1280)
    seen.page.wait_for_function("() => [...document.querySelectorAll('.innenfor-country img')].every(i => i.complete)")
    wide = seen.page.eval_on_selector_all(
        "main img, .innenfor-tiles img, .innenfor-country img", "all => all.map(i => i.naturalWidth)"
    )
    assert len(wide) >= 6
    assert all(each > 0 for each in wide)
    address = seen.page.locator(".innenfor-country img").first.get_attribute("src")
    assert address
    assert address.startswith("./pictures/")


def test_the_list_beside_the_map_leads_to_another_place(page_at: Opener, app_address: str) -> None:
    seen = page_at(f"{app_address}/?region=4204", 1280)
    seen.page.get_by_role("link", name="Arendal").click()
    seen.page.wait_for_url("**region=4203**")
    seen.settle()
    expect(seen.page.locator(".innenfor-country [aria-current]")).to_contain_text("Arendal")


def test_the_sheet_is_taken_away_as_a_file(page_at: Opener, app_address: str) -> None:
    seen = page_at(f"{app_address}/?region=4203", 390)
    with seen.page.expect_download() as fetched:
        seen.page.get_by_role("button", name="Last ned arket (PDF)").click()
    assert fetched.value.path().read_bytes().startswith(b"%PDF")
