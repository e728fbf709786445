"""What stands along the scale of a row: a mark with its reach, one beneath it, bars from zero; and the key to them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from pages.plots import theme
from pages.svg import markup

Symbol = Literal["circle", "ring", "diamond", "cross", "square"]
KeySign = Symbol | Literal["beneath"] | int
"""A symbol, the mark beneath, or the number of a bar of the row."""
Span = tuple[float, float]
Place = Callable[[float], float]

SIZE = 14.0
RADIUS = 7.0
_BENEATH, _DOTS = 11.0, "2 3"
_THICK = 16.0
_SIGN, _ENTRY, _KEY_LINE = 18.0, 20.0, 20.0


@dataclass(frozen=True)
class MarkedRow:
    """A row: its name, what it says in words, and its marks in units of the scale; None is not drawn.

    way: the whole way there is to go, quiet. reach: from the low to the high end. stroke: a place to compare with.
    beneath: another value of the same with its reach, dotted. bars: from zero, those of one sign after each other.
    """

    name: str
    said: str
    dot: float | None
    reach: Span | None = None
    stroke: float | None = None
    way: Span | None = None
    symbol: Symbol = "circle"
    beneath: tuple[float, Span] | None = None
    bars: tuple[float, ...] = ()


def marks(row: MarkedRow, at: Place, y: float) -> list[str]:
    """Return the marks of a row, the first at the height y; at: where a value stands."""
    quiet, strong, parts = theme.colour("border"), theme.colour("home"), _bars(row.bars, at, y)
    if row.way is not None:
        parts.append(markup.line(at(row.way[0]), y, at(row.way[1]), y, quiet, 2))
    if row.reach is not None:
        parts.append(markup.line(at(row.reach[0]), y, at(row.reach[1]), y, strong, 3))
    if row.stroke is not None:
        parts.append(markup.line(at(row.stroke), y - 9, at(row.stroke), y + 9, theme.colour("text"), 3))
    if row.dot is not None:
        parts.append(_symbol(row.symbol, at(row.dot), y, strong))
    if row.beneath is not None:
        value, (low, high) = row.beneath
        below = y + _BENEATH
        parts.append(markup.line(at(low), below, at(high), below, theme.colour("text_quiet"), 1.6, _DOTS))
        parts.append(_small(at(value), below))
    return parts


def room_beneath(row: MarkedRow) -> float:
    """Return how far the marks of a row reach beneath those of one that has only the first."""
    return _BENEATH if row.beneath is not None else 0.0


def key(entries: Sequence[tuple[KeySign, str]], width: float) -> tuple[list[str], float]:
    """Return what the signs stand for, in lines of the width, and the height they take."""
    parts: list[str] = []
    x, y = 0.0, 0.0
    for sign, said in entries:
        wide = _SIGN + markup.width_of(said, SIZE)
        if x and x + wide > width:
            x, y = 0.0, y + _KEY_LINE
        parts += [
            _sign(sign, x, y + _KEY_LINE / 2),
            markup.words(x + _SIGN, y + 15, said, theme.colour("text"), size=SIZE),
        ]
        x += wide + _ENTRY
    return parts, y + _KEY_LINE + 6 if entries else 0.0


def _sign(sign: KeySign, x: float, y: float) -> str:
    if isinstance(sign, int):
        return _bar(sign, x, y, 12, 12)
    return _small(x + RADIUS, y) if sign == "beneath" else _symbol(sign, x + RADIUS, y, theme.colour("home"))


def _bars(amounts: Sequence[float], at: Place, y: float) -> list[str]:
    """Return bars that begin where the one before of the same sign ended, the first at zero."""
    parts, ends = [], {True: 0.0, False: 0.0}
    for number, amount in enumerate(amounts):
        begun = ends[amount > 0]
        ends[amount > 0] += amount
        first, last = sorted((at(begun), at(begun + amount)))
        parts.append(_bar(number, first, y, last - first, _THICK))
    return parts


def _bar(number: int, x: float, y: float, width: float, height: float) -> str:
    """Return a bar about the height y; bars of a row are told apart by how dark they are, not by hue alone."""
    fills = (theme.colour("home"), theme.colour("home_band"), theme.quiet_line(1).colour)
    edges = (theme.colour("background"), theme.colour("home"), theme.colour("background"))
    return markup.bar(x, y - height / 2, width, height, fills[number], edges[number])


def _small(x: float, y: float) -> str:
    return markup.area([(x - 5, y), (x, y - 5), (x + 5, y), (x, y + 5)], theme.colour("text_quiet"))


def _symbol(symbol: Symbol, x: float, y: float, ink: str) -> str:
    r = RADIUS
    if symbol == "diamond":
        return markup.area([(x - r - 1, y), (x, y - r - 1), (x + r + 1, y), (x, y + r + 1)], ink)
    if symbol == "cross":
        return markup.line(x - r, y - r, x + r, y + r, ink, 4) + markup.line(x - r, y + r, x + r, y - r, ink, 4)
    if symbol == "square":
        return markup.bar(x - r + 1, y - r + 1, 2 * r - 2, 2 * r - 2, ink)
    if symbol == "ring":
        return markup.circle(x, y, r - 1, theme.colour("background"), ink)
    return markup.circle(x, y, r - 1, ink)
