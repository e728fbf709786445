"""Pictures for print, as vectors: Altair through vl-convert, no browser, in the colours of `pages/plots/theme.toml`."""

import json
from collections.abc import Callable, Sequence
from functools import lru_cache, wraps
from typing import Any, ParamSpec

import polars as pl

from pages.format import marking
from pages.format.numbers import position
from pages.format.texts import text
from pages.plots import axes, theme
from pages.svg import markup
from pages.svg.rows_picture import PRINTED
from pages.views.programme.plan import progress
from pages.views.programme.plan.progress import Progress

P = ParamSpec("P")

_FONT = "Libertinus Serif"
_WIDTH, _TREND_HEIGHT, _NAMES = 560, 165, 230
_MOST_TIMES = 9
_DASHES = {"solid": [1, 0], "dash": [6, 4], "dot": [2, 3], "dashdot": [6, 3, 2, 3], "longdash": [9, 4]}


def _quick(draw: Callable[P, str]) -> Callable[P, str]:
    """Draw without Altair's check of every part against its schema, which costs more than the drawing itself."""

    @wraps(draw)
    def drawn(*arguments: P.args, **named: P.kwargs) -> str:
        from altair.utils.schemapi import debug_mode

        with debug_mode(False):  # noqa: FBT003 - Altair takes it by place
            return draw(*arguments, **named)

    return drawn


@_quick
def trend_svg(
    table: pl.DataFrame, home: str, breaks: Sequence[str] = (), *, frequency: str | None = None, example: bool = False
) -> str:
    """Return lines over time from `series, period, value, low, high` (shares 0–1): home strong with its 95 % band.

    A line stops at a break (the first period of a new series); nothing is drawn across it.
    """
    import altair as alt

    rows = [
        {"series": row["series"], "x": position(row["period"], frequency), "value": row["value"], "low": row["low"],
         "high": row["high"], "part": sum(each <= row["period"] for each in breaks)}
        for row in table.iter_rows(named=True) if row["value"] is not None
    ]  # fmt: skip
    names = [home, *dict.fromkeys(row["series"] for row in rows if row["series"] != home)]
    looks = [theme.home_line(), *(theme.quiet_line(order) for order in range(len(names) - 1))]
    base = alt.Chart(_data(rows)).encode(x=_times(table, frequency), detail="part:N")
    share = alt.Axis(**_worded(*axes.ticks([end for row in rows for end in (row["value"], row["high"])], "share")))
    scale, top = alt.Scale(zero=True), [row for row in rows if row["x"] == max(each["x"] for each in rows)]
    named = alt.Color("series:N", scale=alt.Scale(domain=names, range=[look.colour for look in looks]), legend=None)
    band = base.transform_filter(alt.datum.series == home).mark_area(color=theme.colour("home_band"), opacity=0.8)
    band = band.encode(y=alt.Y("low:Q", axis=share, scale=scale), y2="high:Q")
    dashes = alt.StrokeDash(
        "series:N", scale=alt.Scale(domain=names, range=[_DASHES.get(look.dash, [4, 2]) for look in looks]), legend=None
    )
    width = alt.condition(alt.datum.series == home, alt.value(2.6), alt.value(1.3))
    lines = base.mark_line().encode(y=alt.Y("value:Q", axis=share), color=named, strokeDash=dashes, strokeWidth=width)
    ends = _apart(top)
    labels = alt.Chart(_data(ends)).mark_text(align="left", dx=6, fontSize=10)
    labels = labels.encode(x="x:Q", y=alt.Y("y:Q", axis=share), text="series:N", color=named)
    return _svg(band + lines + labels + _marks(breaks, rows), _TREND_HEIGHT, example=example)


def progress_svg(rows: Sequence[Progress], *, example: bool = False) -> str:
    """Return how far each gain has come from baseline to target, as on the screen, in the letters of the note."""
    drawn, word = progress.picture(rows, width=PRINTED), marking.word(example=example)
    return markup.in_font((markup.marked(drawn, word) if word else drawn).svg, _FONT)


