"""One experiment: what it found, how sure that is, what was planned, and what would change our mind."""

from collections.abc import Callable

import streamlit as st

from analytics.experiments.portfolio.results import Reported
from analytics.experiments.reporting.estimate import Estimate
from pages.components import chart_card, downloads, notices
from pages.components.citations import experiment_sources
from pages.format import marking
from pages.format.html import link, tag, terms
from pages.format.texts import language, text
from pages.frame import shell
from pages.views.experiments import (
    dossier,
    export,
    figures,
    phase_board,
    protocol,
    registration,
    secondary_outcomes,
    wording,
)
from pages.views.experiments.selection import ExperimentsSelection, one, reports


def show(choice: ExperimentsSelection, address_of_worth: Callable[[str], str]) -> None:
    """Write the answer first, then the pictures, the record and the numbers behind them.

    address_of_worth: the link to what an experiment is worth, empty where its effect cannot be valued.
    """
    notices.build_due()
    each = one(reports(), choice.experiment)
    shell.cite(*experiment_sources(each))
    _answer(each, address_of_worth(each.key) if "gains" in shell.page_names() else "")
    found = each.estimate
    if found is not None:
        _pictures(each, found)
        registration.inference(each, found)
        secondary_outcomes.show(each)
        registration.notes(each, found)
    elif each.experiment.published:
        shares = figures.shares_chart(each)
        if shares is not None:
            chart_card.show(shares)
        dossier.show(each)
    else:
        st.markdown(text("experiments.not_reported_yet"))
    registration.changes_mind(each)
    registration.record(each)
    protocol.offer(each)
    if found is not None:
        _reproduce(each)


def _answer(each: Reported, worth: str) -> None:
    """Write name, question, verdict, sentence, grade and cost, and the way to what it is worth."""
    with st.container(key="experiment-answer"):
        mark = phase_board.mark(each) + text(f"experiments.area.a{each.experiment.area}")
        st.header(wording.title(each), anchor=False)
        body = (
            tag("p", mark, class_="mark"),
            tag("p", each.experiment.question[language()], class_="question"),
            tag("p", *phase_board.sign(each), wording.verdict_line(each), class_="verdict"),
            tag("p", wording.effect(each), class_="effect"),
            tag("dl", terms(phase_board.facts(each))),
            link(worth, text("experiments.worth")) if worth else "",
        )
        st.html(tag("div", *body, class_=f"innenfor-experiment {each.verdict}"))
        if mark := marking.sentence(example=each.experiment.example):
            why = text("experiments.example_note") if each.experiment.example else ""
            st.caption(f"**{mark}.** {why}")


def _pictures(each: Reported, found: Estimate) -> None:
    chart_card.show(figures.effect_chart(each, found))
    over_time = figures.time_chart(each, found)
    if over_time is not None:
        chart_card.show(over_time)
    if len(found.flow) > 1:
        chart_card.show(figures.flow_chart(each, found))
    else:
        st.markdown(text("experiments.flow.missing"))
    registration.trust(each, found)
    if found.balance:
        chart_card.show(figures.balance_chart(each, found))


def _reproduce(each: Reported) -> None:
    """Write the command, and every estimate as JSON."""
    st.header(text("experiments.again.title"), anchor="again")
    st.markdown(text("experiments.again.lead"))
    st.code(wording.command(each), language="bash", wrap_lines=True)
    file = marking.file_name(f"{each.key}.json")
    downloads.button(text("experiments.again.json"), export.one(each), file, f"json-{each.key}")
