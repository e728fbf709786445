"""The profile ("spine chart"): every indicator of one place against the spread of its like, each on its own scale."""

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go
import polars as pl

from analytics.exclusion.indicator_profile import on_own_scale
from analytics.provenance import indicators
from pages.format import place_names
from pages.format.numbers import number, percent, period
from pages.format.texts import language, text
from pages.plots import axes, choropleth_fills, drawing, theme
from pages.plots.label_placement import wrapped

_CLOSER, _CLOSER_NARROW = 0.7, 0.5


def profile(rows: pl.DataFrame, name: str, *, level: str = "municipality", narrow: bool = False) -> go.Figure:
    """Return the profile of a place called `name` from rows of `analytics.exclusion.indicator_profile.profile`.

    Each row has its own scale, from the lowest to the highest place of its `level`, median in the middle; the numbers
    at the ends say which. Indicators that cannot be drawn stand last, with the reason and no mark; those that nobody
    publishes of such places (`elsewhere`) have no row.
    """
    drawn = on_own_scale(rows).filter(pl.col("reason") == "").with_row_index("place")
    absent = rows.filter(pl.col("reason") != "", ~elsewhere())
    figure = drawing.Canvas()
    _spreads(figure, drawn, narrow=narrow)
    _nation(figure, drawn)
    _home(figure, drawn, name)
    for row in drawn.iter_rows(named=True):
        _words(figure, row, narrow=narrow)
    closer = _CLOSER_NARROW if narrow else _CLOSER
    for line, row in enumerate(absent.iter_rows(named=True)):
        _absent(figure, row, drawn.height + line * closer, level, narrow=narrow)
    _frame(figure, drawn.height + absent.height * closer, narrow=narrow)
    return figure.drawn()


def elsewhere() -> pl.Expr:
    """Return whether a row's indicator is published of other levels only."""
    return pl.col("reason") == "not_at_level"


def row_name(row: dict[str, Any]) -> str:
    """Return what a row measures: indicator, age, sex where it is one, and period."""
    label = indicators()[row["indicator"]].label[language()]
    age = place_names.age(row["age_group"]) if row["age_group"] else ""
    sex = text(f"sex.{row['sex']}").lower() if row["sex"] in ("female", "male") else ""
    age = "" if age in label else age
    counted = indicators()[row["indicator"]].frequency
    when = period(row["period"], frequency=counted) if row["period"] else ""
    return ", ".join(filter(None, (label, age, sex, when)))


def reason_words(row: Mapping[str, Any], level: str) -> str:
    """Return why a row cannot be drawn, and what is known for all that; `level` is `municipality` or `county`."""
    reason = row["reason"]
    key = f"{reason}_{level}" if reason == "not_at_level" else reason
    known = number(row["count"]) if reason == "counts_only" else ""
    return text(f"pictures.profile_reason.{key}", count=known)


def _spreads(figure: drawing.Canvas, rows: pl.DataFrame, *, narrow: bool) -> None:
    looks = (("at_least", "at_most", "hairline", "spread_all"), ("at_p25", "at_p75", "border", "spread_half"))
    for low, high, colour, words in looks:
        line, ends = {"color": theme.colour(colour), "width": 9 if narrow else 12}, rows.select(low, high, "place")
        drawing.intervals(figure, ends.iter_rows(), line, name=text(f"pictures.{words}"), connectgaps=False)
    marker = {"symbol": "line-ns", "size": 16, "line": {"width": 2.5, "color": theme.colour("text")}}
    zeros = [0.0] * rows.height
    name = text("pictures.spread_median")
    figure.add_scatter(x=zeros, y=rows["place"].to_list(), mode="markers", marker=marker, name=name, hoverinfo="skip")


