"""The plan as a picture: how far each gain has come from baseline (0 %) to target (100 %), and where it should be."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

import plotly.graph_objects as go

from benefits.realisation.plan import GainStatus
from pages.format.texts import language, text
from pages.plots import drawing, theme
from pages.views.programme.plan import wording

_LEAST, _MOST = -1.0, 1.5
_ROW_PX, _LINE_PX = 62, 19
_WIDE, _NARROW = 40, 20
SYMBOLS = {"on_course": "circle", "late": "diamond", "not_realised": "x", "not_measurable_yet": "circle-open"}


@dataclass(frozen=True)
class Progress:
    """One gain's way: shares of the way from baseline to target, None where nothing is measured; limits at 95 %."""

    id: str
    name: str
    status: str
    way: float | None
    expected: float | None
    low: float | None
    high: float | None
    words: str


def progress(gains: Sequence[GainStatus]) -> list[Progress]:
    """Return how far each gain has come: 0 is the baseline, 1 the target; below 0 it has moved away."""
    return [_progress(gain) for gain in gains]


def _progress(gain: GainStatus) -> Progress:
    row, found = gain.row, gain.measured

    def way(value: float | None) -> float | None:
        return None if value is None else (value - row.baseline) / (row.target - row.baseline)

    ends = [end for end in (way(found.low), way(found.high)) if end is not None] if found else []
    return Progress(
        id=row.id, name=f"{row.id} {row.gain[language()]}", status=gain.status,
        way=way(found.value) if found else None, expected=way(gain.expected),
        low=min(ends) if len(ends) == 2 else None, high=max(ends) if len(ends) == 2 else None,
        words=f"{wording.status(gain)}. {wording.reason(gain)}",
    )  # fmt: skip


def picture(rows: Sequence[Progress], *, narrow: bool = False) -> go.Figure:
    """Return one row a gain: the filled mark is the actual value, the upright stroke where the plan should be."""
    figure = drawing.Canvas()
    for place, row in zip(range(len(rows) - 1, -1, -1), rows, strict=True):
        _row(figure, row, place, narrow=narrow)
    names = ["<br>".join(wrap(row.name, _NARROW if narrow else _WIDE)) for row in rows]
    drawing.frame(figure, 70 + _row_px(names) * len(rows), (8, 8, 8, 8), showlegend=False)
    ends = ["", text("plan.axis.baseline"), text("plan.axis.target")]
    figure.update_xaxes(range=[_LEAST - 0.05, _MOST + 0.05], tickvals=[-1, 0, 1], ticktext=ends, showgrid=True)
    drawing.rows(figure, range(len(rows) - 1, -1, -1), names, (-0.6, len(rows) - 0.4))
    return figure.drawn()


def _row_px(names: Sequence[str]) -> int:
    """Return the height of a row: the longest name must have room for its lines."""
    return max([_ROW_PX, *(_LINE_PX * (name.count("<br>") + 2) for name in names)])


def _row(figure: drawing.Canvas, row: Progress, place: int, *, narrow: bool) -> None:
    quiet, strong = theme.colour("border"), theme.colour("home")
    figure.add_scatter(x=[0, 1], y=[place, place], mode="lines", line={"color": quiet, "width": 4}, hoverinfo="skip")
    if row.expected is not None:
        line = {"color": theme.colour("text"), "width": 3}
        upright = [place - 0.22, place + 0.22]
        figure.add_scatter(x=[row.expected] * 2, y=upright, mode="lines", line=line, hoverinfo="skip")
    if row.low is not None and row.high is not None:
        ends = [_within(row.low), _within(row.high)]
        figure.add_scatter(x=ends, y=[place, place], mode="lines", line={"color": strong, "width": 2}, hoverinfo="skip")
    marker = {"symbol": SYMBOLS[row.status], "size": 16, "color": strong, "line": {"width": 2, "color": strong}}
    figure.add_scatter(
        x=[_within(row.way) if row.way is not None else 0], y=[place], mode="markers", marker=marker,
        opacity=1.0 if row.way is not None else 0.6, hovertext=[row.words], hoverinfo="text",
    )  # fmt: skip
    figure.add_annotation(
        x=0 if narrow else _within(row.way or 0.0), y=place, yshift=18, text=text(f"plan.status.{row.status}"),
        showarrow=False, xanchor="left" if narrow else "center", font=theme.font(),
    )  # fmt: skip


def _within(way: float) -> float:
    return min(max(way, _LEAST), _MOST)
