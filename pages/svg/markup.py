"""Small pictures as SVG, drawn by the server: no script, no waiting, the same on the screen, in print and on paper."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from html import escape
from urllib.parse import quote

from pages.plots import theme

LETTER = 0.63
"""The mean width of a letter, as a share of its height, in the sans-serif the pages are set in."""


@dataclass(frozen=True)
class Drawing:
    """A picture as SVG, its size in units of its own, and what it shows in words.

    sent: where the server holds it, where it is sent once for many readers; "" where the page holds it itself.
    """

    svg: str
    alt: str
    width: float
    height: float
    sent: str = ""

    @property
    def address(self) -> str:
        """Return the picture as an address that holds it."""
        return "data:image/svg+xml," + quote(self.svg, safe=" =:/'(),;")


def drawing(width: float, height: float, alt: str, parts: Iterable[str]) -> Drawing:
    """Return a whole picture of its parts."""
    font = escape(str(theme.tokens()["font"]["family"]))
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {at(width)} {at(height)}" font-family="{font}">'
    return Drawing(f"{head}{''.join(parts)}</svg>", alt, width, height)


def marked(picture: Drawing, word: str) -> Drawing:
    """Return a whole picture with a word written across it, where it cannot be cut away."""
    x, y = at(picture.width / 2), at(picture.height / 2)
    look = f'font-size="{at(min(54, picture.width / 6))}" fill="{theme.colour("watermark")}" opacity="0.28"'
    said = f'<text x="{x}" y="{y}" text-anchor="middle" transform="rotate(-24 {x} {y})" {look}>{escape(word)}</text>'
    return replace(picture, svg=picture.svg.removesuffix("</svg>") + said + "</svg>")


def in_font(svg: str, family: str) -> str:
    """Return a whole picture with its words in another font."""
    return svg.replace(f'font-family="{escape(str(theme.tokens()["font"]["family"]))}"', f'font-family="{family}"', 1)


def at(place: float) -> str:
    """Return a place or a length as SVG writes it, no finer than can be seen."""
    return f"{round(place, 2):g}"


def line(x1: float, y1: float, x2: float, y2: float, ink: str, width: float = 1, dash: str = "") -> str:
    """Return a straight line; dash as SVG writes it (`2 3`)."""
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    ends = f'x1="{at(x1)}" y1="{at(y1)}" x2="{at(x2)}" y2="{at(y2)}"'
    return f'<line {ends} stroke="{ink}" stroke-width="{at(width)}"{dashes}/>'


def polyline(points: Iterable[tuple[float, float]], ink: str, width: float, dash: str = "") -> str:
    """Return lines from point to point."""
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<polyline points="{_joined(points)}" fill="none" stroke="{ink}" stroke-width="{at(width)}"{dashes}/>'


def area(points: Iterable[tuple[float, float]], fill: str) -> str:
    """Return a filled shape without an outline."""
    return f'<polygon points="{_joined(points)}" fill="{fill}"/>'


def circle(x: float, y: float, radius: float, fill: str, ink: str = "none") -> str:
    """Return a dot."""
    return f'<circle cx="{at(x)}" cy="{at(y)}" r="{at(radius)}" fill="{fill}" stroke="{ink}"/>'


def bar(x: float, y: float, width: float, height: float, fill: str, edge: str = "") -> str:
    """Return a rectangle; edge: the colour of its outline, where it has one."""
    stroke = f' stroke="{edge}"' if edge else ""
    return f'<rect x="{at(x)}" y="{at(y)}" width="{at(max(width, 0))}" height="{at(height)}" fill="{fill}"{stroke}/>'


def words(
    x: float, y: float, said: str, ink: str, *, size: float = 12, anchor: str = "start", bold: bool = False
) -> str:
    """Return words whose foot stands at y; anchor: `start`, `middle` or `end`."""
    weight = ' font-weight="700"' if bold else ""
    where = f'x="{at(x)}" y="{at(y)}" font-size="{at(size)}" text-anchor="{anchor}"'
    return f'<text {where} fill="{ink}"{weight}>{escape(said)}</text>'


def width_of(said: str, size: float = 12) -> float:
    """Return about how wide words are."""
    return len(said) * size * LETTER


def _joined(points: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{at(x)},{at(y)}" for x, y in points)
