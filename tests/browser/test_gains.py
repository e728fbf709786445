"""The gains page in a browser: a slider by keyboard, a scenario brought as a file, every picture sound for axe."""

from pathlib import Path

import pytest

from benefits.scenario.model import shipped_scenario
from pages.views.gains.selection import PICTURES
from tests.browser.conftest import Opener
from tests.browser.sight import Sight

SEEN = [*PICTURES[:4], *(pytest.param(each, marks=pytest.mark.slow) for each in PICTURES[4:])]


@pytest.mark.parametrize("picture", SEEN)
def test_every_picture_is_sound_on_a_phone(page_at: Opener, demo_address: str, picture: str) -> None:
    page_at(f"{demo_address}/gains?scenario=example_one_contact_person&picture={picture}", 390).assert_sound()


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_the_whole_programme_is_sound_on_a_phone_and_answers_on_its_first_screen(
    page_at: Opener, app_address: str, lang: str
) -> None:
    seen = page_at(f"{app_address}/gains?view=programme&lang={lang}", 390)
    seen.assert_sound()
    place = seen.page.locator(".innenfor-answer").bounding_box()
    assert place is not None
    assert place["y"] + place["height"] < 844


def test_a_slider_moves_by_keyboard_and_the_link_follows(page_at: Opener, app_address: str) -> None:
    seen: Sight = page_at(f"{app_address}/gains?displacement=20", 1280)
    before = seen.words()
    seen.page.get_by_role("slider").nth(3).focus()
    seen.page.keyboard.press("ArrowRight")
    seen.page.wait_for_url("**displacement=25*")
    seen.settle()
    assert seen.words() != before
    seen.assert_sound()


def test_a_scenario_is_brought_as_a_file_and_a_bad_one_is_refused(
    page_at: Opener, app_address: str, tmp_path: Path
) -> None:
    good, bad = tmp_path / "good.toml", tmp_path / "bad.toml"
    good.write_text(shipped_scenario("ips_job_support").changed(title="Mitt tiltak").as_toml(), encoding="utf-8")
    bad.write_text("participants = -1", encoding="utf-8")
    seen: Sight = page_at(f"{app_address}/gains", 1280)
    seen.page.get_by_text("Last ned eller hent inn et scenario").click()
    seen.settle()
    for file, expected in ((good, "Mitt tiltak"), (bad, "effect mangler")):
        seen.page.locator("input[type=file]").set_input_files(str(file))
        seen.page.get_by_text(expected).first.wait_for(timeout=30_000)
        seen.settle()
    assert seen.says("Filen ble ikke tatt inn")
    assert "Mitt tiltak" not in seen.words()
    assert "scenario=own" not in seen.page.url
    assert seen.errors == []
