"""The files a reader takes away. They hold the screen's numbers unrounded, with source, licence and definition.

CSV is for machines: UTF-8 with a byte-order mark, comma between fields, point in decimals, unknown empty, shares 0–1,
and the sources as columns, so that the file is one plain table. XLSX is for people: numbers are numbers in any
language, and a second sheet holds the sources.
"""

import io
import math
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import polars as pl
import streamlit as st

from data.i18n import say
from pages.format import marking
from pages.format.texts import language, text
from pages.frame.source_footer import Citation

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_FORMULA = re.compile(r"^(\s*[=+\-@]|[\t\r])")
_ABOUT = ("source", "edition", "licence", "definition", "address")
_MIMES = {
    "csv": "text/csv",
    "json": "application/json",
    "md": "text/markdown",
    "parquet": "application/vnd.apache.parquet",
    "pdf": "application/pdf",
    "png": "image/png",
    "toml": "application/toml",
    "txt": "text/plain",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
_COLUMN_WIDTH = 18
_TEXT_WIDTH = 70


def button(label: str, data: str | bytes | Callable[[], str | bytes], file: str, key: str) -> None:
    """Draw the button that takes a file away; the end of its name tells its kind."""
    mime = _MIMES[file.rpartition(".")[2]]
    st.download_button(label, data=data, file_name=file, mime=mime, key=key, on_click="ignore")


def csv(frame: pl.DataFrame, citations: Sequence[Citation], *, example: bool = False) -> bytes:
    """Return a frame as CSV with the columns source, edition (unless every row names its own), licence, definition and
    address, and example where the numbers need a mark; in the rows that are hidden, why (`hidden`).

    Text that begins with = + - @ gets an apostrophe before it, since a spreadsheet would run it as a formula.
    """
    whole = _told(frame, citations, example=example)
    safe = whole.with_columns(pl.col(pl.String).str.replace(_FORMULA.pattern, "'$1"))
    safe = safe.rename({name: _FORMULA.sub(r"'\1", name) for name in safe.columns})
    return b"\xef\xbb\xbf" + safe.write_csv().encode("utf-8")


def _told(frame: pl.DataFrame, citations: Sequence[Citation], *, example: bool) -> pl.DataFrame:
    """Return a frame whose every row tells where it comes from and what it counts."""
    facts = _facts(citations)
    about = {name: " | ".join(dict.fromkeys(filter(None, (fact[name] for fact in facts)))) for name in _ABOUT}
    if "edition" in frame.columns:
        del about["edition"]
    if mark := marking.sentence(example=example):
        about["example"] = mark
    new = [pl.lit(content).alias(_free(name, frame.columns)) for name, content in about.items()]
    if _hides(frame):
        new.append(pl.when(status="suppressed").then(pl.lit(_why_hidden())).alias(_free("hidden", frame.columns)))
    return frame.with_columns(new)


def xlsx(frame: pl.DataFrame, citations: Sequence[Citation], *, example: bool = False) -> bytes:
    """Return a frame as a workbook: a sheet of the same rows as the CSV and one that says where they come from."""
    import xlsxwriter

    target = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(target, options) as book:
        head = book.add_format({"bold": True, "bottom": 1})
        _numbers(book.add_worksheet(text("export.data_sheet")), _told(frame, citations, example=example), head)
        why = _why_hidden() if _hides(frame) else ""
        _sources(book.add_worksheet(text("export.source_sheet")), citations, head, example=example, hidden=why)
    return target.getvalue()


def _numbers(sheet: "Worksheet", frame: pl.DataFrame, head: "Format") -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, max(frame.width - 1, 0), _COLUMN_WIDTH)
    for place, name in enumerate(frame.columns):
        sheet.write_string(0, place, name, head)
    for number, row in enumerate(frame.iter_rows(), start=1):
        for place, value in enumerate(row):
            _write(sheet, number, place, value)


def _write(sheet: "Worksheet", row: int, place: int, value: object) -> None:
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        sheet.write_blank(row, place, None)
    elif isinstance(value, bool):
        sheet.write_boolean(row, place, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, place, value)
    else:
        sheet.write_string(row, place, str(value))


def _hides(frame: pl.DataFrame) -> bool:
    return "status" in frame.columns and bool((frame["status"] == "suppressed").any())


def _why_hidden() -> str:
    """Return the same words for every hidden figure: which are small and which protect others would give them away."""
    return say("data", language(), "protect.hidden_because")


def _sources(sheet: "Worksheet", citations: Sequence[Citation], head: "Format", *, example: bool, hidden: str) -> None:
    rows = [(text("export.field"), text("export.value"))]
    mark = marking.sentence(example=example)
    rows += [(text("export.example"), mark)] if mark else []
    rows += [(text("export.hidden"), hidden)] if hidden else []
    rows += [(text(f"export.{name}"), fact[name]) for fact in _facts(citations) for name in _ABOUT if fact[name]]
    sheet.set_column(0, 0, _COLUMN_WIDTH)
    sheet.set_column(1, 1, _TEXT_WIDTH)
    for number, row in enumerate(rows):
        for place, content in enumerate(row):
            sheet.write_string(number, place, content, head if number == 0 else None)


def _facts(citations: Sequence[Citation]) -> list[dict[str, str]]:
    return [
        {
            "source": ". ".join(filter(None, (f"{each.publisher}: {each.title}", each.credit))),
            "edition": each.edition,
            "licence": each.licence,
            "definition": each.definition,
            "address": each.address,
        }
        for each in dict.fromkeys(citations)
    ]


def _free(name: str, taken: Sequence[str]) -> str:
    return name if name not in taken else _free(f"{name}_", taken)
