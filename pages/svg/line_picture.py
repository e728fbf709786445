"""One place over time beside the nation, small: the line stops where the series breaks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pages.plots import theme
from pages.svg import markup
from pages.svg.markup import Drawing

WIDTH, HEIGHT = 340.0, 150.0
_LEFT, _RIGHT, _TOP, _FOOT = 4.0, 78.0, 16.0, 18.0
_GAP, _STUB, _LEGEND = 14.0, 13.0, 20.0
Point = tuple[float, float]
At = Callable[[float, float], Point]


@dataclass(frozen=True)
class TimeLine:
    """A line to draw: its name, and for each period (position on the axis, share, low, high, part between breaks)."""

    name: str
    points: tuple[tuple[float, float, float | None, float | None, int], ...]


def line_picture(
    home: TimeLine,
    other: TimeLine | None,
    breaks: Sequence[float],
    ends: tuple[str, str],
    shares: tuple[str, str],
    alt: str,
    *,
    named: bool = False,
) -> Drawing:
    """Return the picture: ends are the first and last period in words, shares the place's share in each.

    named: the line's own name stands beneath, where it is not the line of the place the picture is asked for.
    """
    drawn = [home, *([other] if other else [])]
    every = [point for each in drawn for point in each.points]
    first, last = min(point[0] for point in every), max(point[0] for point in every)
    top = max(point[3] or point[1] for point in every) * 1.08
    span, right = max(last - first, 1e-9), WIDTH - _RIGHT

    def at(x: float, y: float) -> Point:
        return _LEFT + (right - _LEFT - 8) * (x - first) / span, HEIGHT - _FOOT - (HEIGHT - _FOOT - _TOP) * y / top

    foot = HEIGHT - _FOOT
    quiet = theme.colour("text_quiet")
    parts = [markup.line(_LEFT, foot, right, foot, theme.colour("border"))]
    parts += [_break(at(each - 0.5, 0)[0], foot) for each in breaks if first < each <= last]
    parts += [markup.words(_LEFT, HEIGHT - 4, ends[0], quiet), _last(at(home.points[-1][0], 0)[0], ends[1], quiet)]
    parts += _bands(home, at)
    parts += _strokes(other, at, theme.quiet_line(0).colour, 1.6, "5 3") if other else []
    parts += _strokes(home, at, theme.colour("home"), 3, "")
    parts += _names(home, other, at, shares)
    legend = _legend(home.name) if named else []
    return markup.drawing(WIDTH, HEIGHT + (_LEGEND if named else 0), alt, [*parts, *legend])


def _legend(name: str) -> list[str]:
    ink, y = theme.colour("home"), HEIGHT + _LEGEND / 2
    return [markup.line(_LEFT, y, _LEFT + _STUB, y, ink, 3), markup.words(_LEFT + _STUB + 4, y + 4, name, ink)]


def _last(x: float, words: str, ink: str) -> str:
    return markup.words(x, HEIGHT - 4, words, ink, anchor="middle")


def _break(x: float, foot: float) -> str:
    return markup.line(x, _TOP - 6, x, foot, theme.colour("text_quiet"), 1, "2 3")


def _parts(drawn: TimeLine) -> list[list[tuple[float, float, float | None, float | None, int]]]:
    numbers = sorted({point[4] for point in drawn.points})
    return [[point for point in drawn.points if point[4] == number] for number in numbers]


def _bands(home: TimeLine, at: At) -> list[str]:
    bands = []
    for part in _parts(home):
        known = [(x, low, high) for x, _, low, high, _ in part if low is not None and high is not None]
        edge = [at(x, high) for x, _, high in known] + [at(x, low) for x, low, _ in reversed(known)]
        bands += [markup.area(edge, theme.colour("home_band"))] if len(known) > 1 else []
    return bands


def _strokes(drawn: TimeLine, at: At, ink: str, width: float, dash: str) -> list[str]:
    strokes = []
    for part in _parts(drawn):
        points = [at(x, value) for x, value, *_ in part]
        alone = len(points) == 1
        strokes.append(markup.circle(*points[0], width, ink) if alone else markup.polyline(points, ink, width, dash))
    return strokes


def _names(home: TimeLine, other: TimeLine | None, at: At, shares: tuple[str, str]) -> list[str]:
    """Return the newest share, large, at the line's end, and the other's name beside a piece of its line, apart."""
    x, y = at(*home.points[-1][:2])
    parts = [markup.circle(x, y, 5, theme.colour("home"))]
    near = [at(*point[:2]) for line in (home, other) if line for point in line.points]
    top = min(y for x, y in near if x < _LEFT + markup.width_of(shares[0]))
    parts.append(markup.words(_LEFT, top - 9, shares[0], theme.colour("home")))
    right = WIDTH - _RIGHT + 4
    parts.append(markup.words(right, y + 5, shares[1], theme.colour("home"), size=17, bold=True))
    if other:
        beside = at(*other.points[-1][:2])[1]
        apart = beside + 4 if abs(beside - y) > _GAP + 4 else y + 4 + (_GAP + 4) * (1 if beside >= y else -1)
        ink = theme.quiet_line(0).colour
        parts.append(markup.line(right, apart - 4, right + _STUB, apart - 4, ink, 1.6, "5 3"))
        parts.append(markup.words(right + _STUB + 4, apart, other.name, ink))
    return parts
