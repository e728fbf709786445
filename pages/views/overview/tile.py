"""A tile of the municipality's sheet: a question, a verdict, a number, a small picture, a sentence and a way on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

from pages.components import chart_footer, html, picture_files
from pages.components.picture_files import PictureFrame
from pages.format.texts import text
from pages.frame.source_footer import Citation
from pages.svg.markup import Drawing

Kind = Literal["good", "bad", "even", "unknown"]
JUDGED = ("good", "bad")
_STRONG = re.compile(r"\*\*(.+?)\*\*")
_SIGNS = {"higher": "▲", "lower": "▼", "even": "≈", "unknown": "?", "better": "✓", "who": "●"}


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


def grid(tiles: Sequence[Tile], about: Sequence[str] = ()) -> str:
    """Return the tiles as HTML, two beside each other where there is room; about: place, group and time in words."""
    return f'<div class="innenfor-tiles">{"".join(_tile(each, about, n) for n, each in enumerate(tiles, 1))}</div>'


def emphasised(said: str) -> str:
    """Return words as HTML, with what stands between `**` strong."""
    return _STRONG.sub(r"<strong>\1</strong>", escape(said))


def _tile(tile: Tile, about: Sequence[str], number: int) -> str:
    verdict = tile.verdict
    sign = f'<span aria-hidden="true">{verdict.mark}</span> '
    judged = escape(text(f"overview.kind.{verdict.kind}")) if verdict.kind in JUDGED else ""
    kind = f'<span class="kind">{judged}</span>' if judged else ""
    said = f'<p class="verdict">{sign}<strong>{escape(verdict.words)}</strong>{kind}</p>'
    price = f'<p class="price">{emphasised(tile.price)}</p>' if tile.price else ""
    links = "".join(html.link(address, words) for address, words in tile.links)
    drawn = tile.picture
    image = html.image(drawn.address, drawn.alt, drawn.width, drawn.height) if drawn else ""
    take = picture_files.folded(_frame(tile, about, number)) if drawn else ""
    body = f"{said}{image}<p>{emphasised(tile.sentence)}</p>{price}{links}{take}"
    return f'<section class="{verdict.kind} tile-{number}"><h2>{escape(tile.question)}</h2>{body}</section>'


def _frame(tile: Tile, about: Sequence[str], number: int) -> PictureFrame:
    """Return what stands around the tile's picture where it is taken away."""
    title = f"{tile.question} {tile.verdict.words}"
    return PictureFrame(
        f"tile-{number}", title, " · ".join(about), chart_footer.source_line(tile.sources), f"tile-{number}"
    )
