"""A few groups as bars with their shares beside them; one that is not known has words in place of a bar."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pages.plots import theme
from pages.svg import markup
from pages.svg.markup import Drawing

WIDTH, ROW, GAP = 340.0, 19.0, 9.0
_NAMES, _VALUES, _SMALL = 124.0, 50.0, 11.0


@dataclass(frozen=True)
class ShareBar:
    """A bar: its name, share 0–1 (None: not known), the share or the reason in words, its ends, and its block.

    strong: drawn in the home colour. block: bars of one block stand together.
    """

    name: str
    share: float | None
    said: str
    low: float | None = None
    high: float | None = None
    strong: bool = False
    block: int = 0


def bar_picture(bars: Sequence[ShareBar], captions: Mapping[int, str], alt: str, stroke: str) -> Drawing:
    """Return the picture, in the order given; the caption of a block says what its bars count, `stroke` their lines."""
    most = max((each.high or each.share or 0 for each in bars), default=0) or 1
    room = WIDTH - _NAMES - _VALUES
    parts, y = [], 0.0
    for before, each in zip([None, *bars], bars, strict=False):
        if before is None or before.block != each.block:
            y += GAP if before else 0
            if caption := captions.get(each.block, ""):
                parts.append(markup.words(_NAMES, y + 12, caption, theme.colour("text_quiet")))
                y += ROW - 3
        parts += _row(each, y, room / most)
        y += ROW
    if any(each.low is not None for each in bars):
        parts.append(markup.words(_NAMES, y + 13, stroke, theme.colour("text_quiet"), size=_SMALL))
        y += ROW - 3
    return markup.drawing(WIDTH, y + 4, alt, parts)


def _row(each: ShareBar, y: float, scale: float) -> list[str]:
    ink = theme.colour("home" if each.strong else "border")
    parts = [markup.words(_NAMES - 6, y + 13, each.name, theme.colour("text"), anchor="end", bold=each.strong)]
    if each.share is None:
        return [*parts, markup.words(_NAMES, y + 13, each.said, theme.colour("text_quiet"))]
    parts.append(markup.bar(_NAMES, y + 3, each.share * scale, ROW - 7, ink))
    edge = each.share
    if each.low is not None and each.high is not None:
        middle, edge = y + 3 + (ROW - 7) / 2, each.high
        parts.append(
            markup.line(
                _NAMES + each.low * scale, middle, _NAMES + each.high * scale, middle, theme.colour("text"), 1.2
            )
        )
    return [*parts, markup.words(_NAMES + edge * scale + 5, y + 13, each.said, theme.colour("text"), bold=each.strong)]
