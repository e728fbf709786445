"""A table of one's own: its picture, the table itself, its files, and the command that gives the same digits."""

from typing import Any, Literal

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from analytics import provenance
from analytics.exclusion import pivot
from analytics.exclusion.comparability import DefinitionsDiffer
from analytics.exclusion.pivot import COLUMNS, NONE, PivotAnswer, PivotRefused
from pages.components import chart_card, data_table
from pages.components.chart_card import Chart
from pages.components.citations import citation
from pages.components.data_table import TableColumn, columns_of
from pages.components.rate_trend import with_editions
from pages.format import numbers, place_names
from pages.format.texts import labels, language, text
from pages.frame import shell
from pages.frame.cache import cached_object, cached_value
from pages.plots import dumbbell, time_series
from pages.plots.time_series import BreakMark
from pages.views.workshop import pivot_choice
from pages.views.workshop.pivot_choice import PivotChoice

answer_of = cached_value(pivot.pivot)
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


@cached_object
def _chart(choice: PivotChoice, answer: PivotAnswer) -> Chart:
    heading = _heading(choice)
    known = answer.cells.filter(pl.col(choice.measure).is_not_null())
    definition = provenance.indicators()[choice.asked.indicators[0]]
    editions = known["edition"].unique(maintain_order=True).to_list()
    examples = {each.edition for each in provenance.editions() if each.example}
    return Chart(
        finding=heading,
        alt=text("pivot.alt", heading=heading),
        picture=_picture(choice, answer),
        table=_long(answer),
        columns=_long_columns(choice),
        sources=tuple(citation(edition, definition.id) for edition in editions),
        stem="pivot",
        example=not examples.isdisjoint(editions),
        note=text("pivot.unit", unit=_unit(choice)),
        more=(definition.definition[language()],),
        command=f'python -m data sql "{answer.statement}" --csv',
    )


def _heading(choice: PivotChoice) -> str:
    first, *others = labels("pivot.by", choice.asked.shown).values()
    by = text("pivot.and", first=first, second=others[0]) if others else first
    what = provenance.indicators()[choice.asked.indicators[0]].label[language()]
    return text("pivot.heading", what=what, by=by)


def _unit(choice: PivotChoice) -> str:
    if choice.measure == "value":
        return provenance.indicators()[choice.asked.indicators[0]].unit[language()]
    return text(f"pivot.measure.{choice.measure}").lower()


def _worded(name: str, code: str, choice: PivotChoice) -> str:
    """Return a member of a dimension as a reader calls it."""
    if name == "place":
        return place_names.place(code)
    if name == "age":
        return place_names.age(code)
    if name == "sex":
        return text(f"sex.{code}")
    return numbers.period(code, frequency=provenance.indicators()[choice.asked.indicators[0]].frequency)


def _picture(choice: PivotChoice, answer: PivotAnswer) -> go.Figure:
    """Return lines over time where time is shown, else a dot for each number."""
    asked, kind = choice.asked, _KINDS[choice.measure]
    series = next((name for name in asked.shown if name != "period"), "") if "period" in asked.shown else asked.columns
    drawn = answer.cells.with_columns(value=pl.col(choice.measure).cast(pl.Float64))
    if series in ("", NONE):
        drawn = drawn.with_columns(series=pl.lit(provenance.indicators()[asked.indicators[0]].short[language()]))
    else:
        names = {code: _worded(series, code, choice) for code in asked.chosen(series)[:_MOST_SERIES]}
        drawn = drawn.filter(pl.col(COLUMNS[series]).is_in(list(names)))
        drawn = drawn.with_columns(series=pl.col(COLUMNS[series]).replace_strict(names, return_dtype=pl.String))
    if "period" not in asked.shown:
        rows = {code: _worded(asked.rows, code, choice) for code in asked.chosen(asked.rows)[:_MOST_ROWS]}
        drawn = drawn.filter(pl.col(COLUMNS[asked.rows]).is_in(list(rows)))
        drawn = drawn.with_columns(row=pl.col(COLUMNS[asked.rows]).replace_strict(rows, return_dtype=pl.String))
        return dumbbell.compared(drawn, kind, narrow=shell.narrow())
    definition = provenance.indicators()[asked.indicators[0]]
    first, last = min(asked.periods), max(asked.periods)
    breaks = [BreakMark(each.at, text("exclusion.break")) for each in definition.breaks if first < each.at <= last]
    known = with_editions(drawn.filter(pl.col("edition").is_not_null()))
    return time_series.trend(
        known.select("series", "period", "value", "status", "edition"), drawn["series"][0], breaks=breaks,
        narrow=shell.narrow(), frequency=definition.frequency, kind=kind,
    )  # fmt: skip


def _long(answer: PivotAnswer) -> pl.DataFrame:
    """Return a row for each cell, with the names of places beside their codes: what the files hold."""
    cells = answer.cells
    if "region_code" in cells.columns:
        cells = place_names.named(cells, "region_name")
        cells = cells.select("region_code", "region_name", pl.exclude("region_code", "region_name"))
    return cells


def _long_columns(choice: PivotChoice) -> tuple[TableColumn, ...]:
    school = provenance.indicators()[choice.asked.indicators[0]].frequency == "school_year"
    heads = {
        "place": TableColumn("region_name", text("column.region")),
        "period": TableColumn("period", text("column.period"), "school_year" if school else "period"),
        "age": TableColumn("age_group", text("pivot.dimension.age")),
        "sex": TableColumn("sex", text("pivot.dimension.sex")),
    }
    figures = columns_of("column", value=("share", "share"), count="count", population="count", status="status")
    return (*(heads[name] for name in choice.asked.shown), *figures, TableColumn("edition", text("column.edition")))


def _wide(choice: PivotChoice, answer: PivotAnswer) -> tuple[pl.DataFrame, tuple[TableColumn, ...]]:
    """Return the table as it was asked for; a number that is hidden or missing says so in its cell."""
    asked = choice.asked
    heads = {NONE: text(f"pivot.measure.{choice.measure}")}
    if asked.columns != NONE:
        heads = {code: _worded(asked.columns, code, choice) for code in asked.chosen(asked.columns)}
    table: dict[str, dict[str, Any]] = {code: {} for code in asked.chosen(asked.rows)}
    for row in answer.cells.iter_rows(named=True):
        at = NONE if asked.columns == NONE else row[COLUMNS[asked.columns]]
        table[row[COLUMNS[asked.rows]]][at] = _cell(row, choice.measure)
    rows = [{"row": _worded(asked.rows, code, choice)} | cells for code, cells in table.items()]
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
    if hidden := cells.filter(pl.col("status") == "suppressed", pl.col(choice.measure).is_null()).height:
        said.append(text("pivot.hidden", number=numbers.number(hidden)))
    if cells.filter(pl.col("status") != "suppressed", pl.col(choice.measure).is_null()).height:
        said.append(text("pivot.unknown"))
    if any((each or 0) > 0 for each in cells["parts_missing"]):
        said.append(text("pivot.leasts"))
    series = next((name for name in asked.shown if name != "period"), "") if "period" in asked.shown else asked.columns
    if series not in ("", NONE) and (number := len(asked.chosen(series))) > _MOST_SERIES:
        said.append(text("pivot.drawn", shown=numbers.number(_MOST_SERIES), number=numbers.number(number)))
    if "period" not in asked.shown and (number := len(asked.chosen(asked.rows))) > _MOST_ROWS:
        said.append(text("pivot.drawn", shown=numbers.number(_MOST_ROWS), number=numbers.number(number)))
    return said
