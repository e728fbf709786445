"""Age, period and cohort: two readings of the same numbers that no model can tell apart."""

import plotly.graph_objects as go
import polars as pl

from analytics import cohorts
from analytics.cohorts import AgePeriodCohort
from analytics.results import NotEstimable
from pages.ui import shell, theme
from pages.ui.cached import held
from pages.ui.charts import Chart
from pages.ui.cohorts_choice import Choice
from pages.ui.cohorts_parts import command, framed, left_out_note, sources, where
from pages.ui.exclusion_parts import joined
from pages.ui.format import number, percent_interval, signed
from pages.ui.tables import Column
from pages.ui.texts import text

rows_of = held(cohorts.cohort_rows)


@held
def model_of(region: str, sex: str, complete: bool) -> AgePeriodCohort | NotEstimable:  # noqa: FBT001
    """Return the fitted model of a place."""
    rows = rows_of(region, sex, complete=complete)
    return rows if isinstance(rows, NotEstimable) else cohorts.age_period_cohort(rows)


def apart_chart(choice: Choice) -> Chart | NotEstimable:
    """Return the effect of being born later under both constraints: same fit, two stories."""
    rows = rows_of(choice.region, choice.sex, complete=choice.complete)
    fit = model_of(choice.region, choice.sex, choice.complete)
    if isinstance(rows, NotEstimable) or isinstance(fit, NotEstimable):
        return fit if isinstance(fit, NotEstimable) else rows  # type: ignore[return-value]
    left_out = cohorts.left_out(rows)
    drift = fit.net_drift
    certain = "clear" if drift.low > 1 or drift.high < 1 else "unclear"
    finding = text(
        f"cohorts.drift_{certain}", place=where(choice, left_out), change=signed(100 * (drift.estimate - 1), 1),
        interval=percent_interval(drift.low - 1, drift.high - 1),
    )  # fmt: skip
    table = _table(fit)
    return Chart(
        finding=finding,
        alt=text("cohorts.apart_alt", finding=finding),
        picture=_picture(table),
        table=table,
        columns=(
            Column("reading", text("cohorts.column.reading")), Column("born", text("cohorts.column.cohort")),
            *(Column(name, text(f"cohorts.column.{name}"), "rate", 2) for name in ("ratio", "low", "high")),
        ),
        sources=sources(rows["edition"][0]),
        stem="apart",
        note=joined(text("cohorts.apart_note"), _dispersion(fit), left_out_note(left_out)),
        command=command(choice, "apc"),
        python=f'from analytics import cohorts\ncohorts.age_period_cohort(cohorts.cohort_rows("{choice.region}"))',
    )  # fmt: skip


def _dispersion(fit: AgePeriodCohort) -> str:
    return text("cohorts.dispersion", times=number(fit.dispersion, 1)) if fit.dispersion > 1 else ""


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
    figure = go.Figure()
    for order, (name, rows) in enumerate(table.group_by("reading", maintain_order=True)):
        look = theme.home_line() if order == 0 else theme.quiet_line(order - 1)
        figure.add_scatter(
            x=[int(year) for year in rows["born"]], y=rows["ratio"].to_list(), name=str(name[0]), mode="lines",
            line={"color": look.colour, "width": look.width, "dash": look.dash},
            text=[number(ratio, 2) for ratio in rows["ratio"]],
            hovertemplate="%{x}: <b>%{text}</b><extra></extra>",
        )  # fmt: skip
    framed(figure, narrow=shell.narrow())
    figure.update_yaxes(rangemode="tozero")
    figure.update_xaxes(tickformat="d")
    return figure
