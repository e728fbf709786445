"""The note as a workbook and as CSV: the same sentences and tables as the PDF, and the sources."""

from typing import Any

import polars as pl

from data.i18n import speaking
from pages.components import downloads
from pages.format import marking
from pages.format.texts import text
from pages.report.model import SteeringNote, grids, sentences

_LONGEST_NAME = 31


def as_frame(note: SteeringNote) -> pl.DataFrame:
    """Return everything the note says: `heading, text`, one row a sentence, table row or picture."""
    with speaking(note.lang):
        rows = [(note.title, note.lead), *sentences(note)]
        rows = [*_mark(note), *rows]
    return pl.DataFrame(rows, schema=["heading", "text"], orient="row")


def csv(note: SteeringNote) -> bytes:
    """Return the note as one plain table with its sources."""
    with speaking(note.lang):
        return downloads.csv(as_frame(note), note.sources, example=note.example)


def xlsx(note: SteeringNote) -> bytes:
    """Return the note as a workbook: what it says, a sheet for each table, and the sources."""
    import io

    import xlsxwriter

    target = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with speaking(note.lang), xlsxwriter.Workbook(target, options) as book:
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        body = book.add_format({"text_wrap": True, "valign": "top"})
        sheets: list[tuple[str, tuple[str, ...], list[tuple[Any, ...]]]]
        mark = _mark(note)
        sheets = [(text("note.sheet"), (), list(as_frame(note).iter_rows())[len(mark) :])]
        sheets += [(grid.caption, grid.head, list(grid.rows)) for grid in grids(note)]
        cited = [(f"{each.publisher}: {each.title}", each.edition, each.licence, each.address) for each in note.sources]
        sheets.append((text("export.source_sheet"), (), cited))
        for number, (name, heading, rows) in enumerate(sheets, 1):
            sheet = book.add_worksheet(_sheet_name(number, name))
            top = [*mark, heading] if heading else mark
            sheet.set_column(0, max(map(len, (*top, *rows))) - 1, 30)
            for place, row in enumerate([*top, *rows]):
                for column, content in enumerate(row):
                    sheet.write_string(place, column, content, head if place < len(top) else body)
            for _, words in mark:
                sheet.set_header(f"&C{words}")
    return target.getvalue()


def _mark(note: SteeringNote) -> list[tuple[str, str]]:
    """Return the line that marks a note as no result, nothing where it needs no mark."""
    word = marking.word(example=note.example)
    return [(word, marking.note_words(example=note.example))] if word else []


def _sheet_name(number: int, name: str) -> str:
    return f"{number} " + "".join(letter for letter in name if letter not in "[]:*?/\\'")[: _LONGEST_NAME - 3]
