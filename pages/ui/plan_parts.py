"""The parts of the page of the plan."""

from functools import partial

import streamlit as st

from benefits import plan
from benefits.plan import Compared, GainStatus, Plan
from benefits.plan_map import benefit_map
from pages.note.document import plan_source
from pages.ui import (
    begin,
    charts,
    filed_tables,
    forward,
    marking,
    note_parts,
    plan_choice,
    plan_progress,
    plan_tables,
    plan_words,
    selections,
    shell,
)
from pages.ui import (
    benefit_map as map_picture,
)
from pages.ui.cached import held, kept
from pages.ui.charts import Chart
from pages.ui.plan_choice import Choice
from pages.ui.tables import Column
from pages.ui.texts import language, text

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
plan_statuses = held(plan.statuses)
plan_compared = held(plan.compared)


def show(choice: Choice) -> None:
    """Write the chosen part of the plan in use, after what was refused of newer ones."""
    found = plan.plan_in_use()
    _refused(found)
    if found.plan is None:
        begin.show("plan", forms=(_form(),), command=_check_command(), more=("gains", {}, ""))
        return
    gains = plan_statuses(found.plan, plan.today())
    if choice.part == "file":
        _file()
    elif choice.part == "note":
        note_parts.show(choice, found.plan, gains)
    else:
        {"status": _status, "map": _map, "modelled": _modelled}[choice.part](found.plan, gains)


@kept
def _status_chart(found: Plan, gains: tuple[GainStatus, ...], lang: str, narrow: bool) -> Chart:  # noqa: ARG001, FBT001 - the key
    return status_chart(found, gains)


def status_chart(found: Plan, gains: tuple[GainStatus, ...]) -> Chart:
    """Return how far every gain has come, with the whole plan as its table."""
    return Chart(
        finding=plan_words.summary(gains), alt=text("plan.status_alt", finding=plan_words.summary(gains)),
        picture=plan_progress.picture(plan_progress.progress(gains), narrow=shell.narrow()),
        table=plan_tables.full_table(gains), columns=_full_columns(gains),
        sources=plan_words.sources(gains, plan_source(found)), stem="plan", example=found.example,
        note=text("plan.status_note"),
        command=f"python -m data check {found.place} --source plan",
        python="from benefits.plan import plan_in_use, statuses\nstatuses(plan_in_use().plan)",
    )  # fmt: skip


def _refused(found: plan.InUse) -> None:
    """Say that a newer plan has problems and the old one stays."""
    for file, problems in found.refused.items():
        lines = "\n".join(f"- {plan_words.literal(problem.line(language()))}" for problem in problems)
        stays = text("plan.refused", file=file, count=len(problems), old=found.plan.file if found.plan else "–")
        st.warning(f"{stays}\n\n{lines}")


def _status(found: Plan, gains: tuple[GainStatus, ...]) -> None:
    chart = _status_chart(found, gains, language(), shell.narrow())
    charts.show(chart)
    st.subheader(text("plan.status_heading"), anchor=False)
    table, columns = plan_tables.status_table(gains), plan_tables.status_columns()
    filed_tables.show(table, columns, text("plan.status_heading"), chart.sources, "plan-status", example=found.example)
    st.subheader(text("plan.one_gain"), anchor=False)
    picked = plan_choice.pick_gain()
    _one_gain(found, next(gain for gain in gains if gain.row.id == picked))


def _one_gain(found: Plan, gain: GainStatus) -> None:
    lang, sentence = language(), plan_words.told(gain)
    shown = plan_words.literal(sentence)
    st.markdown(f"{mark}: {shown}" if (mark := marking.word(example=found.example)) else shown)
    fields = ("owner", "beneficiary", "prerequisites", "measure", "method", "risk", "side_effects")
    lines = [(name, getattr(gain.row, name)[lang]) for name in fields]
    st.markdown(
        "\n".join(f"- **{text(f'plan.column.{name}')}**: {plan_words.literal(words)}" for name, words in lines if words)
    )
    forward.show(sentence, plan_words.sources((gain,), plan_source(found)), "gain", example=found.example)


def _map(found: Plan, gains: tuple[GainStatus, ...]) -> None:
    nodes, edges = benefit_map(found.rows, language())
    names = ("from_level", "from", "to_level", "to", "gains")
    finding = text("plan.map_finding", measures=sum(node.level == 0 for node in nodes), gains=len(gains),
                   goals=sum(node.level == 4 for node in nodes))  # fmt: skip
    chart = Chart(
        finding=finding, alt=text("plan.map_alt", finding=finding),
        picture=map_picture.picture(nodes, edges, narrow=shell.narrow()), table=plan_tables.edges_table(edges),
        columns=tuple(Column(name, text(f"plan.column.{name}"), "prose") for name in names),
        sources=(plan_source(found),), stem="benefit-map", example=found.example, note=text("plan.map_note"),
    )  # fmt: skip
    charts.show(chart)


def _modelled(found: Plan, gains: tuple[GainStatus, ...]) -> None:
    rows: tuple[Compared, ...] = plan_compared(gains)
    st.markdown(text("plan.modelled_lead"))
    for line in plan_words.unknown_scenarios(gains):
        st.markdown(line)
    if not rows:
        st.markdown(text("plan.no_scenario"))
        return
    sources = plan_words.sources(gains, plan_source(found))
    for number, each in enumerate(rows):
        st.markdown(f"**{each.gain.row.id} {each.gain.row.gain[language()]}.** {plan_words.modelled(each)}")
        forward.show(plan_words.modelled(each), sources, f"modelled-{number}", example=found.example or each.example)
    table = plan_tables.modelled_table(rows)
    filed_tables.show(
        table, plan_tables.modelled_columns(), text("plan.part.modelled"), sources, "modelled", example=found.example
    )
    st.html(f'<p><a class="innenfor-more" href="{selections.address("gains")}">{text("plan.see_gains")}</a></p>')


def _file() -> None:
    st.markdown(text("plan.file_lead"))
    begin.download(_form())
    st.markdown(text("plan.file_check"))
    st.code(_check_command(), language=None, wrap_lines=True)
    st.markdown(text("plan.file_use", folder=begin.in_home("plan")))


def _form() -> begin.Form:
    return begin.Form("plan", text("plan.template_file"), _XLSX, partial(plan.plan_template, language()))


def _check_command() -> str:
    return "python -m data check plan-2027-01.xlsx --source plan"


def _full_columns(gains: tuple[GainStatus, ...]) -> tuple[Column, ...]:
    prose = (*plan_tables.WORDED, "reason")
    frame = plan_tables.full_table(gains).columns
    return tuple(Column(name, text(f"plan.column.{name}"), "prose" if name in prose else "text") for name in frame)
