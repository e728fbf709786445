"""The picture of the groups by age and sex over time."""

import polars as pl

from analytics.exclusion import by_age_and_sex
from analytics.exclusion.subject import Subject
from analytics.regions import NATION
from analytics.results import NotEstimable
from pages.components import rates
from pages.components.chart_card import Chart
from pages.components.data_table import columns_of
from pages.format.numbers import percent
from pages.format.place_names import PopulationGroup, named, place
from pages.format.texts import text
from pages.frame import visit
from pages.frame.cache import cached_value
from pages.plots import small_multiples
from pages.views.exclusion.selection import ExclusionSelection

groups_table = cached_value(by_age_and_sex.groups_over_time)


def groups_chart(choice: ExclusionSelection) -> Chart | NotEstimable:
    """Return nine panels: age by sex, the subject beside the nation."""
    found, home = choice.subject, place(choice.subject.region)
    table = groups_table(found.view, found.region, NATION)
    if not table["value"].count():
        return NotEstimable("no_groups")
    drawn = rates.breaks(found, table)
    picture = small_multiples.groups_over_time(
        rates.drawable(table), found.region, NATION, (home, place(NATION)), breaks=drawn, narrow=visit.narrow()
    )
    ordered = named(table, "name").with_columns(_in_words(found.view.indicator))
    call = f'groups_over_time(view, "{found.region}")'
    return rates.chart(
        found,
        "groups",
        rates.interval_note(found, table),
        rates.undrawn_note(table, found.region),
        small_multiples.reasons(table, found.region),
        rates.break_note(found, drawn),
        finding=_groups_finding(table, found),
        picture=picture,
        table=ordered.sort("period", "name", "age_group", "sex", descending=[True, False, False, False]),
        columns=(
            rates.place_column(),
            *columns_of("column", group="text"),
            rates.period_column(found),
            *rates.figures(),
        ),
        group=None,
        code=rates.reproduction_code(found, "groups", "analytics.exclusion.by_age_and_sex", call),
    )


def _groups_finding(table: pl.DataFrame, found: Subject) -> str:
    """Return the group with the highest rate of persons enough, in the newest period in which any group is known."""
    region, indicator = found.region, found.view.indicator
    known = table.filter(pl.col("region_code") == region, pl.col("value").is_not_null(), pl.col("sex") != "both")
    if known.is_empty():
        return text("exclusion.groups_nothing", place=place(region))
    newest = known.filter(pl.col("period") == known["period"].max())
    facts = {"place": place(region), "period": rates.period(found, newest["period"][0])}
    sure = rates.drawable(newest).drop_nulls("value").sort("value", descending=True)
    if sure.is_empty():
        return text("exclusion.groups_few", **facts)
    top = sure.row(0, named=True)
    return text(
        "exclusion.groups_finding",
        **facts,
        share=percent(top["value"]),
        group=PopulationGroup(top["age_group"], top["sex"], indicator),
    )


def _in_words(indicator: str) -> pl.Expr:
    """Return the age group and sex of a row in words, as the column `group`."""
    pairs = pl.struct("age_group", "sex")
    return pairs.map_elements(
        lambda row: str(PopulationGroup(row["age_group"], row["sex"], indicator)), return_dtype=pl.String
    ).alias("group")
