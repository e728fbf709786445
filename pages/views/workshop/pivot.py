"""A table of one's own: its picture, the table itself, its files, and the command that gives the same digits."""

from typing import Any, Literal

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from analytics import provenance
from analytics.exclusion.comparability import DefinitionsDiffer
from analytics.exclusion.rates import standing_editions
from analytics.pivot import answer as pivots
from analytics.pivot.counted import counted_words
from analytics.pivot.question import FIGURES, NONE, OUTCOMES, PivotAnswer, PivotQuestion
from analytics.pivot.refusals import PivotRefused
from pages.components import chart_card, data_table
from pages.components.chart_card import Chart
from pages.components.data_table import TableColumn, columns_of
from pages.components.rate_trend import with_editions
from pages.format import numbers
from pages.format.texts import labels, language, text
from pages.frame import visit
from pages.frame.cache import cached_object, cached_value
from pages.plots import dumbbell, time_series
from pages.plots.time_series import BreakMark
from pages.views.workshop import pivot_choice, pivot_words
from pages.views.workshop.pivot_choice import PivotChoice

standing = cached_value(standing_editions)
all_editions = cached_value(provenance.editions)
_MOST_SERIES, _MOST_ROWS = 8, 40
_KINDS: dict[str, Literal["share", "count"]] = {"value": "share", "count": "count", "population": "count"}


def show() -> None:
    """Draw the choices, and the table or why there is none."""
    choice = pivot_choice.choose()
    try:
        answer = answer_of(choice.asked)
    except (DefinitionsDiffer, PivotRefused) as refused:
        st.warning(f"{refused.says(language())} {refused.do(language())}")
        return
    if answer.cells[choice.measure].null_count() < answer.cells.height:
        chart_card.show(_chart(choice, answer))
    else:
        st.info(text("pivot.all_unknown"))
    wide, columns = _wide(choice, answer)
    data_table.show(wide, columns, f"{_heading(choice)} ({_unit(choice)})")
    if sentences := _notes(choice, answer):
        st.caption(" ".join(sentences))


@cached_value
def answer_of(asked: PivotQuestion) -> PivotAnswer:
    """Return the answer; which editions it stands in is the same however its rows and columns are turned."""
    return pivots.pivot(asked, standing)


@cached_object
def _chart(choice: PivotChoice, answer: PivotAnswer) -> Chart:
    heading = _heading(choice)
    known = answer.cells.filter(pl.col(choice.measure).is_not_null())
    counted = choice.asked.counted[0]
    editions = known["edition"].unique(maintain_order=True).to_list()
    examples = {each.edition for each in all_editions() if each.example}
    return Chart(
        finding=heading,
        alt=text("pivot.alt", heading=heading),
        picture=_picture(choice, answer),
        table=_long(choice, answer),
        columns=_long_columns(choice),
        sources=pivot_words.sources(counted, editions),
        stem="pivot",
        example=not examples.isdisjoint(editions),
        note=text("pivot.unit", unit=_unit(choice)),
        more=(counted_words(counted, language())["definition"], *pivot_words.notes(counted)),
        command=f'python -m data sql "{answer.statement}" --csv',
    )


def _heading(choice: PivotChoice) -> str:
    first, *others = labels("pivot.by", choice.asked.shown).values()
    by = text("pivot.and", first=first, second=others[0]) if others else first
    what = counted_words(choice.asked.counted[0], language())["label"]
    return text("pivot.heading", what=what, by=by)


def _unit(choice: PivotChoice) -> str:
    if choice.measure == "value":
        return counted_words(choice.asked.counted[0], language())["unit"]
    return text(f"pivot.measure.{choice.measure}").lower()


def _is_over_time(choice: PivotChoice) -> bool:
    """Return whether the picture is of lines over time: figures are; people who were followed are dots."""
    return choice.asked.kind == FIGURES and "period" in choice.asked.shown


def _series(choice: PivotChoice) -> str:
    """Return the dimension whose members are told apart by colour, "" for none."""
    asked = choice.asked
    found = next((name for name in asked.shown if name != "period"), "") if _is_over_time(choice) else asked.columns
    return "" if found == NONE else found


def _picture(choice: PivotChoice, answer: PivotAnswer) -> go.Figure:
    """Return lines over time where time is shown, else a dot for each number."""
    asked, kind, series = choice.asked, _KINDS[choice.measure], _series(choice)
    drawn = answer.cells.with_columns(value=pl.col(choice.measure).cast(pl.Float64))
    if series:
        drawn = _named(drawn, choice, series, "series", _MOST_SERIES)
    else:
        drawn = drawn.with_columns(series=pl.lit(counted_words(asked.counted[0], language())["label"]))
    if not _is_over_time(choice):
        drawn = _named(drawn, choice, asked.rows, "row", _MOST_ROWS)
        return dumbbell.compared(drawn, kind, narrow=visit.narrow())
    definition = provenance.indicators()[asked.counted[0]]
    first, last = min(asked.chosen("period")), max(asked.chosen("period"))
    breaks = [BreakMark(each.at, text("exclusion.break")) for each in definition.breaks if first < each.at <= last]
    known = with_editions(drawn.filter(pl.col("edition").is_not_null()))
    return time_series.trend(
        known.select("series", "period", "value", "status", "edition"), drawn["series"][0], breaks=breaks,
        narrow=visit.narrow(), frequency=definition.frequency, kind=kind,
    )  # fmt: skip


