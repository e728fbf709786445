"""Draw the README's picture anew: `python -m tests.screenshots`. Needs Chromium, as the browser tests do."""

import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import QUIET, chromium_path, free_port, wait_for
from tests.browser.sight import SETTLED

ROOT = Path(__file__).resolve().parent.parent
PICTURES = {"overview": "/"}
SIZE = {"width": 1280, "height": 1000}


def main() -> None:
    """Start the app, photograph each page and write `docs/<name>.png`."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    server = subprocess.Popen([sys.executable, "-m", "pages.server.asgi", "--port", str(port)], cwd=ROOT)
    try:
        wait_for(f"{address}/_stcore/health", server)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(QUIET))
            page = browser.new_page(viewport=SIZE)
            for name, path in PICTURES.items():
                page.goto(address + path)
                page.wait_for_selector(SETTLED)
                page.wait_for_timeout(2000)
                page.screenshot(path=ROOT / "docs" / f"{name}.png")
            browser.close()
    finally:
        server.terminate()


if __name__ == "__main__":
    main()
