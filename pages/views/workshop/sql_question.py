"""A question in SQL to the published figures: asked in a process of its own, answered as a table and as files."""

import io
import shlex

import polars as pl
import streamlit as st

from analytics import own_question, provenance
from pages.components import chart_footer, data_table, downloads
from pages.components.citations import citation
from pages.components.data_table import TableColumn, columns_of
from pages.format import marking
from pages.format.html import tag
from pages.format.numbers import number
from pages.format.texts import language, text
from pages.frame import expander, session, shell
from pages.frame.cache import cached_value
from pages.views.workshop import errand, refusal
from pages.views.workshop.errand import Errand

views = cached_value(own_question.views)
_KEY, _STEM = "sql-question", "sql"
_SHOWN = 100


def show(found: Errand | None) -> None:
    """Write the form with what was asked last, the answer, and the views that can be asked."""
    st.markdown(text("sql.lead"))
    limits = own_question.limits()
    if session.recall(_KEY) is None:
        session.remember(_KEY, found.said["question"] if found else own_question.first_question())
    with st.form("sql-form", border=False):
        st.text_area(text("sql.question"), key=_KEY, height=180, max_chars=limits.letters)
        st.form_submit_button(text("sql.ask"), type="primary", on_click=_ask)
    told = {"seconds": number(limits.seconds), "megabytes": number(limits.megabytes), "rows": number(limits.rows)}
    st.html(tag("p", text("sql.limits", **told), class_="innenfor-quiet"))
    if found is not None:
        _answer(found)
    expander.reading(text("sql.views"), "sql-views", _dictionary)


def _ask() -> None:
    errand.ask(str(session.recall(_KEY, "")))


def _answer(found: Errand) -> None:
    if not found.fine or found.process.kept is None:
        refusal.show(found)
        return
    rows = pl.read_parquet(io.BytesIO(found.process.kept))
    st.header(text("sql.answer"), anchor=False)
    if rows.is_empty():
        st.markdown(text("sql.none"))
    else:
        _table(rows)
    _files(rows, found.process.kept)
    st.markdown(text("sql.again"))
    st.code(command(found.said["question"]), language="bash", wrap_lines=True)


def command(question: str) -> str:
    """Return the command that gives the same answer, in quotes every shell reads where the question allows it."""
    plain = not any(letter in question for letter in '"$`\\!%')
    return f'python -m data sql "{question}"' if plain else f"python -m data sql {shlex.quote(question)}"


def _table(rows: pl.DataFrame) -> None:
    """Write the first rows as they are, numbers to the right."""
    shown, said = rows.head(_SHOWN), text("sql.rows", rows=number(rows.height))
    if rows.height > _SHOWN:
        said = text("sql.first", shown=number(_SHOWN), rows=number(rows.height))
    columns = [TableColumn(name, name, "rate" if kind.is_numeric() else "text") for name, kind in rows.schema.items()]
    data_table.show(shown.cast(pl.String), columns, said)


def _files(rows: pl.DataFrame, parquet: bytes) -> None:
    """Draw the buttons for the files, and cite the editions the answer names."""
    named = set(rows["edition"].drop_nulls()) if rows.schema.get("edition") == pl.String else set()
    sources = tuple(citation(each.edition) for each in provenance.editions() if each.edition in named)
    examples = any(each.example for each in provenance.editions() if each.edition in named)
    shell.cite(*sources)
    if sources:
        st.caption(chart_footer.source_line(sources))
    with st.container(horizontal=True, key="files-sql"):
        chart_footer.files(rows, sources, _STEM, example=examples)
        downloads.button(text("sql.download_parquet"), parquet, marking.file_name(f"{_STEM}.parquet"), "parquet-sql")


def _dictionary() -> None:
    columns = columns_of("sql", column="text", says="prose")
    for each in views(language()):
        st.markdown(f"**{text('sql.view', name=each.name, rows=number(each.rows))}** {each.says}")
        rows = pl.DataFrame([{"column": name, "says": says} for name, says in each.columns])
        data_table.show(rows, columns, each.name)
