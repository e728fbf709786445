"""Numbers of a row as dots on one scale: maturity and the demand side with a line between, a table of one's own."""

from collections.abc import Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

import plotly.graph_objects as go
import polars as pl

from pages.format.numbers import trimmed
from pages.format.texts import language, text
from pages.plots import axes, drawing, theme

if TYPE_CHECKING:
    from analytics.programme.readings import Item

_WIDE, _NARROW = 44, 22
_ROW_PX, _OCCUPATION_PX = 58, 34


def maturity(rows: "Sequence[tuple[Item, Item | None]]", *, narrow: bool = False) -> go.Figure:
    """Return one row a question, in the form's own order from the top."""
    figure = drawing.Canvas()
    places = list(range(len(rows) - 1, -1, -1))
    for (now, then), place in zip(rows, places, strict=True):
        if then is not None and then.value is not None and then.value != now.value:
            _line(figure, (then.value, now.value), place)
            _dot(figure, then.value, place, _told("programme.before", then.value), hollow=True)
        _dot(figure, now.value, place, _told("programme.now", now.value), hollow=False)
    figure.update_xaxes(range=[0.55, 5.3], tickvals=[1, 2, 3, 4, 5], showgrid=True)
    return _framed(figure, [now.name[language()] for now, _ in rows], _ROW_PX, narrow=narrow)


def demand(rows: pl.DataFrame, *, narrow: bool = False) -> go.Figure:
    """Return job seekers (hollow) and vacancies (filled) by occupation, in the frame's order from the top.

    Columns: `occupation, job_seekers, vacancies`; what is unknown has no dot.
    """
    figure = drawing.Canvas()
    for place, row in enumerate(rows.reverse().iter_rows(named=True)):
        seekers, vacancies = row["job_seekers"], row["vacancies"]
        if None not in (seekers, vacancies):
            _line(figure, (seekers, vacancies), place)
        for name, value in (("job_seekers", seekers), ("vacancies", vacancies)):
            if value is not None:
                _dot(figure, value, place, _told(f"column.{name}", value), hollow=name == "job_seekers")
    most = max(row for name in ("job_seekers", "vacancies") for row in rows[name].drop_nulls().to_list() or [1])
    axes.values(figure.update_xaxes, [most], "count")
    figure.update_xaxes(
        range=[-0.02 * most, 1.04 * most], showgrid=True, title=drawing.axis_title(text("exclusion.demand_axis"))
    )
    return _framed(figure, rows["occupation"].to_list(), _OCCUPATION_PX, narrow=narrow)


def _framed(figure: drawing.Canvas, names: Sequence[str], row_px: int, *, narrow: bool) -> go.Figure:
    _frame(figure, names, row_px, narrow=narrow)
    return figure.drawn()


def _frame(figure: drawing.Canvas, names: Sequence[str], row_px: int, *, narrow: bool) -> None:
    wrapped = ["<br>".join(wrap(name, _NARROW if narrow else _WIDE)) for name in names]
    drawing.frame(figure, 60 + row_px * len(names), (8, 16, 8, 8), showlegend=False)
    drawing.rows(figure, range(len(names) - 1, -1, -1), wrapped, (-0.6, len(names) - 0.4))


def _line(figure: drawing.Canvas, ends: tuple[float | None, float | None], place: int) -> None:
    line = {"color": theme.colour("border"), "width": 2}
    figure.add_scatter(x=list(ends), y=[place, place], mode="lines", line=line, hoverinfo="skip")


def _told(key: str, value: float | None) -> str:
    return text(key) if value is None else f"{text(key)}: {trimmed(value)}"


def _dot(figure: drawing.Canvas, value: float | None, place: int, words: str, *, hollow: bool) -> None:
    fill = theme.colour("background" if hollow else "home")
    figure.add_scatter(
        x=[value], y=[place], mode="markers", hovertext=[words], hoverinfo="text",
        marker={"size": 15, "color": fill, "line": {"color": theme.colour("home"), "width": 2}},
    )  # fmt: skip


def compared(rows: pl.DataFrame, kind: axes.Kind, *, narrow: bool = False) -> go.Figure:
    """Return a dot for each value of `row` and `series` on one scale, in the frame's order from the top.

    Columns: `row, series, value`; what is unknown has no dot.
    """
    figure = drawing.Canvas()
    names = rows["row"].unique(maintain_order=True).to_list()
    places = {name: len(names) - 1 - order for order, name in enumerate(names)}
    series = rows["series"].unique(maintain_order=True).to_list()
    for order, name in enumerate(series):
        own = rows.filter(pl.col("series") == name, pl.col("value").is_not_null())
        look = theme.home_line() if order == 0 else theme.quiet_line(order - 1)
        words = [f"{row['row']}, {name}: <b>{axes.worded(row['value'], kind)}</b>" for row in own.iter_rows(named=True)]
        marker = {"size": 12, "color": look.colour, "symbol": look.symbol}
        at = [places[row] for row in own["row"]]
        drawing.points(figure, own["value"], at, marker, words, name=name, mode="markers")
    axes.values(figure.update_xaxes, rows["value"].to_list(), kind)
    figure.update_xaxes(showgrid=True)
    _frame(figure, names, _OCCUPATION_PX, narrow=narrow)
    if len(series) > 1:
        figure.update_layout(showlegend=True, legend=drawing.legend_above(), margin={"t": 48})
    return figure.drawn()
