"""The pictures of the exclusion page: each a finding, a figure, the table drawn and the way to reproduce it."""

import polars as pl

from analytics import exclusion, places, provenance
from analytics.exclusion import Subject
from analytics.rates import latest, rate_at
from pages.ui import charts, sentences, shell
from pages.ui.cached import held
from pages.ui.charts import Chart
from pages.ui.citations import citation
from pages.ui.exclusion_choice import Choice
from pages.ui.format import number, period
from pages.ui.ranking import Reference, ranking
from pages.ui.tables import Column
from pages.ui.texts import language, text
from pages.ui.trend import Break, trend

trend_table = held(exclusion.trend_table)
ranking_table = held(exclusion.ranking_table)
nation_rate = held(exclusion.rate)


def show(choice: Choice) -> None:
    """Write the chosen picture."""
    charts.show({"trend": trend_chart, "ranking": ranking_chart}[choice.picture](choice))


def trend_chart(choice: Choice) -> Chart:
    """Return the subject over time beside those it is drawn with."""
    found = choice.subject
    table = trend_table(found, choice.beside)
    home = places.name_of(found.region)
    newest = latest(table, found.region)
    heading = (
        sentences.short_level(found.view.age_group, newest) if newest else text("exclusion.nothing_known", place=home)
    )
    definition = provenance.indicators()[found.view.indicator]
    drawn = [Break(point.at, text("exclusion.break")) for point in definition.breaks if _inside(point.at, table)]
    return Chart(
        finding=heading,
        alt=text("exclusion.trend_alt", place=home, what=definition.label[language()], finding=heading),
        picture=trend(table, home, breaks=drawn, narrow=shell.narrow(), frequency=definition.frequency),
        table=table.drop("region_code").sort("period", "series", descending=[True, False]),
        columns=(_place("series"), Column("period", text("column.period"), "period"), *_figures()),
        sources=(citation(found.view.edition, found.view.indicator),),
        stem="trend",
        note=" ".join(filter(None, (text("exclusion.interval_note"), _least(table), _break_note(found)))),
        **_again(found),
    )


def ranking_chart(choice: Choice) -> Chart:
    """Return the regions of the subject's level in order, with the nation's level as a line."""
    found, home = choice.subject, places.name_of(choice.subject.region)
    table = ranking_table(found, choice.period, choice.within)
    mine = rate_at(table, found.region, choice.period)
    nation = nation_rate(found, choice.period, places.NATION)
    known = table.filter(pl.col("value").is_not_null())
    place = table.filter(pl.col("region_code") == found.region)["rank"]
    facts = {"place": home, "period": period(choice.period), "count": number(known.height)}
    if mine is None or mine.value is None:
        heading = text("exclusion.ranking_without", **facts)
    else:
        heading = text("exclusion.ranking_finding", **facts, rank=number(place[0]))
    line = Reference(nation.value, places.name_of(places.NATION)) if nation and nation.value is not None else None
    return Chart(
        finding=heading,
        alt=text("exclusion.ranking_alt", finding=heading),
        picture=ranking(table, home, reference=line, narrow=shell.narrow()),
        table=table,
        columns=(Column("rank", text("column.place"), "count"), _place("name"), *_figures()),
        sources=(citation(found.view.edition, found.view.indicator),),
        stem="ranking",
        note=" ".join(filter(None, (text("exclusion.ranking_note"), _small(table)))),
        **_again(found),
    )


def _inside(point: str, table: pl.DataFrame) -> bool:
    periods = table["period"]
    return bool(periods.min() < point <= periods.max())  # type: ignore[operator]


def _place(name: str) -> Column:
    return Column(name, text("column.region"))


def _figures() -> tuple[Column, ...]:
    return (
        Column("value", text("column.share"), "share"),
        Column("low", text("column.low"), "share"),
        Column("high", text("column.high"), "share"),
        Column("count", text("column.count"), "count"),
        Column("population", text("column.population"), "count"),
        Column("status", text("column.status"), "status"),
    )


def _least(table: pl.DataFrame) -> str:
    return text("exclusion.least_note") if table["lower_bound"].any() else ""


def _small(table: pl.DataFrame) -> str:
    small = table.filter(pl.col("small")).height
    return text("exclusion.small_note", count=number(small)) if small else ""


def _break_note(found: Subject) -> str:
    points = provenance.indicators()[found.view.indicator].breaks
    return " ".join(f"{period(point.at)}: {point.reason[language()]}" for point in points)


def _again(found: Subject) -> dict[str, str]:
    """Return the command and the Python that give the same numbers."""
    view = found.view
    return {
        "command": f"python -m data show {view.indicator} --region {found.region} --csv",
        "python": "from analytics.rates import View, series\n"
        f'series(View("{view.indicator}", "{view.age_group}", "{view.sex}", "{view.edition}"), ("{found.region}",))',
    }
