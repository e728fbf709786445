"""From what has no owner into its form, which has it chosen, and the attempt stands on the page."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from data import paths
from tests.browser.sight import SETTLED
from tests.browser.sign_in_ground import home_in, served, signed_in
from tests.browser.test_room_roles import shown

pytestmark = pytest.mark.slow


@pytest.fixture
def page(serve: Callable[..., str], chromium: BrowserContext, tmp_path: Path) -> Iterator[Page]:
    with (
        served(serve, home_in(tmp_path), INNENFOR_VAR=str(paths.var())) as address,
        signed_in(chromium, address, "kari") as found,
    ):
        shown(found, address, "hand_over")
        yield found


def test_the_form_opens_with_what_is_handed_over_and_the_attempt_stands_on_the_page(page: Page) -> None:
    expect(page.get_by_text("fått en eier: 0 av 4.").last).to_be_visible()
    page.get_by_role("button", name="Skriv hvem som er spurt: Menneskelig matchmaking").click()
    form = page.get_by_role("dialog")
    expect(form.get_by_label("Hva", exact=True)).to_have_value("Konsept: Menneskelig matchmaking")
    asked = form.get_by_role("textbox", name="Spurt", exact=True)
    asked.fill("NAV Agder")
    asked.press("Tab")
    page.wait_for_selector(SETTLED)
    form.get_by_role("button", name="Lagre").click()
    form.wait_for(state="detached")
    page.wait_for_selector(SETTLED)
    assert "Menneskelig matchmaking: 1" in page.inner_text("body").replace("\u00a0", " ")
