"""The method page: definitions, what is missing, deliveries, quality, and how to check it all."""

import datetime as dt
from typing import Any

import polars as pl
import streamlit as st

from analytics import provenance, regions
from analytics.data_quality import figure_ages, notices, quality
from analytics.provenance import Edition, Indicator
from pages.components import data_table, downloads
from pages.components.citations import licence
from pages.components.data_table import Kind, TableColumn
from pages.components.notices import build_due
from pages.format import marking
from pages.format.html import Html, joined, tag, terms
from pages.format.numbers import date, period, unbroken
from pages.format.place_names import place
from pages.format.texts import language, text
from pages.frame.cache import cached_value
from pages.frame.url.choices import OF_PLACE
from pages.views.method import accessibility

quality_table = cached_value(quality)
notice_table = cached_value(notices)
editions = cached_value(provenance.editions)
missing_figures = cached_value(provenance.missing)
ages_of_figures = cached_value(figure_ages)


def open_page() -> None:
    """Check the link and write the introduction."""
    OF_PLACE.open()  # a place in the link is no fault here, only of no use
    st.markdown(text("method.lead"))


def show() -> None:
    """Write every part in order."""
    _heading("definitions")
    st.markdown(text("method.definitions_lead"))
    st.html(joined(map(_definition, provenance.indicators().values())))  # one element: a fold each takes a browser long
    _heading("uncertainty")
    st.markdown(text("method.uncertainty_text"))
    _heading("missing")
    st.markdown(text("method.missing_lead"))
    _missing()
    _heading("editions")
    _editions()
    _heading("ages")
    st.markdown(text("method.ages_lead"))
    _ages()
    _heading("quality")
    st.markdown(text("method.quality_lead"))
    _quality()
    _notices()
    _heading("again")
    st.markdown(text("method.again_text", hash=provenance.build_hash(), built_at=_day(provenance.built_at())))
    _bundle()
    st.header(text("accessibility.title"), anchor="accessibility")
    accessibility.show()


def _day(moment: str) -> str:
    return date(dt.datetime.fromisoformat(moment).date() if moment else None)


def _bundle() -> None:
    """Offer the whole database: the file is made when the first reader takes it, once a build."""
    st.markdown(text("method.bundle_text"))
    file = marking.file_name(f"{provenance.build_hash()}.zip")
    downloads.button(text("method.bundle_take"), lambda: provenance.zipped().read_bytes(), file, "bundle")


def _heading(name: str) -> None:
    st.header(text(f"method.{name}"), anchor=name)


def _definition(indicator: Indicator) -> Html:
    """Return what an indicator is, folded up under its name."""
    lang = language()
    rows = [
        ("method.definition", indicator.definition[lang]), ("method.unit", indicator.unit[lang]),
        ("method.numerator", indicator.numerator[lang]), ("method.denominator", indicator.denominator[lang]),
        ("method.source", _from(indicator.publisher, indicator.table)),
        ("method.licence", licence(indicator.licence)), ("method.breaks", _breaks(indicator)),
        ("method.rounding", indicator.rounding[lang]), ("method.overlap", indicator.overlap[lang]),
        ("method.id", indicator.id),
    ]  # fmt: skip
    items = terms((text(key), words) for key, words in rows if words)
    name = tag("summary", unbroken(indicator.label[lang]))
    return tag("details", name, tag("dl", items, class_="innenfor-definition"), class_="innenfor-fold")


def _breaks(indicator: Indicator) -> str:
    found = [f"{period(point.at)}: {point.reason[language()]}" for point in indicator.breaks]
    return " ".join(found) or text("method.no_breaks")


def _missing() -> None:
    lang = language()
    lacking = missing_figures(regions.home())
    rows = [{"what": each.label[lang], "why": each.why[lang], "order": each.order[lang]} for each in lacking]
    columns = _columns("missing", what="prose", why="prose", order="prose")
    data_table.show(pl.DataFrame(rows), columns, text("method.missing"), heard=True)


def _editions() -> None:
    build_due()
    rows = [_edition_row(each) for each in editions()]
    columns = (
        *_columns("edition", title="prose", publisher="text", published="period", accessed="period"),
        *_columns("edition", licence="text", rows="count", note="prose", edition="text"),
    )
    data_table.show(pl.DataFrame(rows), columns, text("method.editions"), heard=True)


def _edition_row(each: Edition) -> dict[str, object]:
    return {
        "title": each.titled(language()), "publisher": _from(each.publisher, each.table_id),
        "published": each.published, "accessed": each.accessed, "licence": licence(each.licence),
        "rows": each.row_count, "note": each.note(language()), "edition": each.edition,
    }  # fmt: skip


def _ages() -> None:
    """Write how old the newest figure of each indicator is, and which is the newest of the home."""
    today = dt.datetime.now(dt.UTC).date()
    rows = [_age_row(row) for row in ages_of_figures(regions.home(), today).iter_rows(named=True)]
    columns = (
        *_columns("age", indicator="prose", period="text", published="period", months="count"),
        TableColumn("period_here", text("method.age_period_here", place=place(regions.home()))),
    )
    data_table.show(pl.DataFrame(rows), columns, text("method.ages"), heard=True)


def _age_row(row: dict[str, Any]) -> dict[str, Any]:
    indicator = provenance.indicators()[row["indicator"]]
    newest = {
        name: row[name] and period(row[name], frequency=indicator.frequency) for name in ("period", "period_here")
    }
    return row | newest | {"indicator": indicator.label[language()]}


def _notices() -> None:
    """Write which published figures a new edition corrected, withdrew or made final; nothing where none did."""
    table = notice_table()
    if table.is_empty():
        return
    labels = {name: each.label[language()] for name, each in provenance.indicators().items()}
    worded = table.with_columns(
        pl.col("indicator").replace_strict(labels),
        pl.col("code").replace_strict({code: text(f"method.notice_{code}") for code in table["code"].unique()}),
    )
    columns = (
        *_columns("quality", indicator="prose"), *_columns("notice", code="text", figures="count"),
        TableColumn("new_edition", text("method.edition_edition")),
    )  # fmt: skip
    st.markdown(text("method.notices_lead"))
    data_table.show(worded, columns, text("method.notices"))


def _from(publisher: str, table: str) -> str:
    return f"{publisher}, {table}" if table else publisher


def _quality() -> None:
    labels = {name: each.label[language()] for name, each in provenance.indicators().items()}
    table = quality_table().with_columns(pl.col("indicator").replace_strict(labels))
    counts = ("cells", "suppressed", "missing", "lower_bounds", "derived", "preliminary")
    columns = (
        *_columns("quality", indicator="prose"),
        *(TableColumn(name, text(f"method.quality_{name}"), "count") for name in counts),
        *_columns("edition", edition="text"),
    )
    data_table.show(table, columns, text("method.quality"), heard=True)


def _columns(table: str, **kinds: Kind) -> tuple[TableColumn, ...]:
    return tuple(TableColumn(name, text(f"method.{table}_{name}"), kind) for name, kind in kinds.items())
