"""What a reader takes away in a browser: a picture as a file, a page on paper, the dark, and a page without scripts."""

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Opener

TITLE = "Kristiansand er nummer 14 av 25 når den høyeste andelen står først (innbyggere 15–29 år, 2024)"


def taken(page: Page, selector: str) -> bytes:
    with page.expect_download() as waiting:
        page.locator(selector).click()
    return Path(waiting.value.path()).read_bytes()


def words_of(svg: bytes) -> str:
    """Return the words of a drawing as one line, whatever lines they stand on."""
    from xml.etree import ElementTree

    root = ElementTree.fromstring(svg)
    return " ".join(" ".join("".join(each.itertext()) for each in root if each.tag.endswith("text")).split())


def test_a_chart_is_taken_away_with_title_place_group_time_and_source(page_at: Opener, app_address: str) -> None:
    sight = page_at(f"{app_address}/exclusion?picture=ranking")
    sight.page.get_by_text("tabell, filer og deling").click()
    sight.page.locator(".innenfor-take").wait_for()
    sight.settle()  # the box is drawn anew until its run is over
    svg, png = (taken(sight.page, f".innenfor-take [data-kind={kind}]") for kind in ("svg", "png"))
    said = words_of(svg).replace("\u00a0", " ")
    for words in (TITLE, "Kristiansand · innbyggere 15–29 år · 2024", "Kilde: SSB, Unge utenfor arbeid", "Innenfor · "):
        assert words in said
    assert b"Hvor mange" not in svg, "the page around it stays behind"
    assert b"Evje og Hornnes" in svg, "what is drawn is taken"
    picture = Image.open(io.BytesIO(png))
    assert picture.width >= 1600
    assert picture.convert("RGB").getpixel((2, 2)) == (255, 255, 255)
    assert len(set(picture.convert("L").resize((200, 200)).tobytes())) > 20, "it is not blank"
    sight.assert_sound()


def test_a_picture_of_the_server_is_taken_away_with_its_legend(page_at: Opener, app_address: str) -> None:
    sight = page_at(app_address)
    fold = sight.page.locator(".innenfor-country .innenfor-take-fold")
    fold.locator("summary").click()
    said = words_of(taken(sight.page, ".innenfor-country [data-kind=svg]"))
    for words in (
        "kommune for kommune: innbyggere 15–29",
        "Kristiansand · innbyggere",
        "færre enn 30 personer eller ukjent",
        "Kartverket",
    ):
        assert words in said.replace("\u00a0", " ")


def test_without_scripts_a_sentence_says_so(chromium: BrowserContext, app_address: str) -> None:
    context = chromium.browser.new_context(java_script_enabled=False)  # type: ignore[union-attr]
    for lang, words in (("nb", "trenger JavaScript"), ("en", "needs JavaScript")):
        page = context.new_page()
        page.goto(f"{app_address}/exclusion?lang={lang}")
        expect(page.locator("body")).to_contain_text(words, use_inner_text=True)
    context.close()
