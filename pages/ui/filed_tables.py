"""A table that stands by itself, without a picture: caption, files, and the mark of an example."""

from collections.abc import Sequence

import polars as pl
import streamlit as st

from pages.ui import feet, marking, shell, tables
from pages.ui.footer import Citation
from pages.ui.tables import Column
from pages.ui.texts import text


def show(
    frame: pl.DataFrame,
    columns: Sequence[Column],
    caption: str,
    sources: Sequence[Citation],
    stem: str,
    *,
    example: bool = False,
) -> None:
    """Write a table with its source and its files (CSV, XLSX); `example` marks all three as no results."""
    shell.cite(*sources)
    if word := marking.word(example=example):
        st.caption(f"**{marking.sentence(example=example)}**")
        st.html(marked(tables.html(frame, columns, f"{caption} ({word.lower()})"), example=example))
        if any(frame[column.name].null_count() for column in columns):
            st.caption(text("chart.unknown_note"))
    else:
        tables.show(frame, columns, caption)
    st.caption(feet.source_line(sources))
    with st.container(horizontal=True, key=f"files-{stem}"):
        feet.files(frame, sources, stem, example=example)


def marked(html: str, *, example: bool) -> str:
    """Return HTML with the mark written across it, as it is where it needs none."""
    word = marking.word(example=example)
    return f'<div class="innenfor-marked" data-mark="{word}">{html}</div>' if word else html
