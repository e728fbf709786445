"""The picture of immigrants and others: two shares over time, and what may be said of the difference."""

from dataclasses import replace

import polars as pl

from analytics.exclusion import by_origin
from analytics.exclusion.by_origin import IMMIGRANTS, OTHERS, ByOrigin
from analytics.exclusion.subject import Subject
from analytics.results import NotEstimable
from pages.components import origin_words, rates
from pages.components.chart_card import Chart
from pages.components.citations import citation
from pages.components.data_table import columns_of
from pages.components.rate_trend import with_editions
from pages.format import numbers, sentences
from pages.format.texts import text
from pages.frame import visit
from pages.frame.cache import cached_value
from pages.plots.time_series import trend
from pages.views.exclusion.selection import ExclusionSelection

origin_of = cached_value(by_origin.by_origin)


def origin_chart(choice: ExclusionSelection) -> Chart | NotEstimable:
    """Return immigrants and others in the subject's place over time, and the difference at the chosen time."""
    made = origin_of(choice.subject, choice.period)
    if isinstance(made, NotEstimable):
        return made
    found = origin_subject(choice)
    table, drawn = _table(made), rates.breaks(found, made.rows)
    cited = table.select("edition", "indicator").unique(maintain_order=True).iter_rows()
    sources = tuple(citation(edition, indicator) for edition, indicator in cited)
    names = tuple(text(f"exclusion.origin.{each}") for each in (IMMIGRANTS, OTHERS))
    return rates.chart(
        found,
        "origin",
        _difference(made),
        text("exclusion.origin.note"),
        rates.interval_note(found, table),
        rates.least_note(table.drop_nulls("value")),
        rates.few_note(table, found.region),
        rates.break_note(found, drawn),
        finding=origin_words.finding(made),
        picture=trend(
            with_editions(table), names[0], breaks=drawn, narrow=visit.narrow(), frequency="year", banded=names
        ),
        table=table.drop("region_code", "indicator").sort("period", "series", descending=[True, False]),
        columns=(*columns_of("column", series=("group", "text")), rates.period_column(found), *rates.figures()),
        group=None,
        sources=sources,
        code=_code(choice),
    )


def origin_subject(choice: ExclusionSelection) -> Subject:
    """Return the subject as immigrants are read, or as it is where it cannot be told by origin."""
    made = origin_of(choice.subject, choice.period)
    return choice.subject if isinstance(made, NotEstimable) else replace(choice.subject, view=made.view)


def _table(made: ByOrigin) -> pl.DataFrame:
    names = {each: text(f"exclusion.origin.{each}") for each in (IMMIGRANTS, OTHERS)}
    return made.rows.with_columns(
        pl.col("indicator").replace_strict(names, return_dtype=pl.String).alias("series"),
        age_group=pl.lit(made.view.age_group),
        sex=pl.lit(made.view.sex),
    )


def _difference(made: ByOrigin) -> str:
    """Return the difference with its interval and the verdict of the test, or why there is none."""
    found, persons = made.comparison, made.gap.persons
    if None in (made.immigrants.value, made.others.value):
        return ""  # the heading says what is unknown
    if isinstance(found.difference, NotEstimable) or isinstance(persons, NotEstimable):
        return text("exclusion.origin.untested", reason=sentences.reason(found))
    low, high = (numbers.signed_per_hundred(end) for end in (found.difference.low, found.difference.high))
    ends = [numbers.number(end) for end in sorted((abs(persons.low), abs(persons.high)))]
    facts = {"difference": text("sentence.points_between", low=low, high=high), "least": ends[0], "most": ends[1]}
    key = "certain" if made.gap.certain else "no_certain"
    return text(f"exclusion.origin.{key}", verdict=text(f"pictures.verdict.{found.verdict}"), **facts)


def _code(choice: ExclusionSelection) -> dict[str, str]:
    """Return how to get the numbers without the page."""
    found, view = choice.subject, choice.subject.view
    asked = f"{view.indicator} --region {found.region} --age {view.age_group} --sex {view.sex}"
    seen = f'View("{view.indicator}", "{view.age_group}", "{view.sex}", "{view.edition}")'
    return {
        "command": f"python -m analytics origin {asked} --period {choice.period}",
        "python": (
            "from analytics.exclusion.by_origin import by_origin\n"
            "from analytics.exclusion.rates import View\n"
            "from analytics.exclusion.subject import Subject\n"
            f'by_origin(Subject("{found.asked}", "{found.region}", {seen}), "{choice.period}")'
        ),
    }