@_quick
def knots_svg(rows: Sequence[dict[str, Any]], *, example: bool = False) -> str:
    """Return knots by score as bars with their range of places over all weights, from `name, score, ranks`."""
    import altair as alt

    data = [{**row, "label": f"{row['score_words']} ({row['ranks']})"} for row in rows]
    y = alt.Y(
        "name:N", sort=[row["name"] for row in rows],
        axis=alt.Axis(title=None, labelLimit=330, labelFontSize=11, domain=False, ticks=False),
    )  # fmt: skip
    axis = alt.Axis(title=None, values=[0, 1, 2, 3, 4, 5], grid=True)
    base = alt.Chart(_data(data)).encode(y=y, x=alt.X("score:Q", axis=axis, scale=alt.Scale(domain=[0, 6])))
    first = alt.condition(alt.datum.rank == 1, alt.value(theme.colour("home")), alt.value(theme.colour("border")))
    bars = base.mark_bar(height=12).encode(color=first)
    words = base.mark_text(align="left", dx=5, fontSize=10, color=theme.colour("text")).encode(text="label:N")
    return _svg(bars + words, 24 * len(rows) + 8, example=example, width=_WIDTH - _NAMES)


def _times(table: pl.DataFrame, frequency: str | None) -> Any:  # noqa: ANN401 - a channel of Altair
    import altair as alt

    known = table.filter(pl.col("value").is_not_null())["period"].unique()
    places = {position(code, frequency): code for code in known}
    at = sorted(places)
    scale = alt.Scale(domain=[at[0], at[-1] + 0.22 * (at[-1] - at[0])], nice=False)
    ticks = axes.periods([places[x] for x in at], at, _MOST_TIMES, frequency)
    return alt.X("x:Q", axis=alt.Axis(**_worded(*ticks, grid=False)), scale=scale)


def _worded(ticks: Sequence[float], names: Sequence[str], *, grid: bool = True) -> dict[str, Any]:
    """Return an axis whose ticks are written as everywhere else: Vega would write and round numbers its own way."""
    pairs = zip(ticks, names, strict=True)
    tests = "".join(f"abs(datum.value - {tick!r}) < 1e-9 ? {json.dumps(name)} : " for tick, name in pairs)
    return {"values": list(ticks), "labelExpr": f"{tests}''", "title": None, "grid": grid, "labelOverlap": False}


def _marks(breaks: Sequence[str], rows: list[dict[str, Any]]) -> Any:  # noqa: ANN401 - a layer of Altair
    """Return an upright dashed line with the word for a break, between the old series and the new."""
    import altair as alt

    first = min(row["x"] for row in rows)
    places = [{"x": position(each) - 0.5, "word": text("exclusion.break")} for each in breaks if position(each) > first]
    base = alt.Chart(_data(places)).encode(x="x:Q")
    rule = base.mark_rule(strokeDash=[3, 3], color=theme.colour("border"))
    words = base.mark_text(align="left", dx=3, dy=8, fontSize=9, color=theme.colour("text_quiet"))
    return rule + words.encode(y=alt.value(_TREND_HEIGHT - 16), text="word:N")


def _apart(ends: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the last points with a place `y` for each name, moved apart where they would touch."""
    from pages.plots.label_placement import spread

    values = [row["value"] for row in ends]
    gap = 0.1 * max(*values, 1e-9)
    return [{**row, "y": y} for row, y in zip(ends, spread(values, gap), strict=True)]


def _svg(chart: Any, height: int, *, example: bool, width: int = _WIDTH) -> str:  # noqa: ANN401 - a chart of Altair
    """Return a chart as SVG in the theme, with the mark of an example inside it."""
    import altair as alt

    if word := marking.word(example=example):
        mark = alt.Chart(_data([{"w": word}]))
        style: dict[str, Any] = {"fontSize": 34, "fontWeight": "bold", "angle": 346, "opacity": 0.2}
        chart = alt.layer(chart, mark.mark_text(color=theme.colour("watermark"), **style).encode(
            text="w:N", x=alt.value(width / 2), y=alt.value(height / 2)))  # fmt: skip
    axis: dict[str, Any] = {"labelColor": theme.colour("text"), "gridColor": theme.colour("grid"), "labelFontSize": 10}
    themed = chart.properties(width=width, height=height).configure(
        font=_FONT, axis=alt.AxisConfig(**axis, domainColor=theme.colour("border"), tickColor=theme.colour("border")),
        view=alt.ViewConfig(stroke=None), background="transparent",
    )  # fmt: skip
    return _converted(json.dumps(themed.to_dict(validate=False), sort_keys=True))


def _data(rows: list[dict[str, Any]]) -> Any:  # noqa: ANN401 - data of Altair
    import altair as alt

    return alt.Data(values=rows)  # type: ignore[no-untyped-call]


@lru_cache(maxsize=64)
def _converted(spec: str) -> str:
    import vl_convert

    return str(vl_convert.vegalite_to_svg(json.loads(spec)))
