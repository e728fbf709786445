"""The programme's budget: each organisation in each year of the four-year plan, with and without the grants."""

import polars as pl

from benefits.programme.portfolio import MeasurePortfolio
from benefits.valuation.cost_sharing import ORGANISATIONS
from pages.components.chart_card import Chart
from pages.components.data_table import TableColumn, columns_of
from pages.format.texts import text
from pages.frame import visit
from pages.frame.source_footer import Citation
from pages.views.gains.money_plots import Mark
from pages.views.gains.programme.budget_panels import budget_panels
from pages.views.gains.programme.portfolio_reading import ProgrammeCase
from pages.views.gains.wording import better_or_worse, chance, holder, million, strip_markdown


def budget_chart(case: ProgrammeCase, sources: tuple[Citation, ...]) -> Chart:
    """Return undiscounted kroner by organisation and year, expected with P10 and P90."""
    found = case.answer["budget"]
    touched = [name for name in ORGANISATIONS if name not in case.value.untouched]
    series = {holder(name): [_mark(name, row) for row in found[name]] for name in touched}
    return Chart(
        finding=_finding(case), alt=text("gains.programme.budget_alt", finding=_finding(case)),
        picture=budget_panels(series, narrow=visit.narrow()), table=budget_table(case, touched), columns=_columns(),
        sources=sources, stem="gains-programme-budget", example=case.value.example,
        note=text("gains.programme.budget_note", year=case.value.base_year),
        command=case.command,
    )  # fmt: skip


def budget_table(case: ProgrammeCase, names: list[str]) -> pl.DataFrame:
    """Return a row for each organisation and year, with the grants and, where there are any, without (NOK)."""
    ways = {"with": case.value.budget}
    if case.portfolio.file.grant:
        ways["without"] = case.value.without_grants["budget"]
    rows = [
        {"holder": holder(name), "year": str(row["year"]), "grants": text(f"gains.grants.{way}"), **_amounts(row)}
        for way, budget in ways.items()
        for name in names
        for row in budget[name]
    ]
    return pl.DataFrame(rows)


def grants_in_words(portfolio: MeasurePortfolio, lang: str) -> str:
    """Return the grants of a portfolio by their labels, empty where there are none."""
    labels = (strip_markdown(getattr(grant.label, lang)).split(":")[0] for grant in portfolio.file.grant)
    return ", ".join(filter(None, labels))


def _finding(case: ProgrammeCase) -> str:
    """Return the year in which the municipality's budget is moved most, and what it and the state's are then."""
    budget = case.answer["budget"]
    place = max(range(len(budget["municipality"])), key=lambda year: abs(budget["municipality"][year]["expected"]))
    facts: dict[str, object] = {"year": int(budget["municipality"][place]["year"])}
    for name in ("municipality", "state"):
        row = budget[name][place]
        facts |= {name: better_or_worse(row["expected"]), f"{name}_chance": chance(row["probability_positive"])}
    return text("gains.programme.budget_finding", **facts)


def _mark(name: str, row: dict[str, float]) -> Mark:
    facts = {"holder": f"{holder(name)} {int(row['year'])}", "value": million(row["expected"])}
    span = {"low": million(row["p10"]), "high": million(row["p90"]), "chance": chance(row["probability_positive"])}
    words = text("gains.uncertainty.hover", **facts, **span)
    return Mark(str(int(row["year"])), row["expected"], row["p10"], row["p90"], words)


def _amounts(row: dict[str, float]) -> dict[str, float]:
    return {"expected_year_nok": row["expected"], "p10_nok": row["p10"], "p90_nok": row["p90"]} | {
        "probability_positive": row["probability_positive"]
    }


def _columns() -> tuple[TableColumn, ...]:
    return columns_of(
        "gains.column", holder="text", year="text", grants="text", expected_year_nok="nok", p10_nok="nok",
        p90_nok="nok", probability_positive="share_whole",
    )  # fmt: skip
