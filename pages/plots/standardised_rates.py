"""The standardised rate beside the crude one, and the one sentence on why they differ."""

import plotly.graph_objects as go

from analytics.exclusion.standardised_rate import Standardised
from analytics.results import Interval
from pages.format import place_names
from pages.format.numbers import percent, separators
from pages.format.texts import language, text
from pages.plots import axes, theme
from pages.plots.label_placement import wrapped

_NARROW_LETTERS = 14


def standardised(found: Standardised, name: str, standard_name: str, *, narrow: bool = False) -> go.Figure:
    """Return a place's crude and standardised rate with their intervals, and the standard's rate as a line."""
    figure = go.Figure()
    rates = {"crude": found.crude, "adjusted": found.standardised}
    for place, (key, rate) in enumerate(rates.items()):
        _rate(figure, rate, place, f"{name}, {text(f'pictures.{key}').lower()}", strong=key == "crude")
    if found.standard_rate is not None:
        _standard(figure, found.standard_rate, standard_name)
    height = 220
    figure.update_layout(
        template=theme.template(),
        height=height,
        margin={"l": 8, "r": 24, "t": 34, "b": 8},
        showlegend=False,
        separators=separators(),
        meta={"lang": language()},
    )
    labels = [text(f"pictures.{key}") for key in rates]
    labels = ["<br>".join(wrapped(label, _NARROW_LETTERS)) if narrow else label for label in labels]
    figure.update_yaxes(tickvals=[0, 1], ticktext=labels, range=[1.6, -0.6], showgrid=False, zeroline=False)
    both = (found.crude, found.standardised)
    known = [*(rate.low for rate in both), *(rate.high for rate in both), found.standard_rate]
    axes.values(figure.update_xaxes, known, "share", zero=False)
    figure.update_xaxes(showgrid=True, tickangle=0)
    if narrow:
        _fewer_ticks(figure)
    return figure


def why(found: Standardised, name: str, group: place_names.PopulationGroup) -> str:
    """Return in one sentence why the two rates differ, or that they are printed alike."""
    part, crude, adjusted = found.composition, percent(found.crude.estimate), percent(found.standardised.estimate)
    if crude == adjusted or (found.crude.estimate - found.standardised.estimate) * part.contribution <= 0:
        return text("pictures.why_same", name=name, group=group, adjusted=adjusted)
    return text(
        "pictures.why_part",
        name=name,
        group=group,
        age=place_names.age(part.age_group),
        more=text(f"pictures.why_{'more' if part.share > part.standard_share else 'fewer'}"),
        share=percent(part.share),
        standard=percent(part.standard_share),
        level=text(f"pictures.why_level_{'higher' if part.higher else 'lower'}"),
        direction=text(f"pictures.why_{'higher' if found.crude.estimate > found.standardised.estimate else 'lower'}"),
        crude=crude,
        adjusted=adjusted,
    )


def _rate(figure: go.Figure, rate: Interval, place: int, words: str, *, strong: bool) -> None:
    colour = theme.colour("home")
    figure.add_scatter(
        x=[rate.low, rate.high],
        y=[place, place],
        mode="lines",
        line={"color": colour, "width": 3},
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=[rate.estimate],
        y=[place],
        mode="markers+text",
        marker={
            "size": 14,
            "color": colour if strong else theme.colour("background"),
            "line": {"color": colour, "width": 3},
        },
        text=[f"<b>{percent(rate.estimate)}</b>"],
        textposition="top center",
        customdata=[f"{words}: <b>{percent(rate.estimate)}</b> ({axes.interval(rate.low, rate.high, 'share')})"],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _fewer_ticks(figure: go.Figure) -> None:
    axis = figure.layout.xaxis
    figure.update_xaxes(tickvals=axis.tickvals[::2], ticktext=axis.ticktext[::2])


def _standard(figure: go.Figure, rate: float, name: str) -> None:
    line = {"color": theme.colour("text_quiet"), "width": 1.5, "dash": "dash"}
    figure.add_shape(type="line", x0=rate, x1=rate, yref="paper", y0=0, y1=1, line=line, layer="below")
    font = {"color": theme.colour("text"), "size": theme.tokens()["font"]["small_px"]}
    words = f"{name} {percent(rate)}"
    figure.add_annotation(x=rate, yref="paper", y=1, yanchor="bottom", text=words, showarrow=False, font=font)
