"""Effects by time since the start, and the share still waiting by time: each with its interval."""

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from pages.format.numbers import number, rate, whole_percent
from pages.format.texts import text
from pages.plots import effect_axis, theme

Point = Mapping[str, Any]


def event_study(points: Sequence[Point], axis: str, time_axis: str) -> go.Figure:
    """Return dots with intervals by time since the start; those before it are hollow and should lie near zero.

    points: time (0 = first time with the measure), value, low, high.
    """
    figure = go.Figure()
    for before in (True, False):
        part = [point for point in points if (point["time"] < 0) == before]
        if part:
            _effects(figure, part, before=before)
    figure.add_shape(
        type="line",
        x0=-0.5,
        x1=-0.5,
        yref="paper",
        y0=0,
        y1=1,
        line={"color": theme.colour("text_quiet"), "width": 1.2, "dash": "dot"},
    )
    _frame(figure, time_axis)
    times = [point["time"] for point in points]
    figure.update_xaxes(
        range=[min(times) - 0.6, max(times) + 0.6], tickvals=times, ticktext=[number(time) for time in times]
    )
    effect_axis.effects(figure, [each for point in points for each in (point["low"], point["high"])], axis, along="y")
    figure.update_yaxes(showgrid=True)
    figure.update_xaxes(showgrid=False, zeroline=False)
    return figure


def _effects(figure: go.Figure, part: Sequence[Point], *, before: bool) -> None:
    colour = theme.colour("text_quiet" if before else "home")
    drawn = [point for point in part if point["low"] is not None]
    xs = [x for point in drawn for x in (point["time"], point["time"], None)]
    ys = [y for point in drawn for y in (point["low"], point["high"], None)]
    line = {"color": colour, "width": 2}
    figure.add_scatter(x=xs, y=ys, mode="lines", line=line, hoverinfo="skip", showlegend=False)
    figure.add_scatter(
        x=[point["time"] for point in part],
        y=[point["value"] for point in part],
        mode="markers",
        name=text(f"experiments.time.{'before' if before else 'after'}"),
        marker={"symbol": "circle-open" if before else "circle", "size": 11, "color": colour, "line": line},
        text=[rate(point["value"]) for point in part],
        hovertemplate="%{x}: <b>%{text}</b><extra></extra>",
    )


def survival_curves(points: Sequence[Point], arms: Sequence[tuple[str, str]], time_axis: str) -> go.Figure:
    """Return a step curve an arm of the share still without the event, with its interval as a band.

    points: time, arm, survival, low, high (0–1). arms: label and name, the control first.
    """
    figure = go.Figure()
    for place, (arm, name) in enumerate(arms):
        part = [point for point in points if point["arm"] == arm]
        look = theme.home_line() if place else theme.quiet_line(0)
        if place:
            _band(figure, part)
        figure.add_scatter(
            x=[0, *(point["time"] for point in part)],
            y=[1, *(point["survival"] for point in part)],
            mode="lines",
            name=name,
            line={"color": look.colour, "width": look.width, "dash": look.dash, "shape": "hv"},
            text=[name, *(f"{name}: <b>{whole_percent(point['survival'])}</b>" for point in part)],
            hovertemplate="%{text}<extra></extra>",
        )
    _frame(figure, time_axis)
    ticks = [0, 0.25, 0.5, 0.75, 1]
    figure.update_yaxes(range=[0, 1.02], tickvals=ticks, ticktext=[whole_percent(tick) for tick in ticks])
    times = sorted({point["time"] for point in points})
    figure.update_xaxes(range=[0, max(times) * 1.02], tickvals=[0, *times], ticktext=[number(t) for t in [0, *times]])
    return figure


def _band(figure: go.Figure, part: Sequence[Point]) -> None:
    """Draw the interval of a step curve as a band of steps."""
    known = [point for point in part if point["low"] is not None]
    if not known:
        return
    times = [point["time"] for point in known]
    xs = [x for start, end in zip(times, [*times[1:], times[-1]], strict=True) for x in (start, end)]
    low, high = ([y for point in known for y in (point[name], point[name])] for name in ("low", "high"))
    figure.add_scatter(
        x=[*xs, *reversed(xs)],
        y=[*high, *reversed(low)],
        fill="toself",
        mode="lines",
        line={"width": 0},
        fillcolor=theme.colour("home_band"),
        hoverinfo="skip",
        showlegend=False,
    )


def _frame(figure: go.Figure, time_axis: str) -> None:
    sizes = theme.tokens()["chart"]
    figure.update_layout(
        template=theme.template(),
        height=sizes["narrow_height_px"],
        margin={"l": 8, "r": 14, "t": 36, "b": 8},
        legend={"orientation": "h", "x": 0, "xanchor": "left", "y": 1, "yanchor": "bottom"},
        showlegend=True,
    )
    small = {"size": theme.tokens()["font"]["small_px"]}
    figure.update_xaxes(title={"text": time_axis, "font": small, "standoff": 8})
