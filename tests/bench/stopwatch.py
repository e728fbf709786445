"""A browser's page with a clock inside it: how long until everything stands, counted by the page itself.

The clock starts with the navigation, the last click or the last key and stops when the page stands, as the page itself
sees it by a MutationObserver: the script has run (`notRunning`) and the expected charts are drawn. Streamlit draws
every chart twice; the second time changes nothing a reader sees and is waited for, not counted.
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
STATE = "() => ({ ...window.__stopwatch, now: performance.now() })"
FIGURES = """() => JSON.stringify([...document.querySelectorAll('.js-plotly-plot')].map((plot) =>
  ({ data: plot.data, layout: plot.layout })),
  (key, value) => (ArrayBuffer.isView(value) ? Array.from(value) : value))"""


class Tab:
    """One tab of a warm browser."""

    def __init__(self, context: BrowserContext) -> None:
        self.page: Page = context.new_page()
        self.page.set_default_timeout(PATIENCE * 1000)

    def load(self, address: str, charts: int) -> float:
        """Open an address and return the seconds from the navigation to the rendered page."""
        self.page.add_init_script(f"window.__charts = {charts}")
        self.page.goto(address, wait_until="commit")
        return self._rendered()

    def turn(self, widget: Widget, charts: int) -> float:
        """Choose another option of a widget and return the seconds from the click to the rendered page."""
        self._expect(charts)
        box = self.page.locator(f".st-key-{widget.key}")
        box.scroll_into_view_if_needed()
        self.page.wait_for_timeout(QUIET_MS)  # an open list shuts when the page scrolls
        if widget.kind == "select":
            box.locator("input, [role=combobox]").first.click()
            self.page.locator("[role=option]:not([aria-selected=true])").first.click()
        elif widget.kind == "slider":
            box.get_by_role("slider").first.focus()
            self.page.keyboard.press("ArrowRight")
        else:
            box.locator("button[aria-checked=false]").first.click()
        return self._rendered()

    def switch(self, path: str, charts: int) -> float:
        """Follow the menu to another page and return the seconds from the click to the rendered page."""
        self._expect(charts)
        links = self.page.locator("header a[href]")
        for place in range(links.count()):
            href = str(links.nth(place).get_attribute("href")).split("?")[0]
            if href.rstrip("/").rsplit("/", 1)[-1] == path or (not path and place == 0):
                links.nth(place).click()
                return self._rendered()
        raise Unavailable(f"the menu has no link to {path!r}")

    def figures(self) -> str:
        """Return the figures on the page as JSON: data and layout of each."""
        return str(self.page.evaluate(FIGURES))

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
            self.page.wait_for_timeout(60)
        raise Unavailable(f"{self.page.url} was not rendered in {PATIENCE} seconds: {found}")
