"""The funnel plot: every municipality by size and rate, within limits of chance around one level."""

import math
from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go
import polars as pl

from analytics.exclusion.funnel import INNER, OUTER, Funnel
from pages.format.numbers import number, percent, rate
from pages.format.texts import text
from pages.plots import axes, choropleth_fills, drawing, theme
from pages.plots.label_placement import PointLabel, places

_ROUND = (1, 2, 5)


def funnel(
    found: Funnel,
    home: str,
    *,
    level_name: str,
    peers: Sequence[str] = (),
    narrow: bool = False,
) -> go.Figure:
    """Return the funnel plot of a `Funnel`; `home` and `peers` are region codes, `level_name` names the target.

    Home is strong, and peers are named. Places without a known value are not drawn but counted in the picture.
    """
    rows = found.places.drop_nulls(["value", "population"]).filter(pl.col("population") > 0)
    figure = drawing.Canvas()
    _limits(figure, found, level_name)
    others = rows.filter(~pl.col("region_code").is_in([home, *peers]))
    _points(figure, others.filter(~pl.col("small")), "other")
    _points(figure, others.filter(pl.col("small")), "small")
    _points(figure, rows.filter(pl.col("region_code").is_in(peers), pl.col("region_code") != home), "peer")
    _points(figure, rows.filter(pl.col("region_code") == home), "home")
    _frame(figure, rows, found, narrow=narrow)
    _names(figure, rows, home, peers, narrow=narrow)
    return figure.drawn()


def state_words(state: str) -> str:
    """Return a state of `Funnel.places` in words, for the table."""
    return text(f"pictures.state.{state}")


def dispersion_note(found: Funnel) -> str:
    """Return how much more the places vary than chance, and whether the limits take it in; "" where unknown."""
    factor = getattr(found.dispersion, "factor", None)
    if factor is None:
        return ""
    certain = "more" if found.dispersion.significant else "chance"  # type: ignore[union-attr]
    drawn = text(f"pictures.limits_{'widened' if found.widened and certain == 'more' else 'plain'}")
    return f"{text(f'pictures.dispersion_{certain}', factor=rate(factor))} {drawn}"


def _limits(figure: drawing.Canvas, found: Funnel, level_name: str) -> None:
    quiet = theme.colour("text_quiet")
    for level, dash in ((OUTER, "solid"), (INNER, "dash")):
        curve = found.limits.filter(pl.col("level") == level)
        x = [*curve["population"], None, *curve["population"]]
        y = [*curve["low"], None, *curve["high"]]
        name = text("pictures.limits", level=percent(level, 1 if level == OUTER else 0))
        line = {"color": quiet, "width": 1.4, "dash": dash}
        figure.add_scatter(x=x, y=y, mode="lines", line=line, name=name, hoverinfo="skip", connectgaps=False)
    name = f"{level_name} {percent(found.target)}"
    ends = [found.limits["population"].min(), found.limits["population"].max()]
    line = {"color": theme.colour("text"), "width": 1.4, "dash": "dot"}
    figure.add_scatter(x=ends, y=[found.target] * 2, mode="lines", line=line, name=name, hoverinfo="skip")


def _points(figure: drawing.Canvas, rows: pl.DataFrame, role: str) -> None:
    looks = {
        "other": ("circle", 5, "border"),
        "small": ("circle-open", 5, "border"),
        "peer": ("square", 9, "text"),
        "home": ("diamond", 15, "home"),
    }
    symbol, size, colour = looks[role]
    if rows.is_empty():
        return
    name = rows["name"][0] if role == "home" else text(f"pictures.role_{role}")
    marker = {"symbol": symbol, "size": size, "color": theme.colour(colour)}
    words = [_hover(row) for row in rows.iter_rows(named=True)]
    drawing.points(figure, rows["population"], rows["value"], marker, words, name=name)


def _hover(row: dict[str, Any]) -> str:
    value = axes.with_interval(row["value"], row["low"], row["high"])
    return f"{row['name']}: {value}<br>{state_words(row['state'])}"


