"""A researcher writes an experiment and locks its design in the browser; what is locked stands where it is read."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from data import paths
from tests.browser.sight import SETTLED, Sight
from tests.browser.sign_in_ground import home_in, served, signed_in
from tests.browser.test_room_roles import shown

pytestmark = pytest.mark.slow
WORDS = {
    "Målgruppe": "18–29 år", "Hva som trekkes ut": "person", "Hovedutfall i ord": "i jobb",
    "Hovedutfallet slik kolonnen": "in_work", "Utfallet i en setning": "i jobb", "Minste nyttige virkning": "5",
    "Planlagt antall": "480", "Måneder fra start": "3",
}  # fmt: skip
START = f"{dt.datetime.now(dt.UTC) + dt.timedelta(days=366):%d%m%Y}"


@pytest.fixture
def address(serve: Callable[..., str], tmp_path: Path) -> Iterator[str]:
    with served(serve, home_in(tmp_path), INNENFOR_VAR=str(paths.var())) as place:
        yield place


@pytest.fixture
def page(chromium: BrowserContext, address: str) -> Iterator[Page]:
    with signed_in(chromium, address, "kari") as found:
        shown(found, address, "decisions")
        yield found


def typed(form: Locator, label: str, words: str) -> None:
    field = form.get_by_label(re.compile(f"^{label}")).first
    field.fill(words)
    field.press("Tab")
    form.page.wait_for_selector(SETTLED)


def pressed(page: Page, name: str) -> Locator:
    page.get_by_role("button", name=name, exact=True).click()
    form = page.get_by_role("dialog")
    form.wait_for()
    page.wait_for_selector(SETTLED)
    return form


def test_a_design_is_locked_from_its_form_and_is_read_from_then_on(page: Page, address: str) -> None:
    _writes_the_experiment(page)
    form = pressed(page, "Lås utformingen")
    expect(form).to_contain_text("Den kan ikke endres eller tas bort etterpå")
    Sight(page, address).assert_sound()
    assert form.get_by_label(re.compile("^Spørsmålet forsøket")).input_value() == "Kommer flere i jobb?"
    for label, words in WORDS.items():
        typed(form, label, words)
    form.get_by_role("button", name="Lås og registrer").click()
    form.get_by_text("Fyll ut dette feltet.").wait_for()  # a start is needed
    form.get_by_role("spinbutton", name=re.compile("day|dag", re.IGNORECASE)).first.focus()
    page.keyboard.type(START)
    page.keyboard.press("Tab")
    page.wait_for_selector(SETTLED)
    form.get_by_role("button", name="Lås og registrer").press("Enter")
    form.wait_for(state="detached")
    page.get_by_text("Planlagt: registrert").first.wait_for()
    page.wait_for_selector(SETTLED)
    names = ("Lås utformingen", "Registrer en endring", "Ta bort")
    assert [page.get_by_role("button", name=name, exact=True).count() for name in names] == [0, 1, 0]
    page.goto(f"{address}/experiments?view=one&experiment=experiment-1")
    page.get_by_text("Planlagt: registrert").first.wait_for()
    page.get_by_text("Kommer flere i jobb?").first.wait_for()
    Sight(page, address).assert_sound()


def _writes_the_experiment(page: Page) -> None:
    form = pressed(page, "Nytt forsøk")
    for label, words in (("Tittel", "Kort kurs"), ("Spørsmål", "Kommer flere i jobb?"), ("Hovedutfall", "i jobb")):
        typed(form, label, words)
    typed(form, "Målgruppe", "18–29 år")
    form.get_by_role("combobox", name=re.compile("Innsatsområde")).click()
    page.get_by_role("option").first.click()
    page.wait_for_selector(SETTLED)
    form.get_by_role("button", name="Lagre").click()
    form.wait_for(state="detached")
    page.wait_for_selector(SETTLED)
