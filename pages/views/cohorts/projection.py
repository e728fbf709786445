"""The years ahead if today's rates hold, beside what the same method would have said before."""

from bisect import bisect

import plotly.graph_objects as go
import polars as pl

from analytics import cohorts
from analytics.cohorts import PastError, Projection
from analytics.results import Interval, NotEstimable
from pages.components.chart_card import Chart
from pages.components.data_table import TableColumn, columns_of
from pages.format.numbers import number, percent
from pages.format.place_names import PopulationGroup
from pages.format.sentences import join_sentences, short_and_rest
from pages.format.texts import listed, text
from pages.frame import visit
from pages.frame.cache import cached_value
from pages.plots import axes, drawing, theme
from pages.plots.time_series import break_mark
from pages.views.cohorts import annotations
from pages.views.cohorts.selection import CohortsSelection

projected = cached_value(cohorts.project)
tested = cached_value(cohorts.back_test)
own_tested = cached_value(cohorts.own_back_test)
rows_of = cached_value(cohorts.cohort_rows)


def ahead_chart(choice: CohortsSelection) -> Chart | NotEstimable:
    """Return persons outside five years ahead, with the chance interval and the interval of past errors."""
    made = projected(choice.region, choice.sex, multipliers=choice.factors or None, complete=choice.complete)
    if isinstance(made, NotEstimable):
        return made
    history = tested(choice.sex)
    past = cohorts.past_error(made, history)
    place = annotations.where(choice, made.left_out)
    changed = {age: factor for age, factor in choice.factors.items() if factor != 1}
    multipliers = f", multipliers={changed}" if changed else ""
    group = PopulationGroup(annotations.EVERYONE, choice.sex)
    key = "cohorts.ahead_scenario" if changed else "cohorts.ahead_finding"
    finding = _finding(made, past, place, group, key)
    mine = own_tested(choice.region, choice.sex, complete=choice.complete)
    own = mine.filter(pl.col("age_group") == annotations.EVERYONE).sort("target_year")
    note, rest = _past_note(past, own)
    return Chart(
        finding=finding,
        alt=text("cohorts.ahead_alt", place=place, finding=finding),
        picture=_picture(choice, made, past, own),
        table=_table(made),
        columns=_columns(made),
        sources=annotations.sources(made.edition),
        stem="ahead",
        group=group,
        note=note,
        more=(
            *rest,
            join_sentences(
                text("cohorts.ahead_note"), text("cohorts.ahead_breaks", years=listed(cohorts.break_years()))
            ),
            annotations.left_out_note(made.left_out),
        ),
        command=annotations.command(
            choice, "project", *(f"--multiplier {age}={factor}" for age, factor in changed.items())
        ),
        python=f"from analytics import cohorts\ncohorts.project({annotations.asked(choice)}{multipliers})",
    )


def _finding(made: Projection, past: PastError | NotEstimable, place: str, group: PopulationGroup, key: str) -> str:
    """Return the projection in words, between what past errors give, and whether today's number is preliminary.

    Chance alone is told only where there are too few past errors: its interval held far too seldom. Where nearly all
    past calculations missed to the same side, the number is no middle of theirs: that is a sentence of its own.
    """
    said = made.total.estimate
    facts = {"place": place, "group": group, "year": made.target_year, "count": number(said), "base": made.base_year,
             "now": number(made.frame["outside_now"][-1])}  # fmt: skip
    preliminary = text("cohorts.preliminary") if made.preliminary else ""
    if isinstance(past, NotEstimable):
        return join_sentences(text(key, within=_between("within_chance", made.total), **facts), preliminary)
    side = past.side(said)
    if side == "within":
        return join_sentences(text(key, within=_between("within_past", past.interval), **facts), preliminary)
    return join_sentences(text(f"{key}_alone", **facts), _between(f"past_{side}", past.interval), preliminary)


def _between(key: str, held: Interval) -> str:
    return text(f"cohorts.{key}", low=number(held.low), high=number(held.high))


def _past_note(past: PastError | NotEstimable, own: pl.DataFrame) -> tuple[str, tuple[str, ...]]:
    parts = []
    if own.height:
        last = own.row(-1, named=True)
        facts = {"said": number(last["said"]), "came": number(last["came"])}
        parts.append(text("cohorts.back_test", base=last["base_year"], year=last["target_year"], **facts))
    if isinstance(past, PastError):
        facts = {"low": number(past.interval.low), "high": number(past.interval.high), "regions": number(past.regions)}
        parts.append(text(f"cohorts.past_errors_{past.level}", forecasts=number(past.forecasts), **facts))
    return short_and_rest(parts)


