"""Who gains and who pays: payers by term, the flow of money, the økonomiplan, and two scenarios beside each other."""

from collections.abc import Iterable, Iterator, Mapping

import polars as pl
import streamlit as st

from benefits.scenario.model import LEDGERS, PRIVATE
from benefits.valuation.summaries import TERMS
from pages.components import chart_card, data_table, example_mark
from pages.components.chart_card import Chart
from pages.components.data_table import TableColumn, columns_of
from pages.format.texts import listed, text
from pages.frame import expander, visit
from pages.frame.cache import cached_object
from pages.plots import axes
from pages.svg.markup import Drawing
from pages.svg.row_marks import MarkedRow
from pages.svg.rows_picture import NARROW, WIDE, RowScale, rows_picture
from pages.views.gains import annotations, queries
from pages.views.gains.annotations import PUBLIC
from pages.views.gains.money_plots import BarGroup, bars, hover
from pages.views.gains.selection import Case
from pages.views.gains.wording import MILLION, better_or_worse, chance, holder, inside, million


def payers(case: Case) -> None:
    """Write the public payers by short, medium and long term, then every ledger by term and year as tables."""
    chart_card.show(payers_chart(case))
    st.subheader(text("gains.payers.private"), anchor=False)
    example_mark.say(example=case.example)
    st.html(
        data_table.html(_terms(case, annotations.touched(case, PRIVATE)), _term_columns(), text("gains.payers.private"))
    )
    expander.reading(text("gains.payers.by_year"), "gains-years", lambda: _years(case))


def _years(case: Case) -> None:
    rows, columns = by_year(case)
    example_mark.say(example=case.example)
    st.html(data_table.html(rows, columns, text("gains.payers.by_year")))
    st.html(data_table.html(society_by_year(case), columns, text("gains.payers.society")))
    st.html(data_table.html(*chances_by_year(case), text("gains.payers.chances")))


@cached_object
def payers_chart(case: Case) -> Chart:
    """Return the public payers with their present value by term."""
    shown = annotations.touched(case, PUBLIC)
    total = case.appraisal.public_total.expected
    best = max(shown, key=lambda payer: case.appraisal.public[payer].expected)
    worst = min(shown, key=lambda payer: case.appraisal.public[payer].expected)
    facts = {
        "change": better_or_worse(total),
        "chance": chance(case.appraisal.public_total.probability_positive),
        "best": inside(best),
        "gain": million(case.appraisal.public[best].expected),
        "worst": inside(worst),
        "loss": million(case.appraisal.public[worst].expected),
    }
    key = "none_gain" if case.appraisal.public[best].expected <= 0 else "finding"
    if case.appraisal.public[worst].expected >= 0:
        key = "none_lose"
    return annotations.chart(
        case,
        "payers",
        facts,
        key,
        picture=_by_term(case, shown),
        table=_terms(case, (*shown, "public_total")),
        columns=_term_columns(),
    )


def _by_term(case: Case, shown: tuple[str, ...]) -> Drawing:
    """Return a row a payer: what it gains and loses by term as bars from zero, and both together in words."""
    terms = case.appraisal.horizons
    rows = [
        MarkedRow(holder(payer), million(annotations.summary(case, payer).expected), None,
                  bars=tuple(terms[term][payer] / MILLION for term in TERMS))
        for payer in shown
    ]  # fmt: skip
    ends = [sum(each for each in row.bars if each * sign > 0) for row in rows for sign in (1, -1)]
    places, words = axes.ticks(ends, "rate")
    scale = RowScale((places[0], places[-1]), tuple(zip(places, words, strict=True)), text("gains.axis.million"))
    key = [(number, text(f"gains.term.{term}")) for number, term in enumerate(TERMS)]
    return rows_picture(rows, scale, NARROW if visit.narrow() else WIDE, key)


