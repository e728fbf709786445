"""Flows: where those of one state are later, as a Sankey diagram and as a table."""

import plotly.graph_objects as go
import polars as pl

from analytics import cohorts
from analytics.cohorts import Destinations, ExitTimes, FlowShare
from analytics.results import NotEstimable
from pages.components.chart_card import Chart
from pages.components.citations import citation
from pages.components.data_table import columns_of
from pages.format.numbers import number, percent, percent_interval
from pages.format.place_names import PopulationGroup, place
from pages.format.sentences import join_sentences
from pages.format.texts import language, text
from pages.frame import visit
from pages.frame.cache import cached_value
from pages.plots import theme
from pages.views.cohorts import annotations
from pages.views.cohorts.selection import CohortsSelection

flows_of = cached_value(cohorts.flows)
exits_of = cached_value(cohorts.exit_times)


def flows_chart(choice: CohortsSelection) -> Chart | NotEstimable:
    """Return the newest cohort's flow from the chosen state."""
    found = flows_of(choice.region, choice.months, origin=choice.origin, sex=choice.sex)
    if isinstance(found, NotEstimable):
        return found
    flow = found[-1]
    times = exits_of(choice.region, flow.origin, sex=choice.sex)
    group = PopulationGroup(flow.age_group, flow.sex)
    facts = {
        "group": group,
        "origin": _state(flow.origin),
        "months": text(f"cohorts.months.m{flow.months}"),
        "place": place(flow.region_code),
    }
    finding = text("cohorts.flow_finding", back=_share(flow.back_inside), outside=_share(flow.still_outside), **facts)
    return Chart(
        finding=finding,
        alt=text("cohorts.flow_alt", finding=finding),
        picture=_picture(flow, cohorts.sankey((flow,))),
        table=flow.frame.with_columns(
            state=pl.Series([_state(name) for name in flow.frame["destination"]], dtype=pl.String),
            side_in_words=pl.Series([text(f"cohorts.side.{side}") for side in flow.frame["side"]], dtype=pl.String),
        ).sort("highest", descending=True),
        columns=(
            *columns_of("cohorts.column", state="text", side_in_words=("side", "text")),
            *columns_of("column", count="count", share="share", low="share", high="share", status="status"),
        ),
        sources=(citation(flow.edition),),
        stem="flows",
        group=group,
        example=flow.example,
        note=join_sentences(
            text("cohorts.flow_note", cohort=flow.cohort, group=group, started=number(flow.started)),
            _hidden(flow), _median(times, flow),
        ),
        more=(*_still_there(times), *_definitions(flow)),
        command=annotations.command(choice, "flows", f"--months {flow.months} --origin {flow.origin}"),
        python=f'from analytics import cohorts\ncohorts.flows('
        f'"{choice.region}", {flow.months}, origin="{flow.origin}", sex="{choice.sex}")[-1].frame',
    )  # fmt: skip


def _share(share: FlowShare) -> str:
    """Return a share with its interval; where a hidden count is in it, the interval alone."""
    interval = percent_interval(share.low, share.high)
    return interval if share.estimate is None else f"{percent(share.estimate)} ({interval})"


def _state(name: str) -> str:
    hidden = name == "hidden_together"
    return text("cohorts.hidden_together") if hidden else cohorts.state_label(name, language())


def _hidden(flow: Destinations) -> str:
    cells = flow.frame["count"].null_count()
    return text("cohorts.flow_hidden", cells=number(cells)) if cells else ""


def _median(times: ExitTimes | NotEstimable, flow: Destinations) -> str:
    if isinstance(times, NotEstimable):
        return ""
    median = cohorts.median_months(times.frame)
    key = "cohorts.exit_median" if median else "cohorts.exit_no_median"
    facts = {"cohort": times.cohort, "origin": _state(flow.origin)}
    return text(key, months=number(median), **facts)


def _still_there(times: ExitTimes | NotEstimable) -> list[str]:
    """Return the share that had not left after each interval, with its limits, where it is known."""
    if isinstance(times, NotEstimable):
        return []
    rows = times.frame.drop_nulls(["survival", "low", "high"]).iter_rows(named=True)
    shares = [
        text(
            "cohorts.still_there", months=row["months"], share=percent(row["survival"]),
            interval=percent_interval(row["low"], row["high"]),
        )
        for row in rows
    ]  # fmt: skip
    return [text("cohorts.still_there_all", shares=", ".join(shares))] if shares else []


def _definitions(flow: Destinations) -> list[str]:
    """Return who defines each state of the table."""
    found = cohorts.states_told(flow.frame["destination"].to_list(), language())
    return [text("cohorts.definition", **each) for each in found]


def _picture(flow: Destinations, links: pl.DataFrame) -> go.Figure:
    shown = links.filter(pl.col("count") > 0).sort("count", descending=True)
    names = [_state(name) for name in shown["destination"]]
    counts = [number(count) for count in shown["count"]]
    labels = [f"{name}, {count}" for name, count in zip(names, counts, strict=True)]
    figure = go.Figure(
        go.Sankey(
            arrangement="snap",
            textfont=theme.font("label"),
            node={
                "label": ["" if visit.narrow() else f"{_state(flow.origin)}, {number(flow.started)}", *labels],
                "color": [theme.colour("home"), *[theme.colour("border")] * shown.height],
                "pad": 14,
                "thickness": 14,
                "hovertemplate": "%{label}<extra></extra>",
            },
            link={
                "source": [0] * shown.height,
                "target": list(range(1, shown.height + 1)),
                "value": shown["count"].to_list(),
                "color": theme.colour("home_band"),
                "customdata": labels,
                "hovertemplate": "%{customdata}<extra></extra>",
            },
        )
    )
    annotations.framed(figure, narrow=visit.narrow(), height=520)
    return figure
