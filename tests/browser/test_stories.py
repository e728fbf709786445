"""The readers' tasks in a browser, counted in taps, and the story pages: a picture in sight, few words before it."""

import itertools
import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.browser.sight import Sight

STORIES = ("exclusion", "cohorts", "experiments", "gains")
PICTURE = "[data-testid=stMain] :is([data-testid=stPlotlyChart], [class*=st-key-picture-] img, .innenfor-evidence img)"
WORDS_BEFORE = """(selector) => {
  const words = document.createRange();
  words.setStart(document.querySelector("[data-testid=stMain]"), 0);
  words.setEndBefore(document.querySelector(selector));
  const copy = words.cloneContents();
  copy.querySelectorAll("style, script").forEach(each => each.remove());
  return copy.textContent.split(/\\s+/).filter(Boolean).length;
}"""
LEVELS = "() => [...document.querySelectorAll('[data-testid=stMain] :is(h1,h2,h3,h4)')].map(e => +e.tagName[1])"


def plain(words: str) -> str:
    """Return words without what keeps them on one line."""
    return words.replace("\u2060", "").replace("\u00a0", " ")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", STORIES)
def test_a_story_shows_its_first_picture_after_few_words(
    page_at: Opener, app_address: str, name: str, width: int
) -> None:
    seen = page_at(f"{app_address}/{name}", width)
    first = seen.page.locator(PICTURE).first.bounding_box()
    assert first is not None
    assert first["y"] <= (300 if width > 640 else 560)
    assert seen.page.evaluate(WORDS_BEFORE, PICTURE) <= 90
    assert seen.page.locator("[data-testid=stMain] [role=radio]").count() <= 3


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "15–29 år"),
        ("exclusion", "15–29 år"),
        ("cohorts", "15–29 år"),
        ("gains", "100 deltakere"),
        ("experiments", "17 forsøk"),
        ("experiments?view=one", "48 måneder"),
        ("experiments?view=planner", "8 klynger"),
    ],
)
def test_place_group_and_time_stay_in_sight(page_at: Opener, app_address: str, name: str, said: str) -> None:
    seen = page_at(f"{app_address}/{name}", 390)
    bar = seen.page.locator(".st-key-innenfor-bar")
    assert said in plain(bar.inner_text())
    seen.page.locator(".innenfor-foot").scroll_into_view_if_needed()
    seen.page.wait_for_timeout(300)
    place = bar.bounding_box()
    assert place is not None
    assert place["y"] >= 0
    assert place["y"] + place["height"] <= 165
    assert place["height"] <= 100


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Hvor mange står utenfor?", "9,9"),
        ("Bedre eller verre enn andre?", "nummer"),
        ("Hvem er de?", "innvandrerne"),
        ("Hva hjelper, og hva får vi for pengene?", "Bedre"),
    ],
)
def test_a_first_time_reader_on_a_phone_has_each_answer_and_its_picture_within_two_taps(
    page_at: Opener, app_address: str, question: str, answer: str
) -> None:
    seen = page_at(f"{app_address}/", 390)
    tile = seen.page.locator(".innenfor-tiles section", has=seen.page.get_by_role("heading", name=question))
    tile.get_by_role("link").first.click()
    seen.page.wait_for_url("**/e*")
    seen.settle()
    assert seen.says(answer)
    expect(seen.page.locator(PICTURE).first).to_be_visible()


def test_the_choices_behind_the_bar_change_what_it_says(page_at: Opener, app_address: str) -> None:
    seen: Sight = page_at(f"{app_address}/exclusion?sex=female", 390)
    expect(seen.page.locator(".st-key-innenfor-bar")).to_contain_text(re.compile(r"kvinner 15\W+29\sår"))
    seen.page.get_by_role("button", name="Endre").click()
    seen.page.get_by_text("Begge kjønn").or_(seen.page.get_by_text("Kvinner")).first.wait_for()
    seen.settle()
    seen.assert_sound()


@pytest.mark.parametrize("name", STORIES)
def test_headings_are_in_order(page_at: Opener, app_address: str, name: str) -> None:
    page, levels = page_at(f"{app_address}/{name}", 320).page, []
    for _ in range(20):  # a busy machine may write the bar's heading after the pictures'
        levels = page.evaluate(LEVELS)
        if all(after - before <= 1 for before, after in itertools.pairwise(levels)):
            break
        page.wait_for_timeout(500)
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels)), levels
