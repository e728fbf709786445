"""A table that stands by itself, without a picture: caption, files, and the mark of an example."""

from collections.abc import Callable, Sequence
from functools import partial

import polars as pl
import streamlit as st

from pages.ui import downloads, shell, tables, texts
from pages.ui.charts import source_line
from pages.ui.footer import Citation
from pages.ui.tables import Column
from pages.ui.texts import text

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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
    if example:
        st.caption(f"**{text('chart.example_words')}**")
        st.html(marked(tables.html(frame, columns, f"{caption} ({text('chart.example').lower()})")))
        if any(frame[column.name].null_count() for column in columns):
            st.caption(text("chart.unknown_note"))
    else:
        tables.show(frame, columns, caption)
    st.caption(source_line(sources))
    files(frame, sources, stem, example=example)


def files(frame: pl.DataFrame, sources: Sequence[Citation], stem: str, *, example: bool = False) -> None:
    """Draw the two download buttons of a table."""
    with st.container(horizontal=True, key=f"files-{stem}"):
        for kind, mime, make in (("csv", "text/csv", downloads.csv), ("xlsx", _XLSX, downloads.xlsx)):
            st.download_button(
                text(f"chart.download_{kind}"),
                data=partial(_spoken, make, frame, sources, texts.language(), example=example),
                file_name=f"innenfor-{stem}.{kind}",
                mime=mime,
                key=f"{kind}-{stem}",
                on_click="ignore",
            )


def marked(html: str) -> str:
    """Return HTML with `EXAMPLE` written across it."""
    return f'<div class="innenfor-marked" data-mark="{text("chart.example")}">{html}</div>'


def _spoken(
    make: Callable[..., bytes], frame: pl.DataFrame, sources: Sequence[Citation], lang: str, *, example: bool
) -> bytes:
    with texts.speaking(lang):
        return make(frame, sources, example=example)
