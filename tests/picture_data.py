"""What every picture shows, as one file: figures, tables and words of every page, five places, two languages.

`python -m tests.picture_data OUT.json` writes it, from the folder of a checkout; the same code gives the same bytes.
`python -m tests.picture_data --compare BEFORE.json AFTER.json` tells what differs. It proves that a change which is
meant to change nothing a reader sees has changed nothing.
"""
# ruff: noqa: T201 - a command prints

import argparse
import base64
import json
import logging
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import numpy
import polars as pl
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages.components import data_table
from pages.frame import shell
from pages.frame.url import parameters as links  # the modules that are listened to: this line follows a move
from tests.ground import opened

ROOT = Path.cwd()
HOME = "4204"
PLACES = (HOME, "4203", "0301", "5612", "1151")  # Kristiansand, Arendal, Oslo, Guovdageaidnu, Utsira
LANGUAGES = ("nb", "en")
CHOOSING = ("view", "part", "picture")  # the parameters that choose a picture; the others change one
COSMETICS = ("template", "font", "margin", "height", "width", "hoverlabel", "meta", "paper_bgcolor", "plot_bgcolor")
DIGITS = 9
SCRUBBED = re.compile(r"\b[0-9a-f]{16}\b|\b\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?([+-]\d\d:?\d\d|Z)?|\d\d:\d\d(:\d\d)?\b")
Link = dict[str, str]


class Listener:
    """What a page says of itself while it runs: its parameters, the tables it writes, and whether it failed."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.parameters: dict[str, tuple[str, ...]] = {}
        self.tables: list[dict[str, Any]] = []
        self.failures: list[str] = []
        self._chosen, self._html, self._expander = links.chosen, data_table.html, st.expander
        patch.setattr(links, "chosen", self.chosen)
        patch.setattr(data_table, "html", self.html)
        patch.setattr(data_table, "MOST_ROWS", sys.maxsize)
        patch.setattr(st, "expander", self.expander)
        patch.setattr(logging.getLogger("innenfor"), "error", lambda *words, **_: self.failures.append(str(words)))

    def chosen(self, raw: Any, parameters: Sequence[Any]) -> Any:
        self.parameters = {each.name: each.options for each in parameters}
        return self._chosen(raw, parameters)

    def html(self, frame: pl.DataFrame, columns: Sequence[Any], caption: str, **said: bool) -> str:
        names = [each.name for each in columns]
        rows = [list(row) for row in frame.select(names).iter_rows()]
        self.tables.append({"caption": caption, "columns": names, "rows": rows})
        return self._html(frame, columns, caption, **said)

    def expander(self, label: str, expanded: bool = False, **named: Any) -> Any:
        """Open every fold: what is folded up is made when it is opened."""
        return self._expander(label, expanded=True, **named)


def visit(listener: Listener, page: str, link: Link, opened_first: Sequence[str] = ()) -> AppTest:
    """Open a page by its link with every fold open; `opened_first` are keys of what else is open."""
    listener.tables.clear()
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=600)
    app.query_params.update(link)
    for key in opened_first:
        app.session_state[key] = True
    return app.switch_page(f"pages/{page}.py").run()


def shown(app: AppTest, listener: Listener) -> dict[str, Any]:
    """Return what a page shows: its pictures, its tables, and its words and HTML in order."""
    pictures: list[dict[str, Any]] = []
    words: list[str] = []
    for each in app.main:
        if each.type == "plotly_chart":
            title = words[-1] if words else ""
            pictures.append({"title": title, "alt": each.proto.alt, **figure(json.loads(each.proto.spec))})
        elif each.type in ("title", "header", "subheader", "markdown", "caption", "info", "warning", "error"):
            words.append(SCRUBBED.sub("…", str(each.value)))
        elif each.type == "html" and "<table>" not in each.proto.body:
            words.append(SCRUBBED.sub("…", each.proto.body))
    return {"pictures": pictures, "tables": list(listener.tables), "words": words}


def figure(spec: Mapping[str, Any]) -> dict[str, Any]:
    """Return a figure's data and its layout without the cosmetics."""
    layout = {name: part for name, part in spec["layout"].items() if name not in COSMETICS}
    return {"data": decoded(spec["data"]), "layout": decoded(layout)}


def decoded(part: Any) -> Any:
    """Return a part of a figure with its packed arrays as lists of numbers."""
    if isinstance(part, dict) and "bdata" in part:
        numbers = numpy.frombuffer(base64.b64decode(part["bdata"]), dtype=part["dtype"])
        return decoded(numbers.tolist())
    if isinstance(part, dict):
        return {name: decoded(inner) for name, inner in part.items()}
    return [decoded(inner) for inner in part] if isinstance(part, list) else part


