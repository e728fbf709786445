"""The one list of experiments: verdict, owner, start and due date, what is decided next, price and value."""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial

import polars as pl
import streamlit as st

from analytics.experiments.portfolio import results
from analytics.experiments.portfolio.results import Reported
from analytics.programme import course, going, withdrawal
from analytics.programme.going import ExperimentCourse
from benefits.realisation.plan import today
from benefits.valuation.experiment_effect import feeds
from pages.components import section, table_card
from pages.components.citations import own_source
from pages.components.data_table import TableColumn, columns_alike, columns_of
from pages.format.html import Html, anchor, link, tag, terms
from pages.format.texts import language, text
from pages.frame import expander, shell
from pages.frame.cache import cached_value
from pages.frame.sight import seen
from pages.frame.source_footer import Citation
from pages.frame.url import widgets
from pages.views.programme import course_facts
from pages.views.programme.phase_board import badge
from pages.views.programme.room import entry, titles

reported, report = cached_value(results.reported), cached_value(results.report)


def own_reported() -> tuple[Reported, ...]:
    """Return what is known of the programme's own experiments, each as it goes by the records."""
    return tuple(each for each in going.reported_seen(reported(), seen(), report) if not each.experiment.published)


def show() -> None:
    """Write every experiment of the programme's own, and their forms; where there is none, that none is published."""
    own = own_reported()
    if own:
        _listed(own)
    else:
        section.begin(text("programme.experiments.title"), "experiments", text("programme.experiments.none"))
        st.html(link(widgets.address("experiments"), text("programme.experiments.published")))
    _written(own)


def _listed(own: tuple[Reported, ...]) -> None:
    day, told = today(), going.courses(seen())
    late = [each for each in own if course.overdue(each.experiment, day, told.get(each.key))]
    example = any(each.experiment.example for each in own)
    ordered = sorted(own, key=lambda each: _order(each, late=each in late))
    rows = (_row(each, told.get(each.key), day, late=each in late) for each in ordered)
    title, lead = (
        text("programme.experiments.title"),
        text("programme.experiments.lead", count=len(own), late=len(late)),
    )
    section.write(title, "experiments", lead, body=tag("ul", *rows, class_="innenfor-list"), example=example)
    shell.cite(*_sources())
    write = partial(
        table_card.show, table(ordered, told, day), columns(), text("programme.experiments.title"), _sources(),
        "experiment-list", example=example,
    )  # fmt: skip
    expander.reading(text("chart.table"), "experiments", write)
    st.html(link(widgets.address("gains", view="programme"), text("programme.worth")))


def _written(own: tuple[Reported, ...]) -> None:
    """Offer the forms: an experiment, where it has no file, its design to be locked, and how each goes."""
    state = seen()
    entry.offer("experiment", titles.titles("experiment", state), state)
    for kind in withdrawal.LOCKS:
        if open_to := withdrawal.standing(state, kind):
            entry.offer(kind, {key: titles.title("experiment", key, row) for key, row in open_to.items()}, state)
    if own:
        entry.offer("course", titles.titles("course", state), state)


def table(own: Sequence[Reported], told: Mapping[str, ExperimentCourse], day: dt.date) -> pl.DataFrame:
    """Return one row an experiment as the list tells it: title, verdict, and how it goes (`course_facts.NAMES`)."""
    rows = [
        {"title": each.experiment.title[language()], "verdict": text(f"experiments.verdict.{each.verdict}"),
         **course_facts.facts(each, told.get(each.key), day)}
        for each in own
    ]  # fmt: skip
    return pl.DataFrame(rows)


def columns() -> tuple[TableColumn, ...]:
    """Return the columns of `table`."""
    first = (*columns_of("note.column", title="prose"), *columns_of("programme.experiments.fact", verdict="prose"))
    return (*first, *columns_alike("programme.experiments.fact", "prose", course_facts.NAMES))


def _sources() -> tuple[Citation, ...]:
    sources = [own_source(text("note.registry"), text("programme.source_edition"))]
    if seen().of("course"):
        sources.append(own_source(text("room.source"), text("room.source_edition", number=seen().number)))
    return tuple(sources)


def _order(each: Reported, *, late: bool) -> tuple[bool, bool, str]:
    return each.experiment.phase == "stopped", not late, each.experiment.title[language()]


def _row(each: Reported, told: ExperimentCourse | None, day: dt.date, *, late: bool) -> Html:
    experiment = each.experiment
    title = anchor(widgets.address("experiments", experiment=each.key), experiment.title[language()])
    known = course_facts.facts(each, told, day)
    pairs = [(text(f"programme.experiments.fact.{name}"), known[name]) for name in course_facts.NAMES if known[name]]
    body = (
        tag("p", title, " ", badge(example=experiment.example), class_="name"),
        tag("p", text(f"experiments.verdict.{each.verdict}"), class_="verdict"),
        tag("dl", *(tag("div", terms((pair,))) for pair in pairs)),
        link(told.link, text("programme.experiments.link")) if told and _is_address(told.link) else "",
        _worth(each),
    )
    return tag("li", *body, class_=f"{each.verdict}{' late' if late else ''}")


def _is_address(written: str) -> bool:
    return written.startswith(("https://", "http://"))


def _worth(each: Reported) -> Html:
    if not feeds(each.experiment) or each.estimate is None:
        return Html()
    return link(widgets.address("gains", experiment=each.key), text("experiments.worth"))