def _named(cells: pl.DataFrame, choice: PivotChoice, dimension: str, column: str, most: int) -> pl.DataFrame:
    """Return the cells of the first members of a dimension, with what a reader calls each in `column`."""
    codes = choice.asked.chosen(dimension)[:most]
    names = {code: pivot_words.member(choice.asked.counted[0], dimension, code) for code in codes}
    code = pl.col(choice.asked.dimensions[dimension])
    return cells.filter(code.is_in(list(names))).with_columns(
        code.replace_strict(names, return_dtype=pl.String).alias(column)
    )


def _long(choice: PivotChoice, answer: PivotAnswer) -> pl.DataFrame:
    """Return a row for each cell, with names beside the codes of places and states: what the files hold."""
    cells, asked = answer.cells, choice.asked
    told = [name for name in asked.shown if asked.kind != FIGURES or name == "place"]
    for name in told:
        cells = _named(cells, choice, name, pivot_words.name_column(asked.dimensions[name]), cells.height)
    first = [
        each for name in told for each in (asked.dimensions[name], pivot_words.name_column(asked.dimensions[name]))
    ]
    return cells.select(*first, pl.exclude(first)) if first else cells


def _long_columns(choice: PivotChoice) -> tuple[TableColumn, ...]:
    asked = choice.asked
    figures = columns_of("column", value=("share", "share"), count="count", population="count", status="status")
    edition = (TableColumn("edition", text("column.edition")),) if asked.kind != OUTCOMES else ()
    if asked.kind != FIGURES:
        named = [(pivot_words.name_column(asked.dimensions[name]), name) for name in asked.shown]
        heads = {name: TableColumn(column, text(f"pivot.dimension.{name}")) for column, name in named}
    else:
        school = provenance.indicators()[asked.counted[0]].frequency == "school_year"
        heads = {
            "place": TableColumn("region_name", text("column.region")),
            "period": TableColumn("period", text("column.period"), "school_year" if school else "period"),
            "age": TableColumn("age_group", text("pivot.dimension.age")),
            "sex": TableColumn("sex", text("pivot.dimension.sex")),
        }
    return (*(heads[name] for name in asked.shown), *figures, *edition)


def _wide(choice: PivotChoice, answer: PivotAnswer) -> tuple[pl.DataFrame, tuple[TableColumn, ...]]:
    """Return the table as it was asked for; a number that is hidden or missing says so in its cell."""
    asked = choice.asked
    heads = {NONE: text(f"pivot.measure.{choice.measure}")}
    if asked.columns != NONE:
        heads = {
            code: pivot_words.member(asked.counted[0], asked.columns, code) for code in asked.chosen(asked.columns)
        }
    table: dict[str, dict[str, Any]] = {code: {} for code in asked.chosen(asked.rows)}
    for row in answer.cells.iter_rows(named=True):
        at = NONE if asked.columns == NONE else row[asked.dimensions[asked.columns]]
        table[row[asked.dimensions[asked.rows]]][at] = _cell(row, choice.measure)
    rows = [{"row": pivot_words.member(asked.counted[0], asked.rows, code)} | cells for code, cells in table.items()]
    kind = _KINDS[choice.measure]
    columns = [TableColumn("row", text(f"pivot.dimension.{asked.rows}"))]
    columns += [TableColumn(code, head, kind) for code, head in heads.items()]
    return pl.DataFrame(rows, schema=["row", *heads], infer_schema_length=None), tuple(columns)


def _cell(row: dict[str, Any], measure: str) -> str:
    if row[measure] is None:
        return numbers.status(row["status"]) if row["status"] == "suppressed" else numbers.unknown()
    written = numbers.percent(row[measure]) if measure == "value" else numbers.number(row[measure])
    least = measure != "population" and (row["parts_missing"] or 0) > 0
    return text("pivot.least", number=written) if least else written


def _notes(choice: PivotChoice, answer: PivotAnswer) -> list[str]:
    """Return what must be known of the table: sums, hidden numbers, least numbers, and what the picture leaves out."""
    cells, asked, said = answer.cells, choice.asked, []
    if answer.parts > 1:
        said.append(text("pivot.sums", parts=numbers.number(answer.parts)))
    untold = [status for status, value in zip(cells["status"], cells[choice.measure], strict=True) if value is None]
    if hidden := untold.count("suppressed"):
        said.append(text("pivot.hidden", number=numbers.number(hidden)))
    if hidden < len(untold):
        said.append(text("pivot.unknown"))
    if any((each or 0) > 0 for each in cells["parts_missing"]):
        said.append(text("pivot.leasts"))
    drawn = [(_series(choice), _MOST_SERIES), ("" if _is_over_time(choice) else asked.rows, _MOST_ROWS)]
    for dimension, most in drawn:
        if dimension and (number := len(asked.chosen(dimension))) > most:
            said.append(text("pivot.drawn", shown=numbers.number(most), number=numbers.number(number)))
    return said
