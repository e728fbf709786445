"""What pictures are drawn with: the frame, lines across, intervals, bands, points, and words inside."""

from collections.abc import Iterable
from typing import Any

import plotly.graph_objects as go

from pages.format.numbers import separators
from pages.format.texts import language
from pages.plots import theme

HOVER = "%{text}<extra></extra>"
Line = dict[str, Any]


def frame(figure: go.Figure, height: float, margin: tuple[int, int, int, int], **layout: Any) -> None:  # noqa: ANN401
    """Set the look, height and language of a picture, and its margin: left, right, top, bottom."""
    sides = dict(zip("lrtb", margin, strict=True))
    look = {"template": theme.template(), "separators": separators(), "meta": {"lang": language()}}
    figure.update_layout(height=height, margin=sides, **look, **layout)


def legend_below(y: float) -> dict[str, Any]:
    """Return a legend in a row beneath the picture, `y` (negative) as a share of its height."""
    return {"orientation": "h", "yanchor": "top", "y": y, "x": 0}


def legend_above() -> dict[str, Any]:
    """Return a legend in a row above the picture."""
    return {"orientation": "h", "x": 0, "xanchor": "left", "y": 1, "yanchor": "bottom"}


def upright(figure: go.Figure, at: float, line: Line, **shape: Any) -> None:  # noqa: ANN401 - a shape of Plotly
    """Draw a line from the bottom of the picture to its top."""
    figure.add_shape(type="line", x0=at, x1=at, yref="paper", y0=0, y1=1, line=line, **shape)


def level(figure: go.Figure, at: float, line: Line, **shape: Any) -> None:  # noqa: ANN401 - a shape of Plotly
    """Draw a line from the left of the picture to its right."""
    figure.add_shape(type="line", xref="paper", x0=0, x1=1, y0=at, y1=at, line=line, **shape)


def reference(figure: go.Figure, at: float, words: str) -> None:
    """Draw an upright line to compare with, named above the picture."""
    upright(figure, at, {"color": theme.colour("text_quiet"), "width": 1.5, "dash": "dash"}, layer="below")
    place = {"x": at, "yref": "paper", "y": 1, "yanchor": "bottom"}
    figure.add_annotation(text=words, showarrow=False, font=theme.font(), **place)


def around_zero(figure: go.Figure, reach: float) -> None:
    """Shade the span from `-reach` to `reach`, over the whole height."""
    ends = {"x0": -reach, "x1": reach, "yref": "paper", "y0": 0, "y1": 1}
    figure.add_shape(type="rect", **ends, layer="below", line={"width": 0}, fillcolor=theme.colour("surface"))


def intervals(
    figure: go.Figure, ends: Iterable[tuple[Any, Any, Any]], line: Line, *, along: str = "x", **trace: Any  # noqa: ANN401
) -> None:  # fmt: skip
    """Draw intervals (low, high, place) as one trace of lines."""
    known = list(ends)
    reach = [each for low, high, _ in known for each in (low, high, None)]
    places = [each for *_, place in known for each in (place, place, None)]
    across = {"x": reach, "y": places} if along == "x" else {"x": places, "y": reach}
    figure.add_scatter(**across, mode="lines", line=line, hoverinfo="skip", **trace)


def band(
    figure: go.Figure, x: Iterable[Any], low: Iterable[Any], high: Iterable[Any], *, colour: str = "home_band",
    **trace: Any,  # noqa: ANN401 - a trace of Plotly
) -> None:  # fmt: skip
    """Fill the area between two lines over the same places."""
    places = list(x)
    figure.add_scatter(
        x=[*places, *reversed(places)], y=[*high, *reversed(list(low))], fill="toself", mode="lines", line={"width": 0},
        fillcolor=theme.colour(colour), hoverinfo="skip", showlegend=False, **trace,
    )  # fmt: skip


def points(
    figure: go.Figure, x: Iterable[Any], y: Iterable[Any], marker: dict[str, Any], words: Iterable[str], **trace: Any  # noqa: ANN401
) -> None:  # fmt: skip
    """Draw points that tell their words to a pointer."""
    trace = {"mode": "markers", "hovertemplate": HOVER} | trace
    figure.add_scatter(x=list(x), y=list(y), marker=marker, text=list(words), **trace)


def line_of(look: theme.Line) -> Line:
    """Return how Plotly draws a line of this look."""
    return {"color": look.colour, "width": look.width, "dash": look.dash}


def rows(figure: go.Figure, places: Iterable[float], names: Iterable[str], ends: Iterable[float]) -> None:
    """Name the rows of a picture at their places; `ends` are the lowest and the highest of the axis."""
    named = {"tickvals": list(places), "ticktext": list(names), "range": list(ends)}
    figure.update_yaxes(**named, showgrid=False, zeroline=False)


def axis_title(words: str) -> dict[str, Any]:
    """Return the title of an axis in small letters, a little away from its ticks."""
    return {"text": words, "font": {"size": theme.tokens()["font"]["small_px"]}, "standoff": 8}


def note(figure: go.Figure, words: str, **place: Any) -> None:  # noqa: ANN401 - a place of Plotly
    """Write a quiet remark at a place of the whole picture, 0–1 each way."""
    look = {"showarrow": False, "font": theme.font("small", "text_quiet")}
    figure.add_annotation(text=words, xref="paper", yref="paper", **look, **place)
