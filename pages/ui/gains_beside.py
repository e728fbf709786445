"""Two scenarios beside each other: the chosen, with its edits, and another as shipped."""

import polars as pl

from benefits.scenario import PRIVATE, shipped_scenario
from pages.ui import charts, gains_choice, gains_held, gains_parts, shell
from pages.ui.charts import Chart
from pages.ui.gains_choice import Case, Choice
from pages.ui.gains_doubt import mark
from pages.ui.gains_figures import intervals
from pages.ui.gains_words import million
from pages.ui.tables import Column
from pages.ui.texts import text


def compare(case: Case) -> None:
    """Let the reader put another scenario beside, and write both."""
    other = gains_choice.other(case.choice)
    charts.show(compare_chart(case, other))


def compare_chart(case: Case, other: str) -> Chart:
    """Return the ledgers of two scenarios beside each other: the chosen, with its edits, and another as shipped."""
    beside_toml = gains_held.shipped_toml(other)
    beside = Case(Choice("gains", name=other), shipped_scenario(other), gains_held.appraisal(beside_toml))
    names = ("society", "public_total", "municipality", *PRIVATE)
    titles = [gains_parts.title(each) for each in (case, beside)]
    titles[0] += text("gains.compare.edited") if case.choice.edits or case.choice.experiment else ""
    marks = [[mark(each, name, "npv") for name in names] for each in (case, beside)]
    series = dict(zip(titles, marks, strict=True))
    society = [each.appraisal.society.npv for each in (case, beside)]
    facts = {"first": titles[0], "second": titles[1], "one": million(society[0]), "two": million(society[1])}
    rows = [
        {"scenario": title} | gains_parts.row(each, name)
        for title, each in zip(titles, (case, beside), strict=True)
        for name in names
    ]
    return Chart(
        finding=text("gains.compare.finding", **facts),
        alt=text("gains.compare.alt", **facts),
        picture=intervals(series, narrow=shell.narrow()),
        table=pl.DataFrame(rows, infer_schema_length=None),
        columns=(Column("scenario", text("gains.column.scenario"), "prose"), *gains_parts.columns()),
        sources=(gains_parts.model(case), gains_parts.model(beside)),
        stem="gains-compare",
        example=case.example or beside.example,
        note=" ".join([text("gains.compare.note"), text("gains.price_short", year=case.appraisal.base_year)]),
        command=_commands(case, beside),
        python=gains_parts.python(case, _beside(other, case)),
    )


def _commands(*cases: Case) -> str:
    """Return the commands that give both, or none: half of the numbers is no answer."""
    commands = [gains_parts.command(each) for each in cases]
    return "\n".join(commands) if all(commands) else ""


def _beside(other: str, case: Case) -> gains_parts.Beyond:
    found = case.appraisal
    return gains_parts.Beyond(f'appraisal, appraise(shipped("{other}"), draws={found.draws}, seed={found.seed})')
