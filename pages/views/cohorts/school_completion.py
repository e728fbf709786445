"""Completing upper secondary beside the same birth years' share outside later, county by county as they were."""

from functools import partial
from typing import Any

import plotly.graph_objects as go
import polars as pl
from plotly.subplots import make_subplots

from analytics import cohorts, regions
from analytics.results import NotEstimable
from data.age_group import AgeGroup
from pages.components.chart_card import Chart
from pages.components.citations import citation
from pages.components.data_table import columns_alike, columns_of
from pages.format.numbers import percent, percent_interval
from pages.format.place_names import PopulationGroup, place
from pages.format.sentences import join_sentences
from pages.format.texts import listed, text
from pages.frame import visit
from pages.frame.cache import cached_value
from pages.plots import axes, drawing, theme
from pages.views.cohorts import annotations
from pages.views.cohorts.selection import CohortsSelection

path_of = cached_value(cohorts.school_path)
LATER = "20-24"


def school_chart(choice: CohortsSelection) -> Chart | NotEstimable:
    """Return three panels over birth years: completed upper secondary, left it during the year, outside at 20–24."""
    county = regions.county_of(choice.region) or choice.region
    if regions.level_of(county) != "county":
        return NotEstimable("no_school_figures", (("region", place(choice.region)),))
    found = path_of(county, choice.sex)
    if isinstance(found, NotEstimable):
        return found
    rows, group = _rows(found), PopulationGroup("", choice.sex)
    finding = _finding(found, group)
    ages = {"age": found.assumed_age[cohorts.COMPLETED], "quit_age": found.assumed_age[cohorts.QUIT]}
    return Chart(
        finding=finding,
        alt=text("cohorts.school_alt", place=place(county), finding=finding),
        picture=_picture(rows, place(county)),
        table=rows,
        columns=(
            *columns_alike("cohorts.column", "text", ("measure", "region_name", "borders", "born", "year")),
            *columns_of("cohorts.column", count=("completed", "count")),
            *columns_alike("cohorts.column", "share", ("share", "share_low", "share_high")),
            *columns_of("cohorts.column", later_year="text", later_share="share"),
            *columns_of("cohorts.column", later_at_least=("share_at_least", "share")),
        ),
        sources=tuple(
            citation(found.editions[name], name)
            for name in (cohorts.COMPLETED, cohorts.QUIT, cohorts.INDICATOR)
            if name in found.editions
        ),
        stem="school",
        group=group,
        note=join_sentences(
            _county_only(choice.region, county), text("cohorts.school_note"), _borders(found), _quit_note(found)
        ),
        more=(text("cohorts.school_ages", **ages), text("cohorts.pseudo"), annotations.break_note(cohorts.INDICATOR)),
        command=f"python -m analytics cohort school --region {county} --sex {choice.sex}",
        python=f'from analytics import cohorts\ncohorts.school_path("{county}", "{choice.sex}").later',
    )


def _finding(found: cohorts.SchoolPath, sex: PopulationGroup) -> str:
    """Return the newest birth years of which both are known, else the newest completion of each county."""
    done = found.later.filter(
        (pl.col("indicator") == cohorts.COMPLETED) & (pl.col("later_age").fill_null(LATER) == LATER)
    )
    done = done.with_columns(share_low=pl.coalesce("share", "share_low"), share_high=pl.coalesce("share", "share_high"))
    own = [found.county, *(found.old if found.same_area and len(found.old) == 1 else ())]
    here = done.filter(pl.col("region_code").is_in(own) & pl.col("later_share").is_not_null()).sort("year")
    if here.height:
        row = here.row(-1, named=True)
        facts = {"sex": sex, "born": row["born"], "year": row["year"], "later_year": row["later_year"]}
        shares = {"completed": _completed(row), "outside": percent(row["later_share"])}
        return text("cohorts.school_finding", place=place(found.county), **facts, **shares)
    return _completed_alone(found, sex, done.drop_nulls("share_low"))


def _completed_alone(found: cohorts.SchoolPath, sex: PopulationGroup, done: pl.DataFrame) -> str:
    """Return the newest completion of the county, or of each of the counties it was made of."""
    newest = done.filter(pl.col("year") == pl.col("year").max()).unique("region_code").sort("region_code")
    here = newest.filter(pl.col("region_code") == found.county)
    rows = (here if here.height else newest).iter_rows(named=True)
    if newest.is_empty():
        return text("cohorts.school_nothing", place=place(found.county), sex=sex)
    shares = ", ".join(f"{row['region_name']} {_completed(row)}" for row in rows)
    return text("cohorts.school_only", sex=sex, year=newest["year"][0], shares=shares)


def _completed(row: dict[str, Any]) -> str:
    """Return the share who completed; where rounding leaves it open, both ends."""
    low, high = percent(row["share_low"]), percent(row["share_high"])
    return low if low == high else percent_interval(row["share_low"], row["share_high"])


