"""How an amount moves: a tornado over quantities."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from pages.format.texts import text
from pages.plots import drawing, theme
from pages.views.gains import money_plots
from pages.views.gains.money_plots import Mark, gap, rows_frame
from pages.views.gains.wording import MILLION


def tornado(rows: Sequence[Mark], at: float, *, narrow: bool = False) -> go.Figure:
    """Return a bar a quantity from the amount at its low end to that at its high end, around the amount `at` (NOK)."""
    names = [mark.name for mark in rows]
    figure = drawing.Canvas()
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
    return figure.drawn()
