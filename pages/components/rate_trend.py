"""The picture of a rate over time, as more pages than one show it; of counts where the source gives no shares."""

import polars as pl

from analytics import provenance, regions
from analytics.exclusion import pooled_years as pooling
from analytics.exclusion import subject
from analytics.exclusion.rates import Rate, latest
from analytics.exclusion.subject import Subject
from analytics.results import NotEstimable
from pages.components import rates
from pages.components.chart_card import Chart
from pages.components.citations import citation
from pages.components.data_table import columns_of
from pages.format import numbers, sentences
from pages.format.place_names import group_of, named, place
from pages.format.texts import language, text
from pages.frame import visit
from pages.frame.cache import cached_object, cached_value
from pages.plots.time_series import is_few, trend

trend_table = cached_value(subject.trend_table)
in_persons = cached_value(subject.in_persons)
newest_count = cached_value(subject.newest_count)
pooled_years = cached_value(pooling.pooled_years)


@cached_object
def trend_chart(found: Subject, beside: str = "whole") -> Chart:
    """Return the subject over time beside those it is drawn with; counts without shares stand alone."""
    return _persons(found) if in_persons(found) else _shares(found, beside)


def _shares(found: Subject, beside: str) -> Chart:
    home = place(found.region)
    table = named(trend_table(found, beside), "series")
    newest = latest(table, found.region)
    group, definition = group_of(found.view), provenance.indicators()[found.view.indicator]
    heading = text("exclusion.nothing_known", place=home, group=group)
    if newest:
        heading = _heading(found, newest, table)
    drawn = rates.breaks(found, table)
    return rates.chart(
        found,
        "trend",
        rates.undrawn_note(table, found.region) or rates.few_note(table, found.region),
        rates.interval_note(found, table),
        rates.least_note(table),
        rates.break_note(found, drawn),
        _why_not_together(found, newest),
        finding=heading,
        told="points" if is_few(table) else "trend",
        picture=trend(
            with_editions(rates.drawable(table)),
            home,
            breaks=drawn,
            narrow=visit.narrow(),
            frequency=definition.frequency,
        ),
        table=table.drop("region_code").sort("period", "series", descending=[True, False]).with_columns(place="series"),
        columns=(rates.place_column("series"), rates.period_column(found), *rates.figures()),
        code=_code(found, f"rate --beside {beside}", beside),
    )


def _heading(found: Subject, newest: Rate, table: pl.DataFrame) -> str:
    """Return the newest share; where it rests on too few persons, that it does, some years together, the county's."""
    group, definition = group_of(found.view), provenance.indicators()[found.view.indicator]
    short, often = definition.short[language()], definition.frequency
    if not rates.too_few(newest):
        return sentences.short_level(short, group, newest, often)
    around = latest(table, regions.county_of(found.region) or regions.NATION)
    told = sentences.short_level(short, group, around, often) if around else ""
    few = text("exclusion.too_few", place=place(found.region), least=numbers.number(rates.FEW))
    return sentences.join_sentences(few, _together(found, newest), told)


def _together(found: Subject, newest: Rate) -> str:
    """Return the newest years of a small place together, as a sentence; "" where they cannot be told."""
    pooled = pooled_years(found.view, newest, rates.FEW)
    if isinstance(pooled, NotEstimable):
        return ""
    low, high = pooled.share.low, pooled.share.high
    facts = {"first": pooled.first, "last": pooled.last, "share": numbers.percent(pooled.share.estimate)}
    facts |= {"count": numbers.number(pooled.count), "years": numbers.number(pooled.person_years)}
    return text("exclusion.pooled", **facts, between=numbers.percent_interval(low, high))


def _why_not_together(found: Subject, newest: Rate | None) -> str:
    """Return why a small place's newest years are not told together; "" where they are, or one year is enough."""
    if newest is None or not rates.too_few(newest):
        return ""
    pooled = pooled_years(found.view, newest, rates.FEW)
    return pooled.sentence(language()) if isinstance(pooled, NotEstimable) else text("exclusion.pooled_note")


def _persons(found: Subject) -> Chart:
    """Return the counts of one place: places of different size on one axis would look like a comparison."""
    home, definition = place(found.region), provenance.indicators()[found.view.indicator]
    table = named(trend_table(found, "alone"), "series")
    drawn = rates.breaks(found, table)
    shown, often = with_editions(table).with_columns(value=pl.col("count")), definition.frequency
    return rates.chart(
        found,
        "trend",
        text("exclusion.counts_note", place=home),
        rates.break_note(found, drawn),
        finding=_persons_heading(found),
        told="persons_points" if is_few(table) else "persons",
        picture=trend(shown, home, breaks=drawn, kind="count", narrow=visit.narrow(), frequency=often),
        table=table.drop("region_code").sort("period", descending=True).with_columns(place="series"),
        columns=(
            rates.place_column("series"),
            rates.period_column(found),
            *columns_of("column", count="count", status="status", edition="text"),
        ),
        code=_code(found, "rate", "alone"),
    )


def _persons_heading(found: Subject) -> str:
    newest, home = newest_count(found), place(found.region)
    if newest is None:
        return text("exclusion.nothing_known", place=home, group=group_of(found.view))
    what = provenance.indicators()[found.view.indicator].short[language()]
    facts = {"what": what, "place": home, "group": group_of(found.view), "count": numbers.persons(newest.count)}
    return text("sentence.persons", **facts, period=rates.period(found, newest.period), status=sentences.status(newest))


def _code(found: Subject, question: str, beside: str) -> dict[str, str]:
    return rates.reproduction_code(
        found,
        question,
        "analytics.exclusion.subject",
        f'trend_table(Subject("{found.asked}", "{found.region}", view), "{beside}")',
        ("analytics.exclusion.subject", "Subject"),
    )


def with_editions(table: pl.DataFrame) -> pl.DataFrame:
    """Return the table with when each point's edition was published, in words, for the reader who points at it."""
    names = table["edition"].unique().to_list()
    return table.with_columns(pl.col("edition").replace_strict(names, [citation(name).edition for name in names]))