def _frame(figure: drawing.Canvas, rows: pl.DataFrame, found: Funnel, *, narrow: bool) -> None:
    sizes = choropleth_fills.tokens()["funnel"]
    plot = sizes["narrow_plot_px" if narrow else "plot_px"]
    undrawn = found.places.height - rows.height
    legend = 150 if narrow else 80
    drawing.frame(figure, plot + legend + 70, (8, 12, 14, legend), legend=drawing.legend_below(-70 / plot))
    _size_axis(figure, found, narrow=narrow)
    top = [value for value in rows["value"] if value is not None] + [found.target * 2]
    axes.values(figure.update_yaxes, top, "share")
    if undrawn:
        words = text("chart.without_value", count=number(undrawn))
        drawing.note(figure, words, x=1, y=1, xanchor="right", yanchor="top")


def _size_axis(figure: drawing.Canvas, found: Funnel, *, narrow: bool) -> None:
    low, high = _ends(found)
    powers = range(math.floor(low), math.ceil(high) + 1)
    every = [step * 10**power for power in powers for step in ((1,) if narrow else _ROUND)]
    ticks = [tick for tick in every if low <= math.log10(tick) <= high]
    title = {"text": text("pictures.size_axis"), "font": {"size": theme.tokens()["font"]["small_px"]}}
    names = [number(tick) for tick in ticks]
    figure.update_xaxes(type="log", range=[low, high], tickvals=ticks, ticktext=names, title=title, minor={"ticks": ""})


def _ends(found: Funnel) -> tuple[float, float]:
    sizes = found.limits["population"].drop_nulls()
    if sizes.is_empty():
        return 1.0, 3.0
    return math.log10(float(sizes.min())), math.log10(float(sizes.max()))  # type: ignore[arg-type]


def _names(figure: drawing.Canvas, rows: pl.DataFrame, home: str, peers: Sequence[str], *, narrow: bool) -> None:
    order = {code: place for place, code in enumerate(dict.fromkeys([home, *peers]))}
    named = rows.filter(pl.col("region_code").is_in(list(order)))
    named = named.sort(pl.col("region_code").replace_strict(order, default=0, return_dtype=pl.Int32))
    others = rows.filter(~pl.col("region_code").is_in(list(order)))
    letter = 6.6 if narrow else 7.2
    points = [
        PointLabel(x, y, len(name) * letter + 4, 17)
        for (x, y), name in zip(_shares(figure, named), named["name"], strict=True)
    ]
    sizes = choropleth_fills.tokens()["funnel"]
    widths, height = (sizes[f"narrow_{name}" if narrow else name] for name in ("widths_px", "plot_px"))
    shifts = places(points, _shares(figure, others), widths, height)
    for row, shift in zip(named.iter_rows(named=True), shifts, strict=True):
        if shift is not None:
            _name(figure, row, shift, strong=row["region_code"] == home, narrow=narrow)


def _shares(figure: drawing.Canvas, rows: pl.DataFrame) -> list[tuple[float, float]]:
    """Return where points lie as shares of the frame, y downwards."""
    (left, right), (low, high) = (figure.layout[axis]["range"] for axis in ("xaxis", "yaxis"))
    x = (rows["population"].log(10) - left) / (right - left)
    y = (high - rows["value"]) / (high - low)
    return list(zip(x.to_list(), y.to_list(), strict=True))


def _name(
    figure: drawing.Canvas, row: dict[str, Any], shift: tuple[float, float], *, strong: bool, narrow: bool
) -> None:
    ink = "home" if strong else "text"
    figure.add_annotation(
        x=math.log10(row["population"]), y=row["value"], ax=shift[0], ay=shift[1],
        text=f"<b>{row['name']}</b>" if strong else row["name"], font=theme.font("small", ink, 1 if narrow else 0),
        showarrow=True, arrowhead=0, arrowwidth=1, arrowcolor=theme.colour("home" if strong else "text_quiet"),
        standoff=5,
    )  # fmt: skip
