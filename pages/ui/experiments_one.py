"""One experiment: what it found, how sure that is, what was planned, and what would change our mind."""

from html import escape

import streamlit as st

from analytics.experiments.estimate import Estimate
from analytics.experiments.results import Reported
from pages.ui import (
    charts,
    experiments_board,
    experiments_files,
    experiments_others,
    experiments_pictures,
    experiments_record,
    experiments_words,
    marking,
    shell,
)
from pages.ui.experiments_choice import Choice, one, reports
from pages.ui.selections import address
from pages.ui.texts import language, text


def show(choice: Choice) -> None:
    """Write the answer first, then the pictures, the record and the numbers behind them."""
    each = one(reports(), choice.experiment)
    shell.cite(*experiments_words.sources(each))
    _answer(each)
    found = each.estimate
    if found is not None:
        _pictures(each, found)
        experiments_record.inference(each, found)
        experiments_others.show(each)
        experiments_record.notes(each, found)
    elif each.experiment.published:
        shares = experiments_pictures.shares_chart(each)
        if shares is not None:
            charts.show(shares)
    else:
        st.markdown(text("experiments.not_reported_yet"))
    experiments_record.changes_mind(each)
    experiments_record.record(each)
    if found is not None:
        _reproduce(each)


def _answer(each: Reported) -> None:
    """Write name, question, verdict, sentence, grade and cost, and the way to what it is worth."""
    with st.container(key="experiment-answer"):
        mark = experiments_board.mark(each) + text(f"experiments.area.a{each.experiment.area}")
        facts = [("grade", experiments_words.grade(each))]
        if not each.experiment.published:
            facts += [("cost", experiments_words.cost(each)), ("record", experiments_board.standing(each))]
        else:
            facts += [("source", each.experiment.source)]
        items = "".join(
            f"<dt>{escape(text(f'experiments.card.{name}'))}</dt><dd>{escape(words)}</dd>" for name, words in facts
        )
        st.header(experiments_words.title(each), anchor=False)
        st.html(
            f'<div class="innenfor-experiment"><p class="mark">{escape(mark)}</p>'
            f'<p class="question">{escape(each.experiment.question[language()])}</p>'
            f'<p class="verdict">{escape(experiments_words.verdict(each))}</p>'
            f'<p class="effect">{escape(experiments_words.effect(each))}</p><dl>{items}</dl>{_worth(each)}</div>'
        )
        if mark := marking.sentence(example=each.experiment.example):
            why = text("experiments.example_note") if each.experiment.example else ""
            st.caption(f"**{mark}.** {why}")


def _worth(each: Reported) -> str:
    """Return the link to the gains page, where there is one and the effect can be valued."""
    if "gains" not in shell.page_names() or each.estimate is None or each.estimate.value is None:
        return ""
    link = escape(address("gains", experiment=each.key))
    return f'<p><a class="innenfor-more" href="{link}" target="_self">{escape(text("experiments.worth"))}</a></p>'


def _pictures(each: Reported, found: Estimate) -> None:
    charts.show(experiments_pictures.effect_chart(each, found))
    over_time = experiments_pictures.time_chart(each, found)
    if over_time is not None:
        charts.show(over_time)
    if len(found.flow) > 1:
        charts.show(experiments_pictures.flow_chart(each, found))
    else:
        st.markdown(text("experiments.flow.missing"))
    experiments_record.trust(each, found)
    if found.balance:
        charts.show(experiments_pictures.balance_chart(each, found))


def _reproduce(each: Reported) -> None:
    """Write the command, and every estimate as JSON."""
    st.header(text("experiments.again.title"), anchor="again")
    st.markdown(text("experiments.again.lead"))
    st.code(experiments_words.command(each), language="bash", wrap_lines=True)
    st.download_button(
        text("experiments.again.json"), data=experiments_files.one(each),
        file_name=marking.file_name(f"{each.key}.json"),
        mime="application/json", key=f"json-{each.key}", on_click="ignore",
    )  # fmt: skip
