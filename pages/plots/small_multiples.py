"""Small multiples by age and sex: home with its interval beside a whole, over time or at one time."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go
import polars as pl

from analytics.exclusion.by_age_and_sex import SEXES
from analytics.exclusion.similar_municipalities import GROUPS
from pages.format import place_names
from pages.format.numbers import number, period, position
from pages.format.texts import text
from pages.plots import axes, choropleth_fills, drawing, theme
from pages.plots.time_series import BreakMark


def groups_over_time(
    frame: pl.DataFrame,
    home: str,
    other: str,
    names: tuple[str, str],
    *,
    breaks: Sequence[BreakMark] = (),
    narrow: bool = False,
) -> go.Figure:
    """Return nine panels, age by sex, from rows of `analytics.exclusion.by_age_and_sex.groups_over_time`.

    `home` and `other` are region codes, `names` theirs. All panels share both axes. A line stops at an unknown value
    and at a break; how many years home has no figures for is written in the panel.
    """
    from plotly.subplots import make_subplots

    spacing = {"horizontal_spacing": 0.02 if narrow else 0.025, "vertical_spacing": 0.09}
    grid = make_subplots(rows=3, cols=3, shared_xaxes=True, shared_yaxes=True, **spacing)
    for row, age in enumerate(GROUPS, 1):
        for column, sex in enumerate(SEXES, 1):
            part = frame.filter(pl.col("age_group") == age, pl.col("sex") == sex).sort("period")
            first = (row, column) == (1, 1)
            whole, mine = (part.filter(pl.col("region_code") == code) for code in (other, home))
            line = drawing.line_of(theme.quiet_line(0))
            _lines(grid, whole, names[1], breaks, (row, column), line, shown=first)
            _home(grid, mine, names[0], breaks, (row, column), first=first)
            _unknown(grid, mine, (row, column))
            _breaks(grid, breaks, (row, column))
    _frame(grid, frame, home, narrow=narrow)
    _titles(grid, narrow=narrow)
    return grid


def reasons(frame: pl.DataFrame, home: str) -> str:
    """Return why some of home's groups have no figures, in sentences; "" where all are known."""
    rows = frame.filter(pl.col("region_code") == home) if "region_code" in frame.columns else frame
    found = set(rows["reason"].drop_nulls()) - {""}
    return " ".join(text(f"pictures.group_reason.{reason}") for reason in sorted(found))


def _home(
    grid: go.Figure, rows: pl.DataFrame, name: str, breaks: Sequence[BreakMark], at: tuple[int, int], *, first: bool
) -> None:
    parts = [(part["x"], part["low"], part["high"]) for part in _stretches(rows, breaks, ["low", "high"])]
    if parts:
        drawing.band(grid, *parts, row=at[0], col=at[1])
    label = text("pictures.groups_home", name=name)
    _lines(grid, rows, label, breaks, at, {"color": theme.colour("home"), "width": 2.5}, shown=first)


def _lines(
    grid: go.Figure,
    rows: pl.DataFrame,
    name: str,
    breaks: Sequence[BreakMark],
    at: tuple[int, int],
    line: dict[str, Any],
    *,
    shown: bool,
) -> None:
    parts = _stretches(rows, breaks, ["value"])
    x, y, words = ([each for part in parts for each in [*part[column], None]] for column in ("x", "value", "words"))
    alone = [5 if part.height == 1 else 0 for part in parts for _ in range(part.height + 1)]
    marker = {"size": alone or [0], "color": line["color"]}
    drawing.points(
        grid, x or [None], y or [None], marker, [f"{name}, {word}" if word else "" for word in words],
        mode="lines+markers", line=line, connectgaps=False, name=name, legendgroup=name, showlegend=shown,
        row=at[0], col=at[1],
    )  # fmt: skip


