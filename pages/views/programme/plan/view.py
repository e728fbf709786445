"""The gains of the programme: how far each has come, and the plan behind."""

from functools import partial

import streamlit as st

from analytics.programme import readings
from benefits.realisation import plan
from benefits.realisation.benefit_map import benefit_map
from benefits.realisation.plan import Compared, GainStatus, Plan
from pages.components import chart_card, empty_state, section, share, table_card
from pages.components.chart_card import Chart
from pages.components.citations import plan_edition
from pages.components.data_table import TableColumn, columns_alike, columns_of
from pages.format import marking
from pages.format.html import link
from pages.format.markdown import literal
from pages.format.texts import language, text
from pages.frame import page_parts, visit
from pages.frame.cache import cached_object, cached_value
from pages.frame.page_parts import PagePart
from pages.frame.sight import seen
from pages.frame.url import widgets
from pages.svg.rows_picture import NARROW, WIDE
from pages.views.programme import selection
from pages.views.programme.plan import map_picture, progress, tables, wording
from pages.views.programme.room import entry, lights, parts, writer

plan_statuses = cached_value(plan.statuses)
plan_compared = cached_value(plan.compared)


def show() -> None:
    """Write how far each gain has come, with the rest of the plan folded up; without a plan, how one begins."""
    section.begin(text("plan.title"), "gains", text("plan.lead"))
    found, gains = in_use()
    _refused(plan.plan_in_use(seen()))
    if found is None:
        _none()
        return
    chart_card.show(status_chart(found, gains))
    written = {"status": _status, "map": _map, "modelled": _modelled}
    folded = {name: partial(write, found, gains) for name, write in written.items()} | {"file": _file}
    page_parts.show([PagePart(name, text(f"plan.part.{name}"), write) for name, write in folded.items()])
    named = [(row.id, f"{row.id} {row.gain[language()]}") for row in found.rows]
    entry.offer("gain", readings.keyed("gain", named, seen()), seen())


def _none() -> None:
    """Write how a plan begins: in a form for those who may write, else as a file."""
    if not writer.may_write():
        empty_state.show("plan", forms=(_form(),), command=_check_command(), more=("gains", {}, ""))
        return
    st.markdown(text("room.none.gain"))
    entry.offer("gain", {}, seen())


def in_use() -> tuple[Plan | None, tuple[GainStatus, ...]]:
    """Return the plan in use and how its gains stand today."""
    found = plan.plan_in_use(seen()).plan
    return found, plan_statuses(found, plan.today(), readings.started(seen())) if found else ()


@cached_object
def status_chart(found: Plan, gains: tuple[GainStatus, ...]) -> Chart:
    """Return how far every gain has come, with the whole plan as its table."""
    return Chart(
        finding=wording.summary(gains), alt=text("plan.status_alt", finding=wording.summary(gains)),
        picture=progress.picture(progress.progress(gains), width=NARROW if visit.narrow() else WIDE),
        table=tables.full_table(gains), columns=_full_columns(gains),
        sources=wording.sources(gains, wording.plan_source(found)), stem="plan", example=found.example,
        note=text("plan.status_note"),
        python=_python(found),
    )  # fmt: skip


def _python(found: Plan) -> str:
    """Return the lines that give the same statuses."""
    lines = "from benefits.realisation.plan import plan_in_use, statuses\n"
    if not found.event:
        return f"{lines}statuses(plan_in_use().plan)"
    return f"from data.records import Records\n{lines}statuses(plan_in_use(Records.open().state()).plan)"


def _refused(found: plan.InUse) -> None:
    """Say that a newer plan has problems and the old one stays."""
    for file, problems in found.refused.items():
        lines = "\n".join(f"- {literal(problem.line(language()))}" for problem in problems)
        stays = text("plan.refused", file=file, count=len(problems), old=_standing(found))
        st.warning(f"{stays}\n\n{lines}")


def _standing(found: plan.InUse) -> str:
    return plan_edition(found.plan.file, found.plan.event) if found.plan else "–"


