"""Asks a layer of the server without a server: a request goes in, what was sent comes out."""

import asyncio
from collections.abc import Iterable
from typing import Any


def asked(layer: Any, path: str = "/", kind: str = "http", received: Iterable[dict[str, Any]] = ()) -> list[dict]:
    """Return the messages an ASGI layer sends for one request."""
    sent: list[dict[str, Any]] = []
    waiting = iter([*received, {"type": f"{kind}.disconnect", "code": 1000}])

    async def receive() -> dict[str, Any]:
        return next(waiting)

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {"type": kind, "method": "GET", "path": path, "query_string": b"", "headers": []}
    asyncio.run(layer(scope, receive, send))
    return sent


def body(sent: list[dict[str, Any]]) -> bytes:
    """Return the body of an answer."""
    return b"".join(each.get("body", b"") for each in sent)