def _picture(
    choice: CohortsSelection, made: Projection, past: PastError | NotEstimable, own: pl.DataFrame
) -> go.Figure:
    rows = rows_of(choice.region, choice.sex, complete=choice.complete)
    figure = drawing.Canvas()
    known = [made.total.high]
    if not isinstance(rows, NotEstimable):
        whole = rows.filter((pl.col("parts_missing") == 0) & pl.col("count").is_not_null())
        sums = (
            whole.group_by("year").agg(pl.col("count").sum(), pl.len()).filter(pl.col("len") == len(cohorts.AGE_GROUPS))
        )
        came = sums.sort("year")
        known += came["count"].to_list()
        _add(figure, came["year"].to_list(), came["count"].to_list(), text("cohorts.came"), theme.home_line())
    if own.height:
        known += own["said"].to_list()
        _add(figure, own["target_year"].to_list(), own["said"].to_list(), text("cohorts.said"), theme.quiet_line(0))
    _reach(figure, made, past)
    known += [past.interval.high] if isinstance(past, PastError) else []
    for order, year in enumerate(cohorts.break_years()):
        break_mark(figure, year - 0.5, text("exclusion.break"), order)
    annotations.framed(figure, narrow=visit.narrow())
    drawing.note(figure, text("chart.persons"), x=0, y=1, yanchor="bottom", xanchor="left")
    axes.values(figure.update_yaxes, known, "count")
    figure.update_xaxes(tickformat="d")
    return figure.drawn()


def _add(figure: drawing.Canvas, years: list[float], counts: list[float | None], name: str, look: theme.Line) -> None:
    """Draw a line that stops at each break: what stands on either side of it is not counted alike."""
    for year in cohorts.break_years():
        place = bisect(years, year - 0.5)
        years, counts = [*years[:place], year - 0.5, *years[place:]], [*counts[:place], None, *counts[place:]]
    figure.add_scatter(
        x=years, y=counts, name=name, mode="lines+markers", connectgaps=False,
        line=drawing.line_of(look),
        marker={"symbol": look.symbol, "size": 7, "color": look.colour},
        text=[number(count) for count in counts], hovertemplate="%{x}: <b>%{text}</b><extra></extra>",
    )  # fmt: skip


def _reach(figure: drawing.Canvas, made: Projection, past: PastError | NotEstimable) -> None:
    """Draw the projection with its two intervals beside each other: chance, and past errors."""
    spans = [(float(made.target_year), made.total.estimate, made.total, text("cohorts.by_chance"), theme.home_line())]
    if isinstance(past, PastError):
        spans.append(
            (
                made.target_year + 0.4,
                past.interval.estimate,
                past.interval,
                text("cohorts.by_past"),
                theme.quiet_line(1),
            )
        )
    for year, middle, span, name, look in spans:
        reach = {"type": "data", "symmetric": False, "color": look.colour, "thickness": 2}
        figure.add_scatter(
            x=[year], y=[middle], name=name, mode="markers",
            marker={"symbol": look.symbol, "size": 11, "color": look.colour},
            error_y=reach | {"array": [span.high - middle], "arrayminus": [middle - span.low]},
            text=[f"{number(middle)} ({number(span.low)}–{number(span.high)})"],
            hovertemplate=drawing.HOVER,
        )  # fmt: skip


def _table(made: Projection) -> pl.DataFrame:
    ages = pl.col("age_group").str.replace("-", "–").alias("age")
    ratio = [percent(value) if value else "–" for value in made.frame["population_ratio"]]
    return made.frame.with_columns(ages, ratio=pl.Series(ratio, dtype=pl.String))


def _columns(made: Projection) -> tuple[TableColumn, ...]:
    now, then = made.base_year, str(made.target_year)
    return (
        TableColumn("age", text("cohorts.column.age")),
        TableColumn("outside_now", text("cohorts.column.outside_now", year=now), "count"),
        TableColumn("share_now", text("cohorts.column.share_now", year=now), "share"),
        TableColumn("ratio", text("cohorts.column.population_ratio")),
        TableColumn("population", text("cohorts.column.population_then", year=then), "count"),
        TableColumn("share", text("cohorts.column.share_then", year=then), "share"),
        TableColumn("outside", text("cohorts.column.outside_then", year=then), "count"),
        *columns_of("column", low="count", high="count"),
    )
