"""A real browser before a real server. Without Chromium these tests are skipped, except in continuous integration."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect, sync_playwright

from tests import demo_ground
from tests.browser.sight import Sight

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
expect.set_options(timeout=60_000)  # as `set_default_timeout` below: two cores may have other work
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
Opener = Callable[..., Sight]
Server = Callable[..., str]


def chromium_path() -> str | None:
    """Return the browser's program: the one `run.py` found or was told of, else the one on PATH."""
    return os.environ.get("INNENFOR_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def chromium() -> Iterator[BrowserContext]:
    """The browser on this machine's PATH."""
    path = chromium_path()
    if path is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("there is no Chromium on PATH")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser.new_context()  # one context: the bundles are fetched once
        browser.close()


@pytest.fixture(scope="session")
def serve() -> Iterator[Server]:
    """Starts the server of a folder on a free port and returns its address; each is stopped at the end."""
    started: list[subprocess.Popen[bytes]] = []

    def start(folder: Path, port: int = 0, **variables: str) -> str:
        port = port or free_port()
        command = [sys.executable, "-m", "pages.server.asgi", "--port", str(port)]
        log = (folder / "server.log") if folder != ROOT else Path(os.devnull)
        with log.open("wb") as output:
            process = subprocess.Popen(
                command, cwd=folder, env={**os.environ, **variables}, stdout=output, stderr=subprocess.STDOUT
            )
        started.append(process)
        address = f"http://127.0.0.1:{port}"
        wait_for(f"{address}/_stcore/health", process)
        return address

    yield start
    for process in started:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture(scope="session")
def app_address(serve: Server) -> str:
    """The project's own app."""
    return serve(ROOT)


@pytest.fixture(scope="session")
def demo_address(serve: Server) -> str:
    """The demo, in a process of its own."""
    return serve(ROOT, **demo_ground.variables())


@pytest.fixture
def page_at(chromium: BrowserContext) -> Iterator[Opener]:
    """Opens an address at a width and waits until it has settled."""
    pages = []

    def open_at(address: str, width: int = 1280, *, settle: bool = True) -> Sight:
        page = chromium.new_page()
        pages.append(page)
        page.set_viewport_size({"width": width, "height": 900})
        page.set_default_timeout(60_000)  # two cores may have other work
        sight = Sight(page, "/".join(address.split("/")[:3]))
        page.on("console", sight.hear)
        page.on("pageerror", lambda error: sight.errors.append(str(error)))
        page.on("request", sight.follow)
        page.goto(address)
        if settle:
            sight.settle()
        return sight

    yield open_at
    for page in pages:
        page.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str, process: subprocess.Popen[bytes], seconds: int = 60) -> None:
    for _ in range(seconds * 5):
        assert process.poll() is None, "the server stopped before it answered"
        try:
            urllib.request.urlopen(address, timeout=2)
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"no answer from {address} in {seconds} seconds")
