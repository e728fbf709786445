"""The answer first: what society gains or loses, then the four ledgers and the others, each on its own."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import streamlit as st

from benefits.valuation.sentences import outcome
from benefits.valuation.summaries import LedgerSummary
from data import i18n
from pages.format import marking, numbers
from pages.format.html import Html, link, tag
from pages.format.numbers import DECIMALS
from pages.format.texts import language, text
from pages.frame import expander, shell
from pages.frame.url import widgets
from pages.views.gains import annotations, experiment_choice, queries, wording
from pages.views.gains.selection import Case
from pages.views.gains.sliders import described, question

LEDGERS = ("municipality", "public_total", "participants", "employers", "others")


def answer(case: Case) -> None:
    """Write the sentence with society's number, and in the bar how many take part, over which years."""
    shell.cite(*annotations.citations(case))
    society, scenario = case.appraisal.society, case.scenario
    if case.choice.bar is not None:
        taking_part = text("gains.bar.participants", count=numbers.number(scenario.participants.value))
        case.choice.bar.say(taking_part, years(scenario.base_year, scenario.horizon_years), aside=in_short(society))
    verdict = text(f"gains.verdict.{outcome(society)}", **spread(asdict(society)))
    st.html(hero(society.expected, verdict, example=case.example))


def apart(case: Case) -> None:
    """Write the ledgers as cards, and what a reader must know of the scenario."""
    st.html(cards({name: asdict(annotations.summary(case, name)) for name in LEDGERS}))
    if trial := _trial(case):
        st.html(trial)
    st.caption(" ".join([text("gains.apart"), annotations.price_note(case)]))
    if case.choice.experiment and case.choice.base is not None:
        st.caption(experiment_choice.rest_note(case.choice.experiment, case.choice.base))
    if case.choice.edits:
        st.caption(text("gains.edited", what="; ".join(described(case.scenario, case.choice.edits))))
        if asked := question(case.choice.edits):
            st.warning(asked)
    if case.appraisal.replaced:
        st.caption(text("gains.replaced", what="; ".join(_replaced(case))))
    expander.reading(
        text("gains.doubts"), "gains-doubts", lambda: st.markdown("\n".join(f"- {line}" for line in doubts(case)))
    )


def hero(nok: float, sentence: str, *, example: bool) -> Html:
    """Return what society is expected to gain or lose (NOK) as the page's first answer, with its sentence."""
    mark = marking.sentence(example=example)
    marked = (tag("p", mark, class_="innenfor-example"),) if mark else ()
    amount, unit = wording.amount_and_unit(nok)
    number = tag("span", amount, class_="innenfor-number")
    first = tag("p", number, " ", tag("span", text("gains.to_society", unit=unit)))
    kind = "loses" if nok < 0 else "gains"
    return tag("div", first, tag("div", *marked, tag("p", sentence)), class_=f"innenfor-answer {kind}")


def years(first: int, count: int) -> str:
    """Return the years that are counted, `2026–2045`, or the one year."""
    return str(first) if count == 1 else f"{first}–{first + count - 1}"


def in_short(society: LedgerSummary) -> str:
    """Return society's expected gain as the bar says it, which stays in sight: `+9,6 mill. kr for samfunnet`."""
    amount, unit = wording.amount_and_unit(society.expected)
    return text("gains.bar.society", amount=amount, unit=unit)


def cards(found: Mapping[str, Mapping[str, Any]]) -> Html:
    """Return a card for each holder: what is expected, between what, and with what chance above zero."""
    return tag("div", *(_card(name, each) for name, each in found.items()), class_="innenfor-ledgers")


def spread(found: Mapping[str, Any]) -> dict[str, str]:
    """Return between what an amount lies, and its chance above zero, as words."""
    low, high, unit = wording.between(found["p10"], found["p90"])
    return {"low": low, "high": high, "unit": unit, "share": wording.chance(found["probability_positive"])}


def is_untouched(found: Mapping[str, Any]) -> bool:
    """Return whether nothing of a holder's is moved, in no draw."""
    return bool(found["p10"] == found["p90"] == found["expected"] == 0)


def doubts(case: Case) -> list[str]:
    """Return what the scenario leaves to doubt, and what it takes for certain or by default."""
    found = case.appraisal
    lines = [i18n.say("benefits", language(), f"note.{note}") for note in found.notes]
    if found.certain:
        names = ", ".join(dict.fromkeys(wording.quantity(name, case.scenario) for name in found.certain))
        lines.append(text("gains.certain", what=names))
    if found.defaults:
        lines.append(text("gains.defaults", what=", ".join(wording.defaults(found.defaults))))
    if found.mvpf is not None:
        lines.append(_mvpf(found.mvpf))
    lines.append(text("gains.tax_term", change=wording.million(found.tax_financing_term)))
    return lines


def _replaced(case: Case) -> list[str]:
    """Return each number that stands in for a published one, with both."""
    lines = []
    for name, each in case.appraisal.replaced.items():
        used, published = (numbers.trimmed(each[key], DECIMALS["input"]) for key in ("used", "published"))
        key = "replaced_one" if each["published"] is not None else "replaced_unpublished"
        lines.append(text(f"gains.{key}", name=wording.quantity(name, case.scenario), used=used, published=published))
    return lines


def _mvpf(ratio: float) -> str:
    if ratio == float("inf"):
        return text("gains.mvpf_infinite")
    return text("gains.mvpf", ratio=numbers.ratio(ratio))


def _card(name: str, found: Mapping[str, Any]) -> Html:
    lines = [text("gains.card_nothing")]
    if not is_untouched(found):
        lines = [text("gains.card_chance", **spread(found)), text("gains.card_between", **spread(found))]
    amount, unit = wording.amount_and_unit(found["expected"])
    shown = tag("p", f"{amount} ", tag("span", unit), class_="amount")
    return tag("section", tag("h3", wording.holder(name)), shown, *(tag("p", line) for line in lines))


def _trial(case: Case) -> str:
    """Return the link to the trial the effect was measured in, empty where Innenfor does not have it."""
    key = case.choice.experiment or case.scenario.experiment
    if key not in queries.experiment_keys() or "experiments" not in shell.page_names():
        return ""
    return link(widgets.address("experiments", view="one", experiment=key), text("gains.see_trial"))
