"""Signing in at a provider, in a real browser: each role by its group, and one that is taken away while signed in."""

import re
from pathlib import Path

import pytest

from tests.browser.sign_in_ground import RULES, home_in, served

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    return home_in(tmp_path_factory.mktemp("signed"))


@pytest.fixture(scope="module")
def address(serve, home):
    with served(serve, home) as place:
        yield place


def signed_in(page_at, address: str, name: str):
    sight = page_at(f"{address}/method")
    assert sight.violations() == []
    sight.page.get_by_role("button", name="Logg inn").click()
    sight.page.get_by_role("button", name=name, exact=True).click()
    sight.page.wait_for_url(re.compile(re.escape(address)))
    sight.settle()
    return sight


def signed_out(sight, address: str) -> None:
    """Sign out, here and at the provider, and come back."""
    sight.page.get_by_role("button", name="Logg ut").click()
    sight.page.wait_for_url("**/end_session**")
    sight.page.goto(f"{address}/method")
    sight.settle()
    sight.page.get_by_role("button", name="Logg inn").wait_for()


@pytest.mark.parametrize(
    ("name", "role"),
    [("ola", "Logget inn som leser"), ("kari", "Logget inn som redaktør"), ("liv", "Logget inn som godkjenner"),
     ("per", "Logget inn uten rolle")],
)  # fmt: skip
def test_each_has_the_role_of_their_group_until_they_sign_out(page_at, address, name, role) -> None:
    sight = signed_in(page_at, address, name)
    assert sight.says(role)
    signed_out(sight, address)
    assert role not in sight.words()


def test_a_role_that_is_taken_away_is_gone_at_the_next_click(page_at, address, home) -> None:
    sight = signed_in(page_at, address, "kari")
    assert sight.says("Logget inn som redaktør")
    (home / "sign_in.toml").write_text(RULES.replace('"prosjekt"', '"andre"'), encoding="utf-8")
    try:
        sight.page.reload()
        sight.settle()
        assert sight.says("Logget inn uten rolle")
    finally:
        (home / "sign_in.toml").write_text(RULES, encoding="utf-8")
        signed_out(sight, address)
