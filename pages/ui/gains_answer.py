"""The answer first: what society gains or loses, then the four ledgers and the others, each on its own."""

from html import escape

import streamlit as st

from benefits.summaries import LedgerSummary
from pages.ui import folds, gains_parts, gains_words, marking, shell
from pages.ui.format import number
from pages.ui.gains_choice import Case
from pages.ui.gains_sliders import described
from pages.ui.texts import language, text

LEDGERS = ("public_total", "participants", "employers", "others")


def show(case: Case) -> None:
    """Write the sentence with society's number, the ledgers as cards, and what a reader must know of the scenario."""
    shell.cite(*gains_parts.citations(case))
    st.html(_hero(case))
    st.html(f'<div class="innenfor-ledgers">{"".join(_card(case, name) for name in LEDGERS)}</div>')
    st.caption(" ".join([text("gains.apart"), gains_parts.price_note(case)]))
    if case.choice.edits:
        st.caption(text("gains.edited", what="; ".join(described(case.scenario, case.choice.edits))))
    folds.reading(text("gains.doubts"), "gains-doubts", lambda: _doubts(case))


def _doubts(case: Case) -> None:
    st.markdown("\n".join(f"- {line}" for line in doubts(case)))


def doubts(case: Case) -> list[str]:
    """Return what the scenario leaves to doubt, and what it takes for certain or by default."""
    found = case.appraisal
    lines = [text(f"gains.note.{note}") for note in found.notes]
    if found.certain:
        names = ", ".join(dict.fromkeys(gains_words.quantity(name, case.scenario) for name in found.certain))
        lines.append(text("gains.certain", what=names))
    if found.defaults:
        lines.append(text("gains.defaults", what=", ".join(default.key for default in found.defaults)))
    if found.mvpf is not None:
        lines.append(_mvpf(found.mvpf))
    lines.append(text("gains.tax_term", change=gains_words.million(found.tax_financing_term)))
    return lines


def _mvpf(ratio: float) -> str:
    if ratio == float("inf"):
        return text("gains.mvpf_infinite")
    return text("gains.mvpf", ratio=number(ratio, 2))


def _hero(case: Case) -> str:
    found = case.appraisal.society
    mark = marking.sentence(example=case.example)
    example = f'<p class="innenfor-example">{escape(mark)}</p>' if mark else ""
    unit, title = escape(text("gains.million_society")), escape(case.appraisal.title[language()])
    number = f'<p class="innenfor-number">{escape(gains_words.million(found.npv))}</p><p>{unit}</p>'
    words = f"<h2>{title}</h2><p>{escape(case.appraisal.sentence(language()))}</p>"
    kind = "loses" if found.npv < 0 else "gains"
    return f'<div class="innenfor-answer {kind}"><div>{number}</div><div>{example}{words}</div></div>'


def _card(case: Case, name: str) -> str:
    found = gains_parts.summary(case, name)
    lines = f"<p>{escape(_between(found))}</p><p>{escape(_chance(found))}</p>"
    name_words = f"<h3>{escape(gains_words.holder(name))}</h3>"
    amount = f'<p class="amount">{escape(gains_words.million(found.npv))} <span>{escape(text("gains.mill"))}</span></p>'
    return f"<section>{name_words}{amount}{lines}</section>"


def _between(found: LedgerSummary) -> str:
    if found.p10 == found.p90 == 0:
        return text("gains.card_nothing")
    return text("gains.card_between", low=gains_words.million(found.p10), high=gains_words.million(found.p90))


def _chance(found: LedgerSummary) -> str:
    if found.p10 == found.p90 == 0:
        return ""
    return text(
        "gains.card_chance", middle=gains_words.million(found.p50), share=gains_words.chance(found.probability_positive)
    )
