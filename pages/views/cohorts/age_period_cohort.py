"""Age, period and cohort: two readings of the same numbers that no model can tell apart."""

import plotly.graph_objects as go
import polars as pl

from analytics import cohorts
from analytics.cohorts import AgePeriodCohort
from analytics.results import Interval, NotEstimable
from pages.components.chart_card import Chart
from pages.components.data_table import columns_of
from pages.format.numbers import percent_interval, rate, ratio, signed_per_hundred
from pages.format.place_names import PopulationGroup
from pages.format.sentences import join_sentences
from pages.format.texts import text
from pages.frame import visit
from pages.frame.cache import cached_value
from pages.plots import axes, drawing, theme
from pages.views.cohorts import annotations
from pages.views.cohorts.selection import CohortsSelection

rows_of = cached_value(cohorts.cohort_rows)


@cached_value
def model_of(region: str, sex: str, complete: bool, newest: bool = False) -> AgePeriodCohort | NotEstimable:  # noqa: FBT001, FBT002
    """Return the fitted model of a place, of all years or of the newest series alone."""
    rows = rows_of(region, sex, complete=complete)
    if isinstance(rows, NotEstimable):
        return rows
    return cohorts.age_period_cohort(cohorts.newest_series(rows, cohorts.break_years()) if newest else rows)


def apart_chart(choice: CohortsSelection) -> Chart | NotEstimable:
    """Return the effect of being born later under both constraints: same fit, two stories."""
    rows = rows_of(choice.region, choice.sex, complete=choice.complete)
    fit = model_of(choice.region, choice.sex, choice.complete)
    if isinstance(rows, NotEstimable) or isinstance(fit, NotEstimable):
        return fit if isinstance(fit, NotEstimable) else rows  # type: ignore[return-value]
    left_out = cohorts.left_out(rows)
    drift, group = fit.net_drift, PopulationGroup(annotations.EVERYONE, choice.sex)
    first, last = (int(year) for year in (fit.made.levels["period"][0], fit.made.levels["period"][-1]))
    crossed = [year for year in cohorts.break_years() if first < year <= last]
    facts = {"place": annotations.where(choice, left_out), "group": group, "first": first, "last": last}
    finding = join_sentences(
        text(f"cohorts.drift_{_certainty(drift)}", **facts, **_change(drift)), annotations.breaks_between(crossed)
    )
    dispersion = text("cohorts.dispersion", times=rate(fit.dispersion**0.5)) if fit.dispersion > 1 else ""
    table = _table(fit)
    return Chart(
        finding=finding,
        alt=text("cohorts.apart_alt", finding=finding),
        picture=_picture(table),
        table=table,
        columns=(
            *columns_of("cohorts.column", reading="text", born=("cohort", "text")),
            *columns_of("cohorts.column", ratio="ratio", low="ratio", high="ratio"),
        ),
        sources=annotations.sources(rows["edition"][0]),
        stem="apart",
        group=group,
        note=join_sentences(_since(choice, crossed), text("cohorts.apart_note")),
        more=(
            text("cohorts.apart_more"), join_sentences(dispersion, text("cohorts.apart_overlap")),
            annotations.break_note(cohorts.INDICATOR), annotations.left_out_note(left_out),
        ),
        command=annotations.command(choice, "apc"),
        python=(
            "from analytics import cohorts\n"
            f"fit = cohorts.age_period_cohort(cohorts.cohort_rows({annotations.asked(choice)}))\n"
            "{name: fit.effects(name) for name in cohorts.CONSTRAINTS}"
        ),
    )  # fmt: skip


def _certainty(drift: Interval) -> str:
    return "clear" if drift.low > 1 or drift.high < 1 else "unclear"


def _change(drift: Interval) -> dict[str, str]:
    change = text("cohorts.change", change=signed_per_hundred(drift.estimate - 1))
    return {"change": change, "interval": percent_interval(drift.low - 1, drift.high - 1)}


def _since(choice: CohortsSelection, crossed: list[int]) -> str:
    """Return the change in the newest series alone: over all years a break may hide which way it goes."""
    if not crossed:
        return ""
    fit = model_of(choice.region, choice.sex, choice.complete, newest=True)
    if isinstance(fit, NotEstimable):
        return ""
    drift = fit.net_drift
    return text(f"cohorts.since_{_certainty(drift)}", first=crossed[-1], **_change(drift))


def _table(fit: AgePeriodCohort) -> pl.DataFrame:
    parts = [
        fit.effects(name)
        .filter(pl.col("factor") == "cohort")
        .with_columns(reading=pl.lit(text(f"cohorts.reading.{name}")))
        for name in cohorts.CONSTRAINTS
    ]
    return pl.concat(parts).select(
        "reading", pl.col("level").cast(pl.Int32).cast(pl.String).alias("born"), "ratio", "low", "high"
    )


def _picture(table: pl.DataFrame) -> go.Figure:
    figure = drawing.Canvas()
    for order, (name, rows) in enumerate(table.group_by("reading", maintain_order=True)):
        look = theme.home_line() if order == 0 else theme.quiet_line(order - 1)
        years, behind = [int(year) for year in rows["born"]], "home_band" if order == 0 else "grid"
        drawing.band(figure, (years, rows["low"], rows["high"]), colour=behind, opacity=0.6)
        figure.add_scatter(
            x=years, y=rows["ratio"].to_list(), name=str(name[0]), mode="lines", line=drawing.line_of(look),
            text=[ratio(each) for each in rows["ratio"]],
            hovertemplate="%{x}: <b>%{text}</b><extra></extra>",
        )  # fmt: skip
    drawing.level(figure, 1, {"color": theme.colour("text_quiet"), "width": 1})
    annotations.framed(figure, narrow=visit.narrow())
    axes.values(figure.update_yaxes, table["high"].to_list(), "rate")
    figure.update_xaxes(tickformat="d")
    return figure.drawn()
