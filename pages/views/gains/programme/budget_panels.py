"""A budget as panels: one for each organisation, a bar a year from zero, with the range of the draws."""

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from pages.format.texts import text
from pages.plots import axes, drawing, theme
from pages.plots.label_placement import wrapped
from pages.views.gains.money_plots import Mark
from pages.views.gains.wording import MILLION

_HEIGHT, _ROW, _LETTERS = 320, 220, 18


def budget_panels(panels: Mapping[str, Sequence[Mark]], *, narrow: bool = False) -> go.Figure:
    """Return bars by year in a panel for each name, all on one scale; amounts in NOK, millions drawn."""
    from plotly.subplots import make_subplots

    across = min(2 if narrow else 4, max(len(panels), 1))
    down = max(-(-len(panels) // across), 1)
    titles = ["<br>".join(wrapped(name, _LETTERS)) for name in panels]
    spacing = {"horizontal_spacing": 0.05, "vertical_spacing": 0.24 / down}
    figure = make_subplots(rows=down, cols=across, shared_yaxes="all", subplot_titles=titles, **spacing)
    for place, marks in enumerate(panels.values()):
        _bars(figure, marks, place // across + 1, place % across + 1)
    drawing.frame(figure, _ROW * down + 60 if narrow else _HEIGHT, (8, 8, 44, 30), showlegend=False, bargap=0.4)
    known = [end / MILLION for marks in panels.values() for mark in marks for end in (mark.low, mark.high, mark.value)]
    axes.values(figure.update_yaxes, known, "rate")
    figure.update_annotations(font=theme.font())
    figure.update_xaxes(type="category", tickfont=theme.font("small"))
    figure.update_yaxes(zeroline=True, zerolinewidth=2, zerolinecolor=theme.colour("text"))
    figure.update_yaxes(title=None if narrow else text("gains.axis.million"), col=1)
    return figure


def _bars(figure: go.Figure, marks: Sequence[Mark], row: int, column: int) -> None:
    values = [mark.value / MILLION for mark in marks]
    reach = {
        "type": "data", "symmetric": False, "color": theme.colour("text"), "thickness": 1.5, "width": 3,
        "array": [(mark.high - mark.value) / MILLION for mark in marks],
        "arrayminus": [(mark.value - mark.low) / MILLION for mark in marks],
    }  # fmt: skip
    figure.add_bar(
        x=[mark.name for mark in marks], y=values, error_y=reach, marker={"color": theme.colour("home")},
        text=[mark.words for mark in marks], textposition="none", hovertemplate=drawing.HOVER, row=row, col=column,
    )  # fmt: skip
