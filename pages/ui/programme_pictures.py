"""Knots, baseline and maturity: each a finding, a picture, the table drawn and the files."""

import polars as pl
import streamlit as st

from analytics import knots, places, programme
from analytics.knots import Ranked
from analytics.programme import CRITERIA, Form, Item, Programme, Reading
from benefits import knot_gains
from pages.ui import begin, charts, filed_tables, shell
from pages.ui import format as written
from pages.ui.cached import held
from pages.ui.charts import Chart
from pages.ui.citations import citation
from pages.ui.decision_matrix import decision_matrix
from pages.ui.footer import Citation
from pages.ui.maturity import maturity
from pages.ui.programme_choice import Choice
from pages.ui.tables import Column
from pages.ui.texts import language, text


@held
def appraised_gains() -> dict[str, int]:
    """Return the gain scores the appraisals give."""
    return knot_gains.gain_scores(programme.programme().knots)


def ranked(found: Programme, choice: Choice) -> tuple[Ranked, ...]:
    """Return the knots in the order of the chosen weights."""
    gains = appraised_gains() if choice.gain_from == "appraisal" else None
    return knots.ranking(found.knots.knots, dict(zip(CRITERIA, choice.weights, strict=True)), gains)


def show_knots(found: Programme, choice: Choice, sources: tuple[Citation, ...]) -> None:
    """Write the decision matrix, and the reasons behind each score."""
    if not found.knots.knots:
        begin.show("knots", forms=(begin.form("knots"),), more=("gains", {}, ""))
        return
    if not any(choice.weights):
        st.markdown(text("programme.no_weights"))
        return
    rows = ranked(found, choice)
    chart = knots_chart(rows, sources)
    charts.show(chart)
    st.subheader(text("programme.reasons"), anchor=False)
    columns = (
        Column("knot", text("programme.column.knot"), "prose"),
        Column("criterion", text("programme.column.criterion")),
        Column("score", text("programme.column.score"), "count"),
        Column("reason", text("programme.column.reason"), "prose"),
        Column("by", text("programme.column.by"), "prose"),
    )
    filed_tables.show(reasons(rows), columns, text("programme.reasons"), sources, "reasons", example=chart.example)


def knots_chart(rows: tuple[Ranked, ...], sources: tuple[Citation, ...]) -> Chart:
    """Return the decision matrix with the ranking and what it owes to the weights."""
    lang, first = language(), rows[0]
    facts = {"name": first.knot.name[lang], "share": written.percent(first.first_share, 0)}
    named = "; ".join(f"{row.rank} {row.knot.name[lang]}" for row in rows) + "." if shell.narrow() else ""
    finding = text("programme.knots_finding" if first.worst_rank > 1 else "programme.knots_firm", **facts)
    table = pl.DataFrame(
        [
            {"rank": row.rank, "knot": row.knot.name[lang], **row.scores, "score": row.score,
             "best_rank": row.best_rank, "worst_rank": row.worst_rank, "first_share": row.first_share}
            for row in rows
        ]
    )  # fmt: skip
    columns = (
        Column("rank", text("programme.column.rank"), "count"),
        Column("knot", text("programme.column.knot"), "prose"),
        *(Column(name, text(f"programme.criterion.{name}"), "count") for name in CRITERIA),
        Column("score", text("programme.column.weighted"), "rate", 2),
        Column("best_rank", text("programme.column.best_rank"), "count"),
        Column("worst_rank", text("programme.column.worst_rank"), "count"),
        Column("first_share", text("programme.column.first_share"), "share", 0),
    )
    return Chart(
        finding=finding, alt=text("programme.knots_alt", finding=finding),
        picture=decision_matrix(rows, narrow=shell.narrow()), table=table, columns=columns, sources=sources,
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
        charts.show(chart)
    baseline = [each for each in found.forms if each.form == "baseline"]
    if baseline:
        _baseline(max(baseline, key=lambda form: form.date), sources)
    if not found.forms:
        both = (begin.form("maturity"), begin.form("baseline"))
        begin.show("forms", forms=both, more=("exclusion", {}, ""))


def maturity_chart(forms: list[Form], sources: tuple[Citation, ...]) -> Chart:
    """Return the newest self-assessment beside the one before it."""
    lang, newest = language(), max(forms, key=lambda form: form.date)
    rows = programme.changes(forms)
    raised = sum(then is not None and (now.value or 0) > (then.value or 0) for now, then in rows)
    least = min(now.value or 0 for now, _ in rows)
    lowest = "; ".join(now.name[lang] for now, _ in rows if now.value == least)
    facts = {"raised": raised, "count": len(rows), "lowest": lowest, "level": f"{least:g}"}
    table = pl.DataFrame(
        [
            {"item": now.name[lang], "now": now.value, "before": then.value if then else None,
             "reason": now.reason[lang], "by": now.by[lang]}
            for now, then in rows
        ]
    )  # fmt: skip
    columns = (
        Column("item", text("programme.column.item"), "prose"),
        Column("now", text("programme.now"), "count"),
        Column("before", text("programme.before"), "count"),
        Column("reason", text("programme.column.reason"), "prose"),
        Column("by", text("programme.column.by"), "prose"),
    )
    finding = text("programme.maturity_finding", **facts)
    note = text("programme.form_note", version=newest.version, date=written.period(newest.date))
    return Chart(
        finding=finding, alt=text("programme.maturity_alt", finding=finding),
        picture=maturity(rows, narrow=shell.narrow()), table=table, columns=columns, sources=sources, stem="maturity",
        example=newest.example, note=f"{newest.scale[lang]}. {note}",
    )  # fmt: skip


def _baseline(form: Form, sources: tuple[Citation, ...]) -> None:
    st.subheader(text("programme.baseline"), anchor=False)
    st.markdown(text("programme.form_note", version=form.version, date=written.period(form.date)))
    rows, cited = [], list(sources)
    for item in form.items:
        value, where = _filled(item, form.date, cited)
        rows.append({"item": item.name[language()], "value": value, "where": where, "by": item.by[language()]})
    columns = (
        Column("item", text("programme.column.item"), "prose"),
        Column("value", text("programme.column.value")),
        Column("where", text("programme.column.where"), "prose"),
        Column("by", text("programme.column.by"), "prose"),
    )
    caption = text("programme.baseline")
    filed_tables.show(pl.DataFrame(rows), columns, caption, cited, "baseline", example=form.example)


def _filled(item: Item, day: str, cited: list[Citation]) -> tuple[str, str]:
    """Return the value of a line as words, and where it comes from: an indicator fills itself."""
    if not item.indicator:
        return written.number(item.value, 0), item.reason[language()]
    reading = programme.reading(item.indicator, item.region)
    then = programme.before(reading, day) if isinstance(reading, Reading) else None
    if then is None or not isinstance(reading, Reading):
        return written.unknown(), text("programme.no_figure")
    cited.append(citation(reading.edition, item.indicator))
    facts = {"place": places.name_of(then.region), "period": written.period(then.period)}
    return written.percent(then.value), text("programme.from_indicator", **facts, publisher=cited[-1].publisher)
