"""The fills of maps and tiles, each with ink that can be read on it, a sign and words: never colour alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

import polars as pl

from analytics.exclusion.county_map import classified
from data import paths
from data.toml import toml_table
from pages.format.numbers import percent
from pages.format.texts import text
from pages.plots import axes, drawing, theme

By = Literal["verdict", "value"]
_FILE = paths.PAGES / "plots" / "choropleth_fills.toml"
_SIGNS = {
    "clearly_higher": "▲▲",
    "somewhat_higher": "▲",
    "no_certain_difference": "≈",
    "somewhat_lower": "▼",
    "clearly_lower": "▼▼",
    "not_comparable": "?",
}


@dataclass(frozen=True)
class Shade:
    """How a place is filled: fill and ink #rrggbb, border dash, a sign in words' stead, and the legend's words."""

    fill: str
    ink: str
    dash: str
    sign: str
    label: str


@cache
def tokens() -> dict[str, Any]:
    """Return the fills and sizes of `choropleth_fills.toml`."""
    return toml_table(_FILE)


def ink_on(fill: str) -> str:
    """Return the ink of highest contrast on a fill."""
    return str(max(tokens()["inks"], key=lambda ink: theme.contrast(ink, fill)))


def of_verdict(verdict: str) -> Shade:
    """Return how a verdict of the difference test is shown."""
    fill, sign = tokens()["verdict"][verdict], _SIGNS[verdict]
    return Shade(fill, ink_on(fill), "solid", sign, f"{sign} {text(f'pictures.verdict.{verdict}')}")


def of_class(number: int, bounds: Sequence[float]) -> Shade:
    """Return how a class of values is shown, numbered from 0 below the first bound."""
    fills = tokens()["classes"]["fills"]
    last = len(fills) - 1
    fill = fills[round(number * last / len(bounds))] if bounds else fills[1]
    return Shade(fill, ink_on(fill), "solid", "", class_label(number, bounds))


def class_label(number: int, bounds: Sequence[float]) -> str:
    """Return a class in words: under the first bound, between two, from the last on."""
    if not bounds:
        return text("pictures.class_all")
    if number == 0:
        return text("pictures.class_under", bound=percent(bounds[0]))
    if number == len(bounds):
        return text("pictures.class_from", bound=percent(bounds[-1]))
    return text("pictures.class_between", low=percent(bounds[number - 1]), high=percent(bounds[number]))


def shades(rows: pl.DataFrame, by: By, bounds: Sequence[float] = ()) -> list[Shade]:
    """Return the shade of each row: by `verdict` or class of `value`; small numbers and unknown ones stay open."""
    return [_shade(row, by, bounds) for row in classified(rows, bounds).iter_rows(named=True)]


def worded(row: dict[str, Any], shade: Shade) -> str:
    """Return a place in one line for the pointer: name, value, interval, and what stands in the legend."""
    return f"{row['name']}: {axes.with_interval(row['value'], row['low'], row['high'])}<br>{shade.label}"


def write(
    figure: drawing.Canvas, x: Sequence[float], y: Sequence[float], labels: Sequence[str],
    found: Sequence[tuple[dict[str, Any], Shade]], *, narrow: bool, **trace: Any,  # noqa: ANN401 - a trace of Plotly
) -> None:  # fmt: skip
    """Write a label on each place, in the ink of its shade, with all of it for the pointer."""
    size = tokens()["tile"]["narrow_font_px" if narrow else "font_px"]
    figure.add_scatter(
        x=list(x), y=list(y), text=list(labels), textfont={"color": [shade.ink for _, shade in found], "size": size},
        customdata=[worded(row, shade) for row, shade in found], hovertemplate="%{customdata}<extra></extra>",
        showlegend=False, **trace,
    )  # fmt: skip


def add_legend(figure: drawing.Canvas, found: Sequence[Shade]) -> None:
    """Add a legend entry for each shade in use, in the order verdicts and classes have."""
    order = [*tokens()["verdict"].values(), *tokens()["classes"]["fills"]]
    keys = {shade.label: shade for shade in found}
    for shade in sorted(keys.values(), key=lambda each: (each.dash != "solid", order.index(each.fill))):
        edge = theme.colour("border")
        symbol = {"solid": "square", "dot": "square-x-open"}.get(shade.dash, "square-open")
        colour = shade.fill if shade.dash == "solid" else edge
        marker = {"symbol": symbol, "size": 15, "color": colour, "line": {"width": 1.5, "color": edge}}
        figure.add_scatter(x=[None], y=[None], mode="markers", marker=marker, name=shade.label, hoverinfo="skip")


def _shade(row: dict[str, Any], by: By, bounds: Sequence[float]) -> Shade:
    quiet, blank = theme.colour("text_quiet"), tokens()["open"]
    if row["value"] is None:
        return Shade(blank, quiet, "dot", "", text("pictures.unknown"))
    shade = of_verdict(row["verdict"]) if by == "verdict" else of_class(row["value_class"], bounds)
    if row["small"]:
        return replace(shade, fill=blank, ink=quiet, dash="dash", label=text("pictures.small"))
    return shade
