"""The picture of differences: home minus each other, with its interval, around the line of no difference."""

from typing import Any

import plotly.graph_objects as go
import polars as pl

from pages.format.numbers import points
from pages.format.texts import text
from pages.plots import axes, drawing, theme
from pages.plots.label_placement import wrapped

_NARROW_LETTERS, _LEAST = 18, 170  # px: with less, Plotly lays the title of the axis over its labels


def differences(frame: pl.DataFrame, *, narrow: bool = False) -> go.Figure:
    """Return a row for each comparison: `name`, `difference`, `low`, `high` (shares 0–1), `verdict` (a code).

    Certain differences are filled, uncertain ones open; those without a difference are named with no mark.
    """
    rows = frame.with_row_index("place")
    figure = drawing.Canvas()
    drawing.upright(figure, 0, {"color": theme.colour("text"), "width": 1.5})
    known = rows.drop_nulls("difference").select("low", "high", "place")
    drawing.intervals(figure, known.iter_rows(), {"color": theme.colour("border"), "width": 2})
    _points(figure, rows)
    _frame(figure, rows, narrow=narrow)
    return figure.drawn()


def _points(figure: drawing.Canvas, rows: pl.DataFrame) -> None:
    known = rows.drop_nulls("difference")
    fills = [theme.colour("background" if verdict.startswith("no_") else "home") for verdict in known["verdict"]]
    marker = {"size": 12, "color": fills, "line": {"color": theme.colour("home"), "width": 2}}
    words = [_hover(row) for row in known.iter_rows(named=True)]
    drawing.points(figure, known["difference"], known["place"], marker, words)


def _hover(row: dict[str, Any]) -> str:
    verdict = text("pictures.verdict." + row["verdict"])
    return f"{row['name']}: <b>{points(row['difference'])}</b>, {verdict}"


def _frame(figure: drawing.Canvas, rows: pl.DataFrame, *, narrow: bool) -> None:
    names = ["<br>".join(wrapped(name, _NARROW_LETTERS)) if narrow else name for name in rows["name"]]
    height = max(_LEAST, 90 + (52 if narrow else 38) * rows.height)
    drawing.frame(figure, height, (8, 16, 34, 8), showlegend=False)
    drawing.rows(figure, rows["place"], names, (rows.height - 0.4, -0.6))
    axes.points(figure.update_xaxes, [*rows["low"], *rows["high"]])
    figure.update_xaxes(showgrid=True, zeroline=False, title=text("exclusion.points_axis"))
    for side, key in ((-1, "lower"), (1, "higher")):
        figure.add_annotation(
            x=0.0, xshift=8 * side, xanchor="right" if side < 0 else "left", yref="paper", y=1, yanchor="bottom",
            text=text(f"exclusion.{key}_side"), showarrow=False, font={"size": 13, "color": theme.colour("text_quiet")},
        )  # fmt: skip
