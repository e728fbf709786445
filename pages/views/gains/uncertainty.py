"""How surely: ranges by ledger, what moves the answer most, and where it comes out even."""

from collections.abc import Mapping
from typing import Any

import polars as pl
import streamlit as st

from benefits.no_answer import NoAnswer
from benefits.scenario.model import PRIVATE
from pages.components import chart_card
from pages.components.chart_card import Chart
from pages.components.data_table import columns_of
from pages.format.numbers import DECIMALS, number, per_hundred, rate, trimmed
from pages.format.texts import language, text
from pages.frame import shell
from pages.views.gains import annotations, queries, sliders, wording
from pages.views.gains.annotations import PUBLIC
from pages.views.gains.money_plots import Mark, intervals
from pages.views.gains.selection import Case
from pages.views.gains.tornado import curve, tornado
from pages.views.gains.wording import holder, million

_STOPS = 13


def uncertainty(case: Case) -> None:
    """Write the range of every ledger; society, which is no sum of them, alone below."""
    chart_card.show(uncertainty_chart(case, (*PUBLIC, "public_total"), "public"))
    chart_card.show(uncertainty_chart(case, (*PRIVATE,), "private"))
    chart_card.show(uncertainty_chart(case, ("society",), "society"))


def uncertainty_chart(case: Case, names: tuple[str, ...], group: str) -> Chart:
    """Return the expected value, P10 and P90 of some ledgers, with the chance of a gain."""
    marks = [mark(case, name) for name in names]
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
        picture=intervals({text("gains.uncertainty.middle"): marks}, narrow=shell.narrow()),
        table=annotations.frame(case, names),
        columns=annotations.columns(),
        stem=f"gains-uncertainty-{group}",
    )


def tornado_chart(case: Case) -> Chart:
    """Return how far each quantity alone moves society's net present value, the widest first."""
    found = [row for row in case.appraisal.tornado if row["swing"] > 0] or list(case.appraisal.tornado)
    shown = found[: sliders.settings()["tornado"]["rows"]]
    names = [wording.quantity(row["name"], case.scenario) for row in shown]
    marks = [_end_marks(name, row) for name, row in zip(_distinct(names), shown, strict=True)]
    table = pl.DataFrame([_tornado_row(case, row) for row in case.appraisal.tornado])
    ends = [sorted((row["npv_low"], row["npv_high"])) for row in shown]
    crossing = any(low < 0 < high for low, high in ends)
    facts = {"first": names[0].lower(), "low": million(marks[0].low), "high": million(marks[0].high)}
    return annotations.chart(
        case,
        "tornado",
        facts,
        "crossing" if crossing else "firm",
        picture=tornado(marks, case.appraisal.society.npv, narrow=shell.narrow()),
        table=table,
        columns=columns_of(
            "gains.column",
            quantity="prose",
            low="text",
            high="text",
            npv_low_nok="nok_million_detail",
            npv_high_nok="nok_million_detail",
        ),
        note=text(
            "gains.tornado.note",
            shown=len(shown),
            all=len(case.appraisal.tornado),
            central=million(case.appraisal.society.npv),
        ),
    )


def break_even(case: Case) -> None:
    """Write the effect and the persistence at which society comes out even, and the line over effects."""
    st.markdown("\n\n".join(break_even_words(case)))
    chart_card.show(break_even_chart(case))


def break_even_words(case: Case) -> list[str]:
    """Return the break-even effect and persistence in words, each with what the model gives there."""
    found = case.appraisal.break_even
    words = []
    if found.effect is None:
        words.append(f"{text('gains.break_even.no_effect')} {_reason(found.effect_reason)}")
    else:
        facts = {"effect": per_hundred(found.effect), "own": per_hundred(_peak(case))}
        words.append(text("gains.break_even.effect", **facts, verified=number(found.effect_npv or 0.0)))
    if found.persistence is None:
        words.append(f"{text('gains.break_even.no_persistence')} {_reason(found.persistence_reason)}")
    else:
        key = f"gains.break_even.{found.persistence_kind}"
        facts = {"years": rate(found.persistence), "own": rate(case.scenario.persistence.years.value)}
        words.append(text(key, **facts, verified=number(found.persistence_npv or 0.0)))
    return words


def break_even_chart(case: Case) -> Chart:
    """Return society's net present value over effects, with the scenario's own and the break-even named."""
    own, even = _peak(case), case.appraisal.break_even.effect
    ends = [0.0, own, *([even] if even is not None else [])]
    low, high = min(ends), max(*ends, 0.02)
    room = (high - low) * 0.35
    first, last = (low - room if low < 0 else 0.0), min(1.0, high + room)
    peaks = tuple(round(first + (last - first) * i / (_STOPS - 1), 6) for i in range(_STOPS))
    amounts = queries.curve(case.scenario.as_toml(), peaks)
    marks = [(own * 100, case.appraisal.society.npv, text("gains.break_even.own", effect=per_hundred(own)))]
    if even is not None:
        marks.append((even * 100, 0.0, text("gains.break_even.even", effect=per_hundred(even))))
    facts = {"effect": per_hundred(even or 0.0), "own": per_hundred(own)}
    return annotations.chart(
        case,
        "break_even",
        facts,
        "finding" if even is not None else "finding_none",
        beyond=annotations.Beyond(
            f"effects = {peaks}\neffects, npv_by_effect(scenario, effects)",
            "from benefits.valuation.effect_curve import npv_by_effect",
        ),
        picture=curve([peak * 100 for peak in peaks], amounts, marks, narrow=shell.narrow()),
        table=pl.DataFrame({"effect": peaks, "npv_nok": amounts}),
        columns=columns_of("gains.column", effect="share", npv_nok="nok_million_detail"),
    )


def _peak(case: Case) -> float:
    if case.choice.experiment:
        effect = queries.effects()[case.choice.experiment]
        return float(effect.draws(case.appraisal.draws, case.appraisal.seed).mean())
    return max(case.scenario.effect.value, key=abs)


def _reason(reason: str) -> str:
    if reason == "no_break_even":
        return text("gains.break_even.nowhere")
    return NoAnswer(reason, ()).sentence(language())


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
