"""Draw the README's picture anew, or look at every page: `python -m tests.screenshots [FOLDER [--demo] | --docs]`.

With `--docs` the small pictures of `docs/pages.md` are drawn anew: each page on a desk and a phone, once in each
language, once light and once dark. With a folder every page is photographed there, on a desk and a phone and in both
languages; with `--demo` those of the demo. Needs Chromium, as the browser tests do.
"""

import argparse
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

import run
from data.i18n import LANGUAGES
from pages.frame.shell import page_names
from tests.browser.conftest import QUIET, chromium_path, free_port, wait_for
from tests.browser.sight import SETTLED

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PICTURES = {"overview": "/"}
SIZE = {"width": 1280, "height": 1000}
WIDTHS = (1280, 390)
SMALL = DOCS / "pages"
SHOWN = {"overview": "region=4204", "exclusion": "region=5612", "cohorts": "region=4203", "gains": "view=gains"}
"""What the small pictures show of a page that can show several things; a place is another on each page."""

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 780}
MOST_BYTES = 40_000
PATIENCE = 150_000  # milliseconds: a picture is drawn on a busy machine, too


def main() -> None:
    """Start the app or the demo, photograph what is asked for, and stop it."""
    parser = argparse.ArgumentParser(prog="python -m tests.screenshots")
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--demo", action="store_true")
    parser.add_argument("--docs", action="store_true")
    asked = parser.parse_args()
    with serving(run.DEMO if asked.demo else run.NO_HOME) as address, browser_page() as page:
        if asked.docs:
            small_pictures(page, address)
        elif asked.folder is None:
            photograph(page, address, PICTURES, DOCS)
        else:
            for lang in LANGUAGES:
                for width in WIDTHS:
                    page.set_viewport_size({"width": width, "height": SIZE["height"]})
                    views = {f"{name}-{lang}-{width}": f"/{name}?lang={lang}" for name in page_names()}
                    photograph(page, address, views, asked.folder)


def photograph(page: Page, address: str, views: dict[str, str], folder: Path) -> None:
    """Write `<name>.png` of each view into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, path in views.items():
        page.goto(address + path)
        page.wait_for_selector(SETTLED)
        page.wait_for_timeout(2000)
        page.screenshot(path=folder / f"{name}.png")


def small_pictures(page: Page, address: str) -> None:
    """Write the small pictures of the documentation: `<page>-<width>-<language>-<light or dark>.webp`."""
    SMALL.mkdir(exist_ok=True)
    for name, file in small_names():
        width, lang, scheme = file.removesuffix(".webp").split("-")[1:]
        page.set_viewport_size(DESK if int(width) == DESK["width"] else PHONE)
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.goto(f"{address}/{'' if name == page_names()[0] else name}?{SHOWN.get(name, '')}&lang={lang}")
        page.wait_for_selector(SETTLED)
        page.wait_for_timeout(3000)
        taken = Image.open(io.BytesIO(page.screenshot()))
        taken.thumbnail((800, 780))
        taken.save(SMALL / file, quality=70, method=6)


def small_names() -> list[tuple[str, str]]:
    """Return page and file of every small picture: desk and phone, the languages and the themes change places."""
    ways = (("1280-nb-light", "390-en-dark"), ("1280-en-dark", "390-nb-light"))
    return [(name, f"{name}-{way}.webp") for i, name in enumerate(page_names()) for way in ways[i % len(ways)]]


@contextmanager
def serving(variables: dict[str, str]) -> Iterator[str]:
    """Build and serve the app with these variables, and yield its address."""
    port, known = free_port(), {**os.environ, **variables}
    subprocess.run([sys.executable, "-m", "data", "build"], cwd=ROOT, env=known, check=True)
    server = subprocess.Popen([sys.executable, "-m", "pages.server.asgi", "--port", str(port)], cwd=ROOT, env=known)
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()


@contextmanager
def browser_page() -> Iterator[Page]:
    """Yield a page of a browser at the README's size."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(QUIET))
        page = browser.new_page(viewport=SIZE)
        page.set_default_timeout(PATIENCE)
        yield page
        browser.close()


if __name__ == "__main__":
    main()