def _status(found: Plan, gains: tuple[GainStatus, ...]) -> None:
    told = lights.newest(seen())
    table, columns = tables.status_table(gains, told), tables.status_columns(told=bool(told))
    sources = wording.sources(gains, wording.plan_source(found))
    table_card.show(table, columns, text("plan.status_heading"), sources, "plan-status", example=found.example)
    if seen().of("status") or writer.may_write():
        st.subheader(text("room.kind.status"), anchor=False)
        parts.records("status", seen())
    st.subheader(text("plan.one_gain"), anchor=False)
    picked = selection.pick_gain()
    _one_gain(found, next(gain for gain in gains if gain.row.id == picked))


def _one_gain(found: Plan, gain: GainStatus) -> None:
    lang, sentence = language(), wording.told(gain)
    shown = literal(sentence)
    st.markdown(f"{mark}: {shown}" if (mark := marking.word(example=found.example)) else shown)
    fields = ("owner", "beneficiary", "prerequisites", "measure", "method", "risk", "side_effects")
    lines = [(name, getattr(gain.row, name)[lang]) for name in fields]
    st.markdown("\n".join(f"- **{text(f'plan.column.{name}')}**: {literal(words)}" for name, words in lines if words))
    share.show(sentence, wording.sources((gain,), wording.plan_source(found)), "gain", example=found.example)


def _map(found: Plan, gains: tuple[GainStatus, ...]) -> None:
    nodes, edges = benefit_map(found.rows, language())
    names = ("from_level", "from", "to_level", "to", "gains")
    finding = text("plan.map_finding", measures=sum(node.level == 0 for node in nodes), gains=len(gains),
                   goals=sum(node.level == 4 for node in nodes))  # fmt: skip
    chart = Chart(
        finding=finding, alt=text("plan.map_alt", finding=finding),
        picture=map_picture.picture(nodes, edges, narrow=visit.narrow()), table=tables.edges_table(edges),
        columns=columns_alike("plan.column", "prose", names),
        sources=(wording.plan_source(found),), stem="benefit-map", example=found.example, note=text("plan.map_note"),
    )  # fmt: skip
    chart_card.show(chart)


def _modelled(found: Plan, gains: tuple[GainStatus, ...]) -> None:
    rows: tuple[Compared, ...] = plan_compared(gains)
    st.markdown(text("plan.modelled_lead"))
    for line in wording.unknown_scenarios(gains):
        st.markdown(line)
    if not rows:
        st.markdown(text("plan.no_scenario"))
        return
    sources = wording.sources(gains, wording.plan_source(found))
    for number, each in enumerate(rows):
        st.markdown(f"**{each.gain.row.id} {each.gain.row.gain[language()]}.** {wording.modelled(each)}")
        share.show(wording.modelled(each), sources, f"modelled-{number}", example=found.example or each.example)
    table = tables.modelled_table(rows)
    table_card.show(
        table, tables.modelled_columns(), text("plan.part.modelled"), sources, "modelled", example=found.example
    )
    st.html(link(widgets.address("gains"), text("plan.see_gains")))


def _file() -> None:
    st.markdown(text("plan.file_lead"))
    empty_state.download(_form())
    st.markdown(text("plan.file_check"))
    st.code(_check_command(), language=None, wrap_lines=True)
    st.markdown(text("plan.file_use", folder=empty_state.in_home("plan")))


def _form() -> empty_state.EmptyForm:
    return empty_state.EmptyForm("plan", text("plan.template_file"), partial(plan.plan_template, language()))


def _check_command() -> str:
    return "python -m data check plan-2027-01.xlsx --source plan"


def _full_columns(gains: tuple[GainStatus, ...]) -> tuple[TableColumn, ...]:
    prose = (*tables.WORDED, "reason")
    frame = tables.full_table(gains).columns
    return columns_of("plan.column", **{name: "prose" if name in prose else "text" for name in frame})
