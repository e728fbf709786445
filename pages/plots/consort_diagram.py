"""The flow of persons by arm: boxes from assessed to measured, with those who left on the way."""

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from pages.format.numbers import number
from pages.format.texts import text
from pages.plots import drawing, theme

_ROW, _TOP = 92, 46
_HALF_WIDTH, _HALF_HEIGHT = 0.42, 0.3


def flow_diagram(flow: Mapping[str, Mapping[str, float]], arms: Sequence[tuple[str, str]]) -> go.Figure:
    """Return boxes of stage (top to bottom) by arm (left to right), joined by arrows.

    flow: stage → arm → persons; an arm absent from a delivered stage is hidden, never 0. arms: label and name of each.
    """
    figure = drawing.Canvas()
    stages = list(flow)
    for column, (arm, name) in enumerate(arms):
        figure.add_annotation(x=column, y=0.62, text=f"<b>{name}</b>", showarrow=False)
        for row, stage in enumerate(stages):
            _box(figure, column, -row, text(f"experiments.stage.{stage}"), flow[stage].get(arm))
            if row:
                _arrow(figure, column, -row)
    figure.add_scatter(x=[0], y=[0], mode="markers", marker={"opacity": 0}, hoverinfo="skip", showlegend=False)
    drawing.frame(figure, _TOP + _ROW * len(stages), (0, 0, 0, 0))
    figure.update_xaxes(visible=False, range=[-0.5, len(arms) - 0.5])
    figure.update_yaxes(visible=False, range=[-len(stages) + 0.5, 0.85])
    return figure.drawn()


def _box(figure: drawing.Canvas, x: float, y: float, stage: str, count: float | None) -> None:
    hidden = count is None
    ends = {"x0": x - _HALF_WIDTH, "x1": x + _HALF_WIDTH, "y0": y - _HALF_HEIGHT, "y1": y + _HALF_HEIGHT}
    line = {"color": theme.colour("border" if hidden else "home"), "width": 1.5, "dash": "dot" if hidden else "solid"}
    figure.add_shape(type="rect", **ends, line=line, fillcolor=theme.colour("surface"))
    words = text("experiments.hidden_count") if hidden else f"<b>{number(count)}</b>"
    figure.add_annotation(x=x, y=y, text=f"{stage}<br>{words}", showarrow=False, align="center")


def _arrow(figure: drawing.Canvas, x: float, y: float) -> None:
    ends = {"x": x, "y": y + _HALF_HEIGHT, "ax": x, "ay": y + 1 - _HALF_HEIGHT, "axref": "x", "ayref": "y"}
    look = {"showarrow": True, "arrowhead": 2, "arrowwidth": 1.5, "arrowcolor": theme.colour("text_quiet")}
    figure.add_annotation(text="", **ends, **look)
