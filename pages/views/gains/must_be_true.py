"""What must be true for each to go in zero: how many get into work, how long it lasts, and at what price."""

from collections.abc import Mapping

import polars as pl
import streamlit as st

from benefits.scenario.model import Scenario
from benefits.valuation.what_must_be_true import MustBeTrue
from pages.components import chart_card, data_table
from pages.components.chart_card import Chart
from pages.components.data_table import TableColumn, columns_of
from pages.format.html import Html
from pages.format.numbers import nok, per_hundred, rate
from pages.format.texts import text
from pages.frame import visit
from pages.views.gains import annotations, queries
from pages.views.gains.money_plots import Mark, intervals
from pages.views.gains.selection import Case
from pages.views.gains.wording import MILLION, THOUSANDS, holder

_POINTS = 100 * MILLION  # the pictures of money draw millions: an effect is drawn as so many of 100
Holders = Mapping[str, MustBeTrue]


def must_be_true(case: Case) -> None:
    """Write what must be true for each who pays, and the effect each needs beside the one that is reckoned with."""
    found = queries.must_be_true(case.scenario.as_toml(), case.choice.experiment)
    st.markdown("\n".join(f"- {line}" for line in lines(found, case.scenario)))
    chart_card.show(true_chart(case, found))


def lines(found: Holders, scenario: Scenario) -> list[str]:
    """Return a sentence for society and for each who pays; then those who pay nothing, by what they gain or lose."""
    payers = [name for name, each in found.items() if each.price_now > 0]
    told = [_sentence(name, found[name], scenario) for name in payers]
    for key, sign in (("free_gain", 1), ("free_loss", -1)):
        free = [holder(name) for name, each in found.items() if name not in payers and each.expected * sign > 0]
        told += [text(f"gains.true.{key}", holders=", ".join(free))] if free else []
    return told


def true_chart(case: Case, found: Holders) -> Chart:
    """Return the effect with which each who pays goes in zero, beneath the one that is reckoned with."""
    scenario, own = case.scenario, peak(case.scenario)
    society = found.get("society")
    needed = None if society is None else society.success_rate
    facts = {"effect": per_hundred(needed or 0.0), "own": per_hundred(own)}
    figure = intervals({text("gains.true.needed"): _marks(found, scenario)}, narrow=visit.narrow())
    figure.update_xaxes(title=text("gains.axis.effect"))
    return annotations.chart(
        case, "true", facts, "finding" if needed is not None else "finding_none", beyond=annotations.at_draws(
            case, "what_must_be_true", "from benefits.valuation.what_must_be_true import what_must_be_true"
        ),
        command=annotations.command(case, "must-be-true"),
        picture=figure, table=table(found), columns=columns(),
    )  # fmt: skip


def table(found: Holders) -> pl.DataFrame:
    """Return what must be true by holder, in words where there is no number; `price_now_nok` is NOK per participant."""
    rows = [
        {
            "holder": holder(name),
            "success_rate": _cell(each, "success_rate", per_hundred(each.success_rate)),
            "persistence": _cell(each, "persistence", text("gains.unit.lasting", number=rate(each.persistence))),
            "price": _cell(each, "price", nok(each.price, THOUSANDS)),
            "price_now_nok": each.price_now,
        }
        for name, each in found.items()
    ]
    return pl.DataFrame(rows)


def table_html(found: Holders) -> Html:
    """Return `table` as the page shows it."""
    return data_table.html(table(found), columns(), text("gains.programme.true"))


def columns() -> tuple[TableColumn, ...]:
    """Return the columns of `table`."""
    words = columns_of("gains.column", holder="text", success_rate="text", persistence="text", price="text")
    return (*words, *columns_of("gains.column", price_now_nok="nok"))


def peak(scenario: Scenario) -> float:
    """Return a scenario's effect in its best year, as a share."""
    return max(scenario.effect.value, key=abs)


def _sentence(name: str, each: MustBeTrue, scenario: Scenario) -> str:
    kind, own = scenario.persistence.kind, per_hundred(peak(scenario))
    ways = []
    if each.success_rate is not None:
        ways.append(text("gains.true.effect", effect=per_hundred(each.success_rate), own=own))
    if each.persistence is not None:
        years = {"years": rate(each.persistence), "own": rate(scenario.persistence.years.value)}
        ways.append(text(f"gains.true.{kind}", **years))
    if each.price is not None and each.price > 0:
        prices = {"price": nok(each.price, THOUSANDS), "now": nok(each.price_now, THOUSANDS)}
        ways.append(text("gains.true.price", **prices))
    if not ways:
        return text("gains.true.never", holder=holder(name), now=nok(each.price_now, THOUSANDS))
    *first, last = ways
    said = text("gains.true.or", first=", ".join(first), last=last) if first else last
    return text("gains.true.even", holder=holder(name), ways=said)


def _cell(each: MustBeTrue, name: str, written: str) -> str:
    """Return a number that must be true, or why there is none: who pays nothing always gains, or always loses."""
    if each.price_now <= 0:
        kind = "price" if name == "price" else "always" if each.expected > 0 else "nowhere"
        return text(f"gains.true.cell.{kind}")
    value = getattr(each, name)
    if value is None or (name == "price" and value <= 0):
        scheduled = each.reasons.get(name) == "persistence_is_schedule"
        return text(f"gains.true.cell.{'schedule' if scheduled else 'nowhere'}")
    return written


def _marks(found: Holders, scenario: Scenario) -> list[Mark]:
    effect = scenario.effect
    best = effect.value.index(peak(scenario))
    marks = [_mark(text("gains.true.own"), effect.value[best], effect.low[best], effect.high[best])]
    for name, each in found.items():
        if each.price_now > 0 and each.success_rate is not None:
            marks.append(_mark(holder(name), *[each.success_rate] * 3))
    return marks


def _mark(name: str, share: float, low: float, high: float) -> Mark:
    words = text("gains.true.hover", holder=name, effect=per_hundred(share))
    return Mark(name, share * _POINTS, low * _POINTS, high * _POINTS, words)
