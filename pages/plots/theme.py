"""The look: tokens from `theme.toml`, Plotly's template made of them, and WCAG's contrast."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import plotly.graph_objects as go

from data import paths
from data.toml import toml_table

_TOKENS = paths.PAGES / "plots" / "theme.toml"


@dataclass(frozen=True)
class Line:
    """How a series is drawn: colour, width in pixels, dash, marker symbol and marker size in pixels."""

    colour: str
    width: float
    dash: str
    symbol: str
    size: float


@cache
def tokens() -> dict[str, Any]:
    """Return the design tokens as nested tables: `font`, `colour`, `quiet`, `line`, `chart`."""
    return toml_table(_TOKENS)


def colour(name: str) -> str:
    """Return a colour by its token, as #rrggbb."""
    return str(tokens()["colour"][name])


def font(size: str = "small", ink: str = "text", less: int = 0) -> dict[str, Any]:
    """Return the letters of words in a picture, by the tokens of size (`small`, `label`) and colour."""
    return {"size": tokens()["font"][f"{size}_px"] - less, "color": colour(ink)}


def home_line() -> Line:
    """Return how the home region is drawn: the only strong colour."""
    sizes = tokens()["line"]
    return Line(colour("home"), sizes["home_px"], "solid", "circle", sizes["home_marker_px"])


def quiet_line(order: int) -> Line:
    """Return how the comparator number `order` (from 0) is drawn; after the last style they begin again."""
    style, sizes = tokens()["quiet"][order % len(tokens()["quiet"])], tokens()["line"]
    return Line(style["colour"], sizes["quiet_px"], style["dash"], style["symbol"], sizes["marker_px"])


def categorical_colours() -> list[str]:
    """Return home's colour and the comparators' in order, for `theme.chartCategoricalColors` and for print."""
    return [colour("home"), *(style["colour"] for style in tokens()["quiet"])]


@cache
def template() -> go.layout.Template:
    """Return Plotly's template: white, quiet grid, dark axis text, no colour scale of Plotly's own."""
    font = tokens()["font"]
    axis = {
        "gridcolor": colour("grid"),
        "linecolor": colour("border"),
        "zerolinecolor": colour("border"),
        "tickcolor": colour("border"),
        "tickfont": {"color": colour("text"), "size": font["label_px"]},
        "title": {"font": {"color": colour("text"), "size": font["label_px"]}},
        "fixedrange": True,
        "automargin": True,
    }
    layout = {
        "font": {"family": font["family"], "size": font["label_px"], "color": colour("text")},
        "paper_bgcolor": colour("background"),
        "plot_bgcolor": colour("background"),
        "colorway": categorical_colours(),
        "xaxis": axis | {"showgrid": False, "showline": True, "ticks": "outside"},
        "yaxis": axis | {"showgrid": True, "showline": False, "ticks": ""},
        "hoverlabel": {
            "bgcolor": colour("background"),
            "bordercolor": colour("border"),
            "font": {"color": colour("text"), "family": font["family"], "size": font["label_px"]},
        },
        "legend": {"font": {"size": font["label_px"], "color": colour("text")}, "bgcolor": colour("background")},
        "dragmode": False,
        "hovermode": "closest",
    }
    return go.layout.Template(layout=layout)


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours #rrggbb, 1–21, as WCAG 2.1 defines it."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(hexadecimal: str) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(hexadecimal))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(hexadecimal: str) -> list[float]:
    return [int(hexadecimal[i : i + 2], 16) / 255 for i in (1, 3, 5)]
