"""What Innenfor takes from inside Streamlit, in one place: each may change at an upgrade, and each has a test."""

import asyncio
import re
import socket
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from threading import Lock
from weakref import WeakKeyDictionary

from streamlit import file_util
from streamlit.delta_generator import DeltaGenerator
from streamlit.elements.lib.mutable_expander_container import ExpanderContainer
from streamlit.elements.lib.mutable_popover_container import PopoverContainer
from streamlit.navigation.page import StreamlitPage
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import Runtime, app_session
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.web.server.starlette import starlette_server

__all__ = [
    "PARTS_OF_INDEX", "DeltaGenerator", "ExpanderContainer", "PageRun", "PopoverContainer", "StreamlitPage",
    "answer_at_once", "index_html", "page_run", "shown_before", "static_folder", "tell_theme_once",
    "wake_once",
]  # fmt: skip


@dataclass(frozen=True)
class PageRun:
    """One run of a page: which page, and whether the browser's back or forward asked for it."""

    page: str
    by_history: bool


def page_run() -> PageRun | None:
    """Return the run this is part of, None outside of any (a test, a note made without the app)."""
    context = get_script_run_ctx()
    return None if context is None else PageRun(context.page_script_hash, context.is_history_navigation)


def shown_before(key: str) -> bool:
    """Return whether the browser shows a widget of this key and has sent what is chosen in it."""
    context = get_script_run_ctx()
    return context is not None and any(
        str(widget).endswith(f"-{key}") for widget in context.session_state._state._new_widget_state
    )


def answer_at_once() -> None:
    """Let the server send each message as it is written, before it binds its port.

    Streamlit binds it in a way asyncio does not know for TCP, so Nagle's algorithm stays on: after the first message of
    a run the others wait for the browser's receipt, 40 ms at every click.
    """
    bind = starlette_server._bind_socket

    def bound(address: str, port: int, backlog: int) -> socket.socket:
        listening = bind(address, port, backlog)
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # connections inherit it
        return listening

    starlette_server._bind_socket = bound


def tell_theme_once() -> None:
    """Let the server read its themes once: Streamlit reads six sections of the settings anew at each run of a page."""
    read = app_session._populate_theme_msg

    @cache
    def told(section: str) -> CustomThemeConfig:
        theme = CustomThemeConfig()
        read(theme, section)
        return theme

    def copied(msg: CustomThemeConfig, section: str = "theme") -> None:
        if told(section).ByteSize():
            msg.MergeFrom(told(section))

    app_session._populate_theme_msg = copied


def wake_once() -> None:
    """Let a run of a page wake the server's loop once for all it has written by then, not twice for each message.

    To wake it is to hand it the interpreter and wait for it to come back: some forty times a click, the longer the more
    readers click at once. What is written is handled in the order it was written.
    """
    waiting: WeakKeyDictionary[app_session.AppSession, _Waiting] = WeakKeyDictionary()
    lock = Lock()
    wake = app_session.AppSession._call_soon_on_event_loop
    say = Runtime._enqueued_some_message

    def gather(session: app_session.AppSession, callback: Callable[[], None]) -> None:
        with lock:
            mine = waiting.setdefault(session, deque())
            mine.append(callback)
            awake = len(mine) > 1
        if not awake:
            wake(session, partial(_handle, mine, lock))

    def say_at_once(runtime: Runtime) -> None:
        loop = runtime._get_async_objs()
        if _running_loop() is loop.eventloop:
            loop.need_send_data.set()
        else:
            say(runtime)

    app_session.AppSession._call_soon_on_event_loop = gather  # type: ignore[method-assign,assignment]
    Runtime._enqueued_some_message = say_at_once  # type: ignore[method-assign,assignment]


_Waiting = deque[Callable[[], None]]


def _handle(waiting: _Waiting, lock: Lock) -> None:
    """Handle what waits, and what comes meanwhile; each leaves when it is handled, so none comes without being seen."""
    while waiting:
        try:
            waiting[0]()
        except Exception as problem:  # noqa: BLE001 - told as asyncio tells it, and the others go on
            told = {"message": "what a run of a page wrote was not handled", "exception": problem}
            asyncio.get_running_loop().call_exception_handler(told)
        with lock:
            waiting.popleft()


def _running_loop() -> asyncio.AbstractEventLoop | None:
    """Return the loop that runs in this thread, if one does."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def static_folder() -> Path:
    """Return the folder of the files Streamlit sends to the browser."""
    return Path(file_util.get_static_dir())


PARTS_OF_INDEX = {
    "agent": re.compile(r"<!--(?:(?!-->).)*agent API.*?-->\s*<link rel=\"service-desc\"[^>]*>", re.DOTALL),
    "inline_script": re.compile(r"<script>.*?</script>", re.DOTALL),
    "noscript": re.compile(r"<noscript>.*?</noscript>", re.DOTALL),
    "language": re.compile(r'(?<=<html )lang="en"'),
    "title": re.compile(r"<title>Streamlit</title>"),
    "icon": re.compile(r"\./favicon\.png"),
    "end_of_head": re.compile(r"(?=</head>)"),
}


def index_html(**parts: str) -> str:
    """Return Streamlit's page shell with the named parts (PARTS_OF_INDEX) replaced."""
    page = (static_folder() / "index.html").read_text(encoding="utf-8")
    for name, words in parts.items():
        page = PARTS_OF_INDEX[name].sub(lambda _: words, page)  # noqa: B023 - used at once
    return page
