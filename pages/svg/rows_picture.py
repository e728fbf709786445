"""Rows with a name, marks along one scale, and what they say in words: no pointer is needed to read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from pages.plots import theme
from pages.svg import markup, row_marks
from pages.svg.markup import Drawing
from pages.svg.row_marks import RADIUS, SIZE, KeySign, MarkedRow, Span

WIDE, NARROW, PRINTED, _PHONE = 940.0, 350.0, 900.0, 480.0
_LINE, _PAD, _GAP = 18.0, 8.0, 14.0
_LETTERS, _LEAST_ROOM = 44, 0.2


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


def rows_picture(
    rows: Sequence[MarkedRow], scale: RowScale, width: float = WIDE, key: Sequence[tuple[KeySign, str]] = ()
) -> Drawing:
    """Return the rows in the order given, beneath the key to their marks.

    Name and words stand above the marks of their row where the picture is narrow, or they leave the marks no room.
    """
    sheet = _sheet(rows, scale, width)
    draw = _beside if sheet.left > _GAP else _above
    parts, height = row_marks.key(key, width)
    y = 4.0 + height
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
        letters = int(width / SIZE / markup.LETTER)
        under = any(_wide(_lines(row.name, letters)[-1]) + _wide(row.said) + _GAP > width for row in rows)
        return _Sheet(width, RADIUS, width - RADIUS, letters, scale, under)
    return _Sheet(width, left, right, _LETTERS, scale)


def _lines(name: str, letters: int) -> list[str]:
    """Return a name in lines; a word that is longer than a line is broken."""
    return wrap(name, letters) or [""]


def _wide(said: str) -> float:
    return markup.width_of(said, SIZE)


def _beside(row: MarkedRow, sheet: _Sheet, y: float) -> tuple[list[str], float]:
    """Return a row with its name to the left and its words to the right, and its height."""
    lines, ink = _lines(row.name, sheet.letters), theme.colour("text")
    height = _LINE * len(lines) + 2 * _PAD + row_marks.room_beneath(row)
    middle = y + (height - row_marks.room_beneath(row)) / 2
    first = middle - _LINE * (len(lines) - 1) / 2 + SIZE / 3
    names = [
        markup.words(sheet.left - _GAP, first + _LINE * number, line, ink, size=SIZE, anchor="end")
        for number, line in enumerate(lines)
    ]
    said = markup.words(sheet.right + _GAP, middle + SIZE / 3, row.said, ink, size=SIZE)
    return [*_uprights(sheet, y, y + height), *names, *row_marks.marks(row, sheet.at, middle), said], height


def _above(row: MarkedRow, sheet: _Sheet, y: float) -> tuple[list[str], float]:
    """Return a row with its name and its words above its marks, and its height."""
    lines, ink = _lines(row.name, sheet.letters), theme.colour("text")
    if sheet.under:
        lines.append("")
    foot = y + SIZE + _LINE * (len(lines) - 1)
    names = [markup.words(0, y + SIZE + _LINE * number, line, ink, size=SIZE) for number, line in enumerate(lines)]
    x, anchor = (0, "start") if sheet.under else (sheet.width, "end")
    said = markup.words(x, foot, row.said, theme.colour("text_quiet"), size=SIZE, anchor=anchor)
    middle, end = foot + _LINE - 3, foot + _LINE + _PAD + 4 + row_marks.room_beneath(row)
    uprights = _uprights(sheet, foot + 6, end)  # words stand free of them
    return [*uprights, *names, said, *row_marks.marks(row, sheet.at, middle)], end - y


def _uprights(sheet: _Sheet, top: float, foot: float) -> list[str]:
    """Return a line from top to foot at each tick, that at zero stronger."""
    inks = {True: theme.colour("border"), False: theme.colour("grid")}
    return [markup.line(x, top, x, foot, inks[tick == 0]) for tick, _ in sheet.scale.ticks for x in (sheet.at(tick),)]


def _foot(sheet: _Sheet, y: float) -> tuple[list[str], float]:
    """Return the line beneath the rows with its ticks' words and its title, and their height."""
    ink, most = theme.colour("text"), sheet.width
    parts = [markup.line(sheet.left, y, sheet.right, y, theme.colour("border"))]
    for tick, said in sheet.scale.ticks:
        half = _wide(said) / 2 + 2
        x = min(max(sheet.at(tick), half), most - half)
        parts.append(markup.words(x, y + SIZE + 5, said, ink, size=SIZE, anchor="middle"))
    if not sheet.scale.title:
        return parts, SIZE + 12
    middle = (sheet.left + sheet.right) / 2
    parts.append(markup.words(middle, y + 2 * SIZE + 12, sheet.scale.title, ink, size=SIZE, anchor="middle"))
    return parts, 2 * SIZE + 20
