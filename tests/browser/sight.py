"""What a browser must see on every page: no error, no other host, nothing outside the screen, no axe violation."""

from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request

SETTLED = "[data-testid=stApp][data-test-script-state=notRunning]"
DRAWN = "() => document.querySelector('[data-testid=stMain]')?.innerText.trim()"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], "resultTypes": ["violations"]}


@dataclass
class Sight:
    """A page in a browser with what it said and whom it asked."""

    page: Page
    home: str
    errors: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)

    def hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def follow(self, request: Request) -> None:
        if not request.url.startswith((self.home, self.home.replace("http", "ws", 1), "data:", "blob:")):
            self.strangers.append(request.url)

    def settle(self) -> None:
        """Wait until Streamlit has run the script, also a second time, and drawn the pictures it holds."""
        self.page.wait_for_selector(SETTLED, timeout=60_000)
        self.page.wait_for_function(DRAWN, timeout=60_000)  # a page that has not begun is not running either
        self.page.wait_for_timeout(400)
        self.page.wait_for_selector(SETTLED, timeout=60_000)
        charts = self.page.locator("[data-testid=stPlotlyChart]")
        for i in range(charts.count()):
            charts.nth(i).locator(".main-svg").first.wait_for(timeout=60_000)

    def click(self, selector: str) -> None:
        self.page.click(selector)
        self.page.wait_for_timeout(200)
        self.settle()

    def words(self) -> str:
        return self.page.locator("[data-testid=stMain]").inner_text()

    def says(self, expected: str, seconds: int = 30) -> bool:
        """Return whether the page says this, now or soon: a settled page may begin one more run."""
        for _ in range(seconds):
            if expected in self.words():
                return True
            self.page.wait_for_timeout(1000)
        return False

    def overflow(self) -> int:
        """Return by how many pixels the page is wider than the screen."""
        return int(
            self.page.evaluate(
                "() => { const m = document.querySelector('[data-testid=stMain]');"
                " return Math.max(document.documentElement.scrollWidth - innerWidth, m.scrollWidth - m.clientWidth) }"
            )
        )

    def violations(self, within: str | None = None) -> list[str]:
        """Return axe's violations of WCAG 2.1 A and AA, each with the elements it names; within: a part by selector."""
        found = Axe().run(self.page, context=within, options=RULES).response["violations"]
        return [f"{each['id']}: {[node['target'] for node in each['nodes']]}" for each in found]

    def assert_sound(self, within: str | None = None) -> None:
        assert self.errors == [], self.errors
        assert self.strangers == [], self.strangers
        assert self.overflow() <= 0, f"{self.overflow()} px wider than the screen"
        found = self.violations(within)
        assert found == [], found  # this module's asserts are not rewritten: the message must be given
