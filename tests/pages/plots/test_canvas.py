"""What is drawn on a canvas is what the same calls give on Plotly's own figure, value by value."""

import json

import plotly.graph_objects as go
import polars as pl
import pytest

from pages.plots import drawing, margins
from pages.plots.drawing import Canvas, Drawable


def drawn_on(figure: Drawable) -> None:
    """Draw a bit of everything, twice where the second call lies over the first."""
    figure.add_scatter(x=[1, 2, None], y=[0.5, None, 1.5], mode="lines", name="a", line={"width": 2}, text=None)
    figure.add_bar(x=["p", "q"], y=[1, 2], marker={"color": ["#00507a", "#ffffff"], "pattern": None})
    figure.add_annotation(x=1, y=2, text="here", showarrow=False, font={"size": 12})
    drawing.upright(figure, 1.5, {"color": "#00507a", "width": 1})
    drawing.frame(figure, 300, (8, 14, 30, 8), showlegend=False, legend=drawing.legend_below(-0.2))
    figure.update_layout(margin={"l": 40}, bargap=0.3)
    figure.update_xaxes(range=[0, 3], tickvals=[0, 1.5, 3], title="time")
    figure.update_xaxes(title={"font": {"size": 11}}, range=[0, 4])
    figure.update_yaxes(title={"text": "share", "standoff": 8}, showgrid=True)
    figure.update_yaxes(showgrid=None)


def plain(figure: go.Figure) -> object:
    return json.loads(figure.to_json())


def test_the_same_calls_give_the_same_picture() -> None:
    canvas, figure = Canvas(), go.Figure()
    drawn_on(canvas)
    drawn_on(figure)
    checked = plain(figure)
    margins.settle(checked["layout"])
    assert plain(canvas.drawn()) == checked
    assert canvas.layout["yaxis"]["title"]["standoff"] == figure.layout["yaxis"]["title"]["standoff"]


def test_a_column_of_a_frame_is_drawn_as_its_values() -> None:
    canvas = Canvas()
    canvas.add_scatter(x=pl.Series([1, 2]), y=pl.Series([0.5, None]), error_y={"array": pl.Series([0.1, 0.2])})
    (trace,) = canvas.drawn().to_plotly_json()["data"]
    assert (list(trace["x"]), list(trace["y"]), list(trace["error_y"]["array"])) == ([1, 2], [0.5, None], [0.1, 0.2])


def test_what_plotly_does_not_know_fails_here_and_not_before_a_reader() -> None:
    canvas = Canvas()
    canvas.add_scatter(x=[1], y=[1], mode="lines", colour="red")
    with pytest.raises(ValueError, match="colour"):
        canvas.drawn()
