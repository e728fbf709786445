"""The floor's server: the same `st.App` class, compression, cache headers and settings file as Innenfor's server.

One setting stays as Streamlit comes, the garbage collection after every run: the bounds were set against that, and what
leaving it out saves is ours (two thirds of a small page's switch). It also sends static pages of Plotly figures from a
folder under `/shown/`, gzipped in the same way.
"""

import argparse
import gzip
import sys
from functools import cache
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from pages.server.asgi import Compressed

SCRIPT = Path(__file__).with_name("floor_app.py")
SHOWN = "/shown/"
FOREVER = "public, immutable, max-age=31536000"


class Shown:
    """Answers for static pages of figures and for Plotly's own bundle."""

    folder = Path()

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = str(scope.get("path", ""))
        if scope["type"] != "http" or not path.startswith(SHOWN):
            await self.app(scope, receive, send)
            return
        headers = {"Content-Encoding": "gzip"}
        if path.endswith("plotly.js"):
            answer = Response(plotly_bundle(), 200, headers | {"Cache-Control": FOREVER}, "text/javascript")
        else:
            body = gzip.compress((self.folder / Path(path).name).read_bytes(), 6)
            answer = Response(body, 200, headers | {"Cache-Control": "no-cache"}, "text/html")
        await answer(scope, receive, send)


@cache
def plotly_bundle() -> bytes:
    import plotly

    return gzip.compress((Path(plotly.__file__).parent / "package_data" / "plotly.min.js").read_bytes(), 6, mtime=0)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    asked = parser.parse_args()
    Shown.folder = asked.folder
    sys.argv = [str(SCRIPT)]
    app = st.App(SCRIPT, middleware=[Middleware(Compressed), Middleware(Shown)])
    as_it_comes = {"runner.postScriptGC": True}
    app.run(config={"server.port": asked.port, "server.address": "127.0.0.1", **as_it_comes})


if __name__ == "__main__":
    main()
