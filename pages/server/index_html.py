"""The HTML the server sends before Streamlit takes over, and its files in compressed form."""

import gzip
import hashlib
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs

from data import paths
from data.i18n import LANGUAGES, say
from pages.format import marking, texts
from pages.format.html import Html, joined, page, tag
from pages.frame import shell, streamlit_internals

STATIC = paths.STATIC
_SQUEEZED = (".js", ".css", ".svg", ".json", ".map", ".html")


def asked_language(query: bytes) -> str:
    """Return the language a raw query string asks for; bokmål where it asks for none or one that is not there."""
    asked = parse_qs(query.decode("latin-1")).get("lang", [texts.DEFAULT])[-1]
    return asked if asked in LANGUAGES else texts.DEFAULT


@cache
def page_shell(lang: str) -> str:
    """Return Streamlit's index.html in a language, with our style and script and without inline scripts."""
    later = (tag("script", defer=True, src=_address(name)) for name in ("pictures.js", "search.js"))
    links = tag("script", defer=True, src=_address("links.js"), data_pages=" ".join(shell.page_names()))
    sheets = (tag("link", rel="stylesheet", href=_address(name)) for name in ("shell.css", "pages.css"))
    ours = joined((tag("script", src=_address("shell.js")), links, *later, *sheets))
    return streamlit_internals.index_html(
        agent="",
        inline_script="",
        noscript=_without_script(lang),
        language=f'lang="{lang}"',
        title=tag("title", _say(lang, marking.name_key())),
        icon=_address("icon.svg"),
        end_of_head=ours,
    )


def _without_script(lang: str) -> Html:
    """Return what a browser without scripts shows: what is missing, and what to do."""
    name, said = tag("h1", _say(lang, marking.name_key())), tag("p", _say(lang, "shell.noscript"))
    return tag("noscript", tag("main", name, said, class_="innenfor-plain"))


def not_found(lang: str, name: str) -> str:
    """Return a small page that says there is no such page, with the way to the front page."""
    root = "../" * name.count("/") or "./"
    home = root + ("" if lang == texts.DEFAULT else f"?lang={lang}")
    title = _say(lang, "refused.unknown_page", found=name[:60])
    return _plain(lang, title, tag("a", _say(lang, "refused.open"), href=home), root)


def crowded(lang: str) -> str:
    """Return a small page that says there is no room for another reader just now."""
    return _plain(lang, _say(lang, "crowded.title"), _say(lang, "crowded.do"), "./")


def _plain(lang: str, title: str, below: str, root: str) -> str:
    sheet = root + _address("shell.css").removeprefix("./")
    about = (tag("meta", charset="utf-8"), tag("meta", name="viewport", content="width=device-width"))
    head = joined((*about, tag("title", title), tag("link", rel="stylesheet", href=sheet)))
    return page(lang, head, tag("body", tag("main", tag("h1", title), tag("p", below), class_="innenfor-plain")))


def squeezes(name: str) -> bool:
    """Return whether a file gets smaller by gzip (fonts and pictures are compressed already)."""
    return name.endswith(_SQUEEZED)


@cache
def gzipped(file: Path) -> bytes:
    """Return a file gzipped; it is done once and kept, since Streamlit sends its bundles as they are."""
    return gzip.compress(file.read_bytes(), compresslevel=6, mtime=0)


@cache
def _address(name: str) -> str:
    mark = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]
    return f"./innenfor/{name}?v={mark}"


def _say(lang: str, key: str, **facts: object) -> str:
    return say(texts.PACKAGE, lang, key, **facts)
