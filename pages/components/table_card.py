"""A table that stands by itself, without a picture: caption, files, and the mark of an example."""

from collections.abc import Sequence
from functools import partial

import polars as pl
import streamlit as st

from pages.components import chart_footer, data_table, example_mark
from pages.components.data_table import TableColumn
from pages.format import marking
from pages.format.markdown import literal
from pages.format.texts import text
from pages.frame import shell
from pages.frame.source_footer import Citation


def show(
    frame: pl.DataFrame,
    columns: Sequence[TableColumn],
    caption: str,
    sources: Sequence[Citation],
    stem: str,
    *,
    example: bool = False,
) -> None:
    """Write a table with its source and its files (CSV, XLSX); `example` marks all three as no results."""
    shell.cite(*sources)
    if word := marking.word(example=example):
        example_mark.say(example=example)
        st.html(example_mark.across(data_table.html(frame, columns, f"{caption} ({word.lower()})"), example=example))
        if any(frame[column.name].null_count() for column in columns):
            st.caption(text("chart.unknown_note"))
    else:
        data_table.show(frame, columns, caption)
    st.caption(literal(chart_footer.source_line(sources)))
    with st.container(horizontal=True, key=f"files-{stem}"):
        chart_footer.to_take(stem, partial(chart_footer.files, frame, sources, stem, example=example))
