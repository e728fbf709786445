"""Rows with a name, marks along one scale, and what they say in words: no pointer is needed to read them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Literal

from pages.plots import theme
from pages.svg import markup
from pages.svg.markup import Drawing

Symbol = Literal["circle", "ring", "diamond", "cross"]
Span = tuple[float, float]

WIDE, NARROW, PRINTED, _PHONE = 940.0, 350.0, 900.0, 480.0
_LINE, _PAD, _RADIUS, _GAP = 18.0, 8.0, 7.0, 14.0
_LETTERS, _SIZE, _LEAST_ROOM = 44, 14.0, 0.2


@dataclass(frozen=True)
class MarkedRow:
    """A row: its name, what it says in words, and its marks in units of the scale; None is not drawn.

    way: the whole way there is to go, quiet. reach: from the low to the high end. stroke: a place to compare with.
    """

    name: str
    said: str
    dot: float | None
    reach: Span | None = None
    stroke: float | None = None
    way: Span | None = None
    symbol: Symbol = "circle"


@dataclass(frozen=True)
class RowScale:
    """The scale beneath the rows: its ends, its ticks with their words, and its title ("" where the ticks say it)."""

    ends: Span
    ticks: tuple[tuple[float, str], ...]
    title: str = ""


@dataclass(frozen=True)
class _Sheet:
    """Where the columns stand: names to `left`, marks between `left` and `right`, words from there; all in px.

    under: the words of a row stand on a line of their own, beneath its name.
    """

    width: float
    left: float
    right: float
    letters: int
    scale: RowScale
    under: bool = False

    def at(self, value: float) -> float:
        low, high = self.scale.ends
        return self.left + (self.right - self.left) * (min(max(value, low), high) - low) / (high - low)


def rows_picture(rows: Sequence[MarkedRow], scale: RowScale, width: float = WIDE) -> Drawing:
    """Return the rows in the order given.

    Name and words stand above the marks of their row where the picture is narrow, or they leave the marks no room.
    """
    sheet = _sheet(rows, scale, width)
    draw = _beside if sheet.left > _GAP else _above
    parts: list[str] = []
    y = 4.0
    for row in rows:
        drawn, height = draw(row, sheet, y)
        parts += drawn
        y += height
    foot, height = _foot(sheet, y)
    alt = "; ".join(f"{row.name}: {row.said}" for row in rows)
    return markup.drawing(width, y + height, alt, [*parts, *foot])


def _sheet(rows: Sequence[MarkedRow], scale: RowScale, width: float) -> _Sheet:
    names = [line for row in rows for line in _lines(row.name, _LETTERS)]
    left = max(map(_wide, names), default=0) + _GAP
    right = width - max((_wide(row.said) for row in rows), default=0) - _GAP
    if width < _PHONE or right - left < width * _LEAST_ROOM:
        letters = int(width / _SIZE / markup.LETTER)
        under = any(_wide(_lines(row.name, letters)[-1]) + _wide(row.said) + _GAP > width for row in rows)
        return _Sheet(width, _RADIUS, width - _RADIUS, letters, scale, under)
    return _Sheet(width, left, right, _LETTERS, scale)


def _lines(name: str, letters: int) -> list[str]:
    """Return a name in lines; a word that is longer than a line is broken."""
    return wrap(name, letters) or [""]


def _wide(said: str) -> float:
    return markup.width_of(said, _SIZE)


def _beside(row: MarkedRow, sheet: _Sheet, y: float) -> tuple[list[str], float]:
    """Return a row with its name to the left and its words to the right, and its height."""
    lines, ink = _lines(row.name, sheet.letters), theme.colour("text")
    height = _LINE * len(lines) + 2 * _PAD
    middle = y + height / 2
    first = middle - _LINE * (len(lines) - 1) / 2 + _SIZE / 3
    names = [
        markup.words(sheet.left - _GAP, first + _LINE * number, line, ink, size=_SIZE, anchor="end")
        for number, line in enumerate(lines)
    ]
    said = markup.words(sheet.right + _GAP, middle + _SIZE / 3, row.said, ink, size=_SIZE)
    return [*_uprights(sheet, y, y + height), *names, *_marks(row, sheet.at, middle), said], height


def _above(row: MarkedRow, sheet: _Sheet, y: float) -> tuple[list[str], float]:
    """Return a row with its name and its words above its marks, and its height."""
    lines, ink = _lines(row.name, sheet.letters), theme.colour("text")
    if sheet.under:
        lines.append("")
    foot = y + _SIZE + _LINE * (len(lines) - 1)
    names = [markup.words(0, y + _SIZE + _LINE * number, line, ink, size=_SIZE) for number, line in enumerate(lines)]
    x, anchor = (0, "start") if sheet.under else (sheet.width, "end")
    said = markup.words(x, foot, row.said, theme.colour("text_quiet"), size=_SIZE, anchor=anchor)
    middle, end = foot + _LINE - 3, foot + _LINE + _PAD + 4
    uprights = _uprights(sheet, foot + 6, end)  # words stand free of them
    return [*uprights, *names, said, *_marks(row, sheet.at, middle)], end - y


def _marks(row: MarkedRow, at: Callable[[float], float], y: float) -> list[str]:
    quiet, strong, parts = theme.colour("hairline"), theme.colour("home"), []
    if row.way is not None:
        parts.append(markup.line(at(row.way[0]), y, at(row.way[1]), y, quiet, 4))
    if row.reach is not None:
        parts.append(markup.line(at(row.reach[0]), y, at(row.reach[1]), y, strong, 3))
    if row.stroke is not None:
        parts.append(markup.line(at(row.stroke), y - 9, at(row.stroke), y + 9, theme.colour("text"), 3))
    if row.dot is not None:
        parts.append(_symbol(row.symbol, at(row.dot), y, strong))
    return parts


def _symbol(symbol: Symbol, x: float, y: float, ink: str) -> str:
    r = _RADIUS
    if symbol == "diamond":
        return markup.area([(x - r - 1, y), (x, y - r - 1), (x + r + 1, y), (x, y + r + 1)], ink)
    if symbol == "cross":
        return markup.line(x - r, y - r, x + r, y + r, ink, 4) + markup.line(x - r, y + r, x + r, y - r, ink, 4)
    if symbol == "ring":
        return markup.circle(x, y, r - 1, theme.colour("background"), ink)
    return markup.circle(x, y, r - 1, ink)


def _uprights(sheet: _Sheet, top: float, foot: float) -> list[str]:
    """Return a line from top to foot at each tick, that at zero stronger."""
    inks = {True: theme.colour("border"), False: theme.colour("grid")}
    return [markup.line(x, top, x, foot, inks[tick == 0]) for tick, _ in sheet.scale.ticks for x in (sheet.at(tick),)]


def _foot(sheet: _Sheet, y: float) -> tuple[list[str], float]:
    """Return the line beneath the rows with its ticks' words and its title, and their height."""
    ink, most = theme.colour("text"), sheet.width
    parts = [markup.line(sheet.left, y, sheet.right, y, theme.colour("border"))]
    for tick, said in sheet.scale.ticks:
        half = _wide(said) / 2
        x = min(max(sheet.at(tick), half), most - half)
        parts.append(markup.words(x, y + _SIZE + 5, said, ink, size=_SIZE, anchor="middle"))
    if not sheet.scale.title:
        return parts, _SIZE + 12
    middle = (sheet.left + sheet.right) / 2
    parts.append(markup.words(middle, y + 2 * _SIZE + 12, sheet.scale.title, ink, size=_SIZE, anchor="middle"))
    return parts, 2 * _SIZE + 20
