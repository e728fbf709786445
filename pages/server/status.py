"""What whoever runs Innenfor asks it: whether it lives, whether it can serve, and which figures it serves."""

import datetime as dt
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from analytics import provenance
from data.errors import InnenforError
from pages.server import bounds
from pages.server.addresses import path_of
from pages.server.layer import Layer

LIVE, READY, STATUS = "/health/live", "/health/ready", "/status"
_WHOLE_DATE = "2000-01-01"


class Watched(Layer):
    """Answers whoever watches over the server; a disk that is damaged makes it not ready, never silent."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        path = path_of(scope) if scope["type"] == "http" else ""
        if path not in {LIVE, READY, STATUS}:
            await self.app(scope, receive, send)
            return
        await (await _answer(path))(scope, receive, send)


async def _answer(path: str) -> Response:
    if path == LIVE:
        return JSONResponse({"live": True})
    told = await run_in_threadpool(status)
    return JSONResponse(
        told if path == STATUS else {"ready": told["ready"]},
        200 if path == STATUS or told["ready"] else 503,
        {"Cache-Control": "no-store"},
    )


def status() -> dict[str, Any]:
    """Return the state of this process: version, build, editions, age of the newest figures, sessions.

    ready: whether the build in use opens, is whole and answers, and there is room for another reader.
    """
    told: dict[str, Any] = {
        "ready": False, "version": provenance.version(), "build": None, "built_at": None, "editions": {},
        "newest": None, "age_of_figures_days": None,
        "sessions": bounds.Bounded.open, "most_sessions": bounds.most_sessions(), "problem": None,
    }  # fmt: skip
    try:
        editions = {each.edition: each.published for each in provenance.editions()}
        told |= {"build": provenance.build_hash(), "built_at": provenance.built_at()}
    except InnenforError as problem:
        return told | {"problem": problem.code}
    newest = max(editions.values(), default="")
    age = age_in_days(newest, dt.datetime.now(dt.UTC).date()) if newest else None
    told |= {"editions": editions, "newest": newest or None, "age_of_figures_days": age}
    return told | {"ready": not bounds.full()}


def age_in_days(published: str, today: dt.date) -> int:
    """Return how many days ago a year, month or day was or began; nothing that is to come is older than today."""
    day = dt.date.fromisoformat(published + _WHOLE_DATE[len(published) :])
    return max(0, (today - day).days)