def rounded(part: Any) -> Any:
    """Return a value with its numbers at nine digits: the last ones hang on the order threads add up in."""
    if isinstance(part, dict):
        return {str(name): rounded(inner) for name, inner in part.items()}
    if isinstance(part, list | tuple):
        return [rounded(inner) for inner in part]
    if isinstance(part, float):
        return float(f"{part:.{DIGITS}g}") + 0.0
    return part if part is None or isinstance(part, str | int | bool) else str(part)


def page_links(listener: Listener, page: str) -> Iterator[Link]:
    """Return the links of a page: every picture for every place, and at home every other choice, one at a time."""
    visit(listener, page, {})
    known = dict(listener.parameters)
    chosen = pictures_of(listener, page, {name: known[name] for name in CHOOSING if name in known})
    places = [{"region": code} for code in PLACES] if "region" in known else [{}]
    yield from ({**place, **each} for place in places for each in chosen)
    for name, options in known.items():
        if name not in (*CHOOSING, "region", "lang"):
            yield from ({**places[0], **each, name: option} for each in chosen for option in some(options))


def pictures_of(listener: Listener, page: str, choosing: dict[str, tuple[str, ...]]) -> list[Link]:
    """Return the choices of a picture that show different things: a view without pictures is taken once."""
    every = [dict(zip(choosing, each, strict=True)) for each in product(*choosing.values())]
    seen: dict[str, Link] = {}
    for link in every:
        seen.setdefault(json.dumps(rounded(shown(visit(listener, page, link), listener))), link)
    return list(seen.values())


def some(options: tuple[str, ...]) -> tuple[str, ...]:
    """Return the options to try: all words, but of numbers only the ends."""
    if not options:
        return ()
    numeric = all(re.fullmatch(r"-?[\d.]+", option) for option in options)
    if any("–" in option for option in options):  # a span of numbers, not a list of options
        return ()
    return options if not numeric else tuple(dict.fromkeys((options[0], options[-1])))


def snapshot() -> tuple[dict[str, Any], list[str]]:
    """Return what every view shows, by its address, and the failures; a view like an earlier one names that one."""
    views: dict[str, Any] = {}
    first: dict[str, str] = {}
    with pytest.MonkeyPatch.context() as patch:
        opened(patch)
        listener = Listener(patch)
        for page in shell.page_names():
            for link, lang in product(list(page_links(listener, page)), LANGUAGES):
                address = {
                    code: "&".join([page, *(f"{name}={link[name]}" for name in link), code]) for code in LANGUAGES
                }
                if "as" in views.get(address[LANGUAGES[0]], ()):
                    continue  # what changes nothing is looked at in one language
                content = rounded(shown(visit(listener, page, link | {"lang": lang}), listener))
                known = first.setdefault(json.dumps(content, sort_keys=True), address[lang])
                views[address[lang]] = content if known == address[lang] else {"as": known}
        return views, listener.failures


def differences(before: Any, after: Any, where: str = "") -> Iterator[str]:
    """Return where two values differ, each with its place and the two values."""
    if isinstance(before, dict) and isinstance(after, dict):
        for name in sorted(before.keys() | after.keys()):
            yield from differences(before.get(name), after.get(name), f"{where}/{name}")
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for place, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from differences(one, other, f"{where}/{place}")
    elif before != after:
        yield f"{where}: {_short(before)} → {_short(after)}"


def compare(before: Path, after: Path) -> int:
    """Tell what differs between two files, a line a view with its first difference; 1 where anything does."""
    one, other = (json.loads(path.read_text(encoding="utf-8")) for path in (before, after))
    found = {view: list(differences(one.get(view), other.get(view))) for view in sorted(one.keys() | other.keys())}
    for view, lines in found.items():
        if lines:
            print(f"{view}: {len(lines)} differ, the first at {lines[0]}")
    differing = sum(map(bool, found.values()))
    print(f"{len(found)} views, {differing} differ")
    return 1 if differing else 0


def write(path: Path) -> int:
    """Write the snapshot, a view a line; 1 where a page failed."""
    views, failures = snapshot()
    lines = [f"{json.dumps(view)}: {json.dumps(views[view], ensure_ascii=False, sort_keys=True)}" for view in views]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    pictures = sum(len(content.get("pictures", ())) for content in views.values())
    print(f"{len(views)} views, {pictures} pictures, {len(failures)} failures {failures[:3]}")
    return 1 if failures else 0


def _short(value: Any, longest: int = 160) -> str:
    written = json.dumps(value, ensure_ascii=False)
    return written if len(written) <= longest else written[:longest] + "…"


def main() -> int:
    """Write a snapshot, or compare two."""
    parser = argparse.ArgumentParser(prog="python -m tests.picture_data", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--compare", action="store_true")
    given = parser.parse_args()
    return compare(*given.files) if given.compare else write(given.files[0])


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    sys.exit(main())
