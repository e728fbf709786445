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
    """Return three panels over birth years: completed upper secondary, left it during the year, outside at 20–24."""
    county = places.county_of(choice.region) or choice.region
    if places.level_of(county) != "county":
        return NotEstimable("no_school_figures", (("region", place(choice.region)),))
    found = path_of(county, choice.sex)
    if isinstance(found, NotEstimable):
        return found
    rows = _rows(found)
    finding = text("cohorts.school_finding", place=place(county))
    ages = {"age": found.assumed_age[cohorts.COMPLETED], "quit_age": found.assumed_age[cohorts.QUIT]}
    return Chart(
        finding=finding,
        alt=text("cohorts.school_alt", place=place(county), finding=finding),
        picture=_picture(rows),
        table=rows,
        columns=_columns(),
        sources=tuple(
            citation(found.editions[name], name)
            for name in (cohorts.COMPLETED, cohorts.QUIT, cohorts.INDICATOR)
            if name in found.editions
        ),
        stem="school",
        note=joined(text("cohorts.school_note", **ages), break_note(cohorts.INDICATOR), text("cohorts.pseudo")),
        command=f"python -m analytics cohort school --region {county} --sex {choice.sex}",
        python=f'from analytics import cohorts\ncohorts.school_path("{county}", "{choice.sex}").later',
    )


def _rows(found: cohorts.SchoolPath) -> pl.DataFrame:
    wanted = pl.col("later_age").is_null() | (pl.col("later_age") == LATER)
    measures = {cohorts.COMPLETED: text("cohorts.school_completed"), cohorts.QUIT: text("cohorts.school_quit")}
    in_words = {"then": text("cohorts.borders.then"), "today": text("cohorts.borders.today")}
    in_words["summed"] = text("cohorts.borders.summed")
    first = pl.col("region_code") != found.county
    return (
        found.later.filter(wanted)
        .sort("indicator", first, "region_code", "year")
        .select(
            pl.col("indicator").replace_strict(measures, return_dtype=pl.String).alias("measure"),
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
    measures = (text("cohorts.school_completed"), text("cohorts.school_quit"))
    titles = (*measures, text("cohorts.school_outside"))
    figure = make_subplots(rows=3, shared_xaxes=True, vertical_spacing=0.09, subplot_titles=titles)
    share = pl.coalesce("share", (pl.col("share_low") + pl.col("share_high")) / 2)
    names = rows["region_name"].unique(maintain_order=True)
    for order, name in enumerate(names):
        look = theme.home_line() if order == 0 else theme.quiet_line(order - 1)
        part = rows.filter(pl.col("region_name") == name)
        for row, measure in enumerate(measures, start=1):
            drawn = part.filter(pl.col("measure") == measure)
            figure.add_scatter(**_line(drawn, share, name, look), row=row, col=1, showlegend=row == 1)
        later = part.sort("measure").unique("born", keep="first").sort("born")
        figure.add_scatter(**_line(later, pl.col("later_share"), name, look), row=3, col=1, showlegend=False)
    framed(figure, narrow=shell.narrow(), height=820)
    figure.update_layout(margin={"t": 34})
    shares = [rows.filter(pl.col("measure") == measure).select(share)["share"] for measure in measures]
    for row, known in enumerate([*shares, rows["later_share"]], start=1):

        def update(row: int = row, **settings: Any) -> None:  # noqa: ANN401  Plotly's own settings
            figure.update_yaxes(row=row, col=1, **settings)

        axes.values(update, known.to_list(), "share")
    figure.update_xaxes(tickformat="d", showticklabels=True)
    figure.update_xaxes(title_text=text("cohorts.axis.born"), row=len(titles), col=1)
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
    textual = [
        Column(name, text(f"cohorts.column.{name}")) for name in ("measure", "region_name", "borders", "born", "year")
    ]
    shares = [Column(name, text(f"cohorts.column.{name}"), "share") for name in ("share", "share_low", "share_high")]
    return (
        *textual, Column("count", text("cohorts.column.completed"), "count"), *shares,
        Column("later_year", text("cohorts.column.later_year")),
        Column("later_share", text("cohorts.column.later_share"), "share"),
        Column("later_at_least", text("cohorts.column.share_at_least"), "share"),
    )  # fmt: skip
