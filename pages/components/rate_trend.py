"""The picture of a rate over time, as more pages than one show it."""

import polars as pl

from analytics import provenance
from analytics.exclusion import subject
from analytics.exclusion.rates import latest
from analytics.exclusion.subject import Subject
from pages.components import rates
from pages.components.chart_card import Chart
from pages.components.citations import citation
from pages.components.data_table import columns_of
from pages.format import sentences
from pages.format.place_names import group_of, named, place
from pages.format.texts import text
from pages.frame import shell
from pages.frame.cache import cached_object, cached_value
from pages.plots.time_series import trend

trend_table = cached_value(subject.trend_table)


@cached_object
def trend_chart(found: Subject, beside: str = "whole") -> Chart:
    """Return the subject over time beside those it is drawn with."""
    home = place(found.region)
    table = named(trend_table(found, beside), "series")
    newest = latest(table, found.region)
    group, definition = group_of(found.view), provenance.indicators()[found.view.indicator]
    heading = text("exclusion.nothing_known", place=home, group=group)
    if newest:
        heading = sentences.short_level(group, newest, definition.frequency)
    drawn = rates.breaks(found, table)
    return rates.chart(
        found,
        "trend",
        rates.interval_note(found, table),
        rates.least_note(table),
        rates.few_note(table, found.region),
        rates.break_note(found, drawn),
        finding=heading,
        picture=trend(_with_editions(table), home, breaks=drawn, narrow=shell.narrow(), frequency=definition.frequency),
        table=table.drop("region_code").sort("period", "series", descending=[True, False]),
        columns=(rates.place_column("series"), *columns_of("column", period="period"), *rates.figures()),
        code=rates.reproduction_code(
            found,
            f"rate --beside {beside}",
            "analytics.exclusion.subject",
            f'trend_table(Subject("{found.asked}", "{found.region}", view), "{beside}")',
            ("analytics.exclusion.subject", "Subject"),
        ),
    )


def _with_editions(table: pl.DataFrame) -> pl.DataFrame:
    """Return the table with when each point's edition was published, in words, for the reader who points at it."""
    names = table["edition"].unique().to_list()
    return table.with_columns(pl.col("edition").replace_strict(names, [citation(name).edition for name in names]))
