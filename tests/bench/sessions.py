"""A reader without a browser: Streamlit's own messages over a websocket, timed from click to the script's end.

A click is sent as the browser sends it: with the page's hash and the link the server last gave. Without the hash the
server takes every click for a first visit, and answers with the page's own choices instead of the reader's.
"""

import asyncio
import hashlib
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from tests.bench.report import Unproven

PATIENCE = 90
REFUSED = "innenfor-notice"


class Session:
    """One connection: the page it is on as its messages tell it, and what the reader has chosen there."""

    def __init__(self, socket: Any) -> None:
        self.socket = socket
        self.path, self.query, self.page_hash = "", "", ""
        self.boxes: dict[str, Any] = {}
        self.values: dict[str, str] = {}
        self.shown: list[str] = []
        self.title = ""

    @classmethod
    @asynccontextmanager
    async def opened(cls, address: str) -> AsyncIterator["Session"]:
        """Connect to a server."""
        import websockets

        stream = address.replace("http", "ws", 1) + "/_stcore/stream"
        async with websockets.connect(stream, subprotocols=["streamlit"], max_size=None) as socket:  # type: ignore[list-item]
            yield cls(socket)

    @property
    def answer(self) -> str:
        """What the last run showed apart from its widgets: headings, text and figures, as one short mark."""
        return hashlib.sha256("\n".join(self.shown).encode()).hexdigest()

    async def open(self, path: str, query: str = "") -> float:
        """Open a page and return the seconds until its script has run."""
        self.path, self.query, self.page_hash, self.boxes, self.values = path, query, "", {}, {}
        seconds = await self._run()
        if not self.title:
            raise Unproven(f"the page {path!r} was opened and has no title")
        return seconds

    def options(self, key: str) -> list[str]:
        """Return the options of the select box with a key."""
        box = self.boxes.get(key)
        if box is None:
            raise Unproven(f"the page {self.path!r} has no select box {key!r} (it has {sorted(self.boxes)})")
        return list(box.options)

    async def turn(self, key: str, option: str, *, linked: bool = True) -> float:
        """Choose another option of a select box and return the seconds until the script has run.

        linked: whether the page says what is chosen in its link. Raises Unproven where the page's answer or its link
        is the same as before.
        """
        if option not in self.options(key):
            raise Unproven(f"the select box {key!r} has no option {option!r}")
        before = self.answer, self.query
        self.values[self.boxes[key].id] = option
        seconds = await self._run()
        for what, was, now in zip(("answer", "link"), before, (self.answer, self.query), strict=True):
            if was == now and (linked or what == "answer"):
                raise Unproven(f"{option!r} was chosen on {self.path!r}, and the {what} is the same as before")
        return seconds

    async def _run(self) -> float:
        started = time.perf_counter()
        await self.socket.send(self._asking())
        await asyncio.wait_for(self._until_finished(), PATIENCE)
        return time.perf_counter() - started

    def _asking(self) -> bytes:
        from streamlit.proto.BackMsg_pb2 import BackMsg

        message = BackMsg()
        message.rerun_script.query_string = self.query
        if self.page_hash:
            message.rerun_script.page_script_hash = self.page_hash
        else:
            message.rerun_script.page_name = self.path
        for name, value in self.values.items():
            message.rerun_script.widget_states.widgets.add(id=name, string_value=value)
        return bytes(message.SerializeToString())

    async def _until_finished(self) -> None:
        from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

        while True:
            message = ForwardMsg.FromString(await self.socket.recv())
            kind = message.WhichOneof("type")
            if kind == "script_finished" and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                return
            if kind == "script_finished" and message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                raise Unproven(f"the script of {self.path!r} could not be read")
            self._take(kind, message)

    def _take(self, kind: str, message: Any) -> None:
        """Keep what a message tells of the page."""
        if kind == "new_session":
            self.shown, self.title = [], ""
        elif kind == "navigation":
            self.page_hash = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "delta":
            self._show(message.delta.new_element)

    def _show(self, element: Any) -> None:
        kind = element.WhichOneof("type")
        if kind == "selectbox":
            self.boxes[_key(element.selectbox.id)] = element.selectbox
        elif kind == "heading":
            self.title = self.title or element.heading.body
            self.shown.append(element.heading.body)
        elif kind == "markdown":
            self.shown.append(element.markdown.body)
        elif kind == "plotly_chart":
            self.shown.append(element.plotly_chart.spec)
        elif kind == "exception" or (kind == "html" and REFUSED in element.html.body):
            raise Unproven(f"the page {self.path!r} told of a problem: {str(element)[:200]}")


def _key(name: str) -> str:
    """Return the key inside a widget's id (`$$ID-<hash>-<key>`)."""
    return name.split("-", 2)[-1]
