"""What exclusion costs: persons times annual cost by payer. A stock from the registers, never the gain of a measure."""

from dataclasses import dataclass

import polars as pl
import streamlit as st

from analytics.exclusion import subject
from analytics.exclusion.rates import Rate
from analytics.results import Interval
from benefits.no_answer import NoAnswer
from benefits.scenario.model import Scenario
from benefits.valuation.cost_of_exclusion import CostOfExclusion, cost_of_exclusion
from pages.components import chart_card, data_table
from pages.components.chart_card import Chart
from pages.components.citations import citation
from pages.components.data_table import TableColumn, columns_of
from pages.format import sentences
from pages.format.numbers import DECIMALS, millions, nok_million, number, period, unknown
from pages.format.place_names import PopulationGroup, age, group_of, place
from pages.format.texts import text
from pages.frame import visit
from pages.frame.cache import cached_value
from pages.frame.source_footer import Citation
from pages.views.gains import sliders
from pages.views.gains.money_plots import bar_group, bars
from pages.views.gains.selection import GainsSelection
from pages.views.gains.wording import holder

IF_ALL = ("no_income", "sosialhjelp", "aap", "ufoeretrygd")
_GROUPS = {"municipality": ("municipality",), "county": ("county",), "state": ("state_transfers", "state_tax")}


@dataclass(frozen=True)
class Outside:
    """The persons outside in a place, with the edition and who is counted."""

    rate: Rate
    edition: str
    group: PopulationGroup


@cached_value
def outside(region: str) -> Outside | None:
    """Return the newest count of young people outside in a place; None where the place has no figure of its own."""
    indicator = subject.loaded_indicators()[0]
    found = subject.subject(indicator, region, subject.default_age(indicator), "both")
    rate = subject.newest(found) if found and not found.stepped_up else None
    if found is None or rate is None or rate.count is None:
        return None
    return Outside(rate, rate.edition, group_of(found.view))


@cached_value
def if_all(count: int, *, lost_taxes: bool) -> dict[str, CostOfExclusion]:
    """Return what a number of persons would cost a year if all were in one state, by state."""
    scenario = _scenario()
    return {state: cost_of_exclusion(scenario, {state: count}, lost_taxes=lost_taxes) for state in IF_ALL}


@cached_value
def by_register(region: str, *, lost_taxes: bool) -> tuple[CostOfExclusion, dict[str, str]]:
    """Return the cost of those the registers count on each benefit, and the period of each count."""
    counts: dict[str, float | Interval | None] = {}
    periods = {}
    for state, register in sliders.settings()["stock"]["registers"].items():
        rate = _recipients(region, register["indicator"], register["age_group"])
        counts[state] = None if rate is None else rate.count
        periods[state] = "" if rate is None else rate.period
    return cost_of_exclusion(_scenario(), counts, lost_taxes=lost_taxes), periods


def show(choice: GainsSelection) -> None:
    """Write what it would cost if all outside had one benefit, and what the registers know of benefits in the place."""
    found = outside(choice.region)
    if choice.bar is not None:
        choice.bar.say(*((str(found.group), period(found.rate.period)) if found else ()))
    if found is None:
        st.info(text("gains.cost.unknown_count", place=place(choice.region)))
    else:
        chart_card.show(cost_chart(choice, found))
    st.markdown(text("gains.cost.lead"))
    _registers(choice)


def cost_chart(choice: GainsSelection, found: Outside) -> Chart:
    """Return the annual cost by payer if all outside were in one state, a bar a state."""
    rate = found.rate
    amounts = _if_all_amounts(choice, rate)
    names = {state: text(f"gains.state.{state}") for state in IF_ALL}
    groups = [bar_group(holder(payer), {names[state]: amounts[state][payer] for state in IF_ALL}) for payer in _GROUPS]
    rows = [
        {"state": names[state], **{f"{payer}_nok": nok for payer, nok in amounts[state].items()}}
        | {"sum_nok": sum(amounts[state].values())}
        for state in IF_ALL
    ]
    facts = _facts(found, [sum(parts.values()) for parts in amounts.values()])
    total = columns_of("gains.column", sum_nok="nok_million")
    money = [TableColumn(f"{payer}_nok", holder(payer), "nok_million") for payer in _GROUPS]
    return Chart(
        finding=text(f"gains.cost.{'finding_least' if rate.lower_bound else 'finding'}", **facts),
        alt=text("gains.cost.alt", **facts),
        picture=bars(list(names.values()), groups, stacked=True, narrow=visit.narrow()),
        table=pl.DataFrame(rows),
        columns=(*columns_of("gains.column", state=("if_all", "text")), *money, *total),
        sources=(citation(found.edition, found.group.indicator), _model()),
        stem="gains-cost",
        group=found.group,
        note=" ".join([text(f"gains.cost.{choice.counting}"), text("gains.cost.note", year=_scenario().base_year)]),
        python=_python(choice, rate),
    )


