"""Links within the app are followed in the session the reader has; all others are the browser's own."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener

MARK = "() => { window.__same = true }"
KEPT = "() => window.__same === true"


def marked(page: Page) -> Page:
    page.evaluate(MARK)
    return page


def same(page: Page) -> bool:
    return bool(page.evaluate(KEPT))


def test_a_link_leads_to_the_page_and_back_without_loading_anew(page_at: Opener, app_address: str) -> None:
    sight = page_at(f"{app_address}/exclusion?region=4203", 390)
    page = marked(sight.page)
    page.locator(".innenfor-further a[href*='picture=ranking']").click()
    page.wait_for_url("**/exclusion?*picture=ranking*")
    sight.settle()
    assert same(page)
    assert "region=4203" in page.url
    expect(page.locator("[data-testid=stPlotlyChart]")).to_have_count(1)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == 0
    sight.assert_sound()
    page.go_back()
    sight.settle()
    assert same(page)
    page.locator("[data-testid=stPlotlyChart]").nth(1).wait_for()


def test_a_tile_leads_to_its_page_with_the_place(page_at: Opener, app_address: str) -> None:
    sight = page_at(f"{app_address}/?region=4203&lang=en")
    page = marked(sight.page)
    page.locator("[data-testid=stMain] a[href^='./exclusion?']").first.click()
    page.wait_for_url("**/exclusion?*")
    sight.settle()
    assert same(page)
    expect(page.locator("h3").first).to_contain_text("Arendal")
    assert page.evaluate("document.documentElement.lang") == "en"


def test_a_part_opens_in_its_place_and_is_shut_again(page_at: Opener, app_address: str) -> None:
    sight = page_at(f"{app_address}/programme", 390)
    page = marked(sight.page)
    link = page.locator(".innenfor-parts a[href*='part=knots']")
    name = link.inner_text()
    link.click()
    page.wait_for_url("**/programme?part=knots")
    part = page.locator("[data-testid=stExpander]").filter(has_text=name)
    part.wait_for()
    sight.settle()
    assert same(page)
    page.wait_for_timeout(500)  # it is brought into sight when it is there
    assert -1 < part.bounding_box()["y"] < 844
    sight.assert_sound()
    part.locator("summary").click()
    page.locator(".innenfor-parts a[href*='part=knots']").wait_for()
    sight.settle()
    assert "part=" not in page.url


def test_what_is_found_by_search_is_followed_and_the_box_is_shut(page_at: Opener, app_address: str) -> None:
    sight = page_at(f"{app_address}/method")
    page = marked(sight.page)
    page.locator(".innenfor-find").click()
    page.locator(".innenfor-search input").fill("Tromsø")
    page.locator(".innenfor-search a").first.click()
    page.wait_for_url("**region=5501*")
    sight.settle()
    assert same(page)
    expect(page.locator(".innenfor-search[open]")).to_have_count(0)


def test_a_click_with_a_key_and_a_link_to_no_page_are_left_to_the_browser(page_at: Opener, app_address: str) -> None:
    sight = page_at(f"{app_address}/exclusion")
    page = marked(sight.page)
    before = page.url
    with page.context.expect_page() as opened:
        page.locator(".innenfor-further a").first.click(modifiers=["Control"])
    opened.value.close()
    assert page.url == before
    page.evaluate("() => { const a = document.querySelector('.innenfor-further a'); a.href = './no-such-page' }")
    page.locator(".innenfor-further a").first.click()
    page.wait_for_url("**/no-such-page")
    assert not same(page)
