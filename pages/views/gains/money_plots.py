"""The pictures of money by row: intervals, bars by group. Amounts in, millions drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from pages.format.numbers import DECIMALS, millions
from pages.format.texts import text
from pages.plots import axes, drawing, theme
from pages.plots.label_placement import wrapped
from pages.views.gains import sliders
from pages.views.gains.wording import MILLION

_LETTERS, _NARROW_LETTERS = 30, 40


@dataclass(frozen=True)
class Mark:
    """An amount with its range, in NOK: one dot with its line."""

    name: str
    value: float
    low: float
    high: float
    words: str = ""


@dataclass(frozen=True)
class BarGroup:
    """Bars of one colour: NOK by row name."""

    name: str
    values: Mapping[str, float]
    words: Mapping[str, str]


def bar_group(name: str, values: Mapping[str, float]) -> BarGroup:
    """Return bars whose hover boxes name the row and the group."""
    return BarGroup(name, values, {row: hover(f"{row}, {name}", value) for row, value in values.items()})


def intervals(series: Mapping[str, Sequence[Mark]], *, narrow: bool = False) -> go.Figure:
    """Return dots with ranges by row; `series` is name → marks, one row a name of mark, the first series strong."""
    rows = list(dict.fromkeys(mark.name for marks in series.values() for mark in marks))
    figure = drawing.Canvas()
    offsets = [(0.26 if narrow else 0.34) * (order - (len(series) - 1) / 2) for order in range(len(series))]
    for order, (name, marks) in enumerate(series.items()):
        look = theme.home_line() if order == 0 else theme.quiet_line(order - 1)
        _marks(figure, name, marks, [rows.index(mark.name) + offsets[order] for mark in marks], look)
    known = [end / MILLION for marks in series.values() for mark in marks for end in (mark.low, mark.high, mark.value)]
    rows_frame(figure, rows, known, narrow=narrow, legend=len(series) > 1)
    return figure.drawn()


def bars(rows: Sequence[str], groups: Sequence[BarGroup], *, stacked: bool, narrow: bool = False) -> go.Figure:
    """Return horizontal bars by row; stacked around zero, or side by side."""
    figure = drawing.Canvas()
    colours, patterns = _fills(len(groups))
    for group, colour, pattern in zip(groups, colours, patterns, strict=True):
        known = [row for row in rows if row in group.values]
        edge = {"color": theme.colour("background"), "width": 1}
        figure.add_bar(
            orientation="h", name=group.name, x=[group.values[row] / MILLION for row in known],
            y=[rows.index(row) for row in known], marker={"color": colour, "pattern": pattern, "line": edge},
            text=[group.words[row] for row in known], textposition="none", hovertemplate=drawing.HOVER,
        )  # fmt: skip
    rows_frame(figure, list(rows), _reach(rows, groups, stacked=stacked), narrow=narrow, legend=len(groups) > 1)
    figure.update_layout(barmode="relative" if stacked else "group", bargap=gap(narrow=narrow), bargroupgap=0.08)
    return figure.drawn()


def _marks(figure: drawing.Canvas, name: str, marks: Sequence[Mark], places: list[float], look: theme.Line) -> None:
    ends = [(mark.low / MILLION, mark.high / MILLION, place) for mark, place in zip(marks, places, strict=True)]
    drawing.intervals(figure, ends, {"color": look.colour, "width": 3}, showlegend=False)
    values, words = [mark.value / MILLION for mark in marks], [mark.words for mark in marks]
    marker = {"symbol": look.symbol, "size": 12, "color": look.colour}
    drawing.points(figure, values, places, marker, words, name=name)


def rows_frame(figure: drawing.Canvas, rows: list[str], known: list[float], *, narrow: bool, legend: bool) -> None:
    """Set the axes of a picture with a row a name, over the known amounts in millions."""
    sizes = sliders.settings()["figure"]
    side = sizes["narrow_row_px" if narrow else "row_px"]
    frame(figure, side * max(len(rows), 2) + (120 if legend else 70), narrow=narrow, legend=legend)
    axes.values(figure.update_xaxes, known, "rate")
    figure.update_xaxes(title=text("gains.axis.million"), showgrid=True)
    if narrow:
        for place, row in enumerate(rows):
            _above(figure, row, place)
    names = ["" if narrow else "<br>".join(wrapped(row, _LETTERS)) for row in rows]
    drawing.rows(figure, range(len(rows)), names, (len(rows) - 0.5, -0.85 if narrow else -0.5))
    line(figure, 0.0, theme.colour("border"))


def _above(figure: drawing.Canvas, row: str, place: int) -> None:
    """Write a row's name above its marks: a phone has no room beside them."""
    words = wrapped(row, _NARROW_LETTERS)[0] if len(row) <= _NARROW_LETTERS else row[: _NARROW_LETTERS - 1] + "…"
    figure.add_annotation(
        x=0, xref="paper", y=place - 0.25, text=words, showarrow=False, xanchor="left", yanchor="bottom",
        font=theme.font(), bgcolor=theme.colour("background"), borderpad=1,
    )  # fmt: skip


def frame(figure: drawing.Canvas, height: float, *, narrow: bool, legend: bool) -> None:
    """Set height, margins, legend and language of a picture."""
    above = {"orientation": "h", "yanchor": "bottom", "y": 1.0, "x": 0, "traceorder": "normal"}
    top = (64 if narrow else 44) if legend else 14
    drawing.frame(figure, height, (8, 16, top, 8), showlegend=legend, legend=above)


def gap(*, narrow: bool) -> float:
    """Return the share of a row left free: on a phone the row's name stands in it."""
    return 0.55 if narrow else 0.35


def line(figure: drawing.Canvas, at: float, colour: str) -> None:
    """Draw a line from top to bottom at an amount in millions."""
    drawing.upright(figure, at, {"color": colour, "width": 1.5})


def _fills(count: int) -> tuple[list[str], list[Any]]:
    """Return a colour and a pattern for each group: told apart without colour."""
    home, band, quiet = theme.colour("home"), theme.colour("home_band"), theme.quiet_line(1).colour
    patterns = [None, {"shape": "/", "fgcolor": home, "size": 6}, None]
    return [home, band, quiet][:count], patterns[:count]


def _reach(rows: Sequence[str], groups: Sequence[BarGroup], *, stacked: bool) -> list[float]:
    if not stacked:
        return [value / MILLION for group in groups for value in group.values.values()]
    ends = []
    for row in rows:
        values = [group.values.get(row, 0.0) / MILLION for group in groups]
        ends += [sum(value for value in values if value > 0), sum(value for value in values if value < 0)]
    return ends


def hover(name: str, amount: float) -> str:
    """Return a name with its amount, for a hover box."""
    return f"{name}: <b>{millions(amount, DECIMALS['nok_million_detail'])}</b> {text('gains.axis.million').lower()}"
