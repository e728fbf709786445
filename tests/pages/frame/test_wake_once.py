"""What runs of pages write is handled once each, in the order it was written, with one wake of the server's loop."""

import asyncio
import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.runtime import Runtime, app_session

from pages.frame import streamlit_internals

Callback = Callable[[], None]


class SessionStub:
    """Stands for a session where only its being one counts."""


@pytest.fixture
def wakes(monkeypatch: pytest.MonkeyPatch) -> list[Callback]:
    """Let wakes of the loop be kept instead of done."""
    kept: list[Callback] = []
    monkeypatch.setattr(app_session.AppSession, "_call_soon_on_event_loop", lambda _, callback: kept.append(callback))
    monkeypatch.setattr(Runtime, "_enqueued_some_message", lambda runtime: runtime.woken.append("other thread"))
    streamlit_internals.wake_once()
    return kept


def write(session: Any, callback: Callback) -> None:
    app_session.AppSession._call_soon_on_event_loop(session, callback)


def test_what_is_parted_from_streamlit_is_still_there() -> None:
    assert list(app_session.AppSession._call_soon_on_event_loop.__annotations__) == ["callback", "return"]
    assert Runtime._enqueued_some_message
    assert Runtime._get_async_objs
    assert app_session.AppSession.__weakref__ is not None


def test_many_messages_wake_once_and_keep_their_order(wakes: list[Callback]) -> None:
    session, handled = SessionStub(), list[int]()
    for number in range(40):
        write(session, lambda number=number: handled.append(number))  # type: ignore[misc]
    assert len(wakes) == 1
    wakes.pop()()
    assert handled == list(range(40))
    write(session, lambda: handled.append(40))
    assert len(wakes) == 1


def test_what_is_written_meanwhile_needs_no_other_wake_and_sessions_are_apart(wakes: list[Callback]) -> None:
    one, other, handled = SessionStub(), SessionStub(), list[str]()
    write(one, lambda: write(one, lambda: handled.append("meanwhile")))
    write(other, lambda: handled.append("other"))
    assert len(wakes) == 2
    for wake in list(wakes):
        wake()
    assert handled == ["meanwhile", "other"]
    assert len(wakes) == 2


def test_what_cannot_be_handled_is_told_and_the_next_is_handled(wakes: list[Callback]) -> None:
    session, handled, told = SessionStub(), list[int](), list[Any]()

    async def drained() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, problem: told.append(problem["exception"]))
        write(session, lambda: handled.append(1 // 0))
        write(session, lambda: handled.append(2))
        wakes.pop()()

    asyncio.run(drained())
    assert handled == [2]
    assert [type(problem) for problem in told] == [ZeroDivisionError]


def test_none_is_lost_when_many_threads_write_while_the_loop_handles(monkeypatch: pytest.MonkeyPatch) -> None:
    loop = asyncio.new_event_loop()
    monkeypatch.setattr(
        app_session.AppSession, "_call_soon_on_event_loop", lambda _, callback: loop.call_soon_threadsafe(callback)
    )
    monkeypatch.setattr(Runtime, "_enqueued_some_message", Runtime._enqueued_some_message)
    streamlit_internals.wake_once()
    session, handled, each = SessionStub(), list[tuple[int, int]](), 2_000

    def run(thread: int) -> None:
        for number in range(each):
            write(session, lambda number=number: handled.append((thread, number)))  # type: ignore[misc]

    threads = [threading.Thread(target=run, args=(thread,)) for thread in range(4)]
    serving = threading.Thread(target=loop.run_forever)
    for thread in (serving, *threads):
        thread.start()
    for thread in threads:
        thread.join()
    loop.call_soon_threadsafe(loop.stop)
    serving.join()
    loop.run_until_complete(asyncio.sleep(0))
    loop.close()
    assert [number for thread, number in handled if thread == 2] == list(range(each))
    assert len(handled) == 4 * each


def test_what_the_loop_itself_says_needs_no_wake_and_another_thread_wakes_it(wakes: list[Callback]) -> None:
    async def said() -> tuple[bool, list[str]]:
        parts = SimpleNamespace(eventloop=asyncio.get_running_loop(), need_send_data=asyncio.Event())
        runtime = SimpleNamespace(_get_async_objs=lambda: parts, woken=[])
        Runtime._enqueued_some_message(runtime)  # type: ignore[arg-type]
        at_once = parts.need_send_data.is_set() and not runtime.woken
        await asyncio.to_thread(Runtime._enqueued_some_message, runtime)  # type: ignore[arg-type]
        return at_once, runtime.woken

    assert asyncio.run(said()) == (True, ["other thread"])
