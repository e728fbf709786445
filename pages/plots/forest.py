"""The picture of many effects: each with its interval, as measured and drawn towards the common mean."""

from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go
import polars as pl

from pages.format.numbers import rate
from pages.format.texts import text
from pages.plots import drawing, effect_axis, theme

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
    figure = drawing.Canvas()
    rows = frame.with_columns(y=pl.int_range(frame.height, 0, -1).cast(pl.Float64))
    _intervals(figure, rows, ("low", "high"), _RAW, {"color": theme.colour("text"), "width": 2})
    towards = {"color": theme.colour("home"), "width": 1.6, "dash": "dot"}
    _intervals(figure, rows, ("shrunken_low", "shrunken_high"), _SHRUNKEN, towards)
    _points(figure, rows)
    _shrunken(figure, rows)
    for row in rows.iter_rows(named=True):
        _named(figure, row["y"], row["name"], row["words"], narrow=narrow)
    if summary is not None:
        _summary(figure, summary, narrow=narrow)
    _frame(figure, rows, summary, axis, narrow=narrow)
    return figure.drawn()


def _intervals(
    figure: drawing.Canvas, rows: pl.DataFrame, ends: tuple[str, str], shift: float, line: dict[str, Any]
) -> None:
    known = rows.drop_nulls(list(ends)).select(*ends, pl.col("y") + shift)
    drawing.intervals(figure, known.iter_rows(), line, showlegend=False)


def _points(figure: drawing.Canvas, rows: pl.DataFrame) -> None:
    known = rows.drop_nulls("value")
    ink, symbols = theme.colour("text"), [SYMBOLS[each] for each in known["verdict"]]
    marker = {"symbol": symbols, "size": 11, "color": ink, "line": {"width": 2, "color": ink}}
    words = [_told(row, "value", "low", "high") for row in known.iter_rows(named=True)]
    drawing.points(figure, known["value"], known["y"] + _RAW, marker, words, name=text("experiments.forest.raw"))


def _shrunken(figure: drawing.Canvas, rows: pl.DataFrame) -> None:
    known = rows.drop_nulls("shrunken")
    if known.is_empty():
        return
    marker = {"symbol": "diamond", "size": 8, "color": theme.colour("home")}
    words = [_told(row, "shrunken", "shrunken_low", "shrunken_high") for row in known.iter_rows(named=True)]
    name = text("experiments.forest.shrunken")
    drawing.points(figure, known["shrunken"], known["y"] + _SHRUNKEN, marker, words, name=name)


def _told(row: dict[str, Any], value: str, low: str, high: str) -> str:
    ends = f" ({rate(row[low])}–{rate(row[high])})" if row[low] is not None else ""
    if row[low] is not None and row[low] < 0:
        ends = f" ({text('experiments.span', low=rate(row[low]), high=rate(row[high]))})"
    return f"{row['name']}: <b>{rate(row[value])}</b>{ends}"


def _named(figure: drawing.Canvas, y: float, name: str, words: str, *, narrow: bool) -> None:
    said = f"<b>{name}</b>" + (f" · {words}" if words else "")
    figure.add_annotation(
        text=said, xref="paper", x=0, y=y + 0.38, xanchor="left", yanchor="middle", showarrow=False, align="left",
        font=theme.font("small" if narrow else "label"), bgcolor=theme.colour("background"), borderpad=1,
    )  # fmt: skip


def _summary(figure: drawing.Canvas, found: Summary, *, narrow: bool) -> None:
    home = theme.colour("home")
    if found.prediction is not None:
        line, ends = {"color": home, "width": 1.6, "dash": "dash"}, list(found.prediction)
        figure.add_scatter(x=ends, y=[-0.2, -0.2], mode="lines", hoverinfo="skip", showlegend=False, line=line)
    figure.add_scatter(
        x=[found.low, found.value, found.high, found.value, found.low], y=[-0.2, 0.0, -0.2, -0.4, -0.2],
        mode="lines", fill="toself", fillcolor=home, hoveron="fills", line={"color": home, "width": 1},
        showlegend=False, hoverinfo="skip",
    )  # fmt: skip
    _named(figure, -0.0, text("experiments.forest.mean"), "", narrow=narrow)
    drawing.level(figure, 0.6, {"color": theme.colour("hairline"), "width": 1})


def _frame(figure: drawing.Canvas, rows: pl.DataFrame, summary: Summary | None, axis: str, *, narrow: bool) -> None:
    known = [*rows["value"], *rows["low"], *rows["high"]]
    if summary is not None:
        known += [summary.low, summary.high, *(summary.prediction or ())]
    bottom = -0.65 if summary is not None else 0.4
    height = 110 + (rows.height + (1.1 if summary is not None else 0)) * (58 if narrow else 54)
    shown = rows["shrunken"].drop_nulls().len() > 0
    margin = (20, 20, 36 if shown else 8, 8)
    drawing.frame(figure, height, margin, showlegend=shown, legend=drawing.legend_above())
    figure.update_yaxes(visible=False, range=[bottom, rows.height + 0.7])
    effect_axis.effects(figure, known, axis)
