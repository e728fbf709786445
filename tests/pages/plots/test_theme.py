import re
import tomllib
from itertools import combinations

import pytest

from data import paths
from pages.plots import theme

ROOT = paths.ROOT
CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
WHITE = "#ffffff"


@pytest.mark.parametrize(
    ("first", "second", "ratio"), [("#000000", WHITE, 21.0), (WHITE, WHITE, 1.0), ("#777777", WHITE, 4.478)]
)
def test_contrast_is_that_of_the_guidelines(first: str, second: str, ratio: float) -> None:
    assert theme.contrast(first, second) == pytest.approx(ratio, abs=0.001)
    assert theme.contrast(second, first) == theme.contrast(first, second)


@pytest.mark.parametrize("name", ["text", "text_quiet", "link", "home", "warning", "danger"])
@pytest.mark.parametrize("ground", ["background", "surface"])
def test_text_stands_out_from_its_ground(name: str, ground: str) -> None:
    assert theme.contrast(theme.colour(name), theme.colour(ground)) >= 4.5


def test_notices_can_be_read() -> None:
    for kind in ("warning", "danger"):
        assert theme.contrast(theme.colour("text"), theme.colour(f"{kind}_surface")) >= 4.5
        assert theme.contrast(theme.colour(kind), theme.colour(f"{kind}_surface")) >= 3


@pytest.mark.parametrize("colour", theme.categorical_colours())
def test_marks_stand_out_from_white(colour: str) -> None:
    assert theme.contrast(colour, theme.colour("background")) >= 3


def test_the_border_of_a_field_can_be_seen() -> None:
    assert theme.contrast(theme.colour("border"), theme.colour("background")) >= 3


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
    look = CONFIG["theme"]
    assert look["chartCategoricalColors"] == theme.categorical_colours()
    same = {"primaryColor": "home", "backgroundColor": "background", "secondaryBackgroundColor": "surface"}
    same |= {"textColor": "text", "linkColor": "link", "borderColor": "border", "dataframeBorderColor": "hairline"}
    assert {key: look[key] for key in same} == {key: theme.colour(token) for key, token in same.items()}
    sheet = (ROOT / "pages" / "static" / "shell.css").read_text(encoding="utf-8")
    used = set(re.findall(r"#[0-9a-f]{6}", sheet))
    assert used <= set(theme.tokens()["colour"].values())


def test_nothing_is_fetched_from_another_host() -> None:
    for path in (ROOT / "pages" / "static").iterdir():
        text = path.read_text(encoding="utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
        assert not re.search(r"https?://", text), path.name


def test_the_server_keeps_its_errors_and_its_statistics_to_itself() -> None:
    assert CONFIG["client"] == {"showErrorDetails": "none", "toolbarMode": "minimal", "showErrorLinks": False}
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["server"]["enableXsrfProtection"] is True
    assert CONFIG["server"]["enableAgentApi"] is False
