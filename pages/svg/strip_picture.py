"""Every place of one level as a dot on one line, the own one strong: dots alike are piled."""

from collections.abc import Callable, Sequence

from pages.plots import theme
from pages.svg import markup
from pages.svg.markup import Drawing

WIDTH, HEIGHT = 340.0, 150.0
_LEFT, _RIGHT, _FOOT, _TOP = 10.0, 330.0, 112.0, 26.0
_BINS = 58


def strip_picture(
    others: Sequence[float], home: float, nation: float | None, words: tuple[str, str, str], ends: tuple[str, str],
    alt: str,
) -> Drawing:  # fmt: skip
    """Return the picture. words: the own place, its share, the nation; ends: the lowest and highest share in words."""
    low, high = min((*others, home)), max((*others, home))
    span = max(high - low, 1e-9)

    def at(value: float) -> float:
        return _LEFT + (_RIGHT - _LEFT) * (value - low) / span

    piles: dict[int, int] = {}
    for value in others:
        piles[_bin(value, low, span)] = piles.get(_bin(value, low, span), 0) + 1
    step = min(5.6, (_FOOT - _TOP) / max(max(piles.values(), default=1), 1))
    wide = (_RIGHT - _LEFT) / _BINS
    dots = [
        markup.circle(_LEFT + wide * (number + 0.5), _FOOT - step * (place + 0.6), 2.4, theme.colour("border"))
        for number, height in piles.items()
        for place in range(height)
    ]
    axis = markup.line(_LEFT, _FOOT + 2, _RIGHT, _FOOT + 2, theme.colour("border"))
    quiet = theme.colour("text_quiet")
    feet = [
        markup.words(_LEFT, HEIGHT - 4, ends[0], quiet),
        markup.words(_RIGHT, HEIGHT - 4, ends[1], quiet, anchor="end"),
    ]
    return markup.drawing(
        WIDTH, HEIGHT, alt, [*dots, axis, *_nation(nation, at, words[2]), *_home(at(home), words), *feet]
    )


def _bin(value: float, low: float, span: float) -> int:
    return min(int(_BINS * (value - low) / span), _BINS - 1)


def _nation(value: float | None, at: Callable[[float], float], name: str) -> list[str]:
    if value is None:
        return []
    x, ink = at(value), theme.quiet_line(0).colour
    return [
        markup.line(x, _TOP, x, _FOOT + 6, ink, 1.6, "5 3"),
        markup.words(_within(x, markup.width_of(name)), _FOOT + 19, name, ink, anchor="middle"),
    ]


def _home(x: float, words: tuple[str, str, str]) -> list[str]:
    ink = theme.colour("home")
    said = f"{words[0]} {words[1]}"
    return [
        markup.line(x, 18, x, _FOOT + 2, ink, 2.5),
        markup.circle(x, _FOOT + 2, 6, ink, theme.colour("background")),
        markup.words(_within(x, markup.width_of(said, 14)), 13, said, ink, size=14, anchor="middle", bold=True),
    ]


def _within(x: float, wide: float) -> float:
    """Return where words of a width have their middle, so that none is cut off."""
    return min(max(x, wide / 2), WIDTH - wide / 2)
