"""Completing upper secondary beside the same birth years' share outside later, county by county as they were."""

from typing import Any

import plotly.graph_objects as go
import polars as pl
from plotly.subplots import make_subplots

from analytics import cohorts, places
from analytics.results import NotEstimable
from pages.ui import axes, shell, theme
from pages.ui.cached import held
from pages.ui.charts import Chart
from pages.ui.citations import citation
from pages.ui.cohorts_choice import Choice
from pages.ui.cohorts_parts import break_note, framed
from pages.ui.exclusion_parts import joined
from pages.ui.naming import place
from pages.ui.tables import Column
from pages.ui.texts import text

path_of = held(cohorts.school_path)
LATER = "20-24"


def school_chart(choice: Choice) -> Chart | NotEstimable:
    """Return two panels over birth years: completed upper secondary, and outside at 20–24."""
    county = places.county_of(choice.region) or choice.region
    if places.level_of(county) != "county":
        return NotEstimable("no_school_figures", (("region", place(choice.region)),))
    found = path_of(county, choice.sex)
    if isinstance(found, NotEstimable):
        return found
    rows = _rows(found)
    finding = text("cohorts.school_finding", place=place(county))
    age = found.assumed_age[cohorts.COMPLETED]
    return Chart(
        finding=finding,
        alt=text("cohorts.school_alt", place=place(county), finding=finding),
        picture=_picture(rows),
        table=rows,
        columns=_columns(),
        sources=tuple(
            citation(found.editions[name], name)
            for name in (cohorts.COMPLETED, cohorts.INDICATOR)
            if name in found.editions
        ),
        stem="school",
        note=joined(text("cohorts.school_note", age=age), break_note(cohorts.INDICATOR), text("cohorts.pseudo")),
        command=f"python -m analytics cohort school --region {county} --sex {choice.sex}",
        python=f'from analytics import cohorts\ncohorts.school_path("{county}", "{choice.sex}").later',
    )


def _rows(found: cohorts.SchoolPath) -> pl.DataFrame:
    wanted = (pl.col("indicator") == cohorts.COMPLETED) & (
        pl.col("later_age").is_null() | (pl.col("later_age") == LATER)
    )
    in_words = {"then": text("cohorts.borders.then"), "today": text("cohorts.borders.today")}
    in_words["summed"] = text("cohorts.borders.summed")
    first = pl.col("region_code") != found.county
    return (
        found.later.filter(wanted)
        .sort(first, "region_code", "year")
        .select(
            "region_name",
            pl.col("borders").replace_strict(in_words, return_dtype=pl.String),
            pl.col("born").cast(pl.String),
            pl.col("year").cast(pl.String),
            "count",
            "share",
            "share_low",
            "share_high",
            pl.col("later_year").cast(pl.String),
            "later_share",
            "later_at_least",
        )
    )


def _picture(rows: pl.DataFrame) -> go.Figure:
    titles = (text("cohorts.school_completed"), text("cohorts.school_outside"))
    figure = make_subplots(rows=2, shared_xaxes=True, vertical_spacing=0.12, subplot_titles=titles)
    for order, (name, part) in enumerate(rows.group_by("region_name", maintain_order=True)):
        look = theme.home_line() if order == 0 else theme.quiet_line(order - 1)
        completed = pl.coalesce("share", (pl.col("share_low") + pl.col("share_high")) / 2)
        figure.add_scatter(**_line(part, completed, str(name[0]), look), row=1, col=1)
        figure.add_scatter(**_line(part, pl.col("later_share"), str(name[0]), look), row=2, col=1, showlegend=False)
    framed(figure, narrow=shell.narrow(), height=620)
    figure.update_layout(margin={"t": 34})
    for row, names in ((1, ("share", "share_high")), (2, ("later_share",))):
        known = [value for name in names for value in rows[name]]

        def update(row: int = row, **settings: Any) -> None:  # noqa: ANN401  Plotly's own settings
            figure.update_yaxes(row=row, col=1, **settings)

        axes.values(update, known, "share")
    figure.update_xaxes(tickformat="d")
    return figure


def _line(part: pl.DataFrame, values: pl.Expr, name: str, look: theme.Line) -> dict[str, Any]:
    found = part.select(values.alias("value"))["value"].to_list()
    words = [
        f"{name}, {born}: <b>{axes.worded(value, 'share')}</b>" for born, value in zip(part["born"], found, strict=True)
    ]
    return {
        "x": [int(born) for born in part["born"]],
        "y": found,
        "name": name,
        "mode": "lines+markers",
        "connectgaps": False,
        "line": {"color": look.colour, "width": look.width, "dash": look.dash},
        "marker": {"symbol": look.symbol, "size": 7, "color": look.colour},
        "text": words,
        "hovertemplate": "%{text}<extra></extra>",
    }


def _columns() -> tuple[Column, ...]:
    textual = [Column(name, text(f"cohorts.column.{name}")) for name in ("region_name", "borders", "born", "year")]
    shares = [Column(name, text(f"cohorts.column.{name}"), "share") for name in ("share", "share_low", "share_high")]
    return (
        *textual, Column("count", text("cohorts.column.completed"), "count"), *shares,
        Column("later_year", text("cohorts.column.later_year")),
        Column("later_share", text("cohorts.column.later_share"), "share"),
        Column("later_at_least", text("cohorts.column.share_at_least"), "share"),
    )  # fmt: skip
