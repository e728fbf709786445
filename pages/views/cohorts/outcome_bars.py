"""Stacked bars of a published study: a bar for each group, split by where they were later."""

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

import plotly.graph_objects as go
import polars as pl

from data import paths
from pages.format.numbers import percent
from pages.plots import drawing, theme

_BAR, _BAR_UNDER_ITS_NAME, _AROUND, _LEGEND_LINE = 36, 58, 60, 21
_GAP, _GAP_FOR_A_NAME = 0.25, 0.45
_LEGEND_ACROSS = 4


@dataclass(frozen=True)
class Bars:
    """What is drawn: rows with `bar`, `destination`, `where` (its words), `side` and `share`.

    order: the destinations as they are stacked. own: the bars of the reader's county, drawn strong where the others are
    pale; empty: all alike. rest: what is left of a bar is called, empty: nothing is.
    """

    rows: pl.DataFrame
    order: tuple[str, ...]
    own: tuple[str, ...]
    rest: str
    decimals: int


def picture(bars: Bars, *, narrow: bool) -> go.Figure:
    """Return the figure, in as many pixels as its bars and its legend need."""
    names = bars.rows["bar"].unique(maintain_order=True).to_list()
    figure = drawing.Canvas()
    for destination, fill in fills(bars).items():
        figure.add_bar(**_part(bars.rows.filter(destination=destination), fill, bars))
    left = _left(bars.rows)
    if bars.rest and (left["share"] > 0).any():
        figure.add_bar(**_part(left.with_columns(where=pl.lit(bars.rest)), _fills()["rest"], bars))
    parts = len(figure.traces)
    lines = parts if narrow else -(-parts // _LEGEND_ACROSS)
    height = (_BAR_UNDER_ITS_NAME if narrow else _BAR) * len(names) + _LEGEND_LINE * lines + _AROUND
    drawing.frame(figure, height, (16, 30, 14, 8))
    _laid_out(figure, names)
    _named(figure, {name: f"<b>{name}</b>" if name in bars.own else name for name in names}, narrow=narrow)
    return figure.drawn()


def fills(bars: Bars) -> dict[str, str]:
    """Return the colour of each destination there is, in the order they are stacked."""
    sides = dict(bars.rows.select("destination", "side").iter_rows())
    kinds = [name for name in bars.order if name in sides]
    found = {}
    for name in kinds:
        shades, alike = _fills()[sides[name]], [each for each in kinds if sides[each] == sides[name]]
        first = len(shades) - len(alike) if sides[name] == "outside" else 0
        found[name] = shades[first + alike.index(name)]
    return found


@cache
def _fills() -> dict[str, Any]:
    path = paths.PAGES / "views" / "cohorts" / "outcome_bars.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _left(rows: pl.DataFrame) -> pl.DataFrame:
    sums = rows.group_by("bar", maintain_order=True).agg(share=(1 - pl.col("share").sum()).clip(0).round(6))
    return sums.with_columns(side=pl.lit("rest"))


def _part(part: pl.DataFrame, fill: str, bars: Bars) -> dict[str, Any]:
    """Return one destination's part of every bar; a share that has no room is told by pointing at it."""
    pale = bool(bars.own) and part["side"][0] != "rest"
    colours = [fill if not pale or bar in bars.own else _fills()["paled"] for bar in part["bar"]]
    told, name = [percent(share, bars.decimals) for share in part["share"]], part["where"][0]
    return {
        "y": part["bar"].to_list(),
        "x": part["share"].to_list(),
        "name": name,
        "orientation": "h",
        "text": told,
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {"color": [_ink(colour) for colour in colours]},
        "marker": {"color": colours, "line": {"color": theme.colour("background"), "width": 1}},
        "customdata": [f"{bar}. {name}: <b>{words}</b>" for bar, words in zip(part["bar"], told, strict=True)],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _ink(fill: str) -> str:
    """Return the colour of words on a fill: the one that is read best."""
    return max((theme.colour("text"), theme.colour("background")), key=lambda ink: theme.contrast(ink, fill))


def _laid_out(figure: drawing.Canvas, names: list[str]) -> None:
    figure.update_layout(
        barmode="stack",
        uniformtext={"mode": "hide", "minsize": theme.tokens()["font"]["small_px"]},
        legend={**drawing.legend_above(), "traceorder": "normal", "itemclick": False, "itemdoubleclick": False},
    )
    figure.update_yaxes(type="category", autorange="reversed", categoryorder="array", categoryarray=names)
    quarters = [0, 0.25, 0.5, 0.75, 1]
    worded = [percent(each, 0) for each in quarters]
    figure.update_xaxes(range=[0, 1], tickvals=quarters, ticktext=worded, zeroline=False)


def _named(figure: drawing.Canvas, words: dict[str, str], *, narrow: bool) -> None:
    """Write the name of each bar: before it, or on a phone above it, where there is no room beside."""
    figure.update_layout(bargap=_GAP_FOR_A_NAME if narrow else _GAP)
    figure.update_yaxes(
        tickvals=list(words), ticktext=list(words.values()), showticklabels=not narrow, showgrid=False,
        ticks="" if narrow else "outside", ticklen=4, tickcolor=theme.colour("background"),
    )  # fmt: skip
    up = _BAR_UNDER_ITS_NAME * (1 - _GAP_FOR_A_NAME) / 2
    for place, told in enumerate(words.values()) if narrow else ():
        figure.add_annotation(
            x=0, y=place, text=told, showarrow=False, xanchor="left", yanchor="bottom", yshift=up, borderpad=0
        )
