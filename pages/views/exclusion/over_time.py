"""Pictures over time: the trend beside others, and the groups by age and sex."""

import polars as pl

from analytics import provenance
from analytics.exclusion import by_age_and_sex, subject
from analytics.exclusion.rates import latest
from analytics.exclusion.subject import Subject
from analytics.regions import NATION
from pages.components.chart_card import Chart
from pages.components.data_table import TableColumn
from pages.format import sentences
from pages.format.numbers import percent, period
from pages.format.place_names import PopulationGroup, group_of, named, place
from pages.format.texts import language, text
from pages.frame import shell
from pages.frame.cache import held
from pages.plots import small_multiples as group_panels
from pages.plots.time_series import trend
from pages.views.exclusion.annotations import (
    again,
    break_note,
    breaks,
    few_note,
    figures,
    interval_note,
    joined,
    least_note,
    place_column,
    sources,
)
from pages.views.exclusion.selection import ExclusionSelection

trend_table = held(subject.trend_table)
groups_table = held(by_age_and_sex.groups_over_time)


def trend_chart(choice: ExclusionSelection) -> Chart:
    """Return the subject over time beside those it is drawn with."""
    found, home = choice.subject, place(choice.subject.region)
    table = named(trend_table(found, choice.beside), "series")
    newest = latest(table, found.region)
    group, definition = group_of(found.view), provenance.indicators()[found.view.indicator]
    heading = text("exclusion.nothing_known", place=home, group=group)
    if newest:
        heading = sentences.short_level(group, newest, definition.frequency)
    drawn = breaks(found, table)
    return Chart(
        finding=heading,
        alt=text("exclusion.trend_alt", place=home, what=definition.label[language()], finding=heading),
        picture=trend(table, home, breaks=drawn, narrow=shell.narrow(), frequency=definition.frequency),
        table=table.drop("region_code").sort("period", "series", descending=[True, False]),
        columns=(place_column("series"), TableColumn("period", text("column.period"), "period"), *figures()),
        sources=sources(found),
        stem="trend",
        group=group,
        note=joined(
            interval_note(found, table), least_note(table), few_note(table, found.region), break_note(found, drawn)
        ),
        **again(
            found,
            f"rate --beside {choice.beside}",
            "analytics.exclusion.subject",
            f'trend_table(Subject("{found.asked}", "{found.region}", view), "{choice.beside}")',
            ("analytics.exclusion.subject", "Subject"),
        ),
    )


def groups_chart(choice: ExclusionSelection) -> Chart:
    """Return nine panels: age by sex, the subject beside the nation."""
    found, home = choice.subject, place(choice.subject.region)
    table = groups_table(found.view, found.region, NATION)
    drawn = breaks(found, table)
    heading = _groups_finding(table, found)
    picture = group_panels.groups_over_time(
        table, found.region, NATION, (home, place(NATION)), breaks=drawn, narrow=shell.narrow()
    )
    ordered = named(table, "name").with_columns(_in_words(found.view.indicator))
    return Chart(
        finding=heading,
        alt=text("exclusion.groups_alt", place=home, finding=heading),
        picture=picture,
        table=ordered.sort("period", "name", "age_group", "sex", descending=[True, False, False, False]),
        columns=(
            place_column(), TableColumn("group", text("column.group")),
            TableColumn("period", text("column.period"), "period"),
            *figures(),
        ),
        sources=sources(found),
        stem="groups",
        note=joined(
            interval_note(found, table), group_panels.reasons(table, found.region), break_note(found, drawn)
        ),
        **again(found, "groups", "analytics.exclusion.by_age_and_sex", f'groups_over_time(view, "{found.region}")'),
    )  # fmt: skip


def _groups_finding(table: pl.DataFrame, found: Subject) -> str:
    """Return the group with the highest known rate in the newest period in which any group is known."""
    region, indicator = found.region, found.view.indicator
    known = table.filter(pl.col("region_code") == region, pl.col("value").is_not_null(), pl.col("sex") != "both")
    if known.is_empty():
        return text("exclusion.groups_nothing", place=place(region))
    top = known.filter(pl.col("period") == known["period"].max()).sort("value", descending=True).row(0, named=True)
    facts = {"place": place(region), "period": period(top["period"]), "share": percent(top["value"])}
    return text("exclusion.groups_finding", **facts, group=PopulationGroup(top["age_group"], top["sex"], indicator))


def _in_words(indicator: str) -> pl.Expr:
    """Return the age group and sex of a row in words, as the column `group`."""
    pairs = pl.struct("age_group", "sex")
    return pairs.map_elements(
        lambda row: str(PopulationGroup(row["age_group"], row["sex"], indicator)), return_dtype=pl.String
    ).alias("group")
