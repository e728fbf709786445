"""What pictures of rates share: columns, notes, breaks and the way to reproduce the numbers."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from analytics import provenance
from analytics.exclusion.rates import Rate
from analytics.exclusion.subject import Subject
from data.settings import settings
from pages.components.chart_card import Chart
from pages.components.citations import citation
from pages.components.data_table import TableColumn, columns_of
from pages.format import numbers, sentences
from pages.format.numbers import capitalise_first, number
from pages.format.place_names import PopulationGroup, group_of, place
from pages.format.sentences import short_and_rest
from pages.format.texts import language, text
from pages.frame.source_footer import Citation
from pages.plots.time_series import BreakMark, is_few

FEW, too_few = sentences.FEW, sentences.too_few


def drawable(table: pl.DataFrame) -> pl.DataFrame:
    """Return the table without the shares of too few persons: a picture would tell what the words do not."""
    enough = (pl.col("count") >= FEW).fill_null(value=True)
    return table.with_columns(pl.when(enough).then(pl.col(name)).alias(name) for name in ("value", "low", "high"))


def undrawn_note(table: pl.DataFrame, region: str) -> str:
    """Return that a place has shares that are not drawn, and why, where it has any."""
    few = table.filter(pl.col("region_code") == region, pl.col("count") < FEW, pl.col("value").is_not_null())
    facts = {"place": place(region), "least": FEW, "more": settings().small_numbers.grey_below}
    return text("exclusion.undrawn_note", **facts) if few.height else ""


def level(group: PopulationGroup, rate: Rate) -> str:
    """Return the level in a sentence; of too few persons no number, which the publisher may have rounded."""
    if not too_few(rate):
        return sentences.level(group, rate)
    often = provenance.indicators()[group.indicator].frequency
    facts = {"place": place(rate.region), "group": group, "least": FEW, "status": sentences.status(rate)}
    period = numbers.period(rate.period, frequency=often)
    if rate.implied or rate.population is None:
        return text("overview.few_of_unknown", **facts, period=period)
    return text("overview.few_level", **facts, population=numbers.number(rate.population), period=period)


def chart(
    found: Subject, stem: str, *notes: str, finding: str, code: dict[str, str], told: str = "", **parts: Any  # noqa: ANN401
) -> Chart:  # fmt: skip
    """Return a picture of rates with its edition, its group, its notes and the way to the same numbers (`code`).

    notes: the first ones stand beneath the picture, as many as are read at a glance, the others are folded up.
    told: what its description for those who do not see it is called in the texts, where `stem` does not name it.
    """
    facts = {"place": place(found.region), "what": provenance.indicators()[found.view.indicator].label[language()]}
    note, more = short_and_rest(notes)
    alt = text(f"exclusion.{told or stem}_alt", finding=finding, **facts)
    common: dict[str, Any] = {
        "group": group_of(found.view),
        "place": place(found.region),
        "indicator": found.view.indicator,
        "sources": sources(found, parts["table"]),
        "note": note,
        "more": more,
        **code,
    }
    parts = common | parts
    return Chart(finding=finding, alt=alt, stem=stem, **parts)


def sources(found: Subject, table: pl.DataFrame) -> tuple[Citation, ...]:
    """Return every edition a known figure of a table stands in; without such a column, the one it is compared in."""
    drawn = [found.view.edition]
    if "edition" in table.columns:
        known = table.filter(pl.col("value").is_not_null() | pl.col("count").is_not_null())
        drawn = known["edition"].unique(maintain_order=True).to_list() or drawn
    return tuple(citation(edition, found.view.indicator) for edition in drawn)


def place_column(name: str = "name") -> TableColumn:
    """Return the column that names places."""
    return TableColumn(name, text("column.region"))


def period_column(found: Subject) -> TableColumn:
    """Return the column that names periods, read as the indicator is counted."""
    counted = provenance.indicators()[found.view.indicator].frequency
    return TableColumn("period", text("column.period"), "school_year" if counted == "school_year" else "period")


def period(found: Subject, code: str) -> str:
    """Return a period of the subject in words, read as the indicator is counted."""
    return numbers.period(code, frequency=provenance.indicators()[found.view.indicator].frequency)


def figures() -> tuple[TableColumn, ...]:
    """Return the columns of a rate with its interval and where it stands."""
    return (
        *columns_of("column", value=("share", "share")),
        *columns_of("column", low="share", high="share", count="count", population="count", status="status"),
        *columns_of("column", edition="text"),
    )


def breaks(found: Subject, table: pl.DataFrame) -> list[BreakMark]:
    """Return the breaks that lie between the first and the last period of a table."""
    first, last = str(table["period"].min()), str(table["period"].max())
    points = provenance.indicators()[found.view.indicator].breaks
    return [BreakMark(point.at, text("exclusion.break")) for point in points if first < point.at <= last]


def break_note(found: Subject, drawn: Sequence[BreakMark]) -> str:
    """Return the breaks that are drawn, each with its reason."""
    marked = {each.period for each in drawn}
    points = [each for each in provenance.indicators()[found.view.indicator].breaks if each.at in marked]
    told = ((numbers.period(each.at), _after_colon(each.reason[language()])) for each in points)
    return " ".join(capitalise_first(f"{when}: {reason}") for when, reason in told)


def _after_colon(sentence: str) -> str:
    """Return a sentence as it stands after a colon: without a capital, unless it begins with an abbreviation."""
    return sentence if sentence[1:2].isupper() else sentence[:1].lower() + sentence[1:]


def interval_note(found: Subject, table: pl.DataFrame) -> str:
    """Return what the interval is, or why there is none: a sample, or no numbers an interval is made of."""
    if provenance.indicators()[found.view.indicator].sampled:
        return text("exclusion.sample_note")
    if not table["low"].count():
        return text("exclusion.no_interval_note")
    return text("exclusion.points_note" if is_few(table) else "exclusion.interval_note")


def least_note(table: pl.DataFrame) -> str:
    """Return what a lower bound is, where the table holds one."""
    return text("exclusion.least_note") if table["lower_bound"].any() else ""


def small_note(table: pl.DataFrame) -> str:
    """Return how many places are greyed and why, where any is."""
    small = table.filter(pl.col("small")).height
    return text("exclusion.small_note", count=number(small)) if small else ""


def few_note(table: pl.DataFrame, region: str) -> str:
    """Return that chance means much in a place's figures, where any of them rests on few persons."""
    few = table.filter(pl.col("region_code") == region, pl.col("small"))
    return text("exclusion.few_note", place=place(region)) if few.height else ""


def reproduction_code(found: Subject, question: str, module: str, call: str, *also: tuple[str, str]) -> dict[str, str]:
    """Return how to get the picture's numbers without the page.

    question: the command of `python -m analytics` with the options that are its own; call: Python that uses `view`;
    module: where the function it calls comes from; also: module and name of what else it uses.
    """
    view, (command, *options) = found.view, question.split()
    asked = f"{view.indicator} --region {found.region} --age {view.age_group} --sex {view.sex}"
    made = f'view = View("{view.indicator}", "{view.age_group}", "{view.sex}", "{view.edition}")'
    used = (("analytics.exclusion.rates", "View"), *also, (module, call.split("(", maxsplit=1)[0]))
    imports = "\n".join(f"from {place} import {name}" for place, name in used)
    return {
        "command": " ".join(["python -m analytics", command, asked, *options]),
        "python": f"{imports}\n{made}\n{call}",
    }
