"""The parts of the programme page, each from the programme's files."""

from collections.abc import Callable
from html import escape

import polars as pl
import streamlit as st

from analytics import regions
from analytics.experiments.portfolio.registry import Experiment
from analytics.programme import readings
from analytics.programme.readings import Programme, Task, Voice
from pages.components import empty_state, example_mark, html, table_card
from pages.components.citations import own_source
from pages.components.data_table import columns_alike, columns_of
from pages.format import numbers
from pages.format.texts import language, text
from pages.frame import shell
from pages.frame.source_footer import Citation
from pages.frame.url import widgets
from pages.views.programme import figures, phase_board, without
from pages.views.programme.phase_board import badge
from pages.views.programme.selection import ProgrammeSelection
from pages.views.programme.wording import asked, quoted

PERSPECTIVES = ("supply", "demand", "across")
METHODS = ("prototyping", "gains", "jobbes", "closing")
ROLES = ("owner", "doer", "payer", "informed", "hand_over")


def show(choice: ProgrammeSelection | None) -> None:
    """Write the chosen part; without a programme, that there is none and how one begins."""
    if choice is None:
        empty_state.show("programme", forms=(empty_state.form("programme"),), place=regions.name_of(regions.home()))
        return
    found = readings.programme()
    sources = (_source(found),)
    shell.cite(*sources)
    ways: dict[str, Callable[[], None]] = {
        "areas": lambda: _areas(found),
        "board": lambda: phase_board.show(found, choice, sources),
        "organisation": lambda: _organisation(found, sources),
        "method": lambda: _method(found),
        "knots": lambda: figures.show_knots(found, choice, sources),
        "forms": lambda: figures.show_forms(found, sources),
        "without": without.show,
        "voices": lambda: _voices(found),
    }
    ways[choice.part]()


def _source(found: Programme) -> Citation:
    title = text("programme.source", name=found.name[language()])
    return own_source(title, text("programme.source_edition"))


def _areas(found: Programme) -> None:
    real = any(not each.example for each in readings.experiments_in())
    st.markdown(" ".join([text("programme.areas_lead"), *([] if real else [text("programme.areas_none")])]))
    for perspective in PERSPECTIVES:
        st.header(text(f"programme.perspective.{perspective}"), anchor=False)
        areas = [area for area in found.areas if area.perspective == perspective]
        cards = "".join(
            f"<section><h3>{escape(phase_board.area_name(found, area.number))}</h3>{_in_area(area.number)}</section>"
            for area in areas
        )
        st.html(f'<div class="innenfor-areas">{cards}</div>')
    st.html(html.link(widgets.address("gains", view="programme"), text("programme.worth")))


def _in_area(number: int) -> str:
    own, others = (readings.experiments_in(area=number, published=flag) for flag in (False, True))
    lines = [
        f"<li>{escape(_titled(each))} {badge(example=each.example, published=each.published)}</li>"
        for each in (*own, *others)
    ]
    return f"<ul>{''.join(lines)}</ul>" if lines else f"<p>{escape(text('programme.empty_area'))}</p>"


def _titled(each: Experiment) -> str:
    """Return an experiment's title, with its concept where that is called something else."""
    title = each.title[language()]
    return title if each.concept in ("", each.title["nb"]) else f"{title} · {each.concept}"


def _organisation(found: Programme, sources: tuple[Citation, ...]) -> None:
    lang = language()
    st.header(text("programme.partners"), anchor=False)
    _list([f"**{each.name[lang]}** ({each.level[lang]})" for each in found.partners])
    for first in (True, False):
        st.header(text("programme.targets" if first else "programme.second_targets"), anchor=False)
        _list([each.name[lang] for each in found.targets if each.first is first])
    _responsibility(found, sources)
    _stakeholders(found, sources)


def _responsibility(found: Programme, sources: tuple[Citation, ...]) -> None:
    if not found.tasks:
        empty_state.show("responsibility", forms=(empty_state.form("responsibility"),))
        return
    lang = language()
    st.header(text("programme.responsibility"), anchor=False)
    st.markdown(text("programme.responsibility_lead"))
    names = {partner.id: partner.name[lang] for partner in found.partners}
    table = pl.DataFrame([_duties(task, names) for task in found.tasks])
    columns = (*columns_of("programme.column", task="prose"), *columns_alike("programme.role", "prose", ROLES))
    example = any(task.example for task in found.tasks)
    table_card.show(table, columns, text("programme.responsibility"), sources, "responsibility", example=example)


