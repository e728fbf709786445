"""How surely: ranges by ledger, and what moves the answer most."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from benefits.scenario.model import PRIVATE
from benefits.valuation.summaries import LedgerSummary
from pages.components import chart_card
from pages.components.chart_card import Chart
from pages.components.data_table import columns_of
from pages.format.numbers import DECIMALS, trimmed
from pages.format.texts import text
from pages.frame import visit
from pages.frame.cache import cached_object
from pages.plots import axes
from pages.svg.markup import Drawing
from pages.svg.row_marks import MarkedRow
from pages.svg.rows_picture import NARROW, WIDE, RowScale, rows_picture
from pages.views.gains import annotations, queries, sliders, wording
from pages.views.gains.annotations import PUBLIC
from pages.views.gains.money_plots import Mark
from pages.views.gains.selection import Case
from pages.views.gains.tornado import tornado
from pages.views.gains.wording import MILLION, holder, million


def uncertainty(case: Case) -> None:
    """Write the range of every ledger; society, which is no sum of them, alone below."""
    all_public(case)
    chart_card.show(uncertainty_chart(case, annotations.touched(case, PRIVATE), "private"))
    chart_card.show(uncertainty_chart(case, ("society",), "society"))


def all_public(case: Case) -> None:
    """Write how sure the gains and losses of the public payers are."""
    chart_card.show(uncertainty_chart(case, (*annotations.touched(case, PUBLIC), "public_total"), "public"))


@cached_object
def uncertainty_chart(case: Case, names: tuple[str, ...], group: str) -> Chart:
    """Return the expected value, P10 and P90 of some ledgers, with the chance of a gain."""
    sure = [name for name in names if annotations.summary(case, name).probability_positive >= 0.9]
    first = annotations.summary(case, names[-1] if group == "public" else names[0])
    facts = {
        "holder": holder(names[-1] if group == "public" else names[0]),
        "low": million(first.p10),
        "high": million(first.p90),
        "chance": wording.chance(first.probability_positive),
        "sure": len(sure),
        "all": len(names),
    }
    return annotations.chart(
        case,
        "uncertainty",
        facts,
        f"finding_{group}",
        picture=_picture(case, names),
        table=annotations.frame(case, names),
        columns=annotations.columns(),
        stem=f"gains-uncertainty-{group}",
    )


def _picture(case: Case, names: tuple[str, ...]) -> Drawing:
    """Return a row for each ledger: the dot at what is expected, the line from P10 to P90, the three in words."""
    found = {name: annotations.summary(case, name) for name in names}
    rows = [MarkedRow(holder(name), _said(each), each.expected, (each.p10, each.p90)) for name, each in found.items()]
    places, words = axes.ticks([end / MILLION for each in found.values() for end in (each.p10, each.p90)], "rate")
    places = [each * MILLION for each in places]
    scale = RowScale((places[0], places[-1]), tuple(zip(places, words, strict=True)), text("gains.axis.million"))
    return rows_picture(rows, scale, NARROW if visit.narrow() else WIDE)


def _said(found: LedgerSummary) -> str:
    return text(
        "gains.uncertainty.said", value=million(found.expected), low=million(found.p10), high=million(found.p90)
    )


def tornado_chart(case: Case) -> Chart:
    """Return how far each quantity alone moves society's expected value, the widest first."""
    rows = queries.tornado(case.scenario.as_toml(), case.choice.experiment)
    found = [row for row in rows if row["swing"] > 0] or list(rows)
    shown = found[: sliders.settings()["tornado"]["rows"]]
    names = [wording.quantity(row["name"], case.scenario) for row in shown]
    marks = [_end_marks(name, row) for name, row in zip(_distinct(names), shown, strict=True)]
    crossing = any(min(mark.low, mark.high) < 0 < max(mark.low, mark.high) for mark in marks)
    facts = {"first": names[0].lower(), "low": million(marks[0].low), "high": million(marks[0].high)}
    expected = case.appraisal.society.expected
    return annotations.chart(
        case, "tornado", facts, "crossing" if crossing else "firm",
        beyond=annotations.at_draws(
            case, "expected_tornado", "from benefits.valuation.expected_tornado import expected_tornado"
        ),
        picture=tornado(marks, expected, narrow=visit.narrow()),
        table=pl.DataFrame([_tornado_row(case, row) for row in rows]),
        columns=columns_of(
            "gains.column", quantity="prose", low="text", high="text", npv_low_nok="nok_million_detail",
            npv_high_nok="nok_million_detail",
        ),
        note=text("gains.tornado.note", shown=len(shown), all=len(rows), expected=million(expected)),
    )  # fmt: skip


def mark(case: Case, name: str) -> Mark:
    """Return a ledger's or payer's expected amount with its range from P10 to P90."""
    found = annotations.summary(case, name)
    words = text(
        "gains.uncertainty.hover",
        holder=holder(name),
        value=million(found.expected),
        low=million(found.p10),
        high=million(found.p90),
        chance=wording.chance(found.probability_positive),
    )
    return Mark(holder(name), found.expected, found.p10, found.p90, words)


def _end_marks(name: str, row: Mapping[str, Any]) -> Mark:
    low, high = row["npv_low"], row["npv_high"]
    return Mark(name, 0.0, low, high, text("gains.tornado.hover", name=name, low=million(low), high=million(high)))


def _tornado_row(case: Case, row: Mapping[str, Any]) -> dict[str, object]:
    return {
        "quantity": wording.quantity(str(row["name"]), case.scenario),
        "low": _quantity(row["low"]),
        "high": _quantity(row["high"]),
        "npv_low_nok": row["npv_low"],
        "npv_high_nok": row["npv_high"],
    }


def _quantity(value: float) -> str:
    """Return an input: an amount without decimals, else with those it has."""
    return trimmed(value, DECIMALS["count" if abs(value) >= 100 else "quantity"])


def _distinct(names: list[str]) -> list[str]:
    """Return names, the second of two alike with its number: a picture has one row a name."""
    return [
        name if names[:i].count(name) == 0 else f"{name} ({names[:i].count(name) + 1})" for i, name in enumerate(names)
    ]
