"""Cohorts at the same age, and the table of age by year."""

from typing import Any

import plotly.graph_objects as go
import polars as pl

from analytics import cohorts
from analytics.cohorts import CohortTable, SameAge
from analytics.results import NotEstimable
from pages.components import rates
from pages.components.chart_card import Chart
from pages.components.data_table import TableColumn, columns_of
from pages.format import place_names
from pages.format.numbers import percent, percent_interval, persons
from pages.format.place_names import PopulationGroup
from pages.format.sentences import join_sentences, short_and_rest
from pages.format.texts import language, text
from pages.frame import visit
from pages.plots import axes, drawing, theme
from pages.views.cohorts import annotations
from pages.views.cohorts.selection import CohortsSelection, followed

PALE, DEEP = "#eef4f8", "#98c3d9"


def same_age_chart(choice: CohortsSelection) -> Chart | NotEstimable:
    """Return a line for each five-year cohort against age, with the tested comparison at 20–24 as the finding."""
    table = followed(choice.region, choice.sex, complete=choice.complete)
    if isinstance(table, NotEstimable):
        return table
    compared = [one for one in cohorts.same_age_comparisons(table) if isinstance(one, SameAge)]
    main = _main(compared)
    place, group = annotations.where(choice, table.left_out), PopulationGroup(annotations.EVERYONE, choice.sex)
    finding = main.finding(language()) if main else text("cohorts.nothing_compared", place=place, group=group)
    said = [one.finding(language()) for one in compared if one is not main]
    inside = _within(choice, main.age_group) if main and main.breaks else ""
    hollow = text("chart.hollow") if "preliminary" in table.frame["status"] else ""
    note, more = short_and_rest((text("cohorts.pseudo"), hollow, text("cohorts.interval_note"), inside))
    return Chart(
        finding=finding,
        alt=text("cohorts.same_age_alt", place=place, finding=finding),
        picture=_lines(table),
        table=_worded(table),
        columns=_columns(),
        sources=annotations.sources(table.edition),
        stem="same-age",
        group=group,
        note=note,
        more=(*more, *said, annotations.break_note(table.indicator), annotations.left_out_note(table.left_out)),
        command="\n".join(annotations.command(choice, question) for question in ("follow", "same-age")),
        python=_python(choice, "follow"),
    )


def lexis_chart(choice: CohortsSelection) -> Chart | NotEstimable:
    """Return the share outside by year and age; a cohort runs downwards to the right, five years a step."""
    table = followed(choice.region, choice.sex, yearly=True, complete=choice.complete)
    if isinstance(table, NotEstimable):
        return table
    place = annotations.where(choice, table.left_out)
    known = table.frame.drop_nulls("share")
    if known.is_empty():
        return NotEstimable("cohort_year_unknown", (("age", "–"), ("years", "–")))
    finding = _highest(known, table.breaks, place, choice.sex)
    return Chart(
        finding=finding,
        alt=text("cohorts.lexis_alt", place=place, finding=finding),
        picture=_heat(table.frame, table.breaks),
        table=_worded(table),
        columns=_columns(),
        sources=annotations.sources(table.edition),
        stem="lexis",
        group=PopulationGroup(annotations.EVERYONE, choice.sex),
        note=join_sentences(text("cohorts.lexis_note"), text("cohorts.grey") if known["small"].any() else ""),
        more=(
            text("cohorts.pseudo"),
            annotations.break_note(table.indicator),
            annotations.left_out_note(table.left_out),
        ),
        command=annotations.command(choice, "follow", "--yearly"),
        python=_python(choice, "follow", ", yearly=True"),
    )


def too_few(choice: CohortsSelection) -> bool:
    """Return whether the place has no two cohorts to compare, or too few persons in them to carry a headline."""
    table = followed(choice.region, choice.sex, complete=choice.complete)
    if isinstance(table, NotEstimable):
        return True
    main = _main([one for one in cohorts.same_age_comparisons(table) if isinstance(one, SameAge)])
    return main is None or any(int(str(cell["count"])) < rates.FEW for cell in (main.later, main.earlier))


def _main(compared: list[SameAge]) -> SameAge | None:
    """Return the comparison that is told first: at 20–24 where there is one."""
    return next((one for one in compared if one.age_group == "20-24"), compared[0] if compared else None)


def _within(choice: CohortsSelection, age_group: str) -> str:
    """Return the comparison that no break comes between, in words."""
    yearly = followed(choice.region, choice.sex, yearly=True, complete=choice.complete)
    found = yearly if isinstance(yearly, NotEstimable) else cohorts.within_series(yearly, age_group)
    if isinstance(found, NotEstimable):
        return ""
    return text("cohorts.within", year=found.earlier["year"], sentence=found.finding(language()))


def _highest(known: pl.DataFrame, breaks: tuple[int, ...], place: str, sex: str) -> str:
    """Return where the share is highest in the newest series: shares of two series are not compared."""
    newest = known.filter(pl.col("era") == known["era"].max())
    most = newest.sort("share").row(-1, named=True)
    since = max((at for at in breaks if at <= most["year"]), default=known["year"].min())
    facts = {"group": PopulationGroup(most["age_group"], sex), "year": most["year"], "count": persons(most["count"])}
    finding = text("cohorts.lexis_finding", place=place, since=since, share=percent(most["share"]), **facts)
    return join_sentences(finding, text("cohorts.preliminary") if most["status"] == "preliminary" else "")


