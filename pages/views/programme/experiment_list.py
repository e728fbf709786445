"""The one list of experiments: verdict, owner, start and due date, what is decided next, price and value."""

import datetime as dt
from html import escape

import streamlit as st

from analytics.experiments.portfolio import results
from analytics.experiments.portfolio.results import Reported
from analytics.programme import course
from benefits.realisation.plan import today
from benefits.valuation.experiment_effect import feeding
from pages.components import example_mark, html
from pages.format import numbers
from pages.format.texts import language, text
from pages.frame.cache import cached_value
from pages.frame.url import widgets
from pages.views.programme.phase_board import badge

reported = cached_value(results.reported)


@cached_value
def _valued() -> frozenset[str]:
    return frozenset(each.key for each in feeding())


def show() -> None:
    """Write every experiment of the programme's own; where there is none, that none is published."""
    own = [each for each in reported() if not each.experiment.published]
    if not own:
        st.markdown(text("programme.experiments.none"))
        st.html(html.link(widgets.address("experiments"), text("programme.experiments.published")))
        return
    day = today()
    late = [each for each in own if course.overdue(each.experiment, day)]
    st.markdown(text("programme.experiments.lead", count=len(own), late=len(late)))
    example = any(each.experiment.example for each in own)
    example_mark.say(example=example)
    rows = "".join(_row(each, day) for each in sorted(own, key=lambda each: _order(each, day)))
    st.html(example_mark.across(f'<ul class="innenfor-list">{rows}</ul>', example=example))
    st.html(html.link(widgets.address("gains", view="programme"), text("programme.worth")))


def _order(each: Reported, day: dt.date) -> tuple[bool, bool, str]:
    stopped = each.experiment.phase == "stopped"
    return stopped, not course.overdue(each.experiment, day), each.experiment.title[language()]


def _row(each: Reported, day: dt.date) -> str:
    experiment = each.experiment
    address = escape(widgets.address("experiments", experiment=each.key))
    title = f'<a href="{address}" target="_self">{escape(experiment.title[language()])}</a>'
    facts = "".join(f"<div>{html.terms((pair,))}</div>" for pair in _facts(each, day) if pair[1])
    verdict = escape(text(f"experiments.verdict.{each.verdict}"))
    late = " late" if course.overdue(experiment, day) else ""
    mark = badge(example=experiment.example)
    worth = _worth(each)
    head = f'<p class="name">{title} {mark}</p><p class="verdict">{verdict}</p>'
    return f'<li class="{each.verdict}{late}">{head}<dl>{facts}</dl>{worth}</li>'


def _facts(each: Reported, day: dt.date) -> list[tuple[str, str]]:
    experiment = each.experiment
    phase = text(f"experiments.phase.{experiment.phase or 'none'}")
    started = numbers.period(experiment.started) if experiment.started else ""
    cost = experiment.cost_per_participant_nok
    facts = {
        "phase": phase, "owner": experiment.responsible, "started": started, "due": _due(each, day),
        "price": text("programme.experiments.per_person", price=numbers.nok(cost)) if cost is not None else "",
    }  # fmt: skip
    return [(text(f"programme.experiments.fact.{name}"), words) for name, words in facts.items()]


def _due(each: Reported, day: dt.date) -> str:
    due = course.due(each.experiment)
    if due is None or each.experiment.phase not in course.TRIED:
        return ""
    key = "overdue" if course.overdue(each.experiment, day) else "by"
    return text(f"programme.experiments.{key}", date=numbers.date(due))


def _worth(each: Reported) -> str:
    if each.key not in _valued() or each.estimate is None:
        return ""
    return html.link(widgets.address("gains", experiment=each.key), text("experiments.worth"))