def _stakeholders(found: Programme, sources: tuple[Citation, ...]) -> None:
    if not found.stakeholders:
        empty_state.show("stakeholders", forms=(empty_state.form("stakeholders"),))
        return
    st.header(text("programme.stakeholders"), anchor=False)
    st.markdown(text("programme.stakeholders_lead"))
    lang = language()
    names = {partner.id: partner.name[lang] for partner in found.partners}
    names |= {target.id: target.name[lang] for target in found.targets}
    rows = [
        {"who": names[each.who], "interest": each.interest, "influence": each.influence, "gains": each.gains[lang],
         "loses": each.loses[lang]}
        for each in sorted(found.stakeholders, key=lambda each: (-each.interest, each.influence))
    ]  # fmt: skip
    kinds = columns_of("programme.column", who="prose", interest="count", influence="count")
    columns = (*kinds, *columns_of("programme.column", gains="prose", loses="prose"))
    example = any(each.example for each in found.stakeholders)
    caption = text("programme.stakeholders")
    table_card.show(pl.DataFrame(rows), columns, caption, sources, "stakeholders", example=example)


def _duties(task: Task, names: dict[str, str]) -> dict[str, str]:
    taker = names[task.hand_over_to] if task.hand_over_to else text("programme.nobody")
    return {
        "task": task.name[language()],
        "owner": names[task.owner],
        "doer": names[task.doer],
        "payer": ", ".join(names[each] for each in task.payer),
        "informed": ", ".join(names[each] for each in task.informed),
        "hand_over": f"{taker}: {task.hand_over_when[language()]}",
    }


def _method(found: Programme) -> None:
    lang = language()
    st.header(text("programme.method.diamond"), anchor=False)
    st.markdown(text("programme.method.diamond_text"))
    _list([f"**{each.name[lang]}**: {text(f'programme.diamond.{each.id}')}" for each in found.diamond], numbered=True)
    st.header(text("programme.method.slik"), anchor=False)
    st.markdown(text("programme.method.slik_text"))
    _list([each.name[lang] for each in found.slik_parts])
    st.markdown(f"{text('programme.method.phases')} {' → '.join(each.name[lang] for each in found.slik_phases)}.")
    st.header(text("programme.method.tracks"), anchor=False)
    st.markdown(f"{text('programme.method.tracks_text')} **{found.hypothesis[lang]}**")
    _list([each.name[lang] for each in found.tracks])
    for name in METHODS:
        st.header(text(f"programme.method.{name}"), anchor=False)
        st.markdown(text(f"programme.method.{name}_text"))
        if name == "jobbes":
            _list([each.name[lang] for each in found.concepts])


def _voices(found: Programme) -> None:
    st.markdown(text("programme.voices_lead"))
    titles = {each.id: each.name[language()] for each in found.concepts}
    titles |= {each.key: each.title[language()] for each in readings.experiments_in()}
    for voice in found.voices:
        example_mark.say(example=voice.example)
        st.html(example_mark.across(_voice(voice, titles), example=voice.example))
    if not any(voice.quotes for voice in found.voices):
        empty_state.show("voices", forms=(empty_state.form("voices"),))


def _voice(voice: Voice, titles: dict[str, str]) -> str:
    lang = language()
    who = asked(voice)
    when = numbers.period(voice.date) if voice.date else text("programme.undated")
    quotes = "".join(f"<blockquote>{escape(quoted(quote[lang]))}</blockquote>" for quote in voice.quotes)
    attached = ", ".join(dict.fromkeys(titles[each] for each in voice.attached if each in titles))
    facts = f"{who} · {when} · {voice.method[lang]} · {text('programme.attached', what=attached)}"
    withheld = text("programme.withheld", count=voice.withheld) if voice.withheld else ""
    quiet = "".join(f'<p class="quiet">{escape(line)}</p>' for line in (facts, withheld) if line)
    mark = badge(example=voice.example)
    need = f"<p><strong>{escape(voice.need[lang])}</strong> {mark}</p>"
    return f'<div class="innenfor-voice">{need}{quotes}{quiet}</div>'


def _list(lines: list[str], *, numbered: bool = False) -> None:
    st.markdown("\n".join(f"{f'{place}.' if numbered else '-'} {line}" for place, line in enumerate(lines, 1)))
