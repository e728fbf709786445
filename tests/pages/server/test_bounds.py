"""Above the bound nobody gets in, and is told so; a session is taken no faster than a person clicks."""

import asyncio
from collections import deque

import pytest

from pages.server import bounds, index_html
from pages.server.asgi import Worded
from tests.pages.server.asking import asked, body

CLICK = {"type": "websocket.receive", "bytes": b"click"}


async def echo(_scope, receive, send) -> None:
    while (message := await receive())["type"] == "websocket.receive":
        await send({"type": "websocket.send", "bytes": message["bytes"]})
    await send({"type": "left", "code": message["code"], "open": bounds.Bounded.open})


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds.Bounded, "open", 0)


def test_a_session_is_counted_while_it_is_open() -> None:
    sent = asked(bounds.Bounded(echo), kind="websocket", received=[CLICK, CLICK])
    assert [each["type"] for each in sent] == ["websocket.send", "websocket.send", "left"]
    assert sent[-1]["open"] == 1
    assert bounds.Bounded.open == 0


def test_a_session_that_fails_gives_its_place_back() -> None:
    async def failing(_scope, _receive, _send) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        asked(bounds.Bounded(failing), kind="websocket")
    assert bounds.Bounded.open == 0


def test_above_the_bound_the_session_is_refused_and_the_page_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(bounds.SETTING, "3")
    monkeypatch.setattr(bounds.Bounded, "open", 3)
    connecting = [{"type": "websocket.connect"}]
    sent = asked(bounds.Bounded(echo), kind="websocket", received=connecting)
    assert sent == [{"type": "websocket.close", "code": bounds.TRY_AGAIN}]
    page = asked(Worded(echo))
    assert page[0]["status"] == 503
    assert (b"retry-after", b"60") in page[0]["headers"]
    assert "Prøv igjen" in body(page).decode()
    assert index_html.crowded("en") != index_html.crowded("nb")


@pytest.mark.parametrize(("said", "most"), [("7", 7), ("0", 200), ("-3", 200), ("many", 200), ("", 200), ("²", 200)])
def test_the_bound_is_a_number_above_nothing(monkeypatch: pytest.MonkeyPatch, said: str, most: int) -> None:
    monkeypatch.setenv(bounds.SETTING, said)
    assert bounds.most_sessions() == most


def test_a_message_no_click_could_be_ends_the_session() -> None:
    huge = {"type": "websocket.receive", "bytes": b"x" * (bounds.MOST_BYTES + 1)}
    sent = asked(bounds.Bounded(echo), kind="websocket", received=[CLICK, huge, CLICK])
    assert [each.get("code") for each in sent] == [None, bounds.TOO_BIG, bounds.TOO_BIG]


def test_whoever_sends_too_much_waits_and_nothing_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    slept = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    sent = asked(bounds.Bounded(echo), kind="websocket", received=[CLICK] * (bounds.MOST_MESSAGES + 5))
    assert sum(each["type"] == "websocket.send" for each in sent) == bounds.MOST_MESSAGES + 5
    assert not any(slept[: bounds.MOST_MESSAGES])
    assert all(0 < each <= bounds.WINDOW for each in slept[bounds.MOST_MESSAGES :])


def test_the_wait_ends_when_the_window_has_passed() -> None:
    full = deque([0.0, 1.0], maxlen=2)
    assert bounds.waits(full, 4.0) == bounds.WINDOW - 4.0
    assert bounds.waits(full, bounds.WINDOW + 1) == 0
    assert bounds.waits(deque([0.0], maxlen=2), 0.0) == 0
