"""The whole programme: what it is worth, to whom and how surely, its budget, and what must be true."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import polars as pl
import streamlit as st

from benefits.programme.portfolio import MeasurePortfolio
from benefits.programme.programme_value import ProgrammeAppraisal
from benefits.scenario.model import PRIVATE, Scenario, shipped
from benefits.valuation.cost_sharing import ORGANISATIONS
from data.errors import InnenforError, foreseen
from pages.components import chart_card, empty_state, sentence_bar, table_card
from pages.components.data_table import TableColumn, columns_of
from pages.components.sentence_bar import SentenceBar
from pages.format import numbers
from pages.format.html import Html, joined, link
from pages.format.texts import language, text
from pages.frame import expander, shell, upload
from pages.frame.source_footer import Citation
from pages.frame.url import widgets
from pages.views.gains import annotations, headline, must_be_true, queries, wording
from pages.views.gains.programme import budget, portfolio_reading, realised, true_together
from pages.views.gains.programme.portfolio_reading import ProgrammeCase
from pages.views.gains.selection import CHOICES, GRANTS, ProgrammeSelection
from pages.views.gains.wording import holder

_CARDS = (*ORGANISATIONS, "participants")
_ROWS = (*ORGANISATIONS, "other_municipalities", "other_counties", "public_total", *PRIVATE, "society")


def show() -> None:
    """Write the programme's value; without a portfolio, how one begins; with a faulty one, what is wrong with it."""
    try:
        found = portfolio_reading.ours()
    except (InnenforError, ExceptionGroup) as problem:
        if not (faults := foreseen(problem)):
            raise
        upload.refused(*faults, lead=text("gains.programme.refused"))
        return
    if found:
        _answer(*_chosen(found))
    else:
        empty_state.show("portfolio")


def _chosen(found: Mapping[str, MeasurePortfolio]) -> tuple[ProgrammeCase, SentenceBar]:
    """Let the reader choose among several portfolios, and look at one with and without its grants."""
    titles = {name: wording.strip_markdown(getattr(each.file.title, language())) for name, each in found.items()}
    bar = sentence_bar.draw(partial(_portfolio, titles))
    case = portfolio_reading.case(bar.chosen, found[bar.chosen])
    if not case.portfolio.file.grant:
        return case, bar
    what = budget.grants_in_words(case.portfolio, language())
    label = text("gains.grants.label", what=what)
    with bar.change("grants"):
        asked = ProgrammeSelection(bar.chosen, CHOICES.draw("grants", label=label))
    return replace(case, granted=asked.grants == GRANTS[0]), bar


def _portfolio(titles: Mapping[str, str]) -> tuple[str, str]:
    """Draw the choice of portfolio where there are several; the only one is named by the bar itself."""
    first = next(iter(titles))
    if len(titles) == 1:
        return first, ""
    name = CHOICES.draw("portfolio", titles)
    return name, titles[name]


def _answer(case: ProgrammeCase, bar: SentenceBar) -> None:
    value, holders, sources = case.value, case.answer["holders"], _sources(case)
    shell.cite(*sources)
    _title(case, bar)
    society = text("gains.programme.society", **headline.spread(holders["society"]))
    st.html(headline.hero(holders["society"]["expected"], society, example=value.example))
    chart_card.show(budget.budget_chart(case, sources[:1]))
    st.markdown(_sentence(case))
    st.html(headline.cards({name: holders[name] for name in _CARDS if name not in value.untouched}))
    st.caption(" ".join([text("gains.apart"), _price_note(case)]))
    st.subheader(text("gains.programme.measures"), anchor=False)
    if links := _links(case):
        st.html(links)
    _table(case, _measures(case), _measure_columns(), "measures", sources[:1])
    st.subheader(text("gains.true_together.title"), anchor=False)
    true_together.show(case)
    st.subheader(text("gains.programme.true"), anchor=False)
    for name, scenario in case.portfolio.scenarios.items():
        fold = partial(_must_be_true, scenario)
        expander.reading(wording.strip_markdown(scenario.title[language()]), f"true-{name}", fold)
    realised.show(case)
    write = partial(_table, case, _holders(case), _holder_columns(), "holders", sources[:1])
    expander.reading(text("gains.programme.holders"), "gains-holders", write)
    if value.shared:
        write = partial(_table, case, _shared(case), _shared_columns(), "shared", sources[:1])
        expander.reading(text("gains.programme.shared"), "gains-shared", write)


def _table(
    case: ProgrammeCase, rows: pl.DataFrame, columns: tuple[TableColumn, ...], name: str, sources: tuple[Citation, ...]
) -> None:
    caption = text(f"gains.programme.{name}")
    table_card.show(rows, columns, caption, sources, f"gains-{name}", example=case.value.example)


def _title(case: ProgrammeCase, bar: SentenceBar) -> None:
    """Write in the bar which measures, with the grants or without, over which years."""
    grants = text(f"gains.grants.{GRANTS[not case.granted]}") if case.portfolio.file.grant else ""
    name = "" if bar.name else wording.strip_markdown(case.value.title[language()])
    bar.say(name, headline.years(case.value.base_year, case.portfolio.horizon), grants)


def _sentence(case: ProgrammeCase) -> str:
    """Return how many get into work and at what price."""
    value = case.value
    best = max(value.persons_in_work, key=lambda row: row["expected"])
    facts: dict[str, object] = {
        "count": len(value.measures), "persons": numbers.number(best["expected"]), "year": int(best["year"]),
        "low": numbers.number(best["p10"]), "high": numbers.number(best["p90"]),
    }  # fmt: skip
    said = [text("gains.programme.persons", **facts)]
    if value.price_per_person is not None:
        said.append(_price(value))
    return " ".join(said)


