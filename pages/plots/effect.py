"""One effect as a dot with its interval, and differences at the start as dots around zero."""

from collections.abc import Sequence

import plotly.graph_objects as go

from pages.format.numbers import number, percent, ratio
from pages.format.texts import text
from pages.plots import drawing, effect_axis, theme
from pages.plots.axes import values

_HEIGHT, _ROW = 190, 40


def effect_dot(
    value: float | None, low: float | None, high: float | None, axis: str, *, decimals: int,
    smallest: float | None = None,
) -> go.Figure:  # fmt: skip
    """Return a dot with its interval before zero; without a value the interval is a band of what cannot be told apart.

    `decimals`: as the sentence above it writes them. `smallest`: the smallest useful effect;
    the area nearer to zero is shaded and named.
    """
    figure = drawing.Canvas()
    if smallest:
        _unimportant(figure, smallest)
    home = theme.colour("home")
    if low is not None and high is not None:
        width = 6 if value is not None else 22
        line = {"color": home if value is not None else theme.colour("home_band"), "width": width}
        figure.add_scatter(x=[low, high], y=[0, 0], mode="lines", hoverinfo="skip", showlegend=False, line=line)
        for end in (low, high):
            _label(figure, end, number(end, decimals), below=True)
    if value is not None:
        marker = {"color": home, "size": 22}
        figure.add_scatter(x=[value], y=[0], mode="markers", marker=marker, hoverinfo="skip", showlegend=False)
        _label(figure, value, f"<b>{number(value, decimals)}</b>", below=False)
    _one_row(figure)
    reach = [-smallest, smallest] if smallest else []
    effect_axis.effects(figure, [value, low, high, *reach], axis)
    return figure.drawn()


def two_shares(control: float, treated: float, names: tuple[str, str], axis: str) -> go.Figure:
    """Return the shares (0–1) of two arms as dots on one line, each with its name and value above and below.

    The words reach inwards from their dots, so that none is cut off at the edge of a narrow screen.
    """
    figure = drawing.Canvas()
    looks = (
        (control, names[0], theme.colour("text_quiet"), "circle-open", -30),
        (treated, names[1], theme.colour("home"), "circle", 30),
    )
    line = {"color": theme.colour("border"), "width": 2}
    figure.add_scatter(x=[control, treated], y=[0, 0], mode="lines", hoverinfo="skip", showlegend=False, line=line)
    for share, name, colour, symbol, shift in looks:
        marker = {"size": 20, "color": colour, "symbol": symbol, "line": {"width": 3, "color": colour}}
        figure.add_scatter(x=[share], y=[0], mode="markers", showlegend=False, hoverinfo="skip", marker=marker)
        inwards = "left" if share == min(control, treated) else "right"
        words = f"<b>{percent(share)}</b> {name}"
        figure.add_annotation(x=share, y=0, yshift=shift, text=words, showarrow=False, xanchor=inwards)
    _one_row(figure)
    values(figure.update_xaxes, [control, treated, 0.5], "share")
    figure.update_xaxes(showgrid=True, title=drawing.axis_title(axis))
    return figure.drawn()


def love_plot(names: Sequence[str], differences: Sequence[float | None], axis: str, limit: float) -> go.Figure:
    """Return the standardised difference of each variable at the start; beyond ± `limit` the arms are called unlike."""
    figure = drawing.Canvas()
    places = list(range(len(names), 0, -1))
    known = [(y, found) for y, found in zip(places, differences, strict=True) if found is not None]
    drawing.around_zero(figure, limit)
    values_at, words = [found for _, found in known], [ratio(found) for _, found in known]
    symbols = ["circle" if abs(found) <= limit else "x" for found in values_at]
    marker = {"size": 13, "color": theme.colour("home"), "symbol": symbols}
    drawing.points(figure, values_at, [y for y, _ in known], marker, words, showlegend=False)
    for name, y in zip(names, places, strict=True):
        figure.add_annotation(text=f"<b>{name}</b>", xref="paper", x=0, xanchor="left", y=y + 0.38, showarrow=False)
    drawing.frame(figure, 110 + _ROW * len(names), (16, 16, 8, 8))
    figure.update_yaxes(visible=False, range=[0.5, len(names) + 0.7])
    effect_axis.effects(figure, [-1.6 * limit, 1.6 * limit, *values_at], axis)
    return figure.drawn()


def _one_row(figure: drawing.Canvas) -> None:
    drawing.frame(figure, _HEIGHT, (16, 16, 8, 8))
    figure.update_yaxes(visible=False, range=[-1, 1])


def _label(figure: drawing.Canvas, x: float, words: str, *, below: bool) -> None:
    font = theme.font("label") if below else theme.font("label") | {"size": 18}
    figure.add_annotation(x=x, y=0, yshift=-26 if below else 26, text=words, showarrow=False, font=font)


def _unimportant(figure: drawing.Canvas, smallest: float) -> None:
    drawing.around_zero(figure, smallest)
    words, font = text("experiments.dot.small"), theme.font("small", "text_quiet")
    figure.add_annotation(x=0, yref="paper", y=1, yanchor="top", text=words, showarrow=False, font=font)
