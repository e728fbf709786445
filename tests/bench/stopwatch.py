"""A browser's page with a clock inside it: how long until everything stands, counted by the page itself.

The clock starts with the navigation, the last click or the last key and stops when the page stands, as the page itself
sees it by a MutationObserver: the script has run (`notRunning`) and the expected charts are drawn. Streamlit draws
every chart twice; the second time changes nothing a reader sees and is waited for, not counted. Afterwards the page is
read: where the action did nothing, there is no time but Unproven.
"""

import time
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page

from tests.bench import proofs
from tests.bench.pages import Widget
from tests.bench.proofs import Seen
from tests.bench.report import Unproven

SCRIPT = Path(__file__).with_name("stopwatch.js")
QUIET_MS = 500
PATIENCE = 60
STATE = "() => ({ ...window.__stopwatch, now: performance.now() })"
SEEN = """(key) => {
  const plain = (name, value) => (ArrayBuffer.isView(value) ? Array.from(value) : value);
  const plots = [...document.querySelectorAll('.js-plotly-plot')].filter((plot) => plot.querySelector('.main-svg'));
  const main = document.querySelector('[data-testid=stMain]') ?? document.body;
  const words = main.cloneNode(true);
  const notWords = '.js-plotly-plot, script, style' + (key ? `, .st-key-${key}` : '');
  words.querySelectorAll(notWords).forEach((part) => part.remove());
  const widget = key && document.querySelector(`.st-key-${key}`);
  const states = widget ? [...widget.querySelectorAll('input, [role=slider], [aria-checked=true]')] : [];
  const state = (part) => part.getAttribute('aria-valuetext') ?? part.getAttribute('aria-valuenow') ?? part.value;
  const problem = document.querySelector('.innenfor-notice[role=alert], [data-testid=stException]');
  return {
    path: location.pathname,
    title: main.querySelector('h1')?.textContent ?? document.title,
    words: words.textContent,
    figures: JSON.stringify(plots.map((plot) => ({ data: plot.data, layout: plot.layout })), plain),
    charts: plots.length,
    value: states.map((part) => `${state(part) ?? ''} ${part.textContent}`.trim()).filter(Boolean).join(' · '),
    problem: problem?.textContent ?? '',
  };
}"""


class Tab:
    """One tab of a warm browser."""

    def __init__(self, context: BrowserContext) -> None:
        self.page: Page = context.new_page()
        self.page.set_default_timeout(PATIENCE * 1000)

    def load(self, address: str, charts: int) -> float:
        """Open an address and return the seconds from the navigation to the rendered page."""
        self.page.add_init_script(f"window.__charts = {charts}")
        self.page.goto(address, wait_until="commit")
        seconds = self._rendered()
        _require(proofs.loaded(self.seen(), charts))
        return seconds

    def turn(self, widget: Widget, charts: int) -> float:
        """Choose another option of a widget and return the seconds from the click to the rendered page."""
        self._expect(charts)
        box = self.page.locator(f".st-key-{widget.key}")
        box.scroll_into_view_if_needed()
        self.page.wait_for_timeout(QUIET_MS)  # an open list shuts when the page scrolls
        before = self.seen(widget.key)
        if widget.kind == "select":
            box.locator("input, [role=combobox]").first.click()
            self.page.locator("[role=option]:not([aria-selected=true])").first.click()
        elif widget.kind == "slider":
            box.get_by_role("slider").first.focus()
            self.page.keyboard.press("ArrowRight")
        else:
            box.locator("button[aria-checked=false]").first.click()
        seconds = self._rendered()
        _require(proofs.turned(before, self.seen(widget.key), charts))
        return seconds

    def switch(self, path: str, charts: int) -> float:
        """Follow the menu to another page and return the seconds from the click to the rendered page."""
        self._expect(charts)
        before = self.seen()
        links = self.page.locator("header a[href]")
        for place in range(links.count()):
            href = str(links.nth(place).get_attribute("href")).split("?")[0]
            if href.rstrip("/").rsplit("/", 1)[-1] == path or (not path and place == 0):
                links.nth(place).click()
                seconds = self._rendered()
                _require(proofs.switched(before, self.seen(), path, charts))
                return seconds
        raise Unproven(f"the menu has no link to {path!r}")

    def seen(self, key: str = "") -> Seen:
        """Return what the page shows; key: of the widget that is turned."""
        return Seen(**self.page.evaluate(SEEN, key))

    def close(self) -> None:
        """Close the tab."""
        self.page.close()

    def _expect(self, charts: int) -> None:
        self.page.evaluate("(charts) => { window.__stopwatch.charts = charts }", charts)

    def _rendered(self) -> float:
        deadline = time.monotonic() + PATIENCE
        found: dict[str, Any] = {}
        while time.monotonic() < deadline:
            found = self.page.evaluate(STATE)
            if 0 < found["stood"] <= found["last"] < found["now"] - QUIET_MS:
                return float(found["stood"] - found["from"]) / 1000
            if _too_quick(found):
                return float(found["last"] - found["from"]) / 1000
            self.page.wait_for_timeout(60)
        raise Unproven(f"{self.page.url} was not rendered in {PATIENCE} seconds: {found}")


def _too_quick(found: dict[str, Any]) -> bool:
    """Return whether a click was answered before the page could say that it runs: its last change is what counts.

    Only where no chart is awaited; that the answer is another one is asked for afterwards, as of every click.
    """
    unseen = found["from"] > 0 and not found["states"] and not found["drawn"] and not found["charts"]
    return bool(unseen and 0 < found["last"] < found["now"] - 8 * QUIET_MS)


def _require(problem: str) -> None:
    if problem:
        raise Unproven(problem)
