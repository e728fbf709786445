"""Two scenarios beside each other: the chosen, with its edits, and another as shipped."""

import polars as pl

from benefits.scenario.model import PRIVATE, shipped_scenario
from pages.components import chart_card
from pages.components.chart_card import Chart
from pages.components.data_table import columns_of
from pages.format.texts import text
from pages.frame import visit
from pages.views.gains import annotations, queries, selection
from pages.views.gains.money_plots import intervals
from pages.views.gains.selection import Case, GainsSelection
from pages.views.gains.uncertainty import mark
from pages.views.gains.wording import million


def compare(case: Case) -> None:
    """Let the reader put another scenario beside, and write both."""
    other = selection.other(case.choice).other
    chart_card.show(compare_chart(case, other))


def compare_chart(case: Case, other: str) -> Chart:
    """Return the ledgers of two scenarios beside each other: the chosen, with its edits, and another as shipped."""
    beside_toml = queries.shipped_toml(other)
    beside = Case(GainsSelection("gains", name=other), shipped_scenario(other), queries.appraisal(beside_toml))
    names = ("society", "public_total", "municipality", *PRIVATE)
    titles = [annotations.title(each) for each in (case, beside)]
    titles[0] += text("gains.compare.edited") if case.choice.edits or case.choice.experiment else ""
    marks = [[mark(each, name) for name in names] for each in (case, beside)]
    series = dict(zip(titles, marks, strict=True))
    society = [each.appraisal.society.expected for each in (case, beside)]
    facts = {"first": titles[0], "second": titles[1], "one": million(society[0]), "two": million(society[1])}
    rows = [
        {"scenario": title} | annotations.row(each, name)
        for title, each in zip(titles, (case, beside), strict=True)
        for name in names
    ]
    return Chart(
        finding=text("gains.compare.finding", **facts),
        alt=text("gains.compare.alt", **facts),
        picture=intervals(series, narrow=visit.narrow()),
        table=pl.DataFrame(rows, infer_schema_length=None),
        columns=(*columns_of("gains.column", scenario="prose"), *annotations.columns()),
        sources=(annotations.model(case), annotations.model(beside)),
        stem="gains-compare",
        example=case.example or beside.example,
        note=" ".join([text("gains.compare.note"), text("gains.price_short", year=case.appraisal.base_year)]),
        command=_commands(case, beside),
        python=annotations.python(case, _beside(other, case)),
    )


def _commands(*cases: Case) -> str:
    """Return the commands that give both, or none: half of the numbers is no answer."""
    commands = [annotations.command(each) for each in cases]
    return "\n".join(commands) if all(commands) else ""


def _beside(other: str, case: Case) -> annotations.Beyond:
    found = case.appraisal
    return annotations.Beyond(f'appraisal, appraise(shipped("{other}"), draws={found.draws}, seed={found.seed})')
