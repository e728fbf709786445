"""Other outcomes of one experiment, corrected for their number, with whether each was planned."""

from typing import Any

import polars as pl
import streamlit as st

from analytics.experiments.portfolio.results import Reported
from analytics.experiments.portfolio.secondary_outcomes import Secondary
from analytics.experiments.reporting.estimate import Estimate
from data.i18n import say
from pages.components import data_table
from pages.components.data_table import columns_of
from pages.format import marking
from pages.format.numbers import number, rate
from pages.format.texts import language, text


def show(each: Reported) -> None:
    """Write the other outcomes as a table, where there are any."""
    if not each.secondary:
        return
    st.header(text("experiments.others.title"), anchor="others")
    st.markdown(text("experiments.others.lead", count=number(len(each.secondary))))
    columns = (
        *columns_of("experiments", outcome=("column.outcome", "prose"), effect=("others.interval", "text")),
        *columns_of("experiments.column", p="p", p_adjusted=("p_holm", "p"), verdict="prose", standing="prose"),
    )
    caption = marking.caption(text("experiments.others.title"), example=each.experiment.example)
    data_table.show(pl.DataFrame(rows(each), infer_schema_length=None), columns, caption)


def rows(each: Reported) -> list[dict[str, Any]]:
    """Return one row an outcome; a band has limits and no value."""
    return [
        {
            "outcome": _name(each, other),
            "effect": _effect(other),
            "p": other.answer.p if isinstance(other.answer, Estimate) else None,
            "p_adjusted": other.p_adjusted,
            "verdict": text(f"experiments.verdict.{other.verdict}"),
            "standing": text(f"experiments.planned.{other.standing}"),
        }
        for other in each.secondary
    ]


def _effect(other: Secondary) -> str | None:
    found = other.answer
    if not isinstance(found, Estimate) or (found.value is None and found.low is None):
        return None
    ends = {name: rate(getattr(found, name)) for name in ("value", "low", "high")}
    key = "band" if found.value is None else "point" if found.low is None else "both"
    return text(f"experiments.others.{key}", **ends)


def content(each: Reported) -> list[dict[str, Any]]:
    """Return the other outcomes as JSON-safe values."""
    return [
        {
            "outcome": other.outcome, "standing": other.standing, "verdict": other.verdict,
            "p_adjusted": other.p_adjusted, "correction": "holm",
            "estimate": other.answer.as_json(language()) if isinstance(other.answer, Estimate) else None,
        }
        for other in each.secondary
    ]  # fmt: skip


def names(each: Reported) -> str:
    """Return the names of the outcomes the record plans, in the reader's language."""
    record = each.experiment
    return ", ".join(record.outcome_name(name, language()) for name in record.secondary_outcomes)


def _name(each: Reported, other: Secondary) -> str:
    words = each.experiment.outcome_name(other.outcome, language())
    if not isinstance(other.answer, Estimate):
        return f"{words}: {other.answer.sentence(language())}"
    scale = "binary" if other.answer.kind == "binary" else "number"
    return text(f"experiments.others.{scale}", label=words, per=number(other.answer.per)) + _band(other.answer)


def _band(found: Estimate) -> str:
    return "" if found.value is not None else f" ({say('analytics', language(), 'experiments.grade.small_cells')})"
