"""What a reader takes away in a browser: a picture as a file, a page on paper, the dark, and a page without scripts."""

import io
from pathlib import Path

import pypdf
import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page

from pages.plots import theme
from tests.browser.conftest import Opener
from tests.browser.sight import Sight
from tests.dark import turned

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
    sight.page.get_by_role("button", name="Last ned", exact=True).click()
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
    for words in ("Kommunene, innbyggere 15–29", "Kristiansand · innbyggere", "for få eller ukjent", "Kartverket"):
        assert words in said.replace("\u00a0", " ")


def test_paper_holds_the_whole_page_and_no_menu(page_at: Opener, app_address: str) -> None:
    sight = page_at(f"{app_address}/exclusion?picture=trend")
    sight.page.locator("summary:has-text('Tabell')").click()
    sight.page.locator(".innenfor-table").wait_for()
    paper = pypdf.PdfReader(io.BytesIO(sight.page.pdf(prefer_css_page_size=True)))
    assert [round(float(side)) for side in paper.pages[0].mediabox[2:]] == [595, 842]
    said = [page.extract_text() for page in paper.pages]
    assert "Årskull" not in "".join(said)
    assert "Last ned" not in "".join(said)
    tables = [words for words in said if "ssb-13556" in words or "ssb-13563" in words]
    assert len(tables) > 1
    assert all("Nedre grense" in words for words in tables), "the heads stand on every page"
    for page in paper.pages:
        assert [each for each in placed(page) if not 0 < each < 595] == []


def placed(page: pypdf.PageObject) -> list[float]:
    """Return where on the page its words begin, in points from the left."""
    found: list[float] = []

    def note(words: str, user: list[float], matrix: list[float], *_: object) -> None:
        if words.strip():
            found.append(user[0] * matrix[4] + user[2] * matrix[5] + user[4])

    page.extract_text(visitor_text=note)
    return found


@pytest.fixture
def dark(chromium: BrowserContext) -> Page:
    context = chromium.browser.new_context(color_scheme="dark", viewport={"width": 1280, "height": 900})  # type: ignore[union-attr]
    yield context.new_page()
    context.close()


def pixel(page: Page, x: int, y: int) -> str:
    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    return "#{:02x}{:02x}{:02x}".format(*shot.getpixel((x, y)))


def test_the_page_is_dark_from_its_first_paint_and_its_pictures_with_it(dark: Page, app_address: str) -> None:
    ground = turned(theme.colour("background"))
    dark.goto(f"{app_address}/exclusion?picture=trend", wait_until="commit")
    dark.wait_for_function("document.styleSheets.length > 0 && document.body !== null")
    assert pixel(dark, 640, 450) == ground, "white before it is dark is a flash"
    sight = Sight(dark, app_address)
    sight.settle()
    chart = dark.locator("[data-testid=stPlotlyChart]").bounding_box()
    assert chart is not None
    assert pixel(dark, int(chart["x"]) + 2, int(chart["y"]) + 2) == ground
    assert pixel(dark, 4, 880) == ground
    assert sight.violations() == []


def test_without_scripts_a_sentence_says_so(chromium: BrowserContext, app_address: str) -> None:
    context = chromium.browser.new_context(java_script_enabled=False)  # type: ignore[union-attr]
    for lang, words in (("nb", "trenger JavaScript"), ("en", "needs JavaScript")):
        page = context.new_page()
        page.goto(f"{app_address}/exclusion?lang={lang}")
        assert words in page.locator("body").inner_text()
    context.close()
