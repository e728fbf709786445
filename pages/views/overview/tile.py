"""A tile of the municipality's sheet: a question, a verdict, a number, a small picture, a sentence and a way on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pages.components import chart_footer, picture_files
from pages.components.picture_files import PictureFrame
from pages.format.html import Html, emphasised, link, tag
from pages.format.numbers import unbroken
from pages.format.texts import text
from pages.frame.source_footer import Citation
from pages.svg.markup import Drawing

Kind = Literal["good", "bad", "even", "unknown"]
JUDGED = ("good", "bad")
_SIGNS = {"higher": "▲", "lower": "▼", "even": "≈", "unknown": "?", "better": "✓", "who": "●", "spread": "↔"}


@dataclass(frozen=True)
class TileVerdict:
    """What may be said in a few words: its sign (a key of `_SIGNS`), and whether it is good, never by colour alone."""

    words: str
    sign: str
    kind: Kind

    @property
    def mark(self) -> str:
        """Return the sign as it is drawn."""
        return _SIGNS[self.sign]


@dataclass(frozen=True)
class Tile:
    """A question of the sheet with its answer. picture: None where there is nothing to draw; links: address, words.

    price: what it costs and is worth, "" where that is another question. sources: what the answer rests on.
    """

    question: str
    verdict: TileVerdict
    picture: Drawing | None
    sentence: str
    links: tuple[tuple[str, str], ...]
    sources: tuple[Citation, ...]
    price: str = ""


def unknown(words: str) -> TileVerdict:
    """Return the verdict of what cannot be told."""
    return TileVerdict(words, "unknown", "unknown")


def level_verdict(verdict: str, words: str, polarity: str) -> TileVerdict:
    """Return a verdict of the difference test: more is good or bad as the indicator says."""
    if verdict == "no_certain_difference":
        return TileVerdict(words, "even", "even")
    way = verdict.rpartition("_")[2]
    if way not in {"higher", "lower"}:
        return unknown(words)
    good = {"low_is_good": "lower", "high_is_good": "higher"}.get(polarity)
    return TileVerdict(words, way, "even" if good is None else "good" if way == good else "bad")


def grid(tiles: Sequence[Tile], about: Sequence[str] = ()) -> Html:
    """Return the tiles as HTML, two beside each other where there is room; about: place, group and time in words."""
    return tag("div", *(_tile(each, about, n) for n, each in enumerate(tiles, 1)), class_="innenfor-tiles")


def _tile(tile: Tile, about: Sequence[str], number: int) -> Html:
    verdict, picture, take = tile.verdict, Html(), Html()
    if tile.picture:
        picture, take = picture_files.drawn(_frame(tile, about, number), tile.picture)
    body = [
        tag("h2", tile.question),
        _said(verdict),
        picture,
        tag("p", emphasised(unbroken(tile.sentence))),
        tag("p", emphasised(tile.price), class_="price") if tile.price else "",
        *(link(address, words) for address, words in tile.links),
        take,
    ]
    return tag("section", *body, class_=f"{verdict.kind} tile-{number}")


def _said(verdict: TileVerdict) -> Html:
    """Return the verdict as HTML: its sign for those who see, its words, and whether that is good or bad."""
    judged = tag("span", text(f"overview.kind.{verdict.kind}"), class_="kind") if verdict.kind in JUDGED else ""
    sign = tag("span", verdict.mark, aria_hidden="true")
    return tag("p", sign, " ", tag("strong", verdict.words), judged, class_="verdict")


def _frame(tile: Tile, about: Sequence[str], number: int) -> PictureFrame:
    """Return what stands around the tile's picture where it is taken away."""
    title = f"{tile.question} {tile.verdict.words}"
    return PictureFrame(
        f"tile-{number}", title, " · ".join(about), chart_footer.source_line(tile.sources), f"tile-{number}"
    )
