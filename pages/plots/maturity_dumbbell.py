"""The maturity self-assessment as dots on a scale of 1–5: now filled, the time before hollow, and a line between."""

from collections.abc import Sequence
from textwrap import wrap

import plotly.graph_objects as go

from analytics.programme.readings import Item
from pages.format.numbers import trimmed
from pages.format.texts import language, text
from pages.plots import drawing, theme

_WIDE, _NARROW = 44, 22
_ROW_PX = 58


def maturity(rows: Sequence[tuple[Item, Item | None]], *, narrow: bool = False) -> go.Figure:
    """Return one row a question, in the form's own order from the top."""
    figure = go.Figure()
    places = list(range(len(rows) - 1, -1, -1))
    for (now, then), place in zip(rows, places, strict=True):
        if then is not None and then.value is not None and then.value != now.value:
            line = {"color": theme.colour("border"), "width": 2}
            figure.add_scatter(x=[then.value, now.value], y=[place, place], mode="lines", line=line, hoverinfo="skip")
            _dot(figure, then.value, place, hollow=True)
        _dot(figure, now.value, place, hollow=False)
    names = ["<br>".join(wrap(now.name[language()], _NARROW if narrow else _WIDE)) for now, _ in rows]
    drawing.frame(figure, 60 + _ROW_PX * len(rows), (8, 16, 8, 8), showlegend=False)
    figure.update_xaxes(range=[0.55, 5.3], tickvals=[1, 2, 3, 4, 5], showgrid=True)
    drawing.rows(figure, places, names, (-0.6, len(rows) - 0.4))
    return figure


def _dot(figure: go.Figure, value: float | None, place: int, *, hollow: bool) -> None:
    fill = theme.colour("background" if hollow else "home")
    words = text("programme.before" if hollow else "programme.now")
    figure.add_scatter(
        x=[value], y=[place], mode="markers", hovertext=[f"{words}: {trimmed(value)}" if value is not None else words],
        hoverinfo="text",
        marker={"size": 15, "color": fill, "line": {"color": theme.colour("home"), "width": 2}},
    )  # fmt: skip
