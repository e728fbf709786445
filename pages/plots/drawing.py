"""What pictures are drawn with: the sheet, the frame, lines across, intervals, bands, points, and words inside."""

import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any, TypeAlias
from zlib import crc32

import plotly.graph_objects as go
import polars as pl

from pages.format.numbers import separators
from pages.format.texts import language
from pages.plots import margins, theme

_AXIS = re.compile(r"[xy]axis\d*")
_NO_TEMPLATE = "none"
HOVER = "%{text}<extra></extra>"
Line = dict[str, Any]
Spec = dict[str, Any]


class Canvas:
    """A picture while it is drawn: its traces and its layout as plain values, called as Plotly's own figure is.

    Plotly checks every value as it is set, which takes most of the time of a click; the tests let it check each picture
    they draw (`tests/pages/conftest.py`), the reader does not wait for it. None is as a value that is not given.
    """

    def __init__(self) -> None:
        self.traces: list[Spec] = []
        self.layout: Spec = {}

    def add_scatter(self, **trace: Any) -> None:  # noqa: ANN401 - values of Plotly, here and below
        """Add points, lines or an area."""
        self.traces.append({"type": "scatter", **_given(trace)})

    def add_bar(self, **trace: Any) -> None:  # noqa: ANN401
        """Add bars."""
        self.traces.append({"type": "bar", **_given(trace)})

    def add_annotation(self, **words: Any) -> None:  # noqa: ANN401
        """Write words at a place."""
        self.layout.setdefault("annotations", []).append(_given(words))

    def add_shape(self, **shape: Any) -> None:  # noqa: ANN401
        """Draw a line or an area that is no trace."""
        self.layout.setdefault("shapes", []).append(_given(shape))

    def update_layout(self, **layout: Any) -> None:  # noqa: ANN401
        """Set values of the whole picture; what is not named stays."""
        _laid_over(self.layout, layout)

    def update_xaxes(self, **axis: Any) -> None:  # noqa: ANN401
        """Set values of the axis along the picture; what is not named stays."""
        self._axis("xaxis", axis)

    def update_yaxes(self, **axis: Any) -> None:  # noqa: ANN401
        """Set values of the upright axis; what is not named stays."""
        self._axis("yaxis", axis)

    def drawn(self) -> go.Figure:
        """Return the picture as Plotly's figure, with the room its labels need."""
        margins.settle(self.layout)
        return unchecked({"data": self.traces, "layout": self.layout})

    def _axis(self, name: str, axis: Spec) -> None:
        title = axis.get("title")
        _laid_over(
            self.layout.setdefault(name, {}), axis | ({"title": {"text": title}} if isinstance(title, str) else {})
        )


Drawable: TypeAlias = Canvas | go.Figure
"""What is drawn on: a canvas, or Plotly's own figure where a picture has several panels."""


def frame(figure: Drawable, height: float, margin: tuple[int, int, int, int], **layout: Any) -> None:  # noqa: ANN401
    """Set the look, height and language of a picture, and its margin: left, right, top, bottom."""
    sides = dict(zip("lrtb", margin, strict=True))
    look = {"template": theme.template(), "separators": separators(), "meta": language()}
    figure.update_layout(height=height, margin=sides, **look, **layout)


def legend_below(y: float) -> dict[str, Any]:
    """Return a legend in a row beneath the picture, `y` (negative) as a share of its height."""
    return {"orientation": "h", "yanchor": "top", "y": y, "x": 0}


def legend_above() -> dict[str, Any]:
    """Return a legend in a row above the picture."""
    return {"orientation": "h", "x": 0, "xanchor": "left", "y": 1, "yanchor": "bottom"}


def upright(figure: Drawable, at: float, line: Line, **shape: Any) -> None:  # noqa: ANN401 - a shape of Plotly
    """Draw a line from the bottom of the picture to its top."""
    figure.add_shape(type="line", x0=at, x1=at, yref="paper", y0=0, y1=1, line=line, **shape)


def level(figure: Drawable, at: float, line: Line, **shape: Any) -> None:  # noqa: ANN401 - a shape of Plotly
    """Draw a line from the left of the picture to its right."""
    figure.add_shape(type="line", xref="paper", x0=0, x1=1, y0=at, y1=at, line=line, **shape)


def reference(figure: Drawable, at: float, words: str) -> None:
    """Draw an upright line to compare with, named above the picture."""
    upright(figure, at, {"color": theme.colour("text_quiet"), "width": 1.5, "dash": "dash"}, layer="below")
    place = {"x": at, "yref": "paper", "y": 1, "yanchor": "bottom"}
    figure.add_annotation(text=words, showarrow=False, font=theme.font(), **place)


def around_zero(figure: Drawable, reach: float) -> None:
    """Shade the span from `-reach` to `reach`, over the whole height."""
    ends = {"x0": -reach, "x1": reach, "yref": "paper", "y0": 0, "y1": 1}
    figure.add_shape(type="rect", **ends, layer="below", line={"width": 0}, fillcolor=theme.colour("surface"))


def intervals(
    figure: Drawable, ends: Iterable[tuple[Any, Any, Any]], line: Line, *, along: str = "x", **trace: Any  # noqa: ANN401
) -> None:  # fmt: skip
    """Draw intervals (low, high, place) as one trace of lines."""
    known = list(ends)
    reach = [each for low, high, _ in known for each in (low, high, None)]
    places = [each for *_, place in known for each in (place, place, None)]
    across = {"x": reach, "y": places} if along == "x" else {"x": places, "y": reach}
    figure.add_scatter(**across, mode="lines", line=line, hoverinfo="skip", **trace)