def by_year(case: Case) -> tuple[pl.DataFrame, tuple[TableColumn, ...]]:
    """Return undiscounted NOK by ledger and year, and the columns to show it with."""
    found = case.appraisal.by_year
    names = [str(year) for year in found["years"]]
    paths = {
        name: found["public"][name] if name in PUBLIC else found[name] for name in annotations.touched(case, LEDGERS)
    }
    rows = [{"holder": holder(name)} | dict(zip(names, path, strict=True)) for name, path in paths.items()]
    years = (TableColumn(name, name, "nok_million_detail") for name in names)
    return pl.DataFrame(rows), (*annotations.amounts(()), *years)


def society_by_year(case: Case) -> pl.DataFrame:
    """Return society's undiscounted NOK by year, which is computed on its own and is no sum of the ledgers."""
    found = case.appraisal.by_year
    names = [str(year) for year in found["years"]]
    return pl.DataFrame([{"holder": holder("society")} | dict(zip(names, found["society"], strict=True))])


def chances_by_year(case: Case) -> tuple[pl.DataFrame, tuple[TableColumn, ...]]:
    """Return each ledger's chance of a gain by year, society's last, and the columns to show it with."""
    found = queries.chances_by_year(case.scenario.as_toml(), case.choice.experiment)
    years = [str(year) for year in case.appraisal.by_year["years"]]
    names = (*annotations.touched(case, LEDGERS), "society")
    rows = [{"holder": holder(name)} | dict(zip(years, found[name], strict=True)) for name in names]
    return pl.DataFrame(rows), (*annotations.amounts(()), *(TableColumn(year, year, "share_whole") for year in years))


def plan_chart(case: Case) -> Chart:
    """Return undiscounted kroner in each year of the økonomiplan for municipality and county."""
    shown = annotations.touched(case, case.appraisal.economic_plan)
    found = {payer: case.appraisal.economic_plan[payer] for payer in shown}
    groups = [
        BarGroup(
            holder(payer),
            {str(int(cell["year"])): cell["nok"] for cell in cells},
            {str(int(cell["year"])): hover(f"{holder(payer)} {int(cell['year'])}", cell["nok"]) for cell in cells},
        )
        for payer, cells in found.items()
    ]
    years = [str(int(cell["year"])) for cell in found[shown[0]]]
    together = {payer: case.appraisal.economic_plan_total[payer] for payer in shown}
    told = [
        text(f"gains.plan.{payer}", change=better_or_worse(total["nok"]), chance=chance(total["probability_positive"]))
        for payer, total in together.items()
    ]
    facts = {"first": years[0], "last": years[-1], "told": listed(told)}
    rows = [
        {"year": year, **_of_plan({payer: cells[place] for payer, cells in found.items()})}
        for place, year in enumerate(years)
    ]
    rows.append({"year": text("gains.plan.sum"), **_of_plan(together)})
    return annotations.chart(
        case,
        "plan",
        facts,
        picture=bars(years, groups, stacked=False, narrow=visit.narrow()),
        table=pl.DataFrame(rows),
        columns=(*columns_of("gains.column", year="text"), *_plan_columns(found)),
    )


def _of_plan(cells: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """Return what is expected of each payer, and the chance of a gain."""
    kinds = {"nok": "nok", "chance": "probability_positive"}
    return {f"{payer}_{kind}": cell[key] for payer, cell in cells.items() for kind, key in kinds.items()}


def _plan_columns(payers: Iterable[str]) -> Iterator[TableColumn]:
    for payer in payers:
        yield TableColumn(f"{payer}_nok", holder(payer), "nok")
        yield TableColumn(f"{payer}_chance", text("gains.plan.chance", holder=holder(payer)), "share_whole")


def _terms(case: Case, names: tuple[str, ...]) -> pl.DataFrame:
    """Return present values by term and in all."""
    found = case.appraisal.horizons
    rows = [
        {"holder": holder(name), **{f"{term}_nok": found[term][name] for term in TERMS}}
        | {"expected_nok": annotations.summary(case, name).expected}
        | {"probability_positive": annotations.summary(case, name).probability_positive}
        for name in names
    ]
    return pl.DataFrame(rows)


def _term_columns() -> tuple[TableColumn, ...]:
    chance_column = columns_of("gains.column", probability_positive="share_whole")
    return (*annotations.amounts([*(f"{term}_nok" for term in TERMS), "expected_nok"]), *chance_column)
