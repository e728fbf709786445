"""Home beside a whole by age and sex at one time: a point and an interval for each."""

import plotly.graph_objects as go
import polars as pl

from pages.format.place_names import PopulationGroup
from pages.format.texts import language, text
from pages.plots import axes, theme
from pages.plots.small_multiples import quiet_words


def groups_at(frame: pl.DataFrame, names: tuple[str, str], *, narrow: bool = False) -> go.Figure:
    """Return home's and the whole's rates by age and sex at one time, from rows of `by_age_and_sex.groups_at`."""
    rows = frame.with_row_index("place").sort("place")
    figure = go.Figure()
    for end, name, look in (("_other", names[1], "text_quiet"), ("", names[0], "home")):
        _dots(figure, rows.drop_nulls(f"value{end}"), end, name, look)
    labels = [str(PopulationGroup(row["age_group"], row["sex"])) for row in rows.iter_rows(named=True)]
    labels = [label.replace(", ", ",<br>") for label in labels] if narrow else labels
    for row in rows.filter(pl.col("value").is_null()).iter_rows(named=True):
        figure.add_annotation(
            x=0, y=row["place"] - 0.2, xshift=6, xanchor="left", **quiet_words(text("pictures.no_figures"))
        )
    height = 9 * (46 if narrow else 40) + 110
    figure.update_layout(
        template=theme.template(),
        height=height,
        margin={"l": 8, "r": 16, "t": 12, "b": 70},
        legend={"orientation": "h", "yanchor": "top", "y": -0.1, "x": 0},
        meta={"lang": language()},
    )
    figure.update_yaxes(
        tickvals=rows["place"].to_list(), ticktext=labels, range=[8.6, -0.6], showgrid=False, zeroline=False
    )
    axes.values(figure.update_xaxes, [*rows["high"], *rows["high_other"]], "share")
    figure.update_xaxes(showgrid=True)
    return figure


def _dots(figure: go.Figure, rows: pl.DataFrame, end: str, name: str, look: str) -> None:
    shift = 0.14 if end else -0.14
    value, low, high = (rows[f"{column}{end}"] for column in ("value", "low", "high"))
    small = [theme.colour("background") if each else theme.colour(look) for each in rows[f"small{end}"]]
    words = [
        f"{name}, {PopulationGroup(age, sex)}: <b>{axes.worded(v, 'share')}</b> ({axes.interval(lo, hi, 'share')})"
        for age, sex, v, lo, hi in zip(rows["age_group"], rows["sex"], value, low, high, strict=True)
    ]
    figure.add_scatter(
        x=value.to_list(),
        y=[place + shift for place in rows["place"]],
        mode="markers",
        marker={
            "symbol": "square" if end else "circle",
            "size": 8 if end else 10,
            "color": small,
            "line": {"color": theme.colour(look), "width": 2},
        },
        error_x={
            "array": (high - value).to_list(),
            "arrayminus": (value - low).to_list(),
            "color": theme.colour(look),
            "thickness": 1.5 if end else 2.5,
            "width": 0,
        },
        text=words,
        hovertemplate="%{text}<extra></extra>",
        name=name,
    )
