"""The decision matrix of knots: how easy, how large a gain, how necessary, and the place in the ranking."""

from collections import Counter
from collections.abc import Sequence
from textwrap import wrap

import plotly.graph_objects as go

from analytics.programme.multi_criteria import Ranked
from pages.format.texts import language, text
from pages.plots import drawing, theme

_LETTERS = 24
_STEP = 0.16
_LAST_RIGHT = 4.2


def decision_matrix(rows: Sequence[Ranked], *, narrow: bool = False) -> go.Figure:
    """Return ease against gain; the number is the rank, the size the necessity, and the strong one is first."""
    figure, taken = drawing.Canvas(), Counter[tuple[int, int]]()
    for row in rows:
        place = (row.scores["ease"], row.scores["gain"])
        shift = _STEP * taken[place] * (1 if place[0] < 4 else -1)
        taken[place] += 1
        _point(figure, row, place[0] + shift, place[1], narrow=narrow)
    sizes = theme.tokens()["chart"]
    axis, ink = {"range": [0.5, 5.5], "tickvals": [1, 2, 3, 4, 5]}, {"font": {"color": theme.colour("text")}}
    drawing.frame(
        figure, sizes["narrow_height_px" if narrow else "height_px"], (8, 8, 8, 8), showlegend=False,
        xaxis=axis | {"title": ink | {"text": text("programme.axis.ease")}, "showgrid": True},
        yaxis=axis | {"title": ink | {"text": text("programme.axis.gain")}},
    )  # fmt: skip
    return figure.drawn()


def _point(figure: drawing.Canvas, row: Ranked, x: float, y: float, *, narrow: bool) -> None:
    first = row.rank == 1
    name = row.knot.name[language()]
    words = text("programme.matrix_hover", rank=row.rank, name=name, necessity=row.scores["necessity"])
    figure.add_scatter(
        x=[x], y=[y], mode="markers+text", text=[str(row.rank)], hovertext=[words], hoverinfo="text",
        textfont=theme.font("label", "background"),
        marker={
            "size": 18 + 7 * row.scores["necessity"], "color": theme.colour("home" if first else "text_quiet"),
            "line": {"color": theme.colour("background"), "width": 2},
        },
    )  # fmt: skip
    if not narrow:
        left = x > _LAST_RIGHT
        beside = (14 + 3.5 * row.scores["necessity"]) * (-1 if left else 1)
        side, font = "right" if left else "left", theme.font("small", "home" if first else "text")
        words = "<br>".join(wrap(name, _LETTERS))
        figure.add_annotation(x=x, y=y, xshift=beside, xanchor=side, align=side, text=words, showarrow=False, font=font)
