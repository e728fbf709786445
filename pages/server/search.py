"""What the search box finds: pages, pictures, figures, measures and places, each by any of its words."""

import gzip
import json
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from analytics import provenance, regions
from analytics.exclusion import subject
from benefits.scenario.model import shipped, shipped_scenario
from data.errors import InnenforError
from data.i18n import LANGUAGES, speaking, words
from pages.format.place_names import place
from pages.format.texts import DEFAULT, PACKAGE, language, text
from pages.frame.shell import page_names
from pages.server.addresses import path_of
from pages.server.layer import Layer

ADDRESS = "/innenfor/search.json"
KINDS = ("page", "picture", "figure", "measure", "place")
PICTURES = {"exclusion": "picture", "cohorts": "cohorts.picture", "gains": "gains.picture"}
"""The pages whose pictures a link names, each with the group of texts that holds their names."""

_OF_PLACES = ("", "exclusion", "cohorts")
Entry = dict[str, object]


class Searched(Layer):
    """Answers for the list the search box looks in; the browser asks for it when the box is first opened."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        if scope["type"] != "http" or path_of(scope) != ADDRESS:
            await self.app(scope, receive, send)
            return
        asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("lang", [DEFAULT])[-1]
        body = await run_in_threadpool(_packed, asked if asked in LANGUAGES else DEFAULT)
        headers = {"Cache-Control": "no-cache", "Content-Encoding": "gzip"}
        await Response(body, media_type="application/json", headers=headers)(scope, receive, send)


def entries(lang: str) -> list[Entry]:
    """Return what can be found, in a language.

    Each has `kind` (of `KINDS`), `title`, `more` (a sentence, searched as well), `page` and `query` (its address), and
    `keeps`, whether the place the reader looks at goes with it. Without a build there are no figures.
    """
    with speaking(lang):
        return [*_pages(), *_pictures(), *_figures(), *_measures(), *_places()]


def _packed(lang: str) -> bytes:
    try:
        loaded = provenance.state()
    except InnenforError:
        loaded = ""
    return _kept(lang, loaded)


@lru_cache(maxsize=2 * len(LANGUAGES))
def _kept(lang: str, loaded: str) -> bytes:  # noqa: ARG001 - the list is kept for one state of the data
    names = ("close", "label", "none", "found", "hint", *(f"kind.{kind}" for kind in KINDS))
    with speaking(lang):
        told = {name: text(f"search.{name}") for name in names}
    return gzip.compress(json.dumps({"words": told, "entries": entries(lang)}, ensure_ascii=False).encode(), mtime=0)


def _entry(kind: str, title: str, more: str, page: str, **query: str) -> Entry:
    page = "" if page == page_names()[0] else page
    keeps = page in _OF_PLACES and kind != "place"
    return {"kind": kind, "title": title, "more": more, "page": page, "query": query, "keeps": keeps}


def _pages() -> Iterator[Entry]:
    for name in page_names():
        yield _entry("page", text(f"page.{name}.title"), text(f"page.{name}.menu"), name)


def _pictures() -> Iterator[Entry]:
    known = words(PACKAGE, language())
    for page, group in PICTURES.items():
        for key in known:
            if key.startswith(says := f"{page}.says."):
                picture = key.removeprefix(says)
                yield _entry("picture", text(f"{group}.{picture}"), text(key), page, picture=picture)


def _figures() -> Iterator[Entry]:
    try:
        loaded = subject.loaded_indicators()
    except InnenforError:
        return
    for code in loaded:
        found = provenance.indicators()[code]
        more = found.definition[language()]
        yield _entry("figure", found.label[language()], more, "exclusion", indicator=code)


def _measures() -> Iterator[Entry]:
    for name in shipped():
        title = shipped_scenario(name).title[language()]
        yield _entry("measure", title, text("page.gains.title"), "gains", scenario=name)


def _places() -> Iterator[Entry]:
    for row in regions.current_regions().iter_rows(named=True):
        code = str(row["code"])
        names = " – ".join((place(code), *regions.other_names_of(code)))
        county = place(str(row["county"])) if row["level"] == "municipality" else ""
        yield _entry("place", names, county, page_names()[0], region=code)
