"""The picture of differences: home minus each other, with its interval, around the line of no difference."""

from typing import Any

import plotly.graph_objects as go
import polars as pl

from pages.format.numbers import points
from pages.format.texts import language, text
from pages.plots import axes, theme
from pages.plots.label_placement import wrapped

_NARROW_LETTERS = 18


def differences(frame: pl.DataFrame, *, narrow: bool = False) -> go.Figure:
    """Return a row for each comparison: `name`, `difference`, `low`, `high` (shares 0–1), `verdict` (a code).

    Certain differences are filled, uncertain ones open; those without a difference are named with no mark.
    """
    rows = frame.with_row_index("place")
    figure = go.Figure()
    line = {"color": theme.colour("text"), "width": 1.5}
    figure.add_shape(type="line", x0=0, x1=0, yref="paper", y0=0, y1=1, line=line)
    _intervals(figure, rows)
    _points(figure, rows)
    _frame(figure, rows, narrow=narrow)
    return figure


def _intervals(figure: go.Figure, rows: pl.DataFrame) -> None:
    xs: list[float | None] = []
    ys: list[float | None] = []
    for low, high, place in rows.drop_nulls("difference").select("low", "high", "place").iter_rows():
        xs += [low, high, None]
        ys += [place, place, None]
    figure.add_scatter(x=xs, y=ys, mode="lines", line={"color": theme.colour("border"), "width": 2}, hoverinfo="skip")


def _points(figure: go.Figure, rows: pl.DataFrame) -> None:
    known = rows.drop_nulls("difference")
    certain = [not verdict.startswith("no_") for verdict in known["verdict"]]
    figure.add_scatter(
        x=known["difference"].to_list(),
        y=known["place"].to_list(),
        mode="markers",
        marker={
            "size": 12,
            "color": [theme.colour("home") if sure else theme.colour("background") for sure in certain],
            "line": {"color": theme.colour("home"), "width": 2},
        },
        text=[_hover(row) for row in known.iter_rows(named=True)],
        hovertemplate="%{text}<extra></extra>",
    )


def _hover(row: dict[str, Any]) -> str:
    verdict = text("pictures.verdict." + row["verdict"])
    return f"{row['name']}: <b>{points(row['difference'])}</b>, {verdict}"


def _frame(figure: go.Figure, rows: pl.DataFrame, *, narrow: bool) -> None:
    names = ["<br>".join(wrapped(name, _NARROW_LETTERS)) if narrow else name for name in rows["name"]]
    figure.update_layout(
        template=theme.template(),
        height=90 + (52 if narrow else 38) * rows.height,
        margin={"l": 8, "r": 16, "t": 34, "b": 8},
        showlegend=False,
        meta={"lang": language()},
    )
    figure.update_yaxes(
        tickvals=rows["place"].to_list(),
        ticktext=names,
        range=[rows.height - 0.4, -0.6],
        showgrid=False,
        zeroline=False,
    )
    axes.points(figure.update_xaxes, [*rows["low"], *rows["high"]])
    figure.update_xaxes(showgrid=True, zeroline=False, title=text("exclusion.points_axis"))
    for side, key in ((-1, "lower"), (1, "higher")):
        figure.add_annotation(
            x=0.0, xshift=8 * side, xanchor="right" if side < 0 else "left", yref="paper", y=1, yanchor="bottom",
            text=text(f"exclusion.{key}_side"), showarrow=False, font={"size": 13, "color": theme.colour("text_quiet")},
        )  # fmt: skip
