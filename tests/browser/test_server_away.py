"""A server that goes away and comes back: the reader is told in the page's language, and only as long as it lasts."""

import subprocess
import sys

from playwright.sync_api import expect

from tests.browser.conftest import ROOT, Opener, free_port, wait_for

WORDS = {"nb": "Tjeneren svarer ikke akkurat nå.", "en": "The server does not answer just now."}


def test_a_server_that_is_away_is_told_of_until_it_is_back_and_hears_the_first_choice(page_at: Opener) -> None:
    address = f"http://127.0.0.1:{(port := free_port())}"
    command = [sys.executable, "-m", "pages.server.asgi", "--port", str(port)]
    for spoken, words in WORDS.items():
        server = start(command, address)
        seen = page_at(f"{address}/exclusion?lang={spoken}", 390)
        server.kill()
        server.wait()
        notice = seen.page.get_by_role("alert").filter(has_text=words)
        notice.wait_for(timeout=20_000)
        assert seen.page.get_by_role("dialog").count() == 0
        assert seen.page.get_by_text("Connection error").count() == 0
        server = start(command, address)
        notice.wait_for(state="detached", timeout=60_000)
        seen.page.get_by_role("combobox").first.fill("Arendal")
        seen.page.get_by_role("option", name="Arendal").click()  # the first click that the new server hears of
        seen.page.wait_for_url("**/exclusion?*region=4203*", timeout=30_000)
        seen.settle()
        expect(seen.page.locator("h3").first).to_contain_text("Arendal")
        server.kill()
        server.wait()


def start(command: list[str], address: str) -> "subprocess.Popen[bytes]":
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_for(f"{address}/_stcore/health", server)
    return server
