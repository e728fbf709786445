"""Who runs the programme and for whom: partners, target groups, responsibility and hand-over, stakeholders."""

import polars as pl
import streamlit as st

from analytics.programme import readings, withdrawal
from analytics.programme.readings import Programme, Task
from pages.components import empty_state, table_card
from pages.components.data_table import columns_alike, columns_of
from pages.format.markdown import literal
from pages.format.texts import language, text
from pages.frame.sight import seen
from pages.frame.source_footer import Citation
from pages.views.programme.room import entry, writer
from pages.views.programme.wording import listed_below

ROLES = ("owner", "doer", "payer", "informed", "hand_over")


def show(found: Programme, sources: tuple[Citation, ...]) -> None:
    """Write the partners, the groups, who does what and takes it over, and who is affected."""
    lang = language()
    last = found.started + found.years - 1
    st.markdown(text("programme.runs", first=found.started, last=last, years=found.years))
    entry.offer("programme", {withdrawal.holder_key(seen()): found.name[lang]}, seen())
    st.subheader(text("programme.partners"), anchor=False)
    listed_below([f"**{literal(each.name[lang])}** ({literal(each.level[lang])})" for each in found.partners])
    entry.offer("partner", {each.id: each.name[lang] for each in found.partners}, seen())
    for first in (True, False):
        st.subheader(text("programme.targets" if first else "programme.second_targets"), anchor=False)
        listed_below([literal(each.name[lang]) for each in found.targets if each.first is first])
    entry.offer("target", {each.id: each.name[lang] for each in found.targets}, seen())
    _responsibility(found, sources)
    tasks = readings.keyed("task", [(each.id, each.name[lang]) for each in found.tasks], seen())
    entry.offer("task", tasks, seen())
    _stakeholders(found, sources)
    names = _names(found)
    affected = [(each.who, names.get(each.who, each.who)) for each in found.stakeholders]
    entry.offer("stakeholder", readings.keyed("stakeholder", affected, seen()), seen())


def _names(found: Programme) -> dict[str, str]:
    """Return partners and target groups by id."""
    lang = language()
    return {each.id: each.name[lang] for each in found.partners} | {each.id: each.name[lang] for each in found.targets}


def _responsibility(found: Programme, sources: tuple[Citation, ...]) -> None:
    if not found.tasks:
        if writer.may_write():
            st.subheader(text("programme.responsibility"), anchor=False)
            st.markdown(text("room.none.task"))
            return
        empty_state.show("responsibility", forms=(empty_state.form("responsibility"),))
        return
    st.subheader(text("programme.responsibility"), anchor=False)
    st.markdown(text("programme.responsibility_lead"))
    names = _names(found)
    table = pl.DataFrame([_duties(task, names) for task in found.tasks])
    columns = (*columns_of("programme.column", task="prose"), *columns_alike("programme.role", "prose", ROLES))
    example = any(task.example for task in found.tasks)
    table_card.show(table, columns, text("programme.responsibility"), sources, "responsibility", example=example)


def _stakeholders(found: Programme, sources: tuple[Citation, ...]) -> None:
    if not found.stakeholders:
        if writer.may_write():
            st.subheader(text("programme.stakeholders"), anchor=False)
            st.markdown(text("room.none.stakeholder"))
            return
        empty_state.show("stakeholders", forms=(empty_state.form("stakeholders"),))
        return
    st.subheader(text("programme.stakeholders"), anchor=False)
    st.markdown(text("programme.stakeholders_lead"))
    lang = language()
    names = _names(found)
    rows = [
        {"who": names.get(each.who, each.who), "interest": each.interest, "influence": each.influence,
         "gains": each.gains[lang], "loses": each.loses[lang]}
        for each in sorted(found.stakeholders, key=lambda each: (-each.interest, each.influence))
    ]  # fmt: skip
    kinds = columns_of("programme.column", who="prose", interest="count", influence="count")
    columns = (*kinds, *columns_of("programme.column", gains="prose", loses="prose"))
    example = any(each.example for each in found.stakeholders)
    caption = text("programme.stakeholders")
    table_card.show(pl.DataFrame(rows), columns, caption, sources, "stakeholders", example=example)


def _duties(task: Task, names: dict[str, str]) -> dict[str, str]:
    taker = names.get(task.hand_over_to, task.hand_over_to) or text("programme.nobody")
    return {
        "task": task.name[language()],
        "owner": names.get(task.owner, task.owner),
        "doer": names.get(task.doer, task.doer),
        "payer": ", ".join(names.get(each, each) for each in task.payer),
        "informed": ", ".join(names.get(each, each) for each in task.informed),
        "hand_over": f"{taker}: {task.hand_over_when[language()]}",
    }
