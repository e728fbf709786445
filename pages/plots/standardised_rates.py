"""The standardised rate beside the crude one, and the one sentence on why they differ."""

import plotly.graph_objects as go

from analytics.exclusion.standardised_rate import Standardised
from analytics.results import Interval
from pages.format import place_names
from pages.format.numbers import percent
from pages.format.texts import text
from pages.plots import axes, drawing, theme
from pages.plots.label_placement import wrapped

_NARROW_LETTERS = 14


def standardised(found: Standardised, name: str, standard_name: str, *, narrow: bool = False) -> go.Figure:
    """Return a place's crude and standardised rate with their intervals, and the standard's rate as a line."""
    figure = drawing.Canvas()
    rates = {"crude": found.crude, "adjusted": found.standardised}
    for place, (key, rate) in enumerate(rates.items()):
        _rate(figure, rate, place, f"{name}, {text(f'pictures.{key}').lower()}", strong=key == "crude")
    if found.standard_rate is not None:
        drawing.reference(figure, found.standard_rate, f"{standard_name} {percent(found.standard_rate)}")
    drawing.frame(figure, 220, (8, 24, 34, 8), showlegend=False)
    labels = [text(f"pictures.{key}") for key in rates]
    labels = ["<br>".join(wrapped(label, _NARROW_LETTERS)) if narrow else label for label in labels]
    drawing.rows(figure, (0, 1), labels, (1.6, -0.6))
    both = (found.crude, found.standardised)
    known = [*(rate.low for rate in both), *(rate.high for rate in both), found.standard_rate]
    axes.values(figure.update_xaxes, known, "share", zero=False)
    figure.update_xaxes(showgrid=True, tickangle=0)
    if narrow:
        axis = figure.layout["xaxis"]
        figure.update_xaxes(tickvals=axis["tickvals"][::2], ticktext=axis["ticktext"][::2])
    return figure.drawn()


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


def _rate(figure: drawing.Canvas, rate: Interval, place: int, words: str, *, strong: bool) -> None:
    colour = theme.colour("home")
    line = {"color": colour, "width": 3}
    figure.add_scatter(x=[rate.low, rate.high], y=[place, place], mode="lines", line=line, hoverinfo="skip")
    marker = {"size": 14, "color": colour if strong else theme.colour("background"), "line": line}
    figure.add_scatter(
        x=[rate.estimate], y=[place], mode="markers+text", marker=marker,
        text=[f"<b>{percent(rate.estimate)}</b>"], textposition="top center",
        customdata=[f"{words}: {axes.with_interval(rate.estimate, rate.low, rate.high)}"],
        hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip
