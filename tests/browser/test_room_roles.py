"""Reader, editor and approver in one room, each in their own browser: from empty to a released note and the end."""

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect
from playwright.sync_api import TimeoutError as NotThere

from data import paths
from data.records.spreadsheet.headings import name_of, sheet_name
from pages.frame.sign_in import FILE
from tests.browser.sight import SETTLED
from tests.browser.sign_in_ground import RULES, home_in, served

pytestmark = pytest.mark.slow
POINTS = ("1 Problemet", "2 Det som ble gjort", "3 Løsningen", "4 I bruk", "5 Neste steg")
PROGRAMME = ("Navn", "Hva programmet er", "Hvorfor", "Hypotese")
READ = ("decisions", "problem", "lessons", "landscape", "money", "hand_over", "voices", "organisation", "knots", "note")
"""Parts of the page; in a closed programme none of them has a form."""
WRITES = re.compile("^(Ny|Nytt|Endre|Skriv|Legg|Gjør offentlig|Ta bort|Frigi|Før|Avslutt)\\b")
Enter = Callable[[str], Page]


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    return home_in(tmp_path_factory.mktemp("roles"))


@pytest.fixture(scope="module")
def address(serve, home: Path) -> Iterator[str]:
    with served(serve, home, INNENFOR_VAR=str(paths.var())) as place:
        yield place


@pytest.fixture
def enter(chromium: BrowserContext, address: str) -> Iterator[Enter]:
    """Opens the room in a browser of its own for somebody who signs in; for everybody where nobody is named."""
    contexts = []
    assert chromium.browser is not None
    browser = chromium.browser

    def entered(name: str) -> Page:
        contexts.append(browser.new_context())
        page = contexts[-1].new_page()
        page.set_default_timeout(20_000)
        if name:
            page.goto(f"{address}/method")
            page.get_by_role("button", name="Logg inn").click()
            page.get_by_role("button", name=name, exact=True).click()
            page.get_by_role("button", name="Logg ut").wait_for()
        shown(page, address, "decisions")
        return page

    yield entered
    for context in contexts:
        context.close()


def shown(page: Page, address: str, part: str) -> None:
    page.goto(f"{address}/programme?part={part}")
    page.get_by_role("heading", name="Slik arbeider programmet").wait_for()
    page.wait_for_selector(SETTLED)


def typed(form: Locator, **words: str) -> None:
    """Fill in fields by label, each left so that it is kept."""
    for label, text in words.items():
        field = form.get_by_label(label.replace("_", " "))
        field.fill(text)
        field.press("Tab")
        form.page.wait_for_selector(SETTLED)


def choose(page: Page, row: str) -> None:
    """Choose a row; a page that runs once more meanwhile shuts the list, and it is opened again."""
    page.get_by_role("dialog").wait_for(state="detached")
    for left in reversed(range(5)):
        page.wait_for_selector(SETTLED)
        page.locator(".st-key-write-decision").get_by_role("combobox").click()
        try:
            page.get_by_role("option", name=row).click(timeout=20_000 if left == 0 else 2_000)
        except NotThere:
            page.keyboard.press("Escape")
        else:
            break
    page.wait_for_selector(SETTLED)


def opened(page: Page, row: str = "") -> Locator:
    """Open the form of a decision: a new one, or one that stands there."""
    if row:
        choose(page, row)
    page.get_by_role("button", name="Endre" if row else "Ny beslutning", exact=True).click()
    form = page.get_by_role("dialog")
    form.get_by_label("Tittel").wait_for()
    page.wait_for_selector(SETTLED)
    return form


def saved(form: Locator) -> None:
    form.get_by_role("button", name="Lagre").click()


def test_what_was_typed_stays_when_a_role_is_taken_away_and_is_saved_when_it_is_given_back(
    enter: Enter, home: Path
) -> None:
    editor = enter("kari")
    form = opened(editor)
    typed(form, Tittel="Jobbes prøves igjen", Hvem="Styringsgruppen")
    form.get_by_role("spinbutton").first.focus()
    editor.keyboard.type("30112026")
    editor.keyboard.press("Tab")
    editor.wait_for_selector(SETTLED)
    (home / FILE).write_text(RULES.replace('"prosjekt"', '"andre"'), encoding="utf-8")
    try:
        saved(form)
        form.get_by_text("Det krever rollen redaktør").wait_for()
        assert form.get_by_label("Tittel").input_value() == "Jobbes prøves igjen"
    finally:
        (home / FILE).write_text(RULES, encoding="utf-8")
    saved(form)
    editor.get_by_role("table").get_by_text("Jobbes prøves igjen").wait_for()


def test_the_spreadsheet_goes_out_and_comes_in_with_what_is_wrong_told(
    enter: Enter, address: str, tmp_path: Path
) -> None:
    editor = enter("kari")
    shown(editor, address, "book")
    with editor.expect_download() as fetched:
        editor.get_by_role("button", name="Last ned regnearket").click()
    book = openpyxl.load_workbook(io.BytesIO(fetched.value.path().read_bytes()))
    sheet = book[sheet_name("measure", "nb")]
    names = [name_of("measure", str(cell.value)) for cell in sheet[1]]
    for number, (value, told) in enumerate([("Ring Kari på 412 34 567", "kan peke på en person"), ("Jobbskolen", "")]):
        for name, said in (("name", value), ("owner", "NAV Agder")):
            sheet.cell(2, names.index(name) + 1, said)
        book.save(tmp_path / f"ark{number}.xlsx")
        editor.locator("input[type=file]").set_input_files(tmp_path / f"ark{number}.xlsx")
        if told:
            editor.get_by_text(told).wait_for()
            expect(editor.get_by_role("alert")).to_contain_text("C2")
            editor.wait_for_selector(SETTLED)
    editor.get_by_text("Det blir 1 nye").wait_for()
    editor.get_by_role("button", name="Legg inn").press("Enter")
    editor.get_by_text("Radene er lagt inn").wait_for()
    shown(editor, address, "landscape")
    editor.get_by_role("table").get_by_text("Jobbskolen").wait_for()


