"""The room that the labels of axes need, reckoned before a picture is drawn.

Plotly can find it out by itself (`automargin`), but only by drawing the whole picture a second time, while the reader
waits. Widths are reckoned a little wide, as Arial has them: the text's own font is narrower, and a fallback may not be.
"""

import re
from collections.abc import Mapping, MutableMapping, Sequence
from functools import cache
from typing import Any

from pages.plots import theme

Layout = MutableMapping[str, Any]

_EM = {
    0.28: " .,:;'|!iIjl/\\",
    0.34: "()[]-ftr·",
    0.5: "ckszJvxy",
    0.67: "ABEKPSVXYÁÅ&",
    0.78: "CDGHNOQRUwØÖ+<=>~",
    0.9: "mMW%@æÆ—…",
}
_OTHERS_EM, _BOLD = 0.56, 1.08
_WIDE = "100 000"
_TAG = re.compile(r"<(?!br)[^>]*>")


def settle(layout: Layout) -> None:
    """Give the axes of a picture the margins their labels need, where every label is known, and Plotly nothing to find.

    An axis whose labels Plotly writes, or which may stand too close in a row on a phone, is left to Plotly.
    """
    upwards, along = layout.get("yaxis", {}), layout.get("xaxis", {})
    left = _left(upwards)
    if left is not None:
        _grant(layout, "l", left)
        upwards["automargin"] = False
    below = _below(along, left or 0)
    if below is not None:
        _grant(layout, "b", below)
        along["automargin"] = False
    _leave_unmeasured(layout)


def _leave_unmeasured(layout: Layout) -> None:
    """Let labels be drawn as they are where the margins hold even those at the ends.

    Plotly would measure each to hide what lies beyond the picture, while the reader waits.
    """
    for name, sides in (("xaxis", "lr"), ("yaxis", "tb")):
        axis, room = layout.get(name), min(layout.get("margin", {}).get(side, 0) for side in sides)
        if axis is not None and room >= _half_a_label(axis, upright=name == "yaxis"):
            axis["ticklabeloverflow"] = "allow"


def _half_a_label(axis: Mapping[str, Any], *, upright: bool) -> float:
    """Return how far a label at the end of an axis reaches beyond it (px); one that Plotly writes has seven letters."""
    names = axis.get("ticktext") or (_WIDE,)
    lines = max(name.count("<br>") for name in names) + 1
    return (lines * theme.tokens()["font"]["label_px"] if upright else max(map(width, names))) / 2


def width(words: str, size: float | None = None) -> float:
    """Return the pixels of the longest line of words (`<br>` begins a new one), in letters of a size (px)."""
    size = theme.tokens()["font"]["label_px"] if size is None else size
    heavy = _BOLD if "<b>" in words else 1.0
    return max(sum(_em(letter) for letter in _TAG.sub("", line)) for line in words.split("<br>")) * size * heavy


@cache
def _em(letter: str) -> float:
    return next((em for em, letters in _EM.items() if letter in letters), _OTHERS_EM)


def _left(axis: Mapping[str, Any]) -> float | None:
    """Return the room to the left of an upright axis, None where it cannot be known."""
    names = _labels(axis)
    if names is None or axis.get("side", "left") != "left":
        return None
    sizes = theme.tokens()["chart"]
    longest = max(map(width, names), default=0.0)
    return (longest and longest + sizes["tick_px"]) + (sizes["title_px"] if _title(axis) else 0)


def _below(axis: Mapping[str, Any], left: float) -> float | None:
    """Return the room beneath an axis, None where it cannot be known or its labels may turn to find room."""
    names, sizes = _labels(axis), theme.tokens()["chart"]
    if names is None or axis.get("side", "bottom") != "bottom":
        return None
    if sum(width(name) + sizes["tick_gap_px"] for name in names) > sizes["phone_px"] - left:
        return None
    lines = max((name.count("<br>") for name in names if name), default=-1)
    room = sizes["tick_line_px"] + lines * theme.tokens()["font"]["label_px"] * 1.3 if lines >= 0 else 0
    return room + (sizes["title_px"] if _title(axis) else 0)


def _labels(axis: Mapping[str, Any]) -> Sequence[str] | None:
    """Return the labels of an axis as they are written, None where Plotly writes them or was told what room to take."""
    if "automargin" in axis or axis.get("overlaying") or axis.get("tickangle"):
        return None
    if axis.get("showticklabels") is False:
        return ()
    return axis.get("ticktext")


def _title(axis: Mapping[str, Any]) -> str:
    title = axis.get("title") or ""
    return str(title.get("text") or "") if isinstance(title, Mapping) else str(title)


def _grant(layout: Layout, side: str, room: float) -> None:
    """Widen a margin to the room needed; what was asked for stands where it is more."""
    margin = layout.setdefault("margin", {})
    margin[side] = max(margin.get(side, 0), round(room))
