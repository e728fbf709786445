"""The board: experiments as cards, in the columns of SLIK's phases or of the triple diamond."""

from collections.abc import Sequence
from functools import partial

import polars as pl
import streamlit as st

from analytics.experiments.portfolio.registry import Experiment
from analytics.programme import readings
from analytics.programme.readings import NamedItem, Programme
from pages.components import empty_state, example_mark, table_card
from pages.components.data_table import columns_of
from pages.format.html import Html, tag
from pages.format.texts import language, text
from pages.frame import expander, shell
from pages.frame.sight import seen
from pages.frame.source_footer import Citation
from pages.views.programme import selection

_FILLED = 2.4


def show(found: Programme, sources: Sequence[Citation]) -> None:
    """Write the board, and its content as a table with files."""
    if not readings.experiments_in(seen()):
        empty_state.show("board", forms=(empty_state.form("experiment"),), more=("experiments", {}, ""))
        return
    choice = selection.board(found)
    experiments = readings.experiments_in(seen(), area=choice.area, track=choice.track, concept=choice.concept)
    if not experiments:
        st.markdown(text("programme.none_chosen"))
        return
    columns = list(found.diamond if choice.view == "diamond" else found.slik_phases)
    example = any(each.example for each in experiments)
    example_mark.say(example=example)
    st.html(_board(columns, experiments, found))
    table = board_table(columns, experiments, found)
    prose = ("title", "area", "track", "target_group", "responsible")
    shown = columns_of("programme.column", **{name: "prose" if name in prose else "text" for name in table.columns})
    shell.cite(*sources)
    caption = text("programme.board_caption")
    write = partial(table_card.show, table, shown, caption, sources, "board", example=example)
    expander.reading(text("chart.table"), "board", write)


def board_table(columns: Sequence[NamedItem], experiments: Sequence[Experiment], found: Programme) -> pl.DataFrame:
    """Return one row an experiment: phase, title, area, concept, track, target group, responsible, example."""
    lang = language()
    phases = {column.id: column.name[lang] for column in columns}
    rows = [
        {
            "phase": phases.get(readings.phase_of(each, columns), text("programme.stopped")),
            "title": each.title[lang],
            "area": area_name(found, each.area),
            "concept": readings.concept_name(each.concept, seen(), lang) or None,
            "track": track_name(found, each.track),
            "target_group": each.target_group[lang],
            "responsible": each.responsible or None,
            "kind": text("programme.example" if each.example else "programme.own"),
        }
        for each in experiments
    ]
    order = [*phases.values(), text("programme.stopped")]
    return pl.DataFrame(sorted(rows, key=lambda row: order.index(str(row["phase"]))))


def area_name(found: Programme, number: int) -> str:
    """Return an area's number and name; one the programme has not (any longer) is called as everywhere else."""
    named = (f"{area.number} {area.name[language()]}" for area in found.areas if area.number == number)
    return next(named, text(f"experiments.area.a{number}"))


def track_name(found: Programme, track: str) -> str | None:
    """Return a track's name, None where an experiment has none."""
    return next((each.name[language()] for each in found.tracks if each.id == track), None)


def concept_name(each: Experiment) -> str:
    """Return what an experiment's concept is called, "" where it has none, or is called the same itself."""
    named = readings.concept_name(each.concept, seen(), language())
    return "" if {each.concept, named} & set(each.title.values()) else named


def badge(*, example: bool, published: bool = False) -> Html:
    """Return the word that says what a thing is: made up, or a published trial."""
    if example:
        return tag("span", text("programme.example"), class_="innenfor-badge example")
    return tag("span", text("programme.published"), class_="innenfor-badge") if published else Html()


def _board(columns: Sequence[NamedItem], experiments: Sequence[Experiment], found: Programme) -> Html:
    stacks = [(column.name[language()], _in(column.id, columns, experiments)) for column in columns]
    stopped = _in("", columns, experiments)
    stacks += [(text("programme.stopped"), stopped)] if stopped else []
    parts = (tag("section", tag("h3", name), *_cards(cards, found)) for name, cards in stacks)
    widths = " ".join(f"minmax(0, {_FILLED if cards else 1}fr)" for _, cards in stacks)
    board = tag("div", *parts, class_="innenfor-board", style=f"--columns: {widths}")
    return example_mark.across(board, example=any(each.example for each in experiments))


def _in(column: str, columns: Sequence[NamedItem], experiments: Sequence[Experiment]) -> list[Experiment]:
    return [each for each in experiments if readings.phase_of(each, columns) == column]


def _cards(experiments: Sequence[Experiment], found: Programme) -> list[Html]:
    return [_card(each, found) for each in experiments] or [tag("p", text("programme.empty_column"))]


def _card(each: Experiment, found: Programme) -> Html:
    facts = (area_name(found, each.area), concept_name(each), track_name(found, each.track))
    lines = (tag("p", fact) for fact in facts if fact)
    mark = badge(example=each.example, published=each.published)
    return tag("div", tag("p", each.title[language()], class_="name"), mark, *lines, class_="innenfor-card")