def test_from_empty_to_a_released_note_and_the_end(enter: Enter, address: str) -> None:
    editor = enter("kari")
    _writes(editor)
    approver, reader, everybody = (enter(name) for name in ("liv", "ola", ""))
    reader.get_by_role("table").get_by_text("Jobbes går videre").wait_for()
    everybody.get_by_text("Ingen beslutninger er offentlige ennå").wait_for()
    forms = [page.get_by_role("button", name="Ny beslutning").count() for page in (approver, reader, everybody)]
    assert forms == [1, 0, 0]
    _both_write(editor, approver)
    _releases_and_hides(approver, everybody, address)
    _releases_a_note(approver, everybody, address)
    _closes(approver, editor, address)


def _writes(editor: Page) -> None:
    form = opened(editor)
    typed(form, Tittel="Jobbes går videre", Hvem="Styringsgruppen")
    form.get_by_role("spinbutton").first.focus()
    editor.keyboard.type("30112026")
    saved(form)
    editor.get_by_role("table").get_by_text("Jobbes går videre").wait_for()


def _both_write(editor: Page, approver: Page) -> None:
    """Two change one row: what stands there now is shown beside what was typed, nothing is written over unseen."""
    first, second = opened(editor, "Jobbes går videre"), opened(approver, "Jobbes går videre")
    assert editor.get_by_role("button", name="Gjør offentlig").count() == 0
    typed(first, Tittel="Jobbes prøves til våren")
    saved(first)
    editor.get_by_role("table").get_by_text("Jobbes prøves til våren").wait_for()
    typed(second, Tittel="Jobbes avsluttes")
    saved(second)
    second.get_by_text("Noen andre har lagret i mellomtiden").wait_for()
    expect(second).to_contain_text("Jobbes prøves til våren")
    saved(second)
    approver.get_by_role("table").get_by_text("Jobbes avsluttes").wait_for()


def _releases_and_hides(approver: Page, everybody: Page, address: str) -> None:
    choose(approver, "Jobbes avsluttes")
    labels = ("Gjør offentlig", "Ta bort fra offentlig visning")
    for pressed, after, seen in ((*labels, 1), (*reversed(labels), 0)):
        approver.get_by_role("button", name=pressed).click()
        approver.get_by_role("button", name=after).wait_for()
        shown(everybody, address, "decisions")
        told = everybody.get_by_role("table").get_by_text("Jobbes avsluttes")
        (told if seen else everybody.get_by_text("Ingen beslutninger er offentlige ennå")).wait_for()
        expect(told).to_have_count(seen)


def _releases_a_note(approver: Page, everybody: Page, address: str) -> None:
    approver.get_by_role("button", name="Skriv de fem punktene").click()
    points = approver.get_by_role("dialog")
    for point in POINTS:
        typed(points, **{point: f"{point[2:]} er skrevet"})
    saved(points)
    approver.get_by_text("Problemet er skrevet").wait_for()
    shown(approver, address, "note")
    approver.get_by_role("button", name="Lag notatet").click()
    approver.get_by_role("button", name="Frigi notatet slik det er").click()
    approver.get_by_role("button", name="Månedsstatus").last.wait_for()
    shown(everybody, address, "note")
    with everybody.expect_download() as fetched:
        everybody.get_by_role("button", name="Månedsstatus").last.click()
    assert fetched.value.path().read_bytes().startswith(b"%PDF")


def _closes(approver: Page, editor: Page, address: str) -> None:
    shown(editor, address, "decisions")
    begun = opened(editor)
    typed(begun, Tittel="Fra det gamle", Hvem="Styringsgruppen")
    begun.get_by_role("spinbutton").first.focus()
    editor.keyboard.type("30112026")
    approver.get_by_label("Hvorfor programmet avsluttes").fill("Fem år er gått")
    approver.get_by_role("button", name="Avslutt programmet").click()
    approver.get_by_text("Programmet er avsluttet").first.wait_for()
    saved(begun)
    begun.get_by_text("kan leses, men ikke endres").wait_for()
    for part in READ:
        shown(approver, address, part)
        assert approver.get_by_role("button", name=WRITES).count() == 0, part
    _opens_another(approver, address)
    saved(begun)
    begun.get_by_text("åpnet i et program som siden er avsluttet").wait_for()
    shown(editor, address, "decisions")
    assert opened(editor).get_by_label("Tittel").input_value() == ""


def _opens_another(approver: Page, address: str) -> None:
    shown(approver, address, "past")
    approver.get_by_role("button", name="Åpne et nytt program").click()
    form = approver.get_by_role("dialog")
    approver.wait_for_selector(SETTLED)
    typed(form, **dict.fromkeys(PROGRAMME, "Unge i Agder"), Første_år="2027", Hvor_mange_år="5")
    saved(form)
    approver.get_by_text("Dette programmet er internt").wait_for()
