"""The picture of the demand side: where there are vacancies, and how many look for work there."""

from dataclasses import replace

import polars as pl

from analytics.exclusion import labour_demand
from analytics.exclusion.labour_demand import LabourDemand
from analytics.results import NotEstimable
from data.i18n import words
from pages.components.chart_card import Chart
from pages.components.citations import citation
from pages.components.data_table import TableColumn, columns_of
from pages.format import numbers
from pages.format.place_names import place
from pages.format.texts import language, text
from pages.frame import visit
from pages.frame.cache import cached_value
from pages.plots import dumbbell
from pages.views.exclusion.selection import ExclusionSelection

demand_of = cached_value(labour_demand.labour_demand)


def demand_chart(choice: ExclusionSelection) -> Chart | NotEstimable:
    """Return job seekers and vacancies by occupation in the place's county, the newest month."""
    region = choice.subject.asked
    found = demand_of(region)
    if isinstance(found, NotEstimable):
        return found
    made = replace(found, rows=_in_words(found.rows))
    finding = _finding(made)
    return Chart(
        finding=finding,
        alt=text("exclusion.demand_alt", finding=finding),
        picture=dumbbell.demand(made.rows, narrow=visit.narrow()),
        table=_table(made),
        columns=(
            TableColumn("occupation", text("column.occupation"), "prose"),
            *columns_of("column", job_seekers="count", vacancies="count", per_vacancy="rate"),
        ),
        sources=(citation(made.edition),),
        stem="demand",
        note=text("exclusion.demand_note"),
        command=f"python -m analytics demand --region {region}",
        python=f'from analytics.exclusion.labour_demand import labour_demand\nlabour_demand("{region}")',
    )


def _in_words(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with the occupations in the reader's language; one without a translation as it is published."""
    known = words("pages", language())
    named = {name: known.get(f"occupation.{name}", name) for name in rows["occupation"]}
    return rows.with_columns(pl.col("occupation").replace(named))


def _table(made: LabourDemand) -> pl.DataFrame:
    """Return the rows, each telling whom it is about: everybody who looks for work there, in that month."""
    told = {"region": place(made.region), "period": made.period, "age_group": "all", "sex": "both"}
    return made.rows.with_columns(pl.lit(value).alias(name) for name, value in told.items())


def _finding(made: LabourDemand) -> str:
    """Return the occupation with the fewest job seekers per vacancy, and the one with the most."""
    known = made.rows.drop_nulls("per_vacancy")
    facts = {"place": place(made.region), "period": numbers.period(made.period)}
    if known.is_empty():
        return text("exclusion.demand_none", **facts)
    fewest, most = known.row(0, named=True), known.row(-1, named=True)
    return text(
        "exclusion.demand_finding", **facts,
        occupation=_inside(fewest["occupation"]), vacancies=numbers.number(fewest["vacancies"]),
        seekers=numbers.number(fewest["job_seekers"]), other=_inside(most["occupation"]),
        per_vacancy=numbers.rate(most["per_vacancy"]),
    )  # fmt: skip


def _inside(name: str) -> str:
    """Return an occupation's name as it stands inside a sentence."""
    return name[:1].lower() + name[1:]
