"""Whatever a page says a link may ask for, it can show: links made at random from the page's own parameters."""

import random
from collections.abc import Sequence
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from analytics.exclusion import subject
from data import paths
from pages.frame import shell, visit
from pages.frame.url import parameters as links
from pages.frame.url.parameters import UrlParameter
from pages.views.exclusion.selection import PICTURES
from pages.views.gains.sliders import Span
from tests import demo_ground
from tests.ground import opened

ROOT = paths.ROOT
TRIES = (2, pytest.param(25, marks=pytest.mark.slow))
REGIONS = ("4204", *(pytest.param(region, marks=pytest.mark.slow) for region in ("42", "0")))


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> dict[str, UrlParameter]:
    """The parameters of the page that was opened last."""
    opened(monkeypatch)
    found: dict[str, UrlParameter] = {}
    chosen = links.chosen

    def listening(raw: Any, parameters: Sequence[UrlParameter]) -> dict[str, tuple[str, ...]]:
        found.clear()
        found.update({each.name: each for each in parameters})
        return chosen(raw, parameters)

    monkeypatch.setattr(links, "chosen", listening)
    return found


def opened_at(name: str, link: dict[str, str]) -> AppTest:
    """Open a page by a link; that it did not fail is seen to by `conftest`."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app.query_params.update(link)
    app.switch_page(f"pages/{name}.py").run()
    assert [each.value for each in app.exception] == [], link
    assert len(app.title) == 1, link
    return app


def some_link(chance: random.Random, known: dict[str, UrlParameter]) -> dict[str, str]:
    """Return a link with about half of what the page may be asked for."""
    asked = [each for each in known.values() if each.options and chance.random() < 0.5]
    return {each.name: _value(chance, each) for each in asked}


def _value(chance: random.Random, parameter: UrlParameter) -> str:
    if isinstance(parameter, Span):
        return str(round(chance.uniform(parameter.low, parameter.high), parameter.decimals))
    return chance.choice(parameter.options)


@pytest.mark.parametrize("tries", TRIES)
@pytest.mark.parametrize(("narrow", "demo"), [(False, False), (True, True)])
@pytest.mark.parametrize("name", shell.page_names())
def test_a_page_shows_whatever_it_says_it_can(
    name: str, narrow: bool, demo: bool, tries: int, known: dict[str, UrlParameter], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a desk in the real app, on a phone in the demo, where every choice has something to show."""
    if demo:
        demo_ground.opened(monkeypatch)
    monkeypatch.setattr(visit, "narrow", lambda: narrow)
    chance = random.Random(f"{name} {narrow}")
    opened_at(name, {})
    for _ in range(tries):
        opened_at(name, some_link(chance, dict(known)))


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize(
    "picture", [each if each == "trend" else pytest.param(each, marks=pytest.mark.slow) for each in PICTURES]
)
def test_every_indicator_has_every_picture_or_a_reason(
    picture: str, region: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(monkeypatch)
    for indicator in subject.loaded_indicators():
        opened_at("exclusion", {"indicator": indicator, "region": region, "picture": picture})
