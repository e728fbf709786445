"""The decision matrix of knots: how easy, how large a gain, how necessary, and the place in the ranking."""

from collections import Counter
from collections.abc import Sequence
from textwrap import wrap

import plotly.graph_objects as go

from analytics.programme.multi_criteria import Ranked
from pages.format.texts import language, text
from pages.plots import theme

_LETTERS = 24
_STEP = 0.16
_LAST_RIGHT = 4.2


def decision_matrix(rows: Sequence[Ranked], *, narrow: bool = False) -> go.Figure:
    """Return ease against gain; the number is the rank, the size the necessity, and the strong one is first."""
    figure, taken = go.Figure(), Counter[tuple[int, int]]()
    for row in rows:
        place = (row.scores["ease"], row.scores["gain"])
        shift = _STEP * taken[place] * (1 if place[0] < 4 else -1)
        taken[place] += 1
        _point(figure, row, place[0] + shift, place[1], narrow=narrow)
    sizes = theme.tokens()["chart"]
    axis = {"range": [0.5, 5.5], "tickvals": [1, 2, 3, 4, 5], "title": {"font": {"color": theme.colour("text")}}}
    figure.update_layout(
        template=theme.template(), showlegend=False, margin={"l": 8, "r": 8, "t": 8, "b": 8},
        height=sizes["narrow_height_px" if narrow else "height_px"],
        xaxis=axis | {"title_text": text("programme.axis.ease"), "showgrid": True},
        yaxis=axis | {"title_text": text("programme.axis.gain")},
    )  # fmt: skip
    return figure


def _point(figure: go.Figure, row: Ranked, x: float, y: float, *, narrow: bool) -> None:
    first = row.rank == 1
    name = row.knot.name[language()]
    words = text("programme.matrix_hover", rank=row.rank, name=name, necessity=row.scores["necessity"])
    figure.add_scatter(
        x=[x], y=[y], mode="markers+text", text=[str(row.rank)], hovertext=[words], hoverinfo="text",
        textfont={"color": theme.colour("background"), "size": theme.tokens()["font"]["label_px"]},
        marker={
            "size": 18 + 7 * row.scores["necessity"], "color": theme.colour("home" if first else "text_quiet"),
            "line": {"color": theme.colour("background"), "width": 2},
        },
    )  # fmt: skip
    if not narrow:
        left = x > _LAST_RIGHT
        beside = (14 + 3.5 * row.scores["necessity"]) * (-1 if left else 1)
        font = {"color": theme.colour("home" if first else "text"), "size": theme.tokens()["font"]["small_px"]}
        figure.add_annotation(
            x=x,
            y=y,
            xshift=beside,
            xanchor="right" if left else "left",
            align="right" if left else "left",
            text="<br>".join(wrap(name, _LETTERS)),
            showarrow=False,
            font=font,
        )
