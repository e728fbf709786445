"""The answer first: what society gains or loses, then the four ledgers and the others, each on its own."""

from html import escape

import streamlit as st

from benefits.valuation.summaries import LedgerSummary
from pages.format import marking, numbers
from pages.format.texts import language, text
from pages.frame import expander, shell
from pages.views.gains import annotations, experiment_choice, wording
from pages.views.gains.selection import Case
from pages.views.gains.sliders import described

LEDGERS = ("public_total", "participants", "employers", "others")


def show(case: Case) -> None:
    """Write the sentence with society's number, the ledgers as cards, and what a reader must know of the scenario."""
    shell.cite(*annotations.citations(case))
    st.html(_hero(case))
    st.html(f'<div class="innenfor-ledgers">{"".join(_card(case, name) for name in LEDGERS)}</div>')
    st.caption(" ".join([text("gains.apart"), annotations.price_note(case)]))
    if case.choice.experiment and case.choice.base is not None:
        st.caption(experiment_choice.rest_note(case.choice.experiment, case.choice.base))
    if case.choice.edits:
        st.caption(text("gains.edited", what="; ".join(described(case.scenario, case.choice.edits))))
    expander.reading(
        text("gains.doubts"), "gains-doubts", lambda: st.markdown("\n".join(f"- {line}" for line in doubts(case)))
    )


def doubts(case: Case) -> list[str]:
    """Return what the scenario leaves to doubt, and what it takes for certain or by default."""
    found = case.appraisal
    lines = [text(f"gains.note.{note}") for note in found.notes]
    if found.certain:
        names = ", ".join(dict.fromkeys(wording.quantity(name, case.scenario) for name in found.certain))
        lines.append(text("gains.certain", what=names))
    if found.defaults:
        lines.append(text("gains.defaults", what=", ".join(default.key for default in found.defaults)))
    if found.mvpf is not None:
        lines.append(_mvpf(found.mvpf))
    lines.append(text("gains.tax_term", change=wording.million(found.tax_financing_term)))
    return lines


def _mvpf(ratio: float) -> str:
    if ratio == float("inf"):
        return text("gains.mvpf_infinite")
    return text("gains.mvpf", ratio=numbers.ratio(ratio))


def _hero(case: Case) -> str:
    found = case.appraisal.society
    mark = marking.sentence(example=case.example)
    example = f'<p class="innenfor-example">{escape(mark)}</p>' if mark else ""
    unit, title = escape(text("gains.million_society")), escape(case.appraisal.title[language()])
    number = f'<p class="innenfor-number">{escape(wording.million(found.expected))}</p><p>{unit}</p>'
    words = f"<h2>{title}</h2><p>{escape(case.appraisal.sentence(language()))}</p>"
    kind = "loses" if found.expected < 0 else "gains"
    return f'<div class="innenfor-answer {kind}"><div>{number}</div><div>{example}{words}</div></div>'


def _card(case: Case, name: str) -> str:
    found = annotations.summary(case, name)
    lines = f"<p>{escape(_between(found))}</p><p>{escape(_chance(found))}</p>"
    name_words = f"<h3>{escape(wording.holder(name))}</h3>"
    amount = (
        f'<p class="amount">{escape(wording.million(found.expected))} <span>{escape(text("gains.mill"))}</span></p>'
    )
    return f"<section>{name_words}{amount}{lines}</section>"


def _between(found: LedgerSummary) -> str:
    if found.untouched:
        return text("gains.card_nothing")
    return text("gains.card_between", low=wording.million(found.p10), high=wording.million(found.p90))


def _chance(found: LedgerSummary) -> str:
    if found.untouched:
        return ""
    return text("gains.card_chance", share=wording.chance(found.probability_positive))
