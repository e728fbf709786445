"""The tile map: a square for each municipality of a county, with its name, its value and what may be said of it."""

import re
from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go
import polars as pl

from pages.format.numbers import percent
from pages.plots import choropleth_fills, drawing, theme
from pages.plots.choropleth_fills import By, Shade

_HALF = 0.47
_FRAME = 0.495
_ENDINGS = re.compile(
    r"(?<=..)(strand|stad|sand|fjord|fjell|land|berg|borg|heim|hamn|havn|holm|sund|vang|voll|dalen|elva"
    "|eidet|dal|nes|hei|vik|våg|øya|set|lund|rud|bygd|gard|mark|tinn|skog|anger|fest|kapp|rad)$"
)


def tile_map(
    frame: pl.DataFrame, home: str, *, by: By = "verdict", bounds: Sequence[float] = (), narrow: bool = False
) -> go.Figure:
    """Return the municipalities of `county_map` as tiles; `home` is a region code.

    `by`: filled by `verdict` against the rest of the county, or by class of `value` between `bounds` (0–1). The value
    stands in every tile. Small numbers are open tiles with a dashed edge, unknown ones dotted without a number.
    """
    found = choropleth_fills.shades(frame, by, bounds)
    rows = list(zip(frame.iter_rows(named=True), found, strict=True))
    figure = drawing.Canvas()
    for row, shade in rows:
        _tile(figure, row, shade, home)
    _words(figure, rows, home, narrow=narrow)
    choropleth_fills.add_legend(figure, found)
    _frame(figure, frame, narrow=narrow)
    return figure.drawn()


def lines(name: str, most: int) -> list[str]:
    """Return a name in at most two lines of at most `most` letters, broken at a space, a hyphen or a known ending."""
    words = [part for word in name.split() for part in re.findall(r"[^-]+-?", word)]
    pieces = [piece for word in words for piece in _pieces(word, most)]
    rows = [""]
    for piece in pieces:
        joint = "" if not rows[-1] or rows[-1].endswith("-") else " "
        if rows[-1] and len(rows[-1] + joint + piece) > most:
            rows.append(piece)
        else:
            rows[-1] += joint + piece
    if len(rows) > 2:
        rows = [rows[0], rows[1][: most - 1].rstrip("-") + "…"]
    return rows


def _pieces(word: str, most: int) -> list[str]:
    """Return a word in parts that fit a line, at an ending of Norwegian place names where there is one."""
    if len(word) <= most:
        return [word]
    ending = _ENDINGS.search(word)
    at = ending.start() if ending and ending.start() < most else most - 1
    return [f"{word[:at]}-", *_pieces(word[at:], most)]


def _tile(figure: drawing.Canvas, row: dict[str, Any], shade: Shade, home: str) -> None:
    x, y = row["column"], row["row"]
    edge = {"color": theme.colour("border"), "width": 1.5 if shade.dash != "solid" else 0.8, "dash": shade.dash}
    _square(figure, x, y, _HALF, fillcolor=shade.fill, line=edge)
    if row["region_code"] == home:
        line = {"color": theme.colour("home"), "width": 5}
        _square(figure, x, y, _FRAME, fillcolor="rgba(0,0,0,0)", line=line)


def _square(figure: drawing.Canvas, x: int, y: int, half: float, **look: Any) -> None:  # noqa: ANN401 - Plotly's
    figure.add_shape(type="rect", x0=x - half, x1=x + half, y0=y - half, y1=y + half, layer="below", **look)


def _words(figure: drawing.Canvas, rows: list[tuple[dict[str, Any], Shade]], home: str, *, narrow: bool) -> None:
    most = choropleth_fills.tokens()["tile"]["narrow_letters" if narrow else "letters"]
    labels = [_label(row, shade, most, strong=row["region_code"] == home) for row, shade in rows]
    x, y = ([row[name] for row, _ in rows] for name in ("column", "row"))
    choropleth_fills.write(figure, x, y, labels, rows, narrow=narrow, mode="text")


def _label(row: dict[str, Any], shade: Shade, most: int, *, strong: bool) -> str:
    name = "<br>".join(lines(row["name"], most))
    value = percent(row["value"])
    signed = f"{value}<br>{shade.sign}" if shade.sign else value
    return f"<b>{name}</b><br>{signed}" if strong else f"{name}<br>{signed}"


def _frame(figure: drawing.Canvas, frame: pl.DataFrame, *, narrow: bool) -> None:
    sizes = choropleth_fills.tokens()["tile"]
    wide, high = (int(frame[name].max()) + 1 if frame.height else 1 for name in ("column", "row"))  # type: ignore[arg-type]
    side = sizes["narrow_px"] * sizes["narrow_ratio"] if narrow else sizes["most_px"]
    legend = 190 if narrow else 70
    below = drawing.legend_below(-14 / (high * side))
    drawing.frame(figure, round(high * side) + legend, (4, 4, 8, legend), legend=below)
    ratio = sizes["narrow_ratio"] if narrow else 1
    hidden = {"visible": False, "constrain": "domain"}
    figure.update_xaxes(range=[-0.55, wide - 0.45], **hidden)
    figure.update_yaxes(range=[high - 0.45, -0.55], scaleanchor="x", scaleratio=ratio, **hidden)
