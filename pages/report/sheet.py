"""A place's sheet on one page: the tiles of the first screen as PDF or PNG, for any place, without the app."""

import datetime as dt
import json
from typing import Any, Literal

from data import paths
from data.i18n import speaking
from pages.format import marking
from pages.format.numbers import date
from pages.format.place_names import place
from pages.format.texts import text
from pages.plots import theme
from pages.report.model import plain
from pages.report.pdf import STANDARDS
from pages.svg.markup import in_font
from pages.views.overview.tile import Tile
from pages.views.overview.tiles import about, tiles

Kind = Literal["pdf", "png"]
TEMPLATE = paths.PAGES / "report" / "sheet.typ"
_FONT = "Libertinus Serif"
_PPI = 160.0


def sheet(region: str, lang: str, kind: Kind = "pdf", day: dt.date | None = None) -> bytes:
    """Return the sheet of a region in a language. The same figures and day give the same bytes."""
    import typst

    found = source(region, lang, day or dt.datetime.now(dt.UTC).date())
    if kind == "png":
        return bytes(typst.compile(found, format="png", ppi=_PPI, ignore_system_fonts=True))
    moment = dt.datetime.combine(day or dt.datetime.now(dt.UTC).date(), dt.time(), dt.UTC)
    return bytes(typst.compile(found, pdf_standards=STANDARDS, ignore_system_fonts=True, timestamp=moment))


def source(region: str, lang: str, day: dt.date) -> bytes:
    """Return the sheet as one typst document that needs no other file."""
    with speaking(lang):
        content = json.dumps(_data(region, lang, day), ensure_ascii=False)
    quoted = content.replace("\\", "\\\\").replace('"', '\\"')
    return f'#let sheet = json(bytes("{quoted}"))\n'.encode() + TEMPLATE.read_bytes()


def _data(region: str, lang: str, day: dt.date) -> dict[str, Any]:
    made = tiles(region)
    cited = dict.fromkeys(source for each in made for source in each.sources)
    return {
        "title": text("sheet.title", place=place(region)), "about": " · ".join(about(region)), "lang": lang,
        "day": [day.year, day.month, day.day], "author": text("shell.name"),
        "mark": marking.word(example=False), "foot": text("sheet.foot", date=date(day)),
        "tiles": [_tile(each) for each in made], "sources_heading": text("shell.sources_heading"),
        "sources": [f"{each.publisher}: {each.title}, {each.edition}" for each in cited],
        "colour": theme.tokens()["colour"],
    }  # fmt: skip


def _tile(tile: Tile) -> dict[str, Any]:
    drawn = tile.picture
    return {
        "question": tile.question, "verdict": tile.verdict.words, "kind": tile.verdict.kind,
        "svg": in_font(drawn.svg, _FONT) if drawn else "", "alt": drawn.alt if drawn else "",
        "sentence": plain(tile.sentence), "price": plain(tile.price),
    }  # fmt: skip