def _price(value: ProgrammeAppraisal) -> str:
    """Return the price of one more person in work, between what it is in the draws, and how often nobody is."""
    spread = value.price_range
    facts = {
        "price": numbers.nok(value.price_per_person, wording.THOUSANDS),
        "low": numbers.nok(spread.p10, wording.THOUSANDS), "high": numbers.nok(spread.p90, wording.THOUSANDS),
    }  # fmt: skip
    said = text("gains.programme.price", **facts)
    if spread.undefined == 0:
        return said
    return " ".join([said, text("gains.programme.price_nobody", share=wording.chance(spread.undefined))])


def _price_note(case: ProgrammeCase) -> str:
    value = case.value
    last = value.base_year + case.portfolio.horizon - 1
    facts = {"year": value.base_year, "last": last, "draws": numbers.number(value.draws), "seed": value.seed}
    return text("gains.price_note", **facts)


def _links(case: ProgrammeCase) -> Html:
    """Return a link to each measure's own answer, where it is one the page can show."""
    names = [name for name in case.portfolio.scenarios if name in shipped()]
    titles = {name: case.portfolio.scenarios[name].title[language()] for name in names}
    return joined(link(widgets.address("gains", scenario=name), title) for name, title in titles.items())


def _measures(case: ProgrammeCase) -> pl.DataFrame:
    rows: list[dict[str, Any]] = [
        {
            "scenario": wording.strip_markdown(each["title"][language()]),
            "extra_persons": each["extra_persons_in_work"],
            "cost_now_nok": each["cost"],
            "society_nok": each["society"]["expected"],
            "p10_nok": each["society"]["p10"],
            "p90_nok": each["society"]["p90"],
            "probability_positive": each["society"]["probability_positive"],
        }
        for each in case.value.measures
    ]
    return pl.DataFrame(rows)


def _measure_columns() -> tuple[TableColumn, ...]:
    return columns_of(
        "gains.column", scenario="prose", extra_persons="rate", cost_now_nok="nok_million", society_nok="nok_million",
        p10_nok="nok_million", p90_nok="nok_million", probability_positive="share_whole",
    )  # fmt: skip


def _must_be_true(scenario: Scenario) -> None:
    found = queries.must_be_true(scenario.as_toml())
    st.markdown("\n".join(f"- {line}" for line in must_be_true.lines(found, scenario)))
    st.html(must_be_true.table_html(found))


def _holders(case: ProgrammeCase) -> pl.DataFrame:
    """Return every party's present value, with the grants and without (NOK)."""
    holders, without = case.value.holders, case.value.without_grants["holders"]
    rows = [
        {
            "holder": holder(name),
            "expected_nok": holders[name]["expected"],
            "p10_nok": holders[name]["p10"],
            "p90_nok": holders[name]["p90"],
            "probability_positive": holders[name]["probability_positive"],
            "without_nok": without[name]["expected"],
            "without_chance": without[name]["probability_positive"],
        }
        for name in _ROWS
        if name not in case.value.untouched
    ]
    return pl.DataFrame(rows)


def _shared(case: ProgrammeCase) -> pl.DataFrame:
    """Return what the measures share and are granted, each with its years, chance, grade and source (NOK a year)."""
    rows = [
        {
            "label": wording.strip_markdown(each["label"][language()]),
            "payer": holder(each["payer"]),
            "to": holder(each["to"]) if each["to"] else text("gains.programme.used"),
            "typed_nok": each["nok"],
            "years": ", ".join(map(str, each["year"])),
            "chance": each.get("chance", 1.0),
            "evidence": text(f"gains.grade.{each['evidence']}"),
            "source": wording.strip_markdown(each["source"]),
        }
        for each in case.value.shared
    ]
    return pl.DataFrame(rows)


def _shared_columns() -> tuple[TableColumn, ...]:
    return columns_of(
        "gains.column", label="prose", payer="text", to="text", typed_nok="nok", years="text", chance="share_whole",
        evidence="text", source="prose",
    )  # fmt: skip


def _holder_columns() -> tuple[TableColumn, ...]:
    amounts = annotations.amounts(("expected_nok", "p10_nok", "p90_nok"), "nok_million")
    rest = columns_of("gains.column", without_nok="nok_million", without_chance="share_whole")
    return (*amounts, *columns_of("gains.column", probability_positive="share_whole"), *rest)


def _sources(case: ProgrammeCase) -> tuple[Citation, ...]:
    """Return the model with the programme, the trials its measures rest on, and the sources of the rates."""
    used: dict[str, float] = {}
    for scenario in case.portfolio.scenarios.values():
        used |= queries.appraisal(scenario.as_toml()).parameters
    trials = [str(each.raw.get("source", "")) for each in case.portfolio.scenarios.values()]
    title = text("gains.cite.model", title=wording.strip_markdown(case.value.title[language()]))
    named = " – ".join(filter(None, dict.fromkeys([title, *map(wording.strip_markdown, trials)])))
    edition = text("gains.cite.portfolio", file=case.name, draws=numbers.number(case.value.draws))
    return (Citation(text("shell.name"), named, edition, text("gains.cite.licence"), "", text("gains.cite.definition")),
            *annotations.rate_sources(used))  # fmt: skip
