"""How many readers a process serves at once, and how much each may ask of it: above that they wait, or are told to."""

import asyncio
import os
import time
from collections import deque
from functools import partial

from starlette.types import Message, Receive, Scope, Send

from pages.server.layer import Layer

SETTING = "INNENFOR_SESSIONS"
MOST_SESSIONS = 200
MOST_BYTES = 1_000_000  # of one message: a click is some hundred, and files come another way
MOST_MESSAGES, WINDOW = 60, 10.0  # a reader who drags a slider sends some twenty in ten seconds
TRY_AGAIN, TOO_BIG = 1013, 1009


class Bounded(Layer):
    """Opens no session above the bound, and takes the messages of one no faster than a person sends them."""

    open = 0  # of this process

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request or serve one session (ASGI)."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        if full():
            await receive()
            await send({"type": "websocket.close", "code": TRY_AGAIN})
            return
        Bounded.open += 1
        try:
            await self.app(scope, partial(_paced, receive, send, deque(maxlen=MOST_MESSAGES)), send)
        finally:
            Bounded.open -= 1


def most_sessions() -> int:
    """Return how many sessions a process may have open: INNENFOR_SESSIONS where it is a number above 0."""
    asked = os.environ.get(SETTING, "")
    return int(asked) if asked.isascii() and asked.isdigit() and int(asked) else MOST_SESSIONS


def full() -> bool:
    """Return whether another reader must wait."""
    return Bounded.open >= most_sessions()


def waits(times: deque[float], now: float) -> float:
    """Return how many seconds a message waits that comes now. times: when the last `MOST_MESSAGES` were taken."""
    return max(0.0, times[0] + WINDOW - now) if len(times) == times.maxlen else 0.0


async def _paced(receive: Receive, send: Send, times: deque[float]) -> Message:
    """Take the next message when it is its turn: none is lost, and whoever sends too many waits for his own."""
    message = await receive()
    if message["type"] != "websocket.receive":
        return message
    if len(message.get("bytes") or message.get("text") or "") > MOST_BYTES:
        await send({"type": "websocket.close", "code": TOO_BIG})
        return {"type": "websocket.disconnect", "code": TOO_BIG}
    await asyncio.sleep(waits(times, time.monotonic()))
    times.append(time.monotonic())
    return message
