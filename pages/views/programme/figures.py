"""Knots, baseline and maturity: each a finding, a picture, the table drawn and the files."""

import datetime as dt

import polars as pl
import streamlit as st

from analytics import regions
from analytics.programme import multi_criteria, readings
from analytics.programme.multi_criteria import Ranked
from analytics.programme.readings import CRITERIA, Form, IndicatorReading, Item, Programme
from benefits.realisation import gain_scores
from pages.components import chart_card, empty_state, table_card
from pages.components.chart_card import Chart
from pages.components.citations import citation
from pages.components.data_table import columns_alike, columns_of
from pages.format import numbers
from pages.format.markdown import literal
from pages.format.texts import language, text
from pages.frame import visit
from pages.frame.cache import cached_value
from pages.frame.sight import seen
from pages.frame.source_footer import Citation
from pages.plots.decision_matrix import decision_matrix
from pages.plots.dumbbell import maturity
from pages.views.programme import selection
from pages.views.programme.room import entry, titles
from pages.views.programme.selection import KnotsChoice

appraised_gains = cached_value(gain_scores.gain_scores)


def ranked(found: Programme, choice: KnotsChoice) -> tuple[Ranked, ...]:
    """Return the knots in the order of the chosen weights."""
    gains = appraised_gains(found.knots) if choice.gain_from == "appraisal" else None
    return multi_criteria.ranking(found.knots.knots, dict(zip(CRITERIA, choice.weights, strict=True)), gains)


def show_knots(found: Programme, sources: tuple[Citation, ...]) -> None:
    """Write the decision matrix, and the reasons behind each score."""
    if found.knots.knots:
        _knots(found, sources)
    else:
        empty_state.show("knots", forms=(empty_state.form("knots"),), more=("gains", {}, ""))
    named = [(each.id, each.name[language()]) for each in found.knots.knots]
    entry.offer("knot", readings.keyed("knot", named, seen()), seen())


def _knots(found: Programme, sources: tuple[Citation, ...]) -> None:
    choice = selection.knots()
    if not any(choice.weights):
        st.markdown(text("programme.no_weights"))
        return
    rows = ranked(found, choice)
    chart = knots_chart(rows, sources)
    chart_card.show(chart)
    st.subheader(text("programme.reasons"), anchor=False)
    columns = columns_of("programme.column", knot="prose", criterion="text", score="count", reason="prose", by="prose")
    table_card.show(reasons(rows), columns, text("programme.reasons"), sources, "reasons", example=chart.example)


def knots_chart(rows: tuple[Ranked, ...], sources: tuple[Citation, ...]) -> Chart:
    """Return the decision matrix with the ranking and what it owes to the weights."""
    lang, first = language(), rows[0]
    facts = {"name": first.knot.name[lang], "share": numbers.whole_percent(first.first_share)}
    named = "; ".join(f"{row.rank} {literal(row.knot.name[lang])}" for row in rows) + "." if visit.narrow() else ""
    finding = text("programme.knots_finding" if first.worst_rank > 1 else "programme.knots_firm", **facts)
    table = pl.DataFrame(
        [
            {"rank": row.rank, "knot": row.knot.name[lang], **row.scores, "score": row.score,
             "best_rank": row.best_rank, "worst_rank": row.worst_rank, "first_share": row.first_share}
            for row in rows
        ]
    )  # fmt: skip
    columns = (
        *columns_of("programme.column", rank="count", knot="prose"),
        *columns_alike("programme.criterion", "count", CRITERIA),
        *columns_of("programme.column", score=("weighted", "ratio")),
        *columns_of("programme.column", best_rank="count", worst_rank="count", first_share="share_whole"),
    )
    return Chart(
        finding=finding, alt=text("programme.knots_alt", finding=finding),
        picture=decision_matrix(rows, narrow=visit.narrow()), table=table, columns=columns, sources=sources,
        stem="knots", example=any(row.knot.example for row in rows),
        note=f"{named} {text('programme.knots_note')}".strip(),
    )  # fmt: skip


