"""How an amount moves: a tornado over quantities, and a line over effects with named points."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from pages.format.texts import text
from pages.plots import axes, drawing, theme
from pages.plots.label_placement import wrapped
from pages.views.gains import money_plots
from pages.views.gains.money_plots import Mark, frame, gap, rows_frame, titled
from pages.views.gains.wording import MILLION


def tornado(rows: Sequence[Mark], at: float, *, narrow: bool = False) -> go.Figure:
    """Return a bar a quantity from the amount at its low end to that at its high end, around the amount `at` (NOK)."""
    names = [mark.name for mark in rows]
    figure = go.Figure()
    ends: tuple[tuple[str, str, Any], ...] = (
        ("low", theme.colour("home_band"), {"shape": "/", "fgcolor": theme.colour("home"), "size": 6}),
        ("high", theme.colour("home"), None),
    )
    for end, colour, pattern in ends:
        edge = {"color": theme.colour("home"), "width": 1}
        figure.add_bar(
            orientation="h", name=text(f"gains.tornado.{end}"), base=at / MILLION, y=list(range(len(rows))),
            x=[(getattr(mark, end) - at) / MILLION for mark in rows],
            marker={"color": colour, "pattern": pattern, "line": edge},
            text=[mark.words for mark in rows], textposition="none", hovertemplate=drawing.HOVER,
        )  # fmt: skip
    known = [end / MILLION for mark in rows for end in (mark.low, mark.high, at)]
    rows_frame(figure, names, known, narrow=narrow, legend=True)
    figure.update_layout(barmode="overlay", bargap=gap(narrow=narrow))
    money_plots.line(figure, at / MILLION, theme.colour("text"))
    return figure


def curve(
    effects: Sequence[float], amounts: Sequence[float], marks: Sequence[tuple[float, float, str]], *, narrow: bool
) -> go.Figure:
    """Return the amount over effects (more in work of 100) with named points (effect, amount, words)."""
    figure = go.Figure()
    look = theme.home_line()
    known, line = [amount / MILLION for amount in amounts], {"color": look.colour, "width": look.width}
    figure.add_scatter(x=list(effects), y=known, mode="lines", line=line, hoverinfo="skip", showlegend=False)
    for order, (effect, amount, words) in enumerate(marks):
        _point(figure, effect, amount / MILLION, words, first=order == 0, right=effect > sum(effects) / len(effects))
    frame(figure, theme.tokens()["chart"]["narrow_height_px" if narrow else "height_px"], narrow=narrow, legend=False)
    axes.values(figure.update_yaxes, known, "rate")
    axes.values(figure.update_xaxes, list(effects), "rate")
    figure.update_xaxes(title=titled("gains.axis.effect"), range=[min(effects), max(effects)])
    figure.update_yaxes(title=None if narrow else titled("gains.axis.million"), zeroline=True, zerolinewidth=2)
    return figure


def _point(figure: go.Figure, x: float, y: float, words: str, *, first: bool, right: bool) -> None:
    colour, side = theme.colour("home" if first else "text"), "right" if right else "left"
    marker = {"size": 13, "symbol": "circle" if first else "diamond", "color": colour}
    drawing.points(figure, [x], [y], marker, [words], showlegend=False)
    figure.add_annotation(
        x=x, y=y, text="<br>".join(wrapped(words, 26)), ax=-40 if right else 40, ay=-46 if first else 50,
        xanchor=side, align=side, arrowcolor=colour, arrowhead=0, font={"color": colour, "size": 14},
        bgcolor=theme.colour("background"),
    )  # fmt: skip
