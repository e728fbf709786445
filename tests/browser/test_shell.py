import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.browser.sight import Sight
from tests.pages.trial import trial_project

LONG = "public, immutable, max-age=31536000"


@pytest.fixture(scope="session")
def trial(serve: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory) -> str:
    return serve(trial_project(tmp_path_factory.mktemp("trial")))


def answer(address: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers)) as reply:
            return reply.status, {k.lower(): v for k, v in reply.headers.items()}, reply.read()
    except urllib.error.HTTPError as refused:
        return refused.code, {k.lower(): v for k, v in refused.headers.items()}, refused.read()


def test_a_deep_link_to_a_fresh_server_shows_the_page_it_names_in_the_frame(
    chromium, serve, page_at: Opener, tmp_path_factory: pytest.TempPathFactory
) -> None:
    fresh = serve(trial_project(tmp_path_factory.mktemp("fresh")))
    sight = page_at(f"{fresh}/picture?region=4203+Arendal&year=2023&lang=en")
    assert sight.says("Shown: 4203 Arendal 2023")
    expect(sight.page.locator("h1")).to_have_text(["A picture"])
    expect(sight.page.locator("header").get_by_text("Front", exact=True)).to_have_count(1)
    assert sight.page.url.endswith("/picture?region=4203+Arendal&year=2023&lang=en")
    assert sight.errors == []


@pytest.mark.parametrize(("width", "lang"), [(1280, "nb"), (320, "en")])
@pytest.mark.parametrize("name", ["", "picture", "broken", "picture?region=9999"])
def test_every_kind_of_page_is_sound(page_at: Opener, trial: str, name: str, lang: str, width: int) -> None:
    sight = page_at(f"{trial}/{name}{'&' if '?' in name else '?'}lang={lang}", width)
    sight.assert_sound()
    assert sight.page.evaluate("document.documentElement.lang") == lang
    expect(sight.page.locator("h1")).to_have_count(1)


def test_an_open_table_is_sound_and_reachable(page_at: Opener, trial: str) -> None:
    sight = page_at(f"{trial}/picture", 390)
    sight.click("[data-testid=stExpander] summary")
    caption = sight.page.locator(".innenfor-table table caption").first
    expect(caption).to_have_text("Eksempeldata, ikke resultater. Et funn")
    sight.assert_sound()


def test_the_language_toggle_keeps_the_view_and_changes_the_language_of_the_document(
    page_at: Opener, trial: str
) -> None:
    sight = page_at(f"{trial}/picture?region=0301+Oslo")
    assert sight.page.evaluate("document.documentElement.lang") == "nb"
    sight.click("button:has-text('English')")
    expect(sight.page.locator("h1")).to_have_text("A picture")
    assert sight.page.evaluate("document.documentElement.lang") == "en"
    assert sight.says("Shown: 0301 Oslo")
    assert sight.page.url.endswith("/picture?region=0301+Oslo&lang=en")


def test_the_language_follows_to_the_next_page_and_the_region_does_not_disturb_it(page_at: Opener, trial: str) -> None:
    sight = page_at(f"{trial}/picture?region=0301+Oslo&lang=en")
    sight.click("header a:has-text('Front')")
    expect(sight.page.locator("h1")).to_have_text("The front")
    assert sight.page.url.endswith("/?lang=en")


def test_a_code_alone_opens_the_region_and_the_link_is_written_out(page_at: Opener, trial: str) -> None:
    sight = page_at(f"{trial}/picture?region=0301")
    assert sight.says("Shown: 0301 Oslo 2024")
    assert sight.page.url.endswith("/picture?region=0301+Oslo")


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("region=9999", "9999"),
        ("year=1900", "1900"),
        ("lang=xx", "xx"),
        ("regoin=0301", "regoin"),
        ("region=", "region"),
    ],
)
def test_a_bad_link_is_refused_by_name_and_leads_to_the_default_view(
    page_at: Opener, trial: str, query: str, named: str
) -> None:
    sight = page_at(f"{trial}/picture?{query}")
    expect(sight.page.locator("h1")).to_have_text("Lenken kan ikke vises")
    assert sight.says(f"«{named}»")
    assert "Shown:" not in sight.words()
    sight.click("a:has-text('Åpne siden med standardvalg')")
    assert sight.says("Shown: 4204 Kristiansand 2024")


def test_an_unforeseen_error_shows_an_apology_and_no_detail(page_at: Opener, trial: str) -> None:
    sight = page_at(f"{trial}/broken")
    assert sight.says("Beklager, noe gikk galt")
    assert "secret" not in sight.words()
    assert "Traceback" not in sight.words()


def test_the_keys_r_and_c_do_nothing_without_a_modifier(page_at: Opener, trial: str) -> None:
    sight = page_at(f"{trial}/")
    sight.page.evaluate(
        "() => { window.ran = 0; const app = document.querySelector('[data-testid=stApp]');"
        "new MutationObserver(() => { window.ran++ }).observe(app, "
        "{attributes: true, attributeFilter: ['data-test-script-state']}) }"
    )
    sight.page.locator("[data-testid=stMain]").focus()
    for key in ("r", "c", "R"):
        sight.page.keyboard.press(key)
    sight.page.wait_for_timeout(800)
    assert sight.page.evaluate("window.ran") == 0
    assert sight.page.locator("[role=dialog]").count() == 0