def reasons(rows: tuple[Ranked, ...]) -> pl.DataFrame:
    """Return every typed score with its reason and the role that gave it."""
    lang = language()
    return pl.DataFrame(
        [
            {"knot": row.knot.name[lang], "criterion": text(f"programme.criterion.{name}"), "score": score.score,
             "reason": score.reason[lang], "by": score.by[lang]}
            for row in rows for name, score in row.knot.scores.items()
        ]
    )  # fmt: skip


def show_forms(found: Programme, sources: tuple[Citation, ...]) -> None:
    """Write the maturity self-assessment over time and the baseline."""
    forms = [each for each in found.forms if each.form == "maturity"]
    if forms:
        chart = maturity_chart(forms, sources)
        chart_card.show(chart)
    baseline = [each for each in found.forms if each.form == "baseline"]
    if baseline:
        _baseline(max(baseline, key=lambda form: form.date), sources)
    state = seen()
    entry.offer("maturity", titles.titles("maturity", state), state)
    if not found.forms:
        both = (empty_state.form("maturity"), empty_state.form("baseline"))
        empty_state.show("forms", forms=both, more=("exclusion", {}, ""))


def maturity_chart(forms: list[Form], sources: tuple[Citation, ...]) -> Chart:
    """Return the newest self-assessment beside the one before it."""
    lang, newest = language(), max(forms, key=lambda form: form.date)
    rows = readings.changes(forms)
    raised = sum(then is not None and (now.value or 0) > (then.value or 0) for now, then in rows)
    least = min(now.value or 0 for now, _ in rows)
    lowest = "; ".join(now.name[lang] for now, _ in rows if now.value == least)
    facts = {"raised": raised, "count": len(rows), "lowest": lowest, "level": numbers.trimmed(least)}
    table = pl.DataFrame(
        [
            {"item": now.name[lang], "now": now.value, "before": then.value if then else None,
             "reason": now.reason[lang], "by": now.by[lang]}
            for now, then in rows
        ]
    )  # fmt: skip
    columns = (
        *columns_of("programme.column", item="prose"),
        *columns_of("programme", now="count", before="count"),
        *columns_of("programme.column", reason="prose", by="prose"),
    )
    finding = text("programme.maturity_finding", **facts)
    note = text("programme.form_note", version=newest.version, date=numbers.period(newest.date))
    return Chart(
        finding=finding, alt=text("programme.maturity_alt", finding=finding),
        picture=maturity(rows, narrow=visit.narrow()), table=table, columns=columns, sources=sources, stem="maturity",
        example=newest.example, note=f"{literal(newest.scale[lang])}. {note}",
    )  # fmt: skip


def _baseline(form: Form, sources: tuple[Citation, ...]) -> None:
    st.subheader(text("programme.baseline"), anchor=False)
    st.markdown(text("programme.form_note", version=form.version, date=numbers.period(form.date)))
    rows, cited = [], list(sources)
    for item in form.items:
        value, where = _filled(item, form.date, cited)
        rows.append({"item": item.name[language()], "value": value, "where": where, "by": item.by[language()]})
    columns = columns_of("programme.column", item="prose", value="text", where="prose", by="prose")
    caption = text("programme.baseline")
    table_card.show(pl.DataFrame(rows), columns, caption, cited, "baseline", example=form.example)


def _filled(item: Item, day: str, cited: list[Citation]) -> tuple[str, str]:
    """Return the value of a line as words, and where it comes from: an indicator fills itself."""
    if not item.indicator:
        return numbers.number(item.value), item.reason[language()]
    reading = readings.reading(item.indicator, item.region)
    then = readings.before(reading, dt.date.fromisoformat(day)) if isinstance(reading, IndicatorReading) else None
    if then is None or not isinstance(reading, IndicatorReading):
        return numbers.unknown(), text("programme.no_figure")
    cited.append(citation(reading.edition, item.indicator))
    facts = {"place": regions.name_of(then.region), "period": numbers.period(then.period)}
    return numbers.percent(then.value), text("programme.from_indicator", **facts, publisher=cited[-1].publisher)
