"""A file comes in through the browser and goes out again; behind a proxy nothing comes in."""

import re
import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.conftest import ROOT, Opener, Server
from tests.browser.sight import Sight
from tests.data.door_ground import files, table
from tests.ground import built

ADDED = b"X-Forwarded-For: 192.0.2.1\r\nX-Forwarded-Proto: https\r\n"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("municipality") / "home"


@pytest.fixture(scope="module")
def local(serve: Server, home: Path) -> str:
    """A server as `run.py --local` starts it, with a home and builds of its own."""
    var = shutil.copytree(built(), home.parent / "var")
    return serve(ROOT, INNENFOR_LOCAL="1", INNENFOR_HOME=str(home), INNENFOR_VAR=str(var))


@pytest.fixture
def proxied(local: str) -> Iterator[str]:
    """A reverse proxy on this machine before the server: it adds the headers proxies add, to every connection."""
    with socket.create_server(("127.0.0.1", 0)) as front:
        threading.Thread(target=_forward, args=(front, int(local.rpartition(":")[2])), daemon=True).start()
        yield f"http://127.0.0.1:{front.getsockname()[1]}"


def _forward(front: socket.socket, port: int) -> None:
    while True:
        try:
            reader, _ = front.accept()
        except OSError:
            return
        server = socket.create_connection(("127.0.0.1", port))
        threading.Thread(target=_ask, args=(reader, server), daemon=True).start()
        threading.Thread(target=_pour, args=(server, reader), daemon=True).start()


def _ask(reader: socket.socket, server: socket.socket) -> None:
    """Pass on the first request with what a proxy adds; any other comes on a connection of its own."""
    head = b""
    while b"\r\n\r\n" not in head and (more := reader.recv(65536)):
        head += more
    if b"upgrade: websocket" not in head.lower():
        head = re.sub(rb"(?im)^connection:[^\r]*", b"Connection: close", head, count=1)
    server.sendall(head.replace(b"\r\n", b"\r\n" + ADDED, 1))
    _pour(reader, server)


def _pour(source: socket.socket, target: socket.socket) -> None:
    try:
        while more := source.recv(65536):
            target.sendall(more)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        return


def drop(seen: Sight, file: Path, expected: str) -> None:
    seen.page.set_input_files("input[type=file]", str(file))
    assert seen.says(expected, 60)
    seen.settle()


def press(seen: Sight, name: str, expected: str) -> None:
    seen.page.get_by_role("button", name=name, exact=True).first.click()
    assert seen.says(expected, 60)
    seen.settle()


def figures(page_at: Opener, address: str) -> str:
    return page_at(f"{address}/exclusion?region=4204").words().replace("\xa0", " ")


def test_a_file_is_dropped_looked_at_loaded_seen_and_taken_out_again(
    page_at: Opener, local: str, home: Path, tmp_path: Path
) -> None:
    elsewhere = page_at(f"{local}/exclusion?region=4204")
    assert "2031" not in elsewhere.words()
    seen = page_at(f"{local}/workshop")
    drop(seen, table(tmp_path / "tall"), "Hvem er filen fra?")
    seen.page.get_by_role("combobox").click()
    seen.page.get_by_role("option", name="SSB").click()
    press(seen, "Kontroller", "Filen kan lastes")
    assert seen.says("Nye perioder: 2031.")
    assert not home.exists()
    seen.assert_sound()
    press(seen, "Last inn", "Alle sidene viser de nye tallene nå")
    seen.assert_sound()
    for told in ("Egne leveranser", "nytt: ssb-neet-register"):
        assert seen.says(told)
    assert [name for name in files(home) if name.endswith("tall.csv")]
    assert "10,0 %" in figures(page_at, local)
    elsewhere.page.get_by_text("Rangering", exact=True).click()
    assert elsewhere.says("2031")
    press(seen, "Angre", "er tatt ut")
    seen.assert_sound()
    assert [name.split("/")[0] for name in files(home)] == ["removed", "removed"]
    assert "2031" not in figures(page_at, local)


def test_behind_a_proxy_a_file_is_looked_at_and_never_loaded(page_at: Opener, proxied: str, tmp_path: Path) -> None:
    seen = page_at(f"{proxied}/workshop?lang=en", 390)
    assert seen.says("does not load them")
    drop(seen, table(tmp_path / "figures"), "Whom is the file from?")
    seen.page.get_by_role("combobox").click()
    seen.page.get_by_role("option", name="Statistics Norway").click()
    press(seen, "Check", "The file is fine")
    assert seen.page.get_by_role("button", name="Load").count() == 0
    seen.assert_sound()


def test_a_file_that_is_too_large_never_leaves_the_browser(page_at: Opener, local: str, tmp_path: Path) -> None:
    seen = page_at(f"{local}/workshop")
    large = table(tmp_path / "stor", "a;b\n" * 12_500_000)
    sent: list[str] = []
    seen.page.on("request", lambda request: sent.append(request.method))
    seen.page.set_input_files("input[type=file]", str(large))
    chip = seen.page.locator("[data-testid=stFileChip]")
    chip.wait_for()
    said = chip.evaluate("each => getComputedStyle(each, '::after').content")
    assert "større enn 20 MB" in said
    assert "PUT" not in sent
    assert "stor.csv" not in seen.words()
    seen.assert_sound()
