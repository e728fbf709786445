"""The picture of many effects: each with its interval, as measured and drawn towards the common mean."""

from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go
import polars as pl

from pages.format.numbers import rate
from pages.format.texts import text
from pages.plots import effect_axis, theme

SYMBOLS = {
    "better": "circle",
    "worse": "x",
    "no_important_difference": "square",
    "too_small_to_say": "circle-open",
    "not_reported": "circle-open",
}
_RAW, _SHRUNKEN = 0.05, -0.2


@dataclass(frozen=True)
class Summary:
    """The pooled effect with its interval, and the interval for a new place; None where none can be told."""

    value: float
    low: float
    high: float
    prediction: tuple[float, float] | None


def forest(frame: pl.DataFrame, summary: Summary | None, axis: str, *, narrow: bool = False) -> go.Figure:
    """Return one line an experiment, the first row at the top.

    Columns: name, verdict (code), words (verdict in words), value, low, high, and shrunken, shrunken_low,
    shrunken_high (null where not pooled). `axis` names the unit. The summary lies beneath a rule.
    """
    figure = go.Figure()
    rows = frame.with_columns(y=pl.int_range(frame.height, 0, -1).cast(pl.Float64))
    _intervals(figure, rows, ("low", "high"), _RAW, {"color": theme.colour("text"), "width": 2})
    _intervals(
        figure,
        rows,
        ("shrunken_low", "shrunken_high"),
        _SHRUNKEN,
        {"color": theme.colour("home"), "width": 1.6, "dash": "dot"},
    )
    _points(figure, rows)
    _shrunken(figure, rows)
    for row in rows.iter_rows(named=True):
        _named(figure, row["y"], row["name"], row["words"], narrow=narrow)
    if summary is not None:
        _summary(figure, summary, narrow=narrow)
    _frame(figure, rows, summary, axis, narrow=narrow)
    return figure


def _intervals(
    figure: go.Figure, rows: pl.DataFrame, ends: tuple[str, str], shift: float, line: dict[str, Any]
) -> None:
    known = rows.drop_nulls(list(ends))
    xs, ys = [], []
    for low, high, y in known.select(*ends, "y").iter_rows():
        xs += [low, high, None]
        ys += [y + shift, y + shift, None]
    figure.add_scatter(x=xs, y=ys, mode="lines", line=line, hoverinfo="skip", showlegend=False)


def _points(figure: go.Figure, rows: pl.DataFrame) -> None:
    known = rows.drop_nulls("value")
    figure.add_scatter(
        x=known["value"].to_list(),
        y=[y + _RAW for y in known["y"]],
        mode="markers",
        name=text("experiments.forest.raw"),
        marker={
            "symbol": [SYMBOLS[each] for each in known["verdict"]],
            "size": 11,
            "color": theme.colour("text"),
            "line": {"width": 2, "color": theme.colour("text")},
        },
        text=[_told(row, "value", "low", "high") for row in known.iter_rows(named=True)],
        hovertemplate="%{text}<extra></extra>",
    )


def _shrunken(figure: go.Figure, rows: pl.DataFrame) -> None:
    known = rows.drop_nulls("shrunken")
    if known.is_empty():
        return
    figure.add_scatter(
        x=known["shrunken"].to_list(),
        y=[y + _SHRUNKEN for y in known["y"]],
        mode="markers",
        name=text("experiments.forest.shrunken"),
        marker={"symbol": "diamond", "size": 8, "color": theme.colour("home")},
        text=[_told(row, "shrunken", "shrunken_low", "shrunken_high") for row in known.iter_rows(named=True)],
        hovertemplate="%{text}<extra></extra>",
    )


def _told(row: dict[str, Any], value: str, low: str, high: str) -> str:
    ends = f" ({rate(row[low])}–{rate(row[high])})" if row[low] is not None else ""
    if row[low] is not None and row[low] < 0:
        ends = f" ({text('experiments.span', low=rate(row[low]), high=rate(row[high]))})"
    return f"{row['name']}: <b>{rate(row[value])}</b>{ends}"


def _named(figure: go.Figure, y: float, name: str, words: str, *, narrow: bool) -> None:
    font = {"size": theme.tokens()["font"]["small_px" if narrow else "label_px"], "color": theme.colour("text")}
    said = f"<b>{name}</b>" + (f" · {words}" if words else "")
    figure.add_annotation(
        text=said,
        xref="paper",
        x=0,
        y=y + 0.38,
        xanchor="left",
        yanchor="middle",
        showarrow=False,
        align="left",
        font=font,
        bgcolor=theme.colour("background"),
        borderpad=1,
    )


def _summary(figure: go.Figure, found: Summary, *, narrow: bool) -> None:
    home = theme.colour("home")
    if found.prediction is not None:
        figure.add_scatter(
            x=list(found.prediction),
            y=[-0.2, -0.2],
            mode="lines",
            hoverinfo="skip",
            showlegend=False,
            line={"color": home, "width": 1.6, "dash": "dash"},
        )
    xs = [found.low, found.value, found.high, found.value, found.low]
    figure.add_scatter(
        x=xs,
        y=[-0.2, 0.0, -0.2, -0.4, -0.2],
        mode="lines",
        fill="toself",
        fillcolor=home,
        hoveron="fills",
        line={"color": home, "width": 1},
        showlegend=False,
        hoverinfo="skip",
    )
    _named(figure, -0.0, text("experiments.forest.mean"), "", narrow=narrow)
    figure.add_shape(
        type="line", xref="paper", x0=0, x1=1, y0=0.6, y1=0.6, line={"color": theme.colour("hairline"), "width": 1}
    )


def _frame(figure: go.Figure, rows: pl.DataFrame, summary: Summary | None, axis: str, *, narrow: bool) -> None:
    known = [*rows["value"], *rows["low"], *rows["high"]]
    if summary is not None:
        known += [summary.low, summary.high, *(summary.prediction or ())]
    bottom = -0.65 if summary is not None else 0.4
    height = 110 + (rows.height + (1.1 if summary is not None else 0)) * (58 if narrow else 54)
    shown = rows["shrunken"].drop_nulls().len() > 0
    figure.update_layout(
        template=theme.template(),
        height=height,
        margin={"l": 20, "r": 20, "t": 36 if shown else 8, "b": 8},
        showlegend=shown,
        legend={"orientation": "h", "x": 0, "xanchor": "left", "y": 1, "yanchor": "bottom"},
    )
    figure.update_yaxes(visible=False, range=[bottom, rows.height + 0.7])
    effect_axis.effects(figure, known, axis)
