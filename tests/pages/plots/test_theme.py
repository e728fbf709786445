import re
import tomllib
from collections.abc import Callable
from itertools import combinations

import pytest

from data import paths
from pages.plots import choropleth_fills, theme
from tests.dark import turned

ROOT = paths.ROOT
Way = Callable[[str], str]
CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
WHITE = "#ffffff"
SHEET = (ROOT / "pages" / "static" / "shell.css").read_text(encoding="utf-8")
THEMES = {"light": str, "dark": turned}
"""What a token is in each theme."""
themed = pytest.mark.parametrize("shown", THEMES.values(), ids=THEMES)


@pytest.mark.parametrize(
    ("first", "second", "ratio"), [("#000000", WHITE, 21.0), (WHITE, WHITE, 1.0), ("#777777", WHITE, 4.478)]
)
def test_contrast_is_that_of_the_guidelines(first: str, second: str, ratio: float) -> None:
    assert theme.contrast(first, second) == pytest.approx(ratio, abs=0.001)
    assert theme.contrast(second, first) == theme.contrast(first, second)


@themed
@pytest.mark.parametrize("name", ["text", "text_quiet", "link", "home", "warning", "danger", "good", "bad"])
@pytest.mark.parametrize("ground", ["background", "surface"])
def test_text_stands_out_from_its_ground(name: str, ground: str, shown: Way) -> None:
    assert theme.contrast(shown(theme.colour(name)), shown(theme.colour(ground))) >= 4.5


@themed
def test_notices_can_be_read(shown: Way) -> None:
    for kind in ("warning", "danger"):
        ground = shown(theme.colour(f"{kind}_surface"))
        assert theme.contrast(shown(theme.colour("text")), ground) >= 4.5
        assert theme.contrast(shown(theme.colour(kind)), ground) >= 3


@themed
@pytest.mark.parametrize("colour", [*theme.categorical_colours(), theme.colour("border"), theme.colour("watermark")])
def test_marks_and_borders_stand_out_from_the_ground(colour: str, shown: Way) -> None:
    assert theme.contrast(shown(colour), shown(theme.colour("background"))) >= 3


@themed
def test_words_on_the_fills_of_maps_can_be_read(shown: Way) -> None:
    fills = choropleth_fills.tokens()
    for fill in (*fills["verdict"].values(), *fills["classes"]["fills"], fills["open"]):
        assert theme.contrast(shown(fill), shown(choropleth_fills.ink_on(fill))) >= 4.5, fill


def test_home_is_the_strongest_mark() -> None:
    home, *quiet = theme.categorical_colours()
    assert all(theme.contrast(home, WHITE) > theme.contrast(each, WHITE) for each in quiet)
    assert all(theme.home_line().width > theme.quiet_line(i).width for i in range(6))


def test_comparators_are_told_apart_without_colour() -> None:
    lines = [theme.quiet_line(i) for i in range(len(theme.tokens()["quiet"]))]
    for one, other in combinations(lines, 2):
        assert one.dash != other.dash
        assert one.symbol != other.symbol


def test_streamlit_and_the_style_sheet_repeat_the_tokens() -> None:
    same = {"primaryColor": "home", "backgroundColor": "background", "secondaryBackgroundColor": "surface"}
    same |= {"textColor": "text", "linkColor": "link", "borderColor": "border", "dataframeBorderColor": "hairline"}
    for name, way in (("light", str), ("dark", turned)):
        look = CONFIG["theme"][name]
        assert look["chartCategoricalColors"] == [way(each) for each in theme.categorical_colours()]
        assert {key: look[key] for key in same} == {key: way(theme.colour(token)) for key, token in same.items()}
    light, dark = (
        dict(re.findall(r"--innenfor-([a-z-]+): (#[0-9a-f]{6});", part)) for part in SHEET.split("@media")[:2]
    )
    tokens = {name: theme.colour("text_quiet" if name == "quiet" else name.replace("-", "_")) for name in light}
    assert light == tokens
    assert dark == {name: turned(each) for name, each in tokens.items()}


def test_no_style_sheet_has_a_colour_of_its_own() -> None:
    """What has, is white in the dark."""
    for path in (ROOT / "pages" / "static").glob("*.css"):
        rules = re.sub(r"--innenfor-[a-z-]+: #[0-9a-f]{6};", "", path.read_text(encoding="utf-8"))
        assert not re.findall(r"#[0-9a-f]{3,8}\b(?=[^{}]*[;}])|\bwhite\b(?!-)", rules), path.name


@pytest.mark.parametrize(
    ("colour", "expected"), [("#ffffff", "#191919"), ("#00507a", "#7cbcde"), ("#01665e", "#66b7b1")]
)
def test_a_colour_turns_as_the_filter_of_the_browser_turns_it(colour: str, expected: str) -> None:
    """The expected ones were read off pixels of Chromium."""
    assert turned(colour) == expected
    assert "filter: invert(0.9) hue-rotate(180deg)" in SHEET


def test_nothing_is_fetched_from_another_host() -> None:
    for path in (ROOT / "pages" / "static").iterdir():
        text = path.read_text(encoding="utf-8").replace('"http://www.w3.org/2000/svg"', "")
        assert not re.search(r"https?://", text), path.name


def test_the_server_keeps_its_errors_and_its_statistics_to_itself() -> None:
    assert CONFIG["client"] == {"showErrorDetails": "none", "toolbarMode": "minimal", "showErrorLinks": False}
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["server"]["enableXsrfProtection"] is True
    assert CONFIG["server"]["enableAgentApi"] is False
