"""The picture of places in order, each with its interval: home stands out, the rest are quiet."""

from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go
import polars as pl

from pages.format.numbers import number
from pages.format.texts import text
from pages.plots import axes, drawing, theme

_NAMED = 45


@dataclass(frozen=True)
class Reference:
    """A level to compare with, drawn as a line across: its value and its name."""

    value: float
    label: str


def ranking(frame: pl.DataFrame, home: str, *, reference: Reference | None = None, narrow: bool = False) -> go.Figure:
    """Return places from the highest value at the top to the lowest.

    Columns: `name`, `value`, and where there are any `low`, `high` and `small` (true where numbers are). Places
    without a value are not drawn but counted in the picture. Above 45 places only home is named; the rest tell their
    name to a pointer and in the table.
    """
    whole = _whole(frame)
    rows = whole.drop_nulls("value").sort("value", "name").with_row_index("place")
    figure = drawing.Canvas()
    _intervals(figure, rows, home)
    _points(figure, rows, home)
    if reference is not None:
        drawing.reference(figure, reference.value, f"{reference.label} {axes.worded(reference.value, 'share')}")
    _frame(figure, rows, home, narrow=narrow, undrawn=whole.height - rows.height)
    return figure.drawn()


def _whole(frame: pl.DataFrame) -> pl.DataFrame:
    absent: dict[str, pl.DataType] = {"low": pl.Float64(), "high": pl.Float64(), "small": pl.Boolean()}
    new = [pl.lit(None, kind).alias(name) for name, kind in absent.items() if name not in frame.columns]
    return frame.with_columns(new).with_columns(pl.col("small").fill_null(value=False))


def _intervals(figure: drawing.Canvas, rows: pl.DataFrame, home: str) -> None:
    """Draw all intervals as two traces, home's above the rest."""
    for mine in (False, True):
        part = rows.filter((pl.col("name") == home) == mine).drop_nulls(["low", "high"])
        width = 3.5 if mine else 0.6 if rows.height > _NAMED else 1.2
        line = {"color": theme.colour("home" if mine else "border"), "width": width}
        drawing.intervals(figure, part.select("low", "high", "place").iter_rows(), line, showlegend=False)


def _points(figure: drawing.Canvas, rows: pl.DataFrame, home: str) -> None:
    dense = rows.height > _NAMED
    colours, sizes, symbols = [], [], []
    for name, small in rows.select("name", "small").iter_rows():
        mine = name == home
        colours.append(theme.colour("home" if mine else "border" if small else "text_quiet"))
        sizes.append(13 if mine else 3.5 if dense else 8)
        symbols.append("diamond" if mine else "circle-open" if small else "circle")
    words = [_hover(row) for row in rows.iter_rows(named=True)]
    marker = {"color": colours, "size": sizes, "symbol": symbols, "line": {"width": 0 if dense else 1.5}}
    drawing.points(figure, rows["value"], rows["place"], marker, words, showlegend=False)


def _hover(row: dict[str, Any]) -> str:
    return f"{row['name']}: {axes.with_interval(row['value'], row['low'], row['high'])}"


def _frame(figure: drawing.Canvas, rows: pl.DataFrame, home: str, *, narrow: bool, undrawn: int) -> None:
    sizes = theme.tokens()["chart"]
    dense = rows.height > _NAMED
    height = sizes["dense_height_px"] if dense else 90 + sizes["row_px"] * max(rows.height, 1)
    drawing.frame(figure, height, (8, 24, 28, 36 if undrawn else 8))
    _name_places(figure, rows, home, dense=dense, narrow=narrow)
    axes.values(figure.update_xaxes, [*rows["value"], *rows["high"]], "share")
    figure.update_xaxes(showgrid=True)
    if undrawn:
        words = text("chart.without_value", count=number(undrawn))
        drawing.note(figure, words, x=0, y=0, yshift=-36, yanchor="top", xanchor="left")


def _name_places(figure: drawing.Canvas, rows: pl.DataFrame, home: str, *, dense: bool, narrow: bool) -> None:
    figure.update_yaxes(
        showgrid=False, zeroline=False, range=[-0.7, max(rows.height, 1) - 0.3], showticklabels=not dense
    )
    if not dense:
        longest = 18 if narrow else 40
        names = [_short(name, longest, mine=name == home) for name in rows["name"]]
        figure.update_yaxes(tickvals=rows["place"].to_list(), ticktext=names)
        return
    for name, value, place in rows.filter(pl.col("name") == home).select("name", "value", "place").iter_rows():
        left = place > rows.height / 2
        figure.add_annotation(
            x=value, y=place, text=f"<b>{name}</b>", font=theme.font("label", "home"), showarrow=True, arrowhead=0,
            arrowcolor=theme.colour("home"), ax=-70 if left else 70, ay=-6, xanchor="right" if left else "left",
        )  # fmt: skip


def _short(name: str, longest: int, *, mine: bool) -> str:
    cut = name if len(name) <= longest else name[: longest - 1] + "…"
    return f"<b>{cut}</b>" if mine else cut
