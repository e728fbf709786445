"""The picture of the demand side: where there are vacancies, and how many look for work there."""

import polars as pl

from analytics.exclusion import labour_demand
from analytics.exclusion.labour_demand import LabourDemand
from analytics.results import NotEstimable
from pages.components.chart_card import Chart
from pages.components.citations import citation
from pages.components.data_table import TableColumn, columns_of
from pages.format import numbers
from pages.format.place_names import place
from pages.format.texts import text
from pages.frame import shell
from pages.frame.cache import cached_value
from pages.plots import dumbbell
from pages.views.exclusion.selection import ExclusionSelection

demand_of = cached_value(labour_demand.labour_demand)


def demand_chart(choice: ExclusionSelection) -> Chart | NotEstimable:
    """Return job seekers and vacancies by occupation in the place's county, the newest month."""
    region = choice.subject.asked
    made = demand_of(region)
    if isinstance(made, NotEstimable):
        return made
    finding = _finding(made)
    return Chart(
        finding=finding,
        alt=text("exclusion.demand_alt", finding=finding),
        picture=dumbbell.demand(made.rows, narrow=shell.narrow()),
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
        occupation=fewest["occupation"].lower(), vacancies=numbers.number(fewest["vacancies"]),
        seekers=numbers.number(fewest["job_seekers"]), other=most["occupation"].lower(),
        per_vacancy=numbers.rate(most["per_vacancy"]),
    )  # fmt: skip
