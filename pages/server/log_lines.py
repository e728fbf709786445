"""What the server writes of itself: a JSON line an event, and nothing a reader has typed.

A request is told by the page it asks for where there is such a page, its answer and its time; no query, no name of a
file, no address of a reader. An error is told by its kind and its place in the code, never by its words: they may quote
what somebody wrote. Of libraries the place alone is told.
"""

import json
import logging
import time
import traceback
from functools import partial

from starlette.types import Message, Receive, Scope, Send

from pages.frame import shell
from pages.server.addresses import path_of
from pages.server.layer import Layer

LOG = logging.getLogger("innenfor")
FORMAT = json.dumps(
    {"time": "%(asctime)s", "level": "%(levelname)s", "event": "%(message)s", "at": "%(name)s:%(lineno)d"}
)
_OWN = {"", "status", "health", "_stcore", "static", "innenfor", "pictures", "media", "component"}


class JsonLine(logging.Formatter):
    """Writes an event of ours on one line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the event, its facts, and of an error its kind and where it arose."""
        told: dict[str, object] = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"), "level": record.levelname,
            "event": str(record.msg), **getattr(record, "facts", {}),
        }  # fmt: skip
        if record.exc_info and record.exc_info[1] is not None:
            told |= {"error": type(record.exc_info[1]).__name__, "at": _places(record.exc_info[1])}
        return json.dumps(told)


class RequestLog(Layer):
    """Writes a line for every request that is answered."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun, answered = time.perf_counter(), [500]
        try:
            await self.app(scope, receive, partial(_noted, send, answered))
        finally:
            spent = round(1000 * (time.perf_counter() - begun))
            facts = {"page": page_of(path_of(scope)), "status": answered[0], "milliseconds": spent}
            LOG.info("request", extra={"facts": facts})


def page_of(path: str) -> str:
    """Return the first part of an address where it is one of ours, else `other`: an address may be typed."""
    first = path.strip("/").partition("/")[0]
    return first or shell.page_names()[0] if first in {*_OWN, *shell.page_names()} else "other"


def begin() -> None:
    """Write the events of this process as JSON lines from now on."""
    line = logging.StreamHandler()
    line.setFormatter(JsonLine())
    LOG.handlers, LOG.propagate = [line], False
    LOG.setLevel(logging.INFO)
    logging.setLogRecordFactory(silenced)


def silenced(*given: object, **named: object) -> logging.LogRecord:
    """Return a record as it is where it is ours; of a library's, what may quote a reader is left out."""
    record = logging.LogRecord(*given, **named)  # type: ignore[arg-type]
    starting = record.name.startswith("uvicorn") and record.levelno >= logging.ERROR and not record.exc_info
    if not record.name.startswith("innenfor") and not starting:
        error = record.exc_info[0] if record.exc_info else None
        record.msg, record.args, record.exc_info = error.__name__ if error else "library", (), None
    return record


def _places(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{'/'.join(each.filename.replace(chr(92), '/').split('/')[-3:])}:{each.lineno}" for each in frames[-8:]]


async def _noted(send: Send, answered: list[int], message: Message) -> None:
    if message["type"] == "http.response.start":
        answered[0] = message["status"]
    await send(message)