def _nation(figure: drawing.Canvas, rows: pl.DataFrame) -> None:
    known, name = rows.drop_nulls("at_nation"), text("pictures.spread_nation")
    edge = {"color": theme.colour("text"), "width": 1.8}
    marker = {"symbol": "diamond", "size": 11, "color": theme.colour("background"), "line": edge}
    words = [f"{name}: <b>{percent(value)}</b>" for value in known["nation"]]
    drawing.points(figure, known["at_nation"], known["place"], marker, words, name=name)


def _home(figure: drawing.Canvas, rows: pl.DataFrame, name: str) -> None:
    colour = theme.colour("home")
    hollow = [theme.colour("background") if small else colour for small in rows["small"]]
    marker = {"symbol": "circle", "size": 14, "color": hollow, "line": {"color": colour, "width": 3}}
    words = [_hover(row, name) for row in rows.iter_rows(named=True)]
    drawing.points(figure, rows["at_value"], rows["place"], marker, words, name=name)


def _hover(row: dict[str, Any], name: str) -> str:
    value = axes.with_interval(row["value"], row["low"], row["high"])
    verdict = text(f"pictures.verdict.{row['verdict']}")
    return f"{name}, {row_name(row)}:<br>{value}<br>{verdict}"


def _words(figure: drawing.Canvas, row: dict[str, Any], *, narrow: bool) -> None:
    """Write the row's name, its value and verdict, the direction of good, and the numbers at the ends of its scale."""
    verdict = choropleth_fills.of_verdict(row["verdict"]).label
    value, good = f"<b>{percent(row['value'])}</b> {verdict}", text(f"pictures.good_{row['polarity']}")
    for left, end in ((True, "least"), (False, "most")):
        shift = {"yshift": -17} if narrow else {"xshift": -11 if left else 11}
        anchor = ("left" if left else "right") if narrow else ("right" if left else "left")
        x = (-1 if left else 1) if narrow else row[f"at_{end}"]
        _write(figure, percent(row[end]), x, row["place"], anchor, quiet=True, **shift)
    if narrow:
        label = "<br>".join(wrapped(row_name(row), 52))
        _write(figure, f"{label}<br>{value}", -1, row["place"], "left", yshift=10, yanchor="bottom")
        _write(figure, good, 0, row["place"], "center", quiet=True, yshift=-17)
        return
    _write(figure, "<br>".join(wrapped(row_name(row), 46)), -1.3, row["place"], "right")
    _write(figure, f"{value}<br>{good}", 1.38, row["place"], "left")


def _absent(figure: drawing.Canvas, row: dict[str, Any], place: float, level: str, *, narrow: bool) -> None:
    label, why = row_name(row), reason_words(row, level)
    if row["value"] is not None:
        why = f"<b>{percent(row['value'])}</b>, {why}"
    if narrow:
        lines = "<br>".join(wrapped(label, 52))
        _write(figure, f"{lines}<br><i>{why}</i>", -1, place, "left", quiet=True)
        return
    _write(figure, "<br>".join(wrapped(label, 46)), -1.3, place, "right", quiet=True)
    _write(figure, f"<i>{why}</i>", -1, place, "left", quiet=True)


def _write(
    figure: drawing.Canvas, words: str, x: float, place: float, anchor: str, *, quiet: bool = False, **shift: Any  # noqa: ANN401
) -> None:  # fmt: skip
    font = theme.font("small", "text_quiet", 1) if quiet else theme.font()
    figure.add_annotation(x=x, y=place, text=words, showarrow=False, xanchor=anchor, align=anchor, font=font, **shift)


def _frame(figure: drawing.Canvas, rows: float, *, narrow: bool) -> None:
    side = choropleth_fills.tokens()["profile"]["narrow_row_px" if narrow else "row_px"]
    legend = 110 if narrow else 50
    plot = round(side * max(rows, 1))
    drawing.frame(figure, plot + legend, (6, 6, 6, legend), legend=drawing.legend_below(-8 / plot))
    figure.update_xaxes(visible=False, range=[-1.07, 1.07] if narrow else [-3.4, 2.78])
    figure.update_yaxes(visible=False, range=[rows - 0.5, -0.72 if narrow else -0.5])