def _stretches(rows: pl.DataFrame, breaks: Sequence[BreakMark], known: list[str]) -> list[pl.DataFrame]:
    """Return the runs of rows without an unknown value or a break between them, with place `x` and `words`."""
    starts = [position(each.period) for each in breaks]
    x = pl.Series("x", [position(each) for each in rows["period"]], dtype=pl.Float64)
    words = [
        f"{period(p)}: <b>{axes.worded(v, 'share')}</b>" for p, v in zip(rows["period"], rows["value"], strict=True)
    ]
    series = pl.Series("series", [sum(place >= start for start in starts) for place in x], dtype=pl.Int32)
    unknown = rows.select(pl.any_horizontal(pl.col(known).is_null()).cum_sum().alias("gap")).to_series()
    placed = rows.with_columns(x, series, unknown, pl.Series("words", words, dtype=pl.String)).drop_nulls(known)
    return placed.partition_by("series", "gap", maintain_order=True)


def _unknown(grid: go.Figure, rows: pl.DataFrame, at: tuple[int, int]) -> None:
    count = rows["value"].null_count()
    if not count:
        return
    words = text("pictures.year_unknown") if count == 1 else text("pictures.years_unknown", count=number(count))
    words = text("pictures.no_figures") if count == rows.height else words
    place = {"xref": "x domain", "yref": "y domain", "x": 0.03, "y": 0.98, "xanchor": "left", "yanchor": "top"}
    grid.add_annotation(row=at[0], col=at[1], **place, **_quiet_words(words))


def _breaks(grid: go.Figure, breaks: Sequence[BreakMark], at: tuple[int, int]) -> None:
    for each in breaks:
        x = position(each.period) - 0.5
        line = {"color": theme.colour("text_quiet"), "width": 1.2, "dash": "dot"}
        ends = {"y0": 0, "y1": 1, "yref": "y domain"}
        grid.add_shape(type="line", x0=x, x1=x, line=line, row=at[0], col=at[1], **ends)


def _frame(grid: go.Figure, frame: pl.DataFrame, home: str, *, narrow: bool) -> None:
    sizes = choropleth_fills.tokens()["panel"]
    codes = frame["period"].unique().sort().to_list()
    x = [position(code) for code in codes]
    ticks = axes.periods(codes, x, 2 if narrow else 5)
    height = 3 * sizes["narrow_height_px" if narrow else "height_px"] + 110
    drawing.frame(grid, height, (8, 12, 48, 60), legend=drawing.legend_below(-0.07))
    known = frame.filter(pl.col("region_code") == home)
    axes.values(grid.update_yaxes, [*frame["value"], *known["high"]], "share")
    edge = (x[-1] - x[0]) * (0.24 if narrow else 0.05) if len(x) > 1 else 1
    small = {"size": theme.tokens()["font"]["small_px"] - (1 if narrow else 0)}
    grid.update_xaxes(
        tickvals=ticks[0], ticktext=ticks[1], range=[x[0] - edge, x[-1] + edge] if x else None, tickfont=small
    )
    grid.update_yaxes(tickfont=small)


def _titles(grid: go.Figure, *, narrow: bool) -> None:
    """Write age and sex over each panel: on a narrow screen the sex over the columns, the age over the rows."""
    for row, age in enumerate(GROUPS, 1):
        for column, sex in enumerate(SEXES, 1):
            words = f"<b>{place_names.age(age)}</b>"
            if not narrow:
                words += f" {text(f'sex.{sex}').lower()}"
            elif row == 1:
                words += f"<br>{text(f'sex.{sex}')}"
            place = {"xref": "x domain", "yref": "y domain", "x": 0, "y": 1, "xanchor": "left", "yanchor": "bottom"}
            look = {"showarrow": False, "align": "left", "font": theme.font()}
            grid.add_annotation(text=words, row=row, col=column, **look, **place)


def _quiet_words(words: str) -> dict[str, Any]:
    """Return how a quiet remark inside a picture is written."""
    look = {"font": theme.font("small", "text_quiet", 1), "bgcolor": theme.colour("background"), "borderpad": 0}
    return {"text": words, "showarrow": False, **look}
