"""Municipalities in boundaries that the user supplies: filled outlines drawn as SVG, fetched from nowhere."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
import polars as pl

from analytics.exclusion.county_map import missing_from
from pages.format.numbers import percent
from pages.format.texts import text
from pages.plots import choropleth_fills, drawing, theme
from pages.plots.choropleth_fills import By, Shade

_LINE = 9.0
_LETTER = 6.5


def boundary_map(
    boundaries: pl.DataFrame, frame: pl.DataFrame, home: str, *, by: By = "verdict", bounds: Sequence[float] = (),
    narrow: bool = False,
) -> go.Figure:  # fmt: skip
    """Return the places of `county_map` in the outlines of `read_boundaries`; `home` is a region code.

    Filled as `tile_map`. Outlines without a row in the frame are left out; rows without an outline are named beneath
    the map. A degree of longitude is shortened by the cosine of the middle latitude. Holes stay open.
    """
    rows = frame.filter(pl.col("region_code").is_in(boundaries["region_code"].unique().to_list()))
    drawn = boundaries.filter(pl.col("region_code").is_in(rows["region_code"].to_list()))
    outlines = {str(code[0]): part for code, part in drawn.group_by(["region_code"], maintain_order=True)}
    found = list(zip(rows.iter_rows(named=True), choropleth_fills.shades(rows, by, bounds), strict=True))
    figure = drawing.Canvas()
    for row, shade in sorted(found, key=lambda each: each[0]["region_code"] == home):
        _outline(figure, outlines[row["region_code"]], shade, home=row["region_code"] == home)
    scale = _frame(figure, drawn, missing_from(boundaries, frame), narrow=narrow)
    _words(figure, found, outlines, home, scale=scale, narrow=narrow)
    choropleth_fills.add_legend(figure, [shade for _, shade in found])
    return figure.drawn()


def path(outline: pl.DataFrame) -> str:
    """Return the rings of one municipality as an SVG path, filled by the even-odd rule so that holes stay open."""
    rings = outline.group_by(["polygon", "ring"], maintain_order=True)
    return " ".join(
        "M " + " L ".join(f"{lon:.5f},{lat:.5f}" for lon, lat in ring.select("lon", "lat").iter_rows()) + " Z"
        for _, ring in rings
    )


def inside_point(outline: pl.DataFrame, half: float = 0.0) -> tuple[float, float, float]:
    """Return a point well inside an outline and the width of the area there: longitude, latitude, width in degrees.

    The middle of the widest stretch inside that is `half` degrees of latitude free to the north and south, of several
    lines from west to east through the largest polygon.
    """
    rings = outline.filter(pl.col("polygon") == _largest(outline))
    south, north = (float(each) for each in (rings["lat"].min(), rings["lat"].max()))  # type: ignore[arg-type]
    spans = [
        (east - west, (west + east) / 2, lat)
        for lat in np.linspace(south, north, 19)[2:-2].tolist()
        for west, east in _free(rings, lat, half)
    ]
    if spans:
        width, lon, lat = max(spans)
        return lon, lat, float(width)
    return inside_point(outline) if half else (float(rings["lon"][0]), float(rings["lat"][0]), 0.0)


def _free(rings: pl.DataFrame, lat: float, half: float) -> list[tuple[float, float]]:
    """Return the stretches of a parallel inside the rings that are inside also `half` a degree north and south."""
    free = _inside(rings, lat)
    for other in (lat - half, lat + half) if half else ():
        free = [
            (max(west, left), min(east, right))
            for west, east in free
            for left, right in _inside(rings, other)
            if max(west, left) < min(east, right)
        ]
    return free


def _largest(outline: pl.DataFrame) -> int:
    areas = outline.filter(pl.col("ring") == 0).group_by("polygon", maintain_order=True)
    sizes = {int(key[0]): _area(ring["lon"].to_numpy(), ring["lat"].to_numpy()) for key, ring in areas}
    return max(sizes, key=lambda polygon: sizes[polygon])


def _area(x: Any, y: Any) -> float:  # noqa: ANN401 - numpy columns
    return abs(float(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1]))) / 2


def _inside(rings: pl.DataFrame, lat: float) -> list[tuple[float, float]]:
    """Return the stretches of a parallel that lie inside the rings, by counting what they cross."""
    crossings: list[float] = []
    for _, ring in rings.group_by(["polygon", "ring"], maintain_order=True):
        x, y = ring["lon"].to_numpy(), ring["lat"].to_numpy()
        crosses = (y[:-1] > lat) != (y[1:] > lat)
        part = (lat - y[:-1][crosses]) / (y[1:] - y[:-1])[crosses]
        crossings += (x[:-1][crosses] + part * (x[1:] - x[:-1])[crosses]).tolist()
    crossings.sort()
    return list(zip(crossings[::2], crossings[1::2], strict=False))


def _outline(figure: drawing.Canvas, outline: pl.DataFrame, shade: Shade, *, home: bool) -> None:
    line = {"color": theme.colour("border"), "width": 1, "dash": shade.dash}
    if home:
        line = {"color": theme.colour("home"), "width": 4, "dash": "solid"}
    figure.add_shape(
        type="path", path=path(outline), fillcolor=shade.fill, fillrule="evenodd", line=line, layer="below"
    )


def _words(
    figure: drawing.Canvas, found: list[tuple[dict[str, Any], Shade]], outlines: dict[str, pl.DataFrame], home: str, *,
    scale: float, narrow: bool,
) -> None:  # fmt: skip
    """Write names and values where they fit inside the outline (home always); the rest tell it to a pointer."""
    points = [inside_point(outlines[row["region_code"]], _LINE / scale) for row, _ in found]
    labels = [
        _label(row, shade, width * scale, strong=row["region_code"] == home)
        for (row, shade), (_, _, width) in zip(found, points, strict=True)
    ]
    x, y, _ = zip(*points, strict=True) if points else ((), (), ())
    choropleth_fills.write(
        figure, x, y, labels, found, narrow=narrow, mode="markers+text", marker={"size": 26, "opacity": 0}
    )


def _label(row: dict[str, Any], shade: Shade, room: float, *, strong: bool) -> str:
    value = percent(row["value"])
    signed = f"{value} {shade.sign}".strip()
    options = [f"{row['name']}<br>{signed}", signed, value]
    widths = [max(len(row["name"]), len(signed)) * _LETTER, len(signed) * _LETTER, len(value) * _LETTER]
    fitting = [option for option, width in zip(options, widths, strict=True) if width <= room]
    if strong:
        return f"<b>{(fitting or options[-1:])[0]}</b>"
    return fitting[0] if fitting else ""


def _frame(figure: drawing.Canvas, drawn: pl.DataFrame, absent: tuple[str, ...], *, narrow: bool) -> float:
    """Set axes and size, and return how many pixels a degree of longitude takes."""
    sizes = choropleth_fills.tokens()["map"]
    plot, legend = sizes["narrow_height_px" if narrow else "height_px"], 190 if narrow else 70
    west, east, south, north = _extent(drawn)
    shrink = math.cos(math.radians((south + north) / 2))
    room = sizes["narrow_width_px"] if narrow else plot * 1.6
    scale = min(room / (east - west), plot * shrink / (north - south))
    height = min(plot, round(scale / shrink * (north - south)) + 16)
    below = drawing.legend_below(-(40 if absent else 14) / height)
    drawing.frame(figure, height + legend, (4, 4, 8, legend), legend=below)
    hidden = {"visible": False, "constrain": "domain"}
    figure.update_xaxes(range=[west, east], **hidden)
    figure.update_yaxes(range=[south, north], scaleanchor="x", scaleratio=1 / shrink, **hidden)
    if absent:
        words = text("pictures.not_drawn", names=", ".join(absent))
        drawing.note(figure, words, align="left", x=0, y=0, xanchor="left", yanchor="top", yshift=-4)
    return float(scale)


def _extent(drawn: pl.DataFrame) -> tuple[float, float, float, float]:
    if drawn.is_empty():
        return 4.0, 32.0, 57.0, 72.0
    west, east, south, north = drawn.select(
        pl.col("lon").min(), pl.col("lon").max().alias("e"), pl.col("lat").min(), pl.col("lat").max().alias("n")
    ).row(0)
    edge = 0.02 * max(east - west, north - south)
    return west - edge, east + edge, south - edge, north + edge