def test_no_label_of_a_picture_is_cut_at_the_edge(page_at: Opener, trial: str) -> None:
    for width in (1280, 390, 320):
        page = page_at(f"{trial}/picture", width).page
        cut = page.evaluate(
            """() => [...document.querySelectorAll('[data-testid=stPlotlyChart]')].flatMap(chart => {
                const edge = chart.getBoundingClientRect();
                return [...chart.querySelectorAll('text')].filter(t => {
                    const box = t.getBoundingClientRect();
                    return box.width && (box.left < edge.left - 1 || box.right > edge.right + 1);
                }).map(t => t.textContent) })"""
        )
        assert cut == [], width


def test_bundles_come_compressed_and_are_kept_a_year(trial: str) -> None:
    page = answer(f"{trial}/")[2].decode()
    script = page.split('crossorigin src="./')[1].split('"')[0]
    plain, packed = (answer(f"{trial}/{script}", **{"Accept-Encoding": way}) for way in ("identity", "gzip"))
    assert packed[1]["content-encoding"] == "gzip"
    assert len(packed[2]) < len(plain[2]) / 2
    assert packed[1]["cache-control"] == plain[1]["cache-control"] == LONG


@pytest.mark.parametrize("path", ["", "_stcore/health", "innenfor/shell.css", "nothing-here", "_stcore/metrics"])
def test_every_answer_carries_the_security_headers(trial: str, path: str) -> None:
    headers = answer(f"{trial}/{path}")[1]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "unsafe-eval" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize(
    "path",
    ["_stcore/metrics", "_stcore/metrics/", "_stcore/agent/openapi.json", "_stcore/agent/mcp", "x/_stcore/metrics"],
)
def test_internal_addresses_do_not_answer(trial: str, path: str) -> None:
    status, _, body = answer(f"{trial}/{path}")
    assert status == 404
    assert b"TYPE" not in body


@pytest.mark.parametrize("path", ["static/js/none.js", "innenfor/none.css", "picture/deeper", "x/y/z"])
def test_what_is_not_there_is_not_answered_with_the_app(trial: str, path: str) -> None:
    status, _, body = answer(f"{trial}/{path}")
    assert status == 404
    assert b"stylesheet" in body
    assert b'id="root"' not in body


def test_a_slash_at_the_end_leads_to_the_page_itself(trial: str) -> None:
    status, _, body = answer(f"{trial}/picture/?lang=en")
    assert status == 200
    assert b'<html lang="en">' in body


@pytest.mark.parametrize("query", ["", "?lang=en"])
def test_the_first_page_has_one_address(trial: str, query: str) -> None:
    with urllib.request.urlopen(f"{trial}/first{query}") as reply:
        assert reply.url == f"{trial}/{query}"
        assert reply.status == 200


def test_health_answers_and_the_host_configuration_is_the_least(trial: str) -> None:
    assert answer(f"{trial}/_stcore/health")[0] == 200
    assert b"streamlit.app" not in answer(f"{trial}/_stcore/host-config")[2]


@pytest.mark.parametrize(
    ("query", "lang"),
    [("", "nb"), ("?lang=en", "en"), ("?lang=nb", "nb"), ("?lang=xx", "nb"), ("?lang=%22%3E%3C", "nb")],
)
def test_the_document_says_its_language_before_any_script_runs(trial: str, query: str, lang: str) -> None:
    page = answer(f"{trial}/picture{query}")[2].decode()
    assert f'<html lang="{lang}">' in page
    assert "<script>" not in page


def test_an_unknown_page_is_named_and_not_replaced(trial: str) -> None:
    status, headers, body = answer(f"{trial}/no%3Cb%3Esuch?lang=en")
    assert status == 404
    assert "There is no page “no&lt;b&gt;such”" in body.decode()
    assert "text/html" in headers["content-type"]


@pytest.mark.parametrize("path", ["static/../../pyproject.toml", "innenfor/..%2fshell.py", "innenfor/../theme.toml"])
def test_files_outside_the_static_folders_are_not_served(trial: str, path: str) -> None:
    status, _, body = answer(f"{trial}/{path}")
    assert status in {400, 404}
    assert b"[colour]" not in body
    assert b"import" not in body


def menu_width(sight: Sight) -> float:
    """Return how many pixels of the screen the menu covers."""
    box = sight.page.locator("[data-testid=stSidebar]").bounding_box()
    return 0.0 if box is None else max(0.0, box["x"] + box["width"])


def menu_gets(sight: Sight, *, wide: bool) -> bool:
    """Return whether the menu covers the screen, or no longer does, within some seconds: it slides."""
    for _ in range(50):
        if (menu_width(sight) > 200) == wide and (wide or menu_width(sight) <= 1):
            return True
        sight.page.wait_for_timeout(100)
    return False


@pytest.mark.parametrize("way", ["click", "keyboard"])
def test_on_a_phone_the_menu_closes_when_a_page_is_chosen(page_at: Opener, trial: str, way: str) -> None:
    sight = page_at(f"{trial}/", 390)
    sight.click("[data-testid=stExpandSidebarButton]")
    assert menu_gets(sight, wide=True)
    link = sight.page.locator("[data-testid=stSidebarNavLink]", has_text="Bilde")
    if way == "click":
        link.click()
    else:
        link.focus()
        sight.page.keyboard.press("Enter")
    sight.page.wait_for_selector("h1:has-text('Et bilde')")
    sight.settle()
    assert menu_gets(sight, wide=False)
    assert sight.errors == []
