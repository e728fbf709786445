"""What stands around every picture: the finding, the source, the same numbers as a table, and the files."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from pages.ui import downloads, forward, shell, tables, texts, theme
from pages.ui.footer import Citation
from pages.ui.format import month_name
from pages.ui.tables import Column
from pages.ui.texts import text

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SHORT = 3


@dataclass(frozen=True)
class Chart:
    """A picture with all that must stand around it.

    `finding` is a sentence and the heading; `alt` says in words what the picture shows; `table` holds the numbers
    drawn and `columns` how to write them; `stem` names the files and the elements; `command` and `python` give the
    same numbers without the page. `example` marks the picture, the table and the files as no results.
    """

    finding: str
    alt: str
    picture: go.Figure
    table: pl.DataFrame
    columns: tuple[Column, ...]
    sources: tuple[Citation, ...]
    stem: str
    example: bool = False
    note: str = ""
    command: str = ""
    python: str = ""


def show(chart: Chart) -> None:
    """Write a chart with heading, picture, note, source, table, files and the way to reproduce it."""
    shell.cite(*chart.sources)
    with st.container(key=f"chart-{chart.stem}"):
        st.subheader(chart.finding, anchor=False)
        if chart.example:
            st.caption(f"**{text('chart.example_words')}**")
        picture = marked(chart.picture) if chart.example else chart.picture
        st.plotly_chart(picture, theme=None, key=f"picture-{chart.stem}", config=settings(), alt=chart.alt)
        st.caption(" ".join(filter(None, (chart.note, source_line(chart.sources) if chart.sources else ""))))
        with st.expander(text("chart.table")):
            tables.show(chart.table, chart.columns, chart.finding)
        _files(chart)


def settings(lang: str | None = None) -> dict[str, Any]:
    """Return Plotly's settings: no mode bar (seven tab stops), and month names in the reader's language."""
    lang = lang or texts.language()
    months = [month_name(month, lang) for month in range(1, 13)]
    words = {"months": months, "shortMonths": [month[:_SHORT] for month in months]}
    locale = {"moduleType": "locale", "name": lang, "dictionary": {}, "format": words}
    return {"displayModeBar": False, "locale": lang, "locales": {lang: locale}, "responsive": True}


def source_line(sources: Sequence[Citation]) -> str:
    """Return the line beneath a picture: publishers, titles and editions."""
    items = [
        text("chart.source_item", publisher=each.publisher, title=each.title, edition=each.edition)
        for each in dict.fromkeys(sources)
    ]
    return text("chart.source_line", sources="; ".join(items))


def marked(picture: go.Figure) -> go.Figure:
    """Return a copy of a picture with `EXAMPLE` written across it, where it cannot be cut away."""
    copy = go.Figure(picture)
    copy.add_annotation(
        text=text("chart.example"),
        xref="paper",
        yref="paper",
        x=0.5,
        y=0.5,
        showarrow=False,
        textangle=-24,
        opacity=0.28,
        font={"size": 54, "color": theme.colour("watermark")},
        name="watermark",
    )
    return copy


def _files(chart: Chart) -> None:
    with st.container(horizontal=True, key=f"files-{chart.stem}"):
        for kind, mime, make in (("csv", "text/csv", downloads.csv), ("xlsx", _XLSX, downloads.xlsx)):
            st.download_button(
                text(f"chart.download_{kind}"),
                data=partial(_spoken, make, chart, texts.language()),
                file_name=f"innenfor-{chart.stem}.{kind}",
                mime=mime,
                key=f"{kind}-{chart.stem}",
                on_click="ignore",
            )
        if chart.command or chart.python:
            with st.popover(text("chart.reproduce")):
                _reproduce(chart)
        forward.show(chart.finding, chart.sources, chart.stem, example=chart.example)


def _spoken(make: Callable[..., bytes], chart: Chart, lang: str) -> bytes:
    with texts.speaking(lang):
        return make(chart.table, chart.sources, example=chart.example)


def _reproduce(chart: Chart) -> None:
    for key, code, language in (("command", chart.command, "bash"), ("python", chart.python, "python")):
        if code:
            st.markdown(f"**{text(f'chart.{key}')}**")
            st.code(code, language=language, wrap_lines=True)