def _lines(table: CohortTable) -> go.Figure:
    born = table.frame.drop_nulls("share")["cohort"].unique().sort(descending=True).to_list()
    counts = dict(table.frame.drop_nulls("share").group_by("cohort").len().iter_rows())
    strong = next((name for name in born if counts[name] > 1), born[0] if born else "")
    figure = drawing.Canvas()
    for order, name in enumerate(sorted(born)):
        look = theme.home_line() if name == strong else theme.quiet_line(order)
        rows = table.frame.filter(pl.col("cohort") == name).sort("age_group")
        figure.add_scatter(**_line(rows, name, look, band=name == strong))
    annotations.framed(figure, narrow=visit.narrow())
    figure.update_xaxes(
        type="category", categoryorder="array", categoryarray=[place_names.age(a) for a in cohorts.AGE_GROUPS]
    )
    axes.values(figure.update_yaxes, [*table.frame["share"], *table.frame["high"]], "share")
    axes.settle(figure)
    return figure.drawn()


def _line(rows: pl.DataFrame, name: str, look: theme.Line, *, band: bool) -> dict[str, Any]:
    hollow = [theme.colour("background") if status == "preliminary" else look.colour for status in rows["status"]]
    reach = {
        "type": "data", "symmetric": False, "visible": band, "color": look.colour,
        "array": [None if s is None else h - s for s, h in rows.select("share", "high").iter_rows()],
        "arrayminus": [None if s is None else s - n for s, n in rows.select("share", "low").iter_rows()],
    }  # fmt: skip
    return {
        "x": [place_names.age(age) for age in rows["age_group"]],
        "y": rows["share"].to_list(),
        "name": text("cohorts.born", years=annotations.dashed(name)),
        "mode": "lines+markers",
        "connectgaps": False,
        "line": drawing.line_of(look),
        "marker": {"symbol": look.symbol, "size": 9, "color": hollow, "line": {"color": look.colour, "width": 2}},
        "error_y": reach,
        "text": [_hover(row) for row in rows.iter_rows(named=True)],
        "hovertemplate": drawing.HOVER,
    }


def _hover(row: dict[str, Any]) -> str:
    born = text("cohorts.born", years=annotations.dashed(row["cohort"]))
    interval = percent_interval(row["low"], row["high"])
    return f"{born}, {place_names.age(row['age_group'])}, {row['year']}: <b>{percent(row['share'])}</b> ({interval})"


def _heat(frame: pl.DataFrame, breaks: tuple[int, ...]) -> go.Figure:
    wide = frame.pivot(on="age_group", index="year", values="share", sort_columns=True).sort("year")
    shares = wide.select(cohorts.AGE_GROUPS).rows()
    figure = go.Figure(
        go.Heatmap(
            x=[place_names.age(age) for age in cohorts.AGE_GROUPS],
            y=[str(year) for year in wide["year"]],
            z=shares,
            text=_worded_cells(frame, wide["year"].to_list()),
            texttemplate="%{text}",
            textfont=theme.font("label"),
            colorscale=[[0, PALE], [1, DEEP]],
            showscale=False,
            xgap=2,
            ygap=2,
            hoverongaps=False,
            hovertemplate="%{y}, %{x}: <b>%{text}</b><extra></extra>",
        )
    )
    annotations.framed(figure, narrow=visit.narrow(), height=90 + 28 * wide.height)
    years = wide["year"].to_list()
    for at in break_places(breaks, years):
        figure.add_hline(y=at, line={"color": theme.colour("text"), "width": 2, "dash": "dot"})
    figure.update_yaxes(type="category", autorange="reversed", showgrid=False)
    figure.update_xaxes(type="category", side="top")
    return figure


def _worded_cells(frame: pl.DataFrame, years: list[int]) -> list[list[str]]:
    """Return the shares as they stand in the cells, a row a year; a share of few persons is grey."""
    quiet = theme.colour("text_quiet")
    cells = {
        (row["year"], row["age_group"]): f'<i style="color:{quiet}">{percent(row["share"])}</i>'
        if row["small"]
        else percent(row["share"])
        for row in frame.iter_rows(named=True)
    }
    return [[cells[year, age] for age in cohorts.AGE_GROUPS] for year in years]


def break_places(breaks: tuple[int, ...], years: list[int]) -> list[float]:
    """Return where each break lies on an axis of categories, half a step before the first year of the new series."""
    return [years.index(at) - 0.5 for at in breaks if at in years and at != years[0]]


def _worded(table: CohortTable) -> pl.DataFrame:
    rows = table.frame.filter(pl.col("count").is_not_null() | (pl.col("status") != "missing"))
    named = rows.with_columns(
        pl.col("cohort").str.replace("-", "–"),
        age=pl.col("age_group").str.replace("-", "–"),
        year=pl.col("year").cast(pl.String),
    )
    return named.sort("year", "age_group", descending=[True, False]).select(
        "cohort", "age", "age_group", "year", "share", "low", "high", "share_at_least", "count", "population", "status"
    )


def _columns() -> tuple[TableColumn, ...]:
    headings = columns_of("cohorts.column", cohort="text", age="text", year="text")
    return (*headings, *annotations.rate_columns(), *columns_of("cohorts.column", share_at_least="share"))


def _python(choice: CohortsSelection, name: str, options: str = "") -> str:
    return f"from analytics import cohorts\ncohorts.{name}({annotations.asked(choice)}{options}).frame"