Stretch: TypeAlias = tuple[Iterable[Any], Iterable[Any], Iterable[Any]]
"""Places with the low and the high end at each."""


def band(figure: Drawable, *stretches: Stretch, colour: str = "home_band", **trace: Any) -> None:  # noqa: ANN401
    """Fill the area between two lines over the same places, stretch by stretch as one trace."""
    x, y = _outlines(stretches)
    figure.add_scatter(
        x=x, y=y, fill="toself", mode="lines", line={"width": 0}, connectgaps=False,
        fillcolor=theme.colour(colour), hoverinfo="skip", showlegend=False, **trace,
    )  # fmt: skip


def _outlines(stretches: Iterable[Stretch]) -> tuple[list[Any], list[Any]]:
    """Return the outline of each stretch, forth along the high ends and back along the low, with a gap between two."""
    x: list[Any] = []
    y: list[Any] = []
    for places, low, high in stretches:
        there, gap = list(places), [None] if x else []
        x += [*gap, *there, *reversed(there)]
        y += [*gap, *high, *reversed(list(low))]
    return x, y


def points(
    figure: Drawable, x: Iterable[Any], y: Iterable[Any], marker: dict[str, Any], words: Iterable[str], **trace: Any  # noqa: ANN401
) -> None:  # fmt: skip
    """Draw points that tell their words to a pointer."""
    trace = {"mode": "markers", "hovertemplate": HOVER} | trace
    figure.add_scatter(x=list(x), y=list(y), marker=marker, text=list(words), **trace)


def line_of(look: theme.Line) -> Line:
    """Return how Plotly draws a line of this look."""
    return {"color": look.colour, "width": look.width, "dash": look.dash}


def rows(figure: Drawable, places: Iterable[float], names: Iterable[str], ends: Iterable[float]) -> None:
    """Name the rows of a picture at their places; `ends` are the lowest and the highest of the axis."""
    named = {"tickvals": list(places), "ticktext": list(names), "range": list(ends)}
    figure.update_yaxes(**named, showgrid=False, zeroline=False)


def axis_title(words: str) -> dict[str, Any]:
    """Return the title of an axis in small letters, a little away from its ticks."""
    return {"text": words, "font": {"size": theme.tokens()["font"]["small_px"]}, "standoff": 8}


def note(figure: Drawable, words: str, **place: Any) -> None:  # noqa: ANN401 - a place of Plotly
    """Write a quiet remark at a place of the whole picture, 0–1 each way."""
    look = {"showarrow": False, "font": theme.font("small", "text_quiet")}
    figure.add_annotation(text=words, xref="paper", yref="paper", **look, **place)


class Still(go.Figure):  # type: ignore[misc]
    """A picture that is finished: what is sent of it is made once, not for each reader anew."""

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 - as Plotly's own
        super().__init__(*given, **named)
        self._sent = super().to_dict()

    def to_dict(self) -> Spec:
        """Return the picture as it is sent."""
        return dict(self._sent)


def unchecked(spec: Spec) -> go.Figure:
    """Return a figure of plain values, without a check of each."""
    return go.Figure(spec, _validate=False)


def still(picture: go.Figure) -> go.Figure:
    """Return a picture with the template's look written into its layout, and marked by what it shows.

    Streamlit hands Plotly a copy of each picture right after it is drawn. Plotly draws anew what may be another: any
    template, and any list where nothing says what revision the data are of.
    """
    if isinstance(picture, Still):
        return picture
    plain = picture.to_plotly_json()
    layout = dict(plain["layout"])
    look = go.layout.Template(layout.pop("template", None)).layout.to_plotly_json()
    first = ("xaxis", "yaxis") if any({"x", "y"} & set(trace) for trace in plain["data"]) else ()
    for axis in {*first, *filter(_AXIS.fullmatch, layout)}:
        layout[axis] = _over(look.get(axis.rstrip("0123456789"), {}), layout.get(axis, {}))
    others = {name: value for name, value in look.items() if not _AXIS.fullmatch(name)}
    shown = {"data": plain["data"], "layout": _over(others, layout) | {"template": _NO_TEMPLATE}}
    shown["layout"]["datarevision"] = crc32(repr(shown).encode())
    return Still(shown, _validate=False)


def _over(under: Mapping[str, Any], over: Mapping[str, Any]) -> Spec:
    """Return values laid over others, both unchanged."""
    found = deepcopy(dict(under))
    _laid_over(found, over)
    return found


def _given(spec: Mapping[str, Any]) -> Spec:
    """Return what is given, a column of a frame as the list of its values."""
    return {name: _plain(value) for name, value in spec.items() if value is not None}


def _plain(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, Mapping):
        return _given(value)
    return value.to_list() if isinstance(value, pl.Series) else value


def _laid_over(under: Spec, over: Mapping[str, Any]) -> None:
    """Lay values over others, tables value by value."""
    for name, value in over.items():
        if isinstance(value, Mapping) and isinstance(under.get(name), dict):
            _laid_over(under[name], value)
        else:
            under[name] = _plain(value)
