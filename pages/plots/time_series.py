"""The picture of a quantity over time: home strong, comparators quiet, breaks and preliminary figures marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go
import polars as pl

from pages.format import numbers
from pages.format.numbers import position
from pages.format.texts import text
from pages.plots import axes, drawing, theme
from pages.plots.label_placement import spread

_FEW = 2
"""Periods up to which points are shown and no line: one or two figures are no development."""
_POINTS = 40
"""Periods above which even the strong line marks only the points that need it."""


@dataclass(frozen=True)
class BreakMark:
    """A place where a series begins anew: `period` is the first of the new series, `label` says what changed."""

    period: str
    label: str


def trend(
    frame: pl.DataFrame,
    home: str,
    *,
    breaks: Sequence[BreakMark] = (),
    narrow: bool = False,
    frequency: str | None = None,
    kind: axes.Kind = "share",
    banded: Sequence[str] = (),
) -> go.Figure:
    """Return lines over time from rows of series × period.

    Columns: `series` (its name), `period`, `value` (null where unknown), and where there are any `low` and `high`
    (home's interval is drawn as a band, and that of the others named in `banded`), `status` (`preliminary` is drawn
    hollow) and `edition` (in words). `kind` says what the values are; shares are 0–1. A line stops at an unknown value
    and at a break; nothing is drawn across them, and one or two periods are points. The value axis begins at zero.
    """
    rows = _placed(frame, breaks, frequency)
    few = is_few(frame)
    figure = drawing.Canvas()
    names = [home, *(name for name in frame["series"].unique(maintain_order=True) if name != home)]
    looks = {name: theme.home_line() if name == home else theme.quiet_line(i - 1) for i, name in enumerate(names)}
    for name in dict.fromkeys((*banded, home)):
        part = rows.filter(pl.col("series") == name)
        _intervals(figure, part, name, looks[name], strong=name == home, few=few)
    for name in reversed([each for each in names if each in _seen(rows)]):
        part = rows.filter(pl.col("series") == name)
        words = [_hover(name, row, kind, frequency) for row in part.iter_rows(named=True)]
        _line(figure, part, name, looks[name], words, strong=name == home or few, mode="markers" if few else None)
    _breaks(figure, rows, breaks, frequency)
    _frame(figure, rows, narrow=narrow, frequency=frequency, kind=kind)
    if not narrow:
        _names(figure, rows, looks, home)
    return figure.drawn()


def _seen(rows: pl.DataFrame) -> set[str]:
    """Return the series with a value to draw: a legend names no line that is not there."""
    return set(rows.drop_nulls("value")["series"])


def is_few(frame: pl.DataFrame) -> bool:
    """Return whether a series has so few periods that it is shown as points."""
    return frame["period"].n_unique() <= _FEW


def _placed(frame: pl.DataFrame, breaks: Sequence[BreakMark], frequency: str | None) -> pl.DataFrame:
    """Return series × all periods with their place `x`, and an empty place at each break."""
    for name, kind in (("low", pl.Float64), ("high", pl.Float64), ("status", pl.String), ("edition", pl.String)):
        if name not in frame.columns:
            frame = frame.with_columns(pl.lit(None, kind).alias(name))
    periods = frame["period"].cast(pl.String).unique().to_list()
    places = {each: position(each, frequency) for each in periods}
    gaps = {f"|{each.period}": _before(places, position(each.period, frequency)) for each in breaks}
    grid = pl.DataFrame({"period": [*places, *gaps], "x": [*places.values(), *gaps.values()]})
    series = frame.select(pl.col("series").unique(maintain_order=True))
    rows = frame.with_columns(pl.col("period").cast(pl.String), pl.col("value").cast(pl.Float64))
    return series.join(grid, how="cross").join(rows, on=["series", "period"], how="left").sort("series", "x")


def _before(places: dict[str, float], start: float) -> float:
    earlier = [place for place in places.values() if place < start]
    return (max(earlier) + start) / 2 if earlier else start - 0.5


def _line(
    figure: drawing.Canvas, rows: pl.DataFrame, name: str, look: theme.Line, words: Sequence[str], *, strong: bool,
    mode: str | None = None,
) -> None:  # fmt: skip
    hollow = [theme.colour("background") if s == "preliminary" else look.colour for s in rows["status"]]
    dense = rows.height > _POINTS
    sizes = [look.size if (strong and not dense) or shown else 0 for shown in _pointed(rows)]
    marker = {"symbol": look.symbol, "size": sizes, "color": hollow, "line": {"color": look.colour, "width": 2}}
    lines = {"mode": mode or "lines+markers", "connectgaps": False, "line": drawing.line_of(look)}
    drawing.points(figure, rows["x"], rows["value"], marker, words, name=name, **lines)


def _pointed(rows: pl.DataFrame) -> list[bool]:
    """Tell which points of a quiet line need a mark: the last, preliminary ones, and those no line leads to."""
    known = [value is not None for value in rows["value"]]
    last = max((i for i, each in enumerate(known) if each), default=-1)
    beside = [any(known[j] for j in (i - 1, i + 1) if 0 <= j < len(known)) for i in range(len(known))]
    return [i == last or rows["status"][i] == "preliminary" or not beside[i] for i in range(len(known))]


def _hover(name: str, row: dict[str, Any], kind: axes.Kind, frequency: str | None) -> str:
    if row["value"] is None:
        return ""
    value = numbers.persons(row["value"]) if kind == "count" else axes.worded(row["value"], kind)
    interval = axes.interval(row["low"], row["high"], kind)
    status = text(f"status.{row['status']}") if row["status"] not in {None, "final"} else ""
    edition = text("chart.edition_of", edition=row["edition"]) if row["edition"] else ""
    tail = ", ".join(filter(None, (interval, status, edition)))
    when = numbers.period(str(row["period"]), frequency=frequency)
    return f"{name}, {when}: <b>{value}</b>" + (f" ({tail})" if tail else "")


def _intervals(
    figure: drawing.Canvas, rows: pl.DataFrame, name: str, look: theme.Line, *, strong: bool, few: bool
) -> None:
    """Draw a series' interval: a polygon for each stretch without a gap, an upright line at a point that is alone."""
    stretch = (pl.col("low").is_null() | pl.col("high").is_null()).cum_sum()
    drawn = rows.with_columns(stretch.alias("stretch")).drop_nulls(["low", "high"])
    alone = (pl.len().over("stretch") == 1) | few
    points, parts = drawn.filter(alone), drawn.filter(~alone).partition_by("stretch", maintain_order=True)
    words = {"name": f"{name}, {text('chart.interval')}"}
    if parts:
        colour = "home_band" if strong else "hairline"
        drawing.band(figure, *((part["x"], part["low"], part["high"]) for part in parts), colour=colour, **words)
    if points.height:
        line = {"color": look.colour, "width": 1.5}
        ends = points.select("low", "high", "x").iter_rows()
        drawing.intervals(figure, ends, line, along="y", showlegend=False, **words)