def _borders(found: cohorts.SchoolPath) -> str:
    """Return what became of the county's borders, where anything did."""
    if not found.old:
        return ""
    if not found.same_area:
        return text("cohorts.school_moved", place=place(found.county))
    names = listed([place(code) for code in found.old])
    return text("cohorts.school_merged", place=place(found.county), names=names) if len(found.old) > 1 else ""


def _county_only(region: str, county: str) -> str:
    """Return that the figures are the county's, where a municipality was asked for."""
    return "" if region == county else text("cohorts.school_county", place=place(county))


def _quit_note(found: cohorts.SchoolPath) -> str:
    """Return that nobody counts leavers by sex, where that is why they are not shown."""
    by_sex = found.sex != "both" and cohorts.QUIT not in found.school["indicator"]
    return text("cohorts.school_quit_both") if by_sex else ""


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


def _picture(rows: pl.DataFrame, home: str) -> go.Figure:
    """Return a panel for each measure there are figures of, one above the other over the same birth years."""
    panels = _panels(rows)
    spacing = 0.27 / len(panels)
    figure = make_subplots(rows=len(panels), shared_xaxes=True, vertical_spacing=spacing, subplot_titles=list(panels))
    names = sorted(rows["region_name"].unique(maintain_order=True), key=lambda name: name != home)
    for order, name in enumerate(names):
        look = theme.home_line() if order == 0 else theme.quiet_line(order - 1)
        parts = {row: panel.filter(region_name=name) for row, panel in enumerate(panels.values(), start=1)}
        drawn = [row for row, part in parts.items() if part["value"].count()]
        for row in drawn:
            figure.add_scatter(**_line(parts[row], name, look), row=row, col=1, showlegend=row == drawn[0])
    annotations.framed(figure, narrow=visit.narrow(), height=100 + 240 * len(panels))
    figure.update_layout(margin={"t": 34})
    for row, panel in enumerate(panels.values(), start=1):
        axes.values(partial(figure.update_yaxes, row=row, col=1), panel["value"].to_list(), "share")
    if text("cohorts.school_outside") in panels:
        _mark_breaks(figure, rows, len(panels))
    figure.update_xaxes(tickformat="d", showticklabels=True)
    figure.update_xaxes(title_text=text("cohorts.axis.born"), row=len(panels), col=1)
    return figure


def _panels(rows: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Return title → region_name, born, value of each measure that has a figure."""
    share = pl.coalesce("share", (pl.col("share_low") + pl.col("share_high")) / 2)
    columns = ("region_name", "born", "value")
    measures = (text("cohorts.school_completed"), text("cohorts.school_quit"))
    found = {name: rows.filter(measure=name).with_columns(value=share).select(columns) for name in measures}
    later = rows.sort("measure").unique(["region_name", "born"], keep="first").sort("region_name", "born")
    found[text("cohorts.school_outside")] = _stopped(later.with_columns(value="later_share").select(columns))
    return {name: panel for name, panel in found.items() if panel["value"].count()}


def _break_places() -> list[float]:
    """Return the birth years between which the register's series of those outside breaks."""
    return [at - AgeGroup.of(LATER).middle - 0.5 for at in cohorts.break_years()]


def _stopped(later: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with an unknown value at each break, where a line stops."""
    gaps = later.select("region_name").unique().join(pl.DataFrame({"born": map(str, _break_places())}), how="cross")
    both = pl.concat([later, gaps.with_columns(value=pl.lit(None, later.schema["value"]))])
    return both.sort("region_name", pl.col("born").cast(pl.Float64))


def _mark_breaks(figure: go.Figure, rows: pl.DataFrame, row: int) -> None:
    """Mark in the panel of those outside the birth years between which the register's series breaks."""
    born = rows["born"].cast(pl.Int32).to_list()
    look = {"color": theme.colour("text_quiet"), "width": 1.5, "dash": "dot"}
    told = {"annotation_text": text("exclusion.break"), "annotation_position": "bottom right"}
    for edge in _break_places():
        if min(born) < edge < max(born):
            font = theme.font("small", "text_quiet")
            figure.add_vline(x=edge, row=row, col=1, line=look, annotation_font=font, **told)


def _line(part: pl.DataFrame, name: str, look: theme.Line) -> dict[str, Any]:
    found = part["value"].to_list()
    words = [
        f"{name}, {born}: <b>{axes.worded(value, 'share')}</b>" for born, value in zip(part["born"], found, strict=True)
    ]
    return {
        "x": [float(born) for born in part["born"]], "y": found, "name": name, "text": words,
        "mode": "lines+markers", "connectgaps": False, "line": drawing.line_of(look), "hovertemplate": drawing.HOVER,
        "marker": {"symbol": look.symbol, "size": 7, "color": look.colour},
    }  # fmt: skip
