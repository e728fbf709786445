"""The benefit map as a picture: boxes by level, and lines from each measure to the goal."""

from collections.abc import Sequence
from textwrap import wrap

import plotly.graph_objects as go

from benefits.realisation.benefit_map import LEVELS, Edge, Node
from pages.plots import drawing, theme
from pages.views.programme.plan.tables import level

_BOX, _LETTERS = 0.86, 21
_ROW_PX, _NARROW_ROW_PX = 92, 62
_NARROW_LETTERS = 40


def picture(nodes: Sequence[Node], edges: Sequence[Edge], *, narrow: bool = False) -> go.Figure:
    """Return the map: levels from left to right, or on a phone one below the other with the lines at the side."""
    places = _stacked(nodes) if narrow else _spread(nodes)
    figure = drawing.Canvas()
    for edge in edges:
        _line(figure, places[edge.start], places[edge.end], narrow=narrow)
    for node, (x, y) in places.items():
        _box(figure, node, x, y, narrow=narrow)
    rows = len(nodes) if narrow else max(sum(node.level == number for node in nodes) for number in range(len(LEVELS)))
    height = 40 + (_NARROW_ROW_PX * len(nodes) if narrow else 40 + _ROW_PX * rows)
    hidden = {"visible": False, "fixedrange": True}
    right = 1.0 if narrow else len(LEVELS) - 0.5
    drawing.frame(figure, height, (4, 4, 4, 4), showlegend=False)
    figure.update_xaxes(range=[-0.12 if narrow else -0.5, right], **hidden)
    figure.update_yaxes(range=[-rows + 0.5, 0.6 if narrow else 0.75], **hidden)
    if not narrow:
        for number in range(len(LEVELS)):
            words = f"<b>{level(number)}</b>"
            figure.add_annotation(x=number, y=0.62, text=words, showarrow=False, font=theme.font("label"))
    figure.add_scatter(x=[0], y=[0], mode="markers", marker={"opacity": 0}, hoverinfo="skip")
    return figure.drawn()


def _spread(nodes: Sequence[Node]) -> dict[Node, tuple[float, float]]:
    """Return a place for each box: its level across, and down in its level, spread over the height."""
    most = max(sum(node.level == number for node in nodes) for number in range(len(LEVELS)))
    places: dict[Node, tuple[float, float]] = {}
    for number in range(len(LEVELS)):
        column = [node for node in nodes if node.level == number]
        for order, node in enumerate(column):
            places[node] = (float(number), -(order + 0.5) * most / len(column) + 0.5)
    return places


def _stacked(nodes: Sequence[Node]) -> dict[Node, tuple[float, float]]:
    return {node: (0.0, -float(order)) for order, node in enumerate(nodes)}


def _line(figure: drawing.Canvas, start: tuple[float, float], end: tuple[float, float], *, narrow: bool) -> None:
    (x0, y0), (x1, y1) = start, end
    if narrow:
        bend = -0.02 - 0.1 * min(1.0, abs(y1 - y0) / 8)
        path = f"M 0,{y0} C {bend},{y0} {bend},{y1} 0,{y1}"
    else:
        left, right = x0 + _BOX / 2, x1 - _BOX / 2
        middle = (left + right) / 2
        path = f"M {left},{y0} C {middle},{y0} {middle},{y1} {right},{y1}"
    line = {"color": theme.colour("border"), "width": 1.5}
    figure.add_shape(type="path", path=path, line=line, layer="below")


def _box(figure: drawing.Canvas, node: Node, x: float, y: float, *, narrow: bool) -> None:
    ends = node.level in (0, len(LEVELS) - 1)
    line = {"color": theme.colour("home" if ends else "border"), "width": 1.5}
    look = {"line": line, "fillcolor": theme.colour("surface")}
    left, right = (0.0, 1.0) if narrow else (x - _BOX / 2, x + _BOX / 2)
    figure.add_shape(type="rect", x0=left, x1=right, y0=y - 0.42, y1=y + 0.42, **look)
    words = "<br>".join(wrap(node.words, _NARROW_LETTERS if narrow else _LETTERS))
    label = f"<b>{level(node.level)}</b><br>{words}" if narrow else words
    side = "left" if narrow else "center"
    at = left + 0.02 if narrow else x
    figure.add_annotation(x=at, y=y, xanchor=side, align=side, text=label, showarrow=False, font=theme.font())
