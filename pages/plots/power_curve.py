"""What a plan can see: the chance to find an effect of each size, and the smallest effect by number of clusters."""

from collections.abc import Sequence

import plotly.graph_objects as go

from pages.format.numbers import rate, whole_percent
from pages.format.texts import text
from pages.plots import drawing, theme


def power_curve(
    effects: Sequence[float], chances: Sequence[float], smallest: float | None, wanted: float, axis: str
) -> go.Figure:
    """Return the chance (0–1) to find an effect by its size; the smallest that is found often enough is marked."""
    figure = drawing.Canvas()
    home = theme.home_line()
    figure.add_scatter(
        x=list(effects),
        y=list(chances),
        mode="lines",
        line={"color": home.colour, "width": home.width},
        showlegend=False,
        text=[f"{rate(e)}: <b>{whole_percent(c)}</b>" for e, c in zip(effects, chances, strict=True)],
        hovertemplate="%{text}<extra></extra>",
    )
    drawing.level(figure, wanted, _quiet())
    if smallest is not None:
        _smallest(figure, smallest, wanted)
    _frame(figure, axis)
    ticks = [0, 0.2, 0.4, 0.6, 0.8, 1]
    figure.update_yaxes(range=[0, 1.03], tickvals=ticks, ticktext=[whole_percent(tick) for tick in ticks])
    figure.update_xaxes(range=[0, max(effects)])
    return figure.drawn()


def _quiet() -> dict[str, object]:
    return {"color": theme.colour("text_quiet"), "width": 1.4, "dash": "dash"}


def _smallest(figure: drawing.Canvas, smallest: float, wanted: float) -> None:
    marker = {"size": 14, "color": theme.home_line().colour}
    figure.add_shape(type="line", x0=smallest, x1=smallest, y0=0, y1=wanted, line=_quiet())
    figure.add_scatter(x=[smallest], y=[wanted], mode="markers", marker=marker, showlegend=False, hoverinfo="skip")
    figure.add_annotation(
        x=smallest, y=0.06, text=f"<b>{rate(smallest)}</b>", showarrow=False, xanchor="left", xshift=6,
        bgcolor=theme.colour("background"),
    )  # fmt: skip


def by_clusters(
    clusters: Sequence[int], smallest: Sequence[float | None], chosen: int, axis: str, across: str
) -> go.Figure:
    """Return the smallest effect that is seen by number of clusters; what cannot be seen at all is left out."""
    figure = drawing.Canvas()
    known = [(count, effect) for count, effect in zip(clusters, smallest, strict=True) if effect is not None]
    home = theme.home_line()
    figure.add_scatter(
        x=[count for count, _ in known],
        y=[effect for _, effect in known],
        mode="lines+markers",
        showlegend=False,
        line={"color": home.colour, "width": home.width},
        marker={"size": [16 if count == chosen else 8 for count, _ in known], "color": home.colour},
        text=[text("experiments.plan.point", clusters=count, effect=rate(effect)) for count, effect in known],
        hovertemplate="%{text}<extra></extra>",
    )
    for count, effect in known:
        if count == chosen:
            words = f"<b>{rate(effect)}</b>"
            figure.add_annotation(x=count, y=effect, text=words, showarrow=False, yshift=20, xshift=14)
    _frame(figure, across)
    figure.update_yaxes(rangemode="tozero", title={"text": axis, "standoff": 8})
    return figure.drawn()


def _frame(figure: drawing.Canvas, axis: str) -> None:
    drawing.frame(figure, theme.tokens()["chart"]["narrow_height_px"], (8, 16, 16, 8))
    figure.update_xaxes(title=drawing.axis_title(axis))
    figure.update_yaxes(title={"font": {"size": theme.tokens()["font"]["small_px"]}})