def _breaks(figure: drawing.Canvas, rows: pl.DataFrame, breaks: Sequence[BreakMark], frequency: str | None) -> None:
    places = dict(zip(rows["period"], rows["x"], strict=True))
    for level, each in enumerate(sorted(breaks, key=lambda one: position(one.period, frequency))):
        place = places[f"|{each.period}"]
        late = place > (min(rows["x"]) + max(rows["x"])) / 2
        break_mark(figure, place, each.label, level, before=late)


def break_mark(figure: drawing.Canvas, at: float, words: str, order: int = 0, *, before: bool = False) -> None:
    """Draw where a series begins anew, named low beside the line; the next in order a little higher."""
    drawing.upright(figure, at, {"color": theme.colour("text_quiet"), "width": 1.5, "dash": "dot"})
    figure.add_annotation(
        x=at, yref="paper", y=0.03 + 0.07 * (order % 3), text=words, showarrow=False,
        xanchor="right" if before else "left", xshift=-5 if before else 5,
        font=theme.font("small", "text_quiet"), bgcolor="rgba(255, 255, 255, 0.6)",
    )  # fmt: skip


def _frame(figure: drawing.Canvas, rows: pl.DataFrame, *, narrow: bool, frequency: str | None, kind: axes.Kind) -> None:
    sizes = theme.tokens()["chart"]
    real = rows.filter(~pl.col("period").str.starts_with("|")).unique("period").sort("x")
    ticks = axes.periods(real["period"].to_list(), real["x"].to_list(), 4 if narrow else 9, frequency)
    height = sizes["narrow_height_px"] if narrow else sizes["height_px"]
    legend = drawing.legend_below(-0.14) | {"traceorder": "reversed"}
    above = 30 if kind == "count" else 14
    drawing.frame(figure, height, (8, 14 if narrow else _room(rows), above, 8), showlegend=narrow, legend=legend)
    if kind == "count":
        drawing.note(figure, text("chart.persons"), x=0, y=1, yanchor="bottom", xanchor="left")
    first, last = min(rows["x"]), max(rows["x"])
    edge = (last - first or 1.0) * (0.02 if real.height > _FEW else 0.5)
    figure.update_xaxes(tickvals=ticks[0], ticktext=ticks[1], range=[first - edge, last + edge])
    axes.values(figure.update_yaxes, [*rows["value"], *rows["high"]], kind)
    axes.settle(figure)


def _room(rows: pl.DataFrame) -> int:
    """Return the pixels the longest name needs beside the lines, within bounds."""
    sizes = theme.tokens()["chart"]
    longest = max(len(name) for name in rows["series"])
    return int(min(sizes["label_most_px"], sizes["label_arm_px"] + longest * sizes["letter_px"]))


def _names(figure: drawing.Canvas, rows: pl.DataFrame, looks: dict[str, theme.Line], home: str) -> None:
    """Write each name beside its line's last point, moved apart where they would cover each other."""
    last = rows.drop_nulls("value").group_by("series").agg(pl.all().sort_by("x").last()).sort("series")
    low, high = figure.layout["yaxis"]["range"]
    pixels = (figure.layout["height"] - 60) / (high - low)
    wanted = [-row["value"] * pixels for row in last.iter_rows(named=True)]
    moved = spread(wanted, theme.tokens()["chart"]["label_gap_px"])
    for row, old, new in zip(last.iter_rows(named=True), wanted, moved, strict=True):
        name = row["series"]
        font = {"color": theme.colour("home" if name == home else "text"), "size": 14}
        figure.add_annotation(
            x=row["x"], y=row["value"], xshift=20, yshift=old - new, text=f"<b>{name}</b>" if name == home else name,
            xanchor="left", align="left", font=font, showarrow=False,
        )  # fmt: skip
        _arm(figure, row["x"], row["value"], old - new, looks[name].colour)


def _arm(figure: drawing.Canvas, x: float, y: float, up: float, colour: str) -> None:
    """Draw the line from a last point to its name: an arrow would be measured by the browser before it is drawn."""
    first, last = figure.layout["xaxis"]["range"]
    along = {"xref": "paper", "xsizemode": "pixel", "xanchor": (x - first) / (last - first), "x0": 6, "x1": 19}
    upwards = {"yref": "y", "ysizemode": "pixel", "yanchor": y, "y0": 0.3 * up, "y1": up}
    figure.add_shape(type="line", **along, **upwards, line={"color": colour, "width": 1})