def _if_all_amounts(choice: GainsSelection, rate: Rate) -> dict[str, dict[str, float]]:
    costs = if_all(rate.count or 0, lost_taxes=choice.counting == "taxes")
    return {state: _amounts(cost) for state, cost in costs.items()}


def _facts(found: Outside, totals: list[float]) -> dict[str, str]:
    rate = found.rate
    return {
        "place": place(rate.region),
        "group": str(found.group),
        "count": number(rate.count),
        "period": period(rate.period),
        "status": sentences.status(rate),
        "low": millions(min(totals), DECIMALS["count"]),
        "high": millions(max(totals), DECIMALS["count"]),
    }


def _registers(choice: GainsSelection) -> None:
    """Write what the registers count on each benefit in the place, times the cost of a year; unknown is unknown."""
    lost = choice.counting == "taxes"
    found, periods = by_register(choice.region, lost_taxes=lost)
    rows, registers = [], sliders.settings()["stock"]["registers"]
    for state, persons in found.by_state.items():
        one = sum(found.per_person[state].values())
        cost = None if isinstance(persons, NoAnswer) else sum(part.estimate for part in persons.values())
        count = unknown("missing") if cost is None or one == 0 else number(cost / one)
        when = period(periods[state]) if periods[state] else unknown()
        name = f"{text(f'gains.state.{state}')} ({age(registers[state]['age_group'])})"
        rows.append({"state": name, "year_nok": one, "persons": count, "period": when, "cost_nok": cost})
    heading = text("gains.cost.registers", place=place(choice.region))
    st.subheader(heading, anchor=False)
    st.markdown(text("gains.cost.registers_lead"))
    columns = (
        *columns_of("gains.column", state=("benefit", "text"), year_nok="nok", persons="text"),
        *columns_of("gains.column", period=("when", "text"), cost_nok="nok_million"),
    )
    data_table.show(pl.DataFrame(rows, infer_schema_length=None), columns, heading)
    total = found.total
    said = (
        text("gains.cost.sum_unknown")
        if isinstance(total, NoAnswer)
        else text("gains.cost.sum", sum=nok_million(total.estimate))
    )
    st.markdown(said)
    st.caption(text("gains.cost.overlap"))


def _recipients(region: str, indicator: str, age_group: str) -> Rate | None:
    found = subject.subject(indicator, region, age_group, "both")
    return subject.newest(found) if found and not found.stepped_up else None


def _amounts(cost: CostOfExclusion) -> dict[str, float]:
    assert not isinstance(cost.by_payer, NoAnswer)  # noqa: S101 - the count is known here
    known = cost.by_payer
    return {name: sum(known[payer].estimate for payer in payers) for name, payers in _GROUPS.items()}


def _scenario() -> Scenario:
    """Return the persons of the stock: all left to the documented defaults but year and age."""
    asked = sliders.settings()["stock"]
    effect = {"value": 0.0, "se": 0.0, "evidence": "rct"}
    return Scenario.from_dict(
        {"base_year": asked["base_year"], "participants": 1, "effect": effect, "origin": {"age": asked["age"]}}
    )


def _model() -> Citation:
    return Citation(text("shell.name"), text("gains.cost.cite"), str(_scenario().base_year), text("gains.cite.licence"))


def _python(choice: GainsSelection, rate: Rate) -> str:
    toml = _scenario().as_toml().replace('"', "'").replace("\n", "\\n")
    lost = choice.counting == "taxes"
    return (
        "from benefits.scenario.model import Scenario\n"
        "from benefits.valuation.cost_of_exclusion import cost_of_exclusion\n"
        f'scenario = Scenario.from_toml("{toml}")\n'
        f"states = {IF_ALL}\n"
        f"costs = [cost_of_exclusion(scenario, {{state: {rate.count}}}, lost_taxes={lost}) for state in states]\n"
        "state = [cost.by_payer['state_transfers'].estimate + cost.by_payer['state_tax'].estimate for cost in costs]\n"
        "[cost.by_payer for cost in costs], state, [cost.total for cost in costs]"
    )
