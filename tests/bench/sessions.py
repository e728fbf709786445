"""A reader without a browser: Streamlit's own messages over a websocket, timed from click to the script's end."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from tests.bench.report import Unavailable

PATIENCE = 90


class Session:
    """One connection: which page it is on, its select boxes by key, and the values it has chosen."""

    def __init__(self, socket: Any) -> None:
        self.socket = socket
        self.path, self.query = "", ""
        self.boxes: dict[str, Any] = {}
        self.values: dict[str, str] = {}

    @classmethod
    @asynccontextmanager
    async def opened(cls, address: str) -> AsyncIterator["Session"]:
        """Connect to a server."""
        import websockets

        stream = address.replace("http", "ws", 1) + "/_stcore/stream"
        async with websockets.connect(stream, subprotocols=["streamlit"], max_size=None) as socket:  # type: ignore[list-item]
            yield cls(socket)

    async def open(self, path: str, query: str = "") -> float:
        """Open a page and return the seconds until its script has run."""
        self.path, self.query, self.boxes, self.values = path, query, {}, {}
        return await self._run()

    async def turn(self, key: str, step: int) -> float:
        """Choose another option of the select box with a key and return the seconds until the script has run."""
        box = self.boxes.get(key)
        if box is None:
            raise Unavailable(f"the page {self.path!r} has no select box {key!r} (it has {sorted(self.boxes)})")
        self.values[box.id] = box.options[step % len(box.options)]
        return await self._run()

    async def _run(self) -> float:
        from streamlit.proto.BackMsg_pb2 import BackMsg

        message = BackMsg()
        message.rerun_script.page_name = self.path
        message.rerun_script.query_string = self.query
        for name, value in self.values.items():
            message.rerun_script.widget_states.widgets.add(id=name, string_value=value)
        started = time.perf_counter()
        await self.socket.send(message.SerializeToString())
        await asyncio.wait_for(self._until_finished(), PATIENCE)
        return time.perf_counter() - started

    async def _until_finished(self) -> None:
        from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

        while True:
            message = ForwardMsg.FromString(await self.socket.recv())
            kind = message.WhichOneof("type")
            if kind == "script_finished" and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                return
            if kind == "delta" and message.delta.new_element.WhichOneof("type") == "selectbox":
                box = message.delta.new_element.selectbox
                self.boxes[_key(box.id)] = box


def _key(name: str) -> str:
    """Return the key inside a widget's id (`$$ID-<hash>-<key>`)."""
    return name.split("-", 2)[-1]
