"""Every page in a real browser: both languages, a desk and a phone."""

import pytest

from tests.browser.conftest import Opener
from tests.browser.sight import Sight

PAGES = {
    "": ("9,9", "9.9"),
    "exclusion?region=4204": ("9,9", "9.9"),
    "exclusion?region=4204&picture=ranking&year=2024": ("25", "25"),
    "exclusion?region=42&indicator=reduced_work_capacity&age=18-29": ("7,8", "7.8"),
    "cohorts": ("20–24", "20–24"),
    "cohorts?picture=flows": ("Slik begynner dere", "How to begin"),
    "gains?scenario=se_no_lasting_effect&picture=uncertainty": ("−5,6", "−5.6"),
    "experiments": ("17 publiserte forsøk", "17 published trials"),
    "experiments?experiment=seed": ("48", "48"),
    "experiments?view=planner": ("8 klynger", "8 clusters"),
    "workshop": ("men laster dem ikke", "does not load them"),
    "method": ("13556", "13556"),
}
IN_THE_DEMO = {
    "": ("Dette er en demo", "This is a demo"),
    "cohorts?picture=flows": ("Eksempeldata", "Example data"),
    "experiments": ("8 eksempler", "8 examples"),
    "experiments?experiment=raskere-i-jobb": ("1,9 kortere", "1.9 shorter"),
}
WIDTHS = {"nb": (1280, 390), "en": (320,)}
"""Each page is seen at three widths: in Norwegian on a desk and a phone, in English where there is least room."""


@pytest.fixture(params=["nb", pytest.param("en", marks=pytest.mark.slow)])
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def address_of(app: str, path: str, lang: str) -> str:
    return f"{app}/{path}" + (("&" if "?" in path else "?") + "lang=en" if lang == "en" else "")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_sound_on_a_desk_and_a_phone(page_at: Opener, app_address: str, path: str, lang: str) -> None:
    for width in WIDTHS[lang]:
        seen: Sight = page_at(address_of(app_address, path, lang), width)
        assert seen.says(PAGES[path][lang == "en"])
        seen.assert_sound()


@pytest.mark.parametrize("path", IN_THE_DEMO)
def test_a_page_of_the_demo_is_sound_too(page_at: Opener, demo_address: str, path: str, lang: str) -> None:
    for width in WIDTHS[lang]:
        seen: Sight = page_at(address_of(demo_address, path, lang), width)
        assert seen.says(IN_THE_DEMO[path][lang == "en"])
        seen.assert_sound()


@pytest.mark.parametrize("path", ["exclusion?region=9999", "exclusion?lang=xx", "exclusion?year=1900", "?colour=red"])
def test_a_bad_link_is_refused_by_name_and_shows_no_figures(page_at: Opener, app_address: str, path: str) -> None:
    seen = page_at(f"{app_address}/{path}")
    assert seen.says(path.split("=")[1] if "colour" not in path else "colour")
    assert "2 465" not in seen.words().replace("\u00a0", " ")


def test_the_choice_of_place_follows_the_reader_from_page_to_page(page_at: Opener, app_address: str) -> None:
    seen = page_at(f"{app_address}/?region=4203")
    seen.page.get_by_role("link", name="Utenforskap").click()
    seen.page.wait_for_url("**/exclusion?*region=4203*")
    assert seen.says("Arendal")


def test_the_browsers_back_shows_the_view_before(page_at: Opener, app_address: str) -> None:
    seen = page_at(f"{app_address}/exclusion?region=4203")
    before = seen.page.locator("h3").first.inner_text()
    seen.page.get_by_role("link", name="Rangering").click()
    seen.page.wait_for_url("**/exclusion?region=4203&picture=ranking")
    seen.settle()
    seen.page.go_back()
    seen.page.get_by_role("heading", name=before).wait_for()
    assert seen.page.url.endswith("/exclusion?region=4203")
