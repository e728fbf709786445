"""A browser's page with a clock inside it: how long until everything stands, counted by the page itself.

The clock starts with the navigation or the last click and stops with the last change of the page (MutationObserver)
before it is rendered: the script has run (`notRunning`), the expected charts are drawn, and nothing moves for a while.
"""

import time
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page

from tests.bench.pages import Widget
from tests.bench.report import Unavailable

SCRIPT = Path(__file__).with_name("stopwatch.js")
QUIET_MS = 500
PATIENCE = 60
STATE = """() => ({
  ...window.__stopwatch, now: performance.now(),
  state: document.querySelector('[data-testid=stApp]')?.dataset.testScriptState ?? '',
  title: document.querySelector('[data-testid=stMain] h1')?.textContent ?? '',
  charts: [...document.querySelectorAll('[data-testid=stPlotlyChart], .shown')]
    .filter((chart) => chart.querySelector('.main-svg')).length,
})"""
FIGURES = """() => JSON.stringify([...document.querySelectorAll('.js-plotly-plot')].map((plot) =>
  ({ data: plot.data, layout: plot.layout })),
  (key, value) => (ArrayBuffer.isView(value) ? Array.from(value) : value))"""


class Tab:
    """One tab of a warm browser."""

    def __init__(self, context: BrowserContext) -> None:
        self.page: Page = context.new_page()
        self.page.set_default_timeout(PATIENCE * 1000)
        self.title = ""

    def load(self, address: str, charts: int, *, static: bool = False) -> float:
        """Open an address and return the seconds from the navigation to the rendered page."""
        self.title = ""
        self.page.goto(address, wait_until="commit")
        return self._rendered(charts, clicked=False, static=static)

    def turn(self, widget: Widget, charts: int) -> float:
        """Choose another option of a widget and return the seconds from the click to the rendered page."""
        box = self.page.locator(f".st-key-{widget.key}")
        if widget.kind == "select":
            box.locator("input, [role=combobox]").first.click()
            self.page.locator("[role=option]:not([aria-selected=true])").first.click()
        else:
            box.locator("button:not([data-testid$=Active])").first.click()
        return self._rendered(charts, clicked=True)

    def switch(self, path: str, charts: int) -> float:
        """Follow the menu to another page and return the seconds from the click to the rendered page."""
        links = self.page.locator("header a[href]")
        for place in range(links.count()):
            href = str(links.nth(place).get_attribute("href")).split("?")[0]
            if href.rstrip("/").rsplit("/", 1)[-1] == path or (not path and place == 0):
                links.nth(place).click()
                return self._rendered(charts, clicked=True)
        raise Unavailable(f"the menu has no link to {path!r}")

    def figures(self) -> str:
        """Return the figures on the page as JSON: data and layout of each."""
        return str(self.page.evaluate(FIGURES))

    def close(self) -> None:
        """Close the tab."""
        self.page.close()

    def _rendered(self, charts: int, *, clicked: bool, static: bool = False) -> float:
        deadline = time.monotonic() + PATIENCE
        found: dict[str, Any] = {}
        while time.monotonic() < deadline:
            found = self.page.evaluate(STATE)
            stands = found["charts"] >= charts and (static or (found["state"] == "notRunning" and found["title"] != ""))
            answered = not clicked or found["states"] > 0 or found["drawn"] > 0 or found["title"] != self.title
            if stands and answered and 0 < found["last"] < found["now"] - QUIET_MS:
                self.title = found["title"]
                return float(found["last"] - found["from"]) / 1000
            self.page.wait_for_timeout(60)
        raise Unavailable(f"{self.page.url} was not rendered in {PATIENCE} seconds: {found}")
