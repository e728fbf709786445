"""Effects by time since the start, and the share still waiting by time: each with its interval."""

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from pages.format.numbers import number, rate, whole_percent
from pages.format.texts import text
from pages.plots import drawing, effect_axis, theme

Point = Mapping[str, Any]


def event_study(points: Sequence[Point], axis: str, time_axis: str) -> go.Figure:
    """Return dots with intervals by time since the start; those before it are hollow and should lie near zero.

    points: time (0 = first time with the measure), value, low, high.
    """
    figure = drawing.Canvas()
    for before in (True, False):
        part = [point for point in points if (point["time"] < 0) == before]
        if part:
            _effects(figure, part, before=before)
    drawing.upright(figure, -0.5, {"color": theme.colour("text_quiet"), "width": 1.2, "dash": "dot"})
    _frame(figure, time_axis)
    times = [point["time"] for point in points]
    figure.update_xaxes(
        range=[min(times) - 0.6, max(times) + 0.6], tickvals=times, ticktext=[number(time) for time in times]
    )
    effect_axis.effects(figure, [each for point in points for each in (point["low"], point["high"])], axis, along="y")
    figure.update_yaxes(showgrid=True)
    figure.update_xaxes(showgrid=False, zeroline=False)
    return figure.drawn()


def _effects(figure: drawing.Canvas, part: Sequence[Point], *, before: bool) -> None:
    colour = theme.colour("text_quiet" if before else "home")
    drawn = [(point["low"], point["high"], point["time"]) for point in part if point["low"] is not None]
    line = {"color": colour, "width": 2}
    drawing.intervals(figure, drawn, line, along="y", showlegend=False)
    marker = {"symbol": "circle-open" if before else "circle", "size": 11, "color": colour, "line": line}
    times, values = ([point[name] for point in part] for name in ("time", "value"))
    name = text(f"experiments.time.{'before' if before else 'after'}")
    hover = "%{x}: <b>%{text}</b><extra></extra>"
    drawing.points(figure, times, values, marker, [rate(value) for value in values], name=name, hovertemplate=hover)


def survival_curves(points: Sequence[Point], arms: Sequence[tuple[str, str]], time_axis: str) -> go.Figure:
    """Return a step curve an arm of the share still without the event, with its interval as a band.

    points: time, arm, survival, low, high (0–1). arms: label and name, the control first.
    """
    figure = drawing.Canvas()
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
            line=drawing.line_of(look) | {"shape": "hv"},
            text=[name, *(f"{name}: <b>{whole_percent(point['survival'])}</b>" for point in part)],
            hovertemplate=drawing.HOVER,
        )
    _frame(figure, time_axis)
    ticks = [0, 0.25, 0.5, 0.75, 1]
    figure.update_yaxes(range=[0, 1.02], tickvals=ticks, ticktext=[whole_percent(tick) for tick in ticks])
    times = sorted({point["time"] for point in points})
    figure.update_xaxes(range=[0, max(times) * 1.02], tickvals=[0, *times], ticktext=[number(t) for t in [0, *times]])
    return figure.drawn()


def _band(figure: drawing.Canvas, part: Sequence[Point]) -> None:
    """Draw the interval of a step curve as a band of steps."""
    known = [point for point in part if point["low"] is not None]
    if not known:
        return
    times = [point["time"] for point in known]
    xs = [x for start, end in zip(times, [*times[1:], times[-1]], strict=True) for x in (start, end)]
    low, high = ([y for point in known for y in (point[name], point[name])] for name in ("low", "high"))
    drawing.band(figure, (xs, low, high))


def _frame(figure: drawing.Canvas, time_axis: str) -> None:
    height = theme.tokens()["chart"]["narrow_height_px"]
    drawing.frame(figure, height, (8, 14, 36, 8), legend=drawing.legend_above(), showlegend=True)
    figure.update_xaxes(title=drawing.axis_title(time_axis))
