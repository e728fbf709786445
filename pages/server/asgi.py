"""The server: Streamlit behind a layer that hardens, compresses and words what it sends.

`python -m pages.server.asgi --port 8501` starts it, from the project's folder. The rest of the settings are Streamlit's
own, in `.streamlit/config.toml`; base path, allowed hosts and secrets also as `STREAMLIT_…` variables.
"""

import argparse
import json
import mimetypes
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import RedirectResponse, Response
from starlette.types import Message, Receive, Scope, Send

from data import paths
from pages.frame import shell, streamlit_internals
from pages.server import bounds, embedding, held_pictures, index_html, log_lines
from pages.server.addresses import of_the_variables, path_of
from pages.server.bounds import Bounded
from pages.server.layer import Layer
from pages.server.log_lines import RequestLog
from pages.server.moved import moved_to
from pages.server.search import Searched
from pages.server.status import Watched

OWN = "innenfor"
_BLOCKED = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check")
_HOST_CONFIG = {"allowedOrigins": [], "useExternalAuthToken": False, "enableCustomParentMessages": False}
_FOREVER = "public, immutable, max-age=31536000"
SECURITY = {
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'self'",
            "script-src 'self'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            embedding.NOBODY,
        )
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class Hardened(Layer):
    """Adds security headers to every answer and keeps Streamlit's internal addresses to itself."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = path_of(scope)
        armed = partial(_send_with, send, embedding.opened(SECURITY, scope.get("query_string", b"")))
        if path.startswith(_BLOCKED):
            await Response("Not found", 404)(scope, receive, armed)
        elif path == "/_stcore/host-config":
            body = json.dumps(_HOST_CONFIG)
            await Response(body, media_type="application/json", headers={"Cache-Control": "no-cache"})(
                scope, receive, armed
            )
        else:
            await self.app(scope, receive, armed)


class Pictured(Layer):
    """Answers for the pictures the server has drawn: named by their content, so that a browser asks once."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        body = held_pictures.held(path_of(scope)) if scope["type"] == "http" else None
        if body is None:
            await self.app(scope, receive, send)
            return
        headers = {"Cache-Control": _FOREVER, "Content-Encoding": "gzip"}
        await Response(body, media_type="image/svg+xml", headers=headers)(scope, receive, send)


class Compressed(Layer):
    """Answers for the bundles and for our own style and script: gzipped once, kept, and cached for a year."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        file = _file(path_of(scope)) if scope["type"] == "http" and scope["method"] in {"GET", "HEAD"} else None
        if file is None:
            await self.app(scope, receive, send)
            return
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        headers = {"Cache-Control": _FOREVER, "Vary": "Accept-Encoding"}
        squeezed = index_html.squeezes(file.name) and "gzip" in Headers(scope=scope).get("accept-encoding", "")
        if squeezed:
            headers["Content-Encoding"] = "gzip"
        body = await run_in_threadpool(index_html.gzipped if squeezed else Path.read_bytes, file)
        await Response(body, media_type=kind, headers=headers)(scope, receive, send)


class Worded(Layer):
    """Sends Streamlit's page shell in the reader's language, and a plain page where there is no such page."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        path = path_of(scope) if scope["type"] == "http" else ""
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"} or not _is_document(path):
            await self.app(scope, receive, send)
            return
        query = scope.get("query_string", b"")
        if path.strip("/") == shell.page_names()[0]:  # the first page's address is the bare one
            await RedirectResponse("./" + (f"?{query.decode('latin-1')}" if query else ""), 307)(scope, receive, send)
            return
        if moved := moved_to(path.strip("/"), query.decode("latin-1")):
            await RedirectResponse(moved, 307)(scope, receive, send)
            return
        lang = index_html.asked_language(query)
        if bounds.full():
            again = {"Retry-After": "60", "Cache-Control": "no-store"}
            await Response(index_html.crowded(lang), 503, again, "text/html")(scope, receive, send)
            return
        known = path.strip("/") in {"", "index.html", *shell.page_names()}
        body = index_html.page_shell(lang) if known else index_html.not_found(lang, path.strip("/"))
        headers = {"Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
        await Response(body, 200 if known else 404, headers, "text/html")(scope, receive, send)


def app() -> st.App:
    """Return the whole server as an ASGI application."""
    layers = [
        Middleware(layer) for layer in (RequestLog, Hardened, Watched, Bounded, Pictured, Searched, Compressed, Worded)
    ]
    return st.App(paths.ROOT / "app.py", middleware=layers, on_script_error=shell.show_problem)


def main(arguments: Sequence[str] | None = None) -> None:
    """Start the server and serve until it is stopped."""
    parser = argparse.ArgumentParser(prog="python -m pages.server.asgi", description="Start Innenfor.")
    parser.add_argument("--port", type=int, default=8501)
    parser.add_argument("--address", default="127.0.0.1")
    asked = parser.parse_args(arguments)
    sys.argv = [str(paths.ROOT / "app.py")]
    log_lines.begin()
    streamlit_internals.answer_at_once()
    streamlit_internals.tell_theme_once()
    streamlit_internals.wake_once()
    place = {"server.port": asked.port, "server.address": asked.address, **of_the_variables()}
    app().run(config={**place, "logger.messageFormat": log_lines.FORMAT})


async def _send_with(send: Send, security: dict[str, str], message: Message) -> None:
    if message["type"] == "http.response.start":
        headers = MutableHeaders(scope=message)
        for name, value in security.items():
            headers[name] = value
    await send(message)


def _file(path: str) -> Path | None:
    """Return the file of an address under `/static/` or `/innenfor/`, if it lies where it must."""
    folders = {"static": streamlit_internals.static_folder() / "static", OWN: index_html.STATIC}
    first, _, rest = path.lstrip("/").partition("/")
    if first not in folders or not rest:
        return None
    folder = folders[first].resolve()
    file = (folder / rest).resolve()
    return file if file.is_relative_to(folder) and file.is_file() else None


def _is_document(path: str) -> bool:
    """Return whether Streamlit would answer with its page shell; a file that is not there is such an address too."""
    first, _, rest = path.strip("/").partition("/")
    if first in {"_stcore", "media", "component", "app", "oauth2callback", "auth"} or (first and path.endswith("/")):
        return False  # Streamlit's own, and a slash at the end, which it takes away by a redirect
    return bool(rest) or "." not in first or first == "index.html"


if __name__ == "__main__":
    main()
