"""The picture of a rate over time, as more pages than one show it."""

from analytics import provenance
from analytics.exclusion import subject
from analytics.exclusion.rates import latest
from analytics.exclusion.subject import Subject
from pages.components.chart_card import Chart
from pages.components.data_table import columns_of
from pages.components.rate_annotations import (
    again,
    break_note,
    breaks,
    few_note,
    figures,
    interval_note,
    least_note,
    place_column,
    sources,
)
from pages.format import sentences
from pages.format.place_names import group_of, named, place
from pages.format.sentences import join_sentences
from pages.format.texts import language, text
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
    drawn = breaks(found, table)
    return Chart(
        finding=heading,
        alt=text("exclusion.trend_alt", place=home, what=definition.label[language()], finding=heading),
        picture=trend(table, home, breaks=drawn, narrow=shell.narrow(), frequency=definition.frequency),
        table=table.drop("region_code").sort("period", "series", descending=[True, False]),
        columns=(place_column("series"), *columns_of("column", period="period"), *figures()),
        sources=sources(found),
        stem="trend",
        group=group,
        note=join_sentences(
            interval_note(found, table), least_note(table), few_note(table, found.region), break_note(found, drawn)
        ),
        **again(
            found,
            f"rate --beside {beside}",
            "analytics.exclusion.subject",
            f'trend_table(Subject("{found.asked}", "{found.region}", view), "{beside}")',
            ("analytics.exclusion.subject", "Subject"),
        ),
    )
