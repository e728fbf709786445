"""One form of the room by keyboard alone; where nobody may write, it says so. See `test_room_roles` for the rest."""

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.conftest import ROOT, Opener, Server

pytestmark = pytest.mark.slow
NB = {
    "new": "Ny partner", "change": "Endre", "name": "Navn", "level": "Nivå", "level_said": "råd", "save": "Lagre",
    "away": "Ta bort", "reason": "Hvorfor den tas bort", "back": "Hent tilbake",
}  # fmt: skip
EN = {
    "new": "New partner", "change": "Change", "name": "Name", "level": "Level", "level_said": "council", "save": "Save",
    "away": "Take away", "reason": "Why it is taken away", "back": "Bring back",
}  # fmt: skip


@pytest.fixture(scope="module")
def own_address(serve: Server, tmp_path_factory: pytest.TempPathFactory) -> str:
    """An app on this machine in which the browser may write, with an empty home."""
    from data import paths

    home = str(tmp_path_factory.mktemp("home"))
    return serve(ROOT, INNENFOR_HOME=home, INNENFOR_VAR=str(paths.var()), INNENFOR_LOCAL="1")


def test_a_decision_is_written_by_keyboard_with_what_is_missing_told_and_kept_as_a_draft(
    page_at: Opener, own_address: str
) -> None:
    seen = page_at(f"{own_address}/programme?part=decisions", 1280)
    seen.page.get_by_role("button", name="Ny beslutning").focus()
    seen.page.keyboard.press("Enter")
    form = seen.page.get_by_role("dialog")
    form.get_by_label("Tittel").wait_for()
    seen.settle()
    form.get_by_label("Tittel").focus()
    seen.page.keyboard.type("Jobbes går videre")
    seen.page.keyboard.press("Tab")
    seen.settle()
    seen.page.keyboard.type("Styringsgruppen")
    seen.page.keyboard.press("Tab")
    seen.settle()
    form.get_by_role("button", name="Lagre").focus()
    seen.page.keyboard.press("Enter")
    form.get_by_text("Fyll ut dette feltet.").wait_for()
    seen.page.reload()
    seen.settle()
    seen.page.get_by_role("button", name="Ny beslutning").press("Enter")
    form.get_by_text("Et utkast du ikke har lagret").wait_for()
    seen.settle()
    assert form.get_by_label("Tittel").input_value() == "Jobbes går videre"
    form.get_by_role("spinbutton").first.focus()
    seen.page.keyboard.type("30112026")
    seen.page.keyboard.press("Tab")
    form.get_by_role("button", name="Lagre").press("Enter")
    seen.page.get_by_role("table").get_by_text("Jobbes går videre").wait_for()


@pytest.mark.parametrize(("lang", "words"), [("nb", NB), ("en", EN)])
def test_a_partner_is_added_taken_away_and_brought_back_by_keyboard(
    page_at: Opener, own_address: str, lang: str, words: dict[str, str]
) -> None:
    seen = page_at(f"{own_address}/programme?part=organisation&lang={lang}", 1280)
    partner = f"Ungdomsrådet ({lang})"

    def press(name: str, within: Locator | Page) -> None:
        within.get_by_role("button", name=words[name], exact=True).press("Enter")
        seen.settle()

    seen.page.get_by_role("button", name=words["change"]).or_(
        seen.page.get_by_role("button", name=words["new"], exact=True)
    ).first.wait_for()
    press("new", seen.page.locator(".st-key-write-partner"))
    form = seen.page.get_by_role("dialog")
    for label, said in (("name", partner), ("level", words["level_said"])):
        form.get_by_label(words[label]).focus()
        seen.page.keyboard.type(said)
        seen.page.keyboard.press("Tab")
        seen.settle()
    press("save", form)
    listed = seen.page.get_by_role("listitem").filter(has_text=f"{partner} ({words['level_said']})")
    listed.wait_for()
    choice = seen.page.locator(".st-key-write-partner").get_by_role("combobox")
    choice.focus()
    seen.page.keyboard.type(partner)
    seen.page.keyboard.press("Enter")
    seen.settle()
    press("away", seen.page.locator(".st-key-write-partner"))
    form.get_by_label(words["reason"]).focus()
    seen.page.keyboard.type("x")
    seen.page.keyboard.press("Enter")
    listed.wait_for(state="detached")
    seen.settle()
    press("back", seen.page.locator(".st-key-write-partner"))
    listed.wait_for()
    seen.assert_sound()


def test_where_nobody_may_write_the_room_says_so_and_has_no_form(page_at: Opener, app_address: str) -> None:
    seen = page_at(f"{app_address}/programme?part=decisions", 390)
    seen.page.get_by_text("python3 run.py --local").first.wait_for()
    assert seen.page.get_by_role("button", name="Ny beslutning").count() == 0
    seen.assert_sound()
