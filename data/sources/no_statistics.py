"""Files that hold no statistics of the kind that is read: code lists, boundaries, tables made for research."""

import re

from data.ingest.contract import Problem
from data.ingest.open_file import Book
from data.ingest.sheet import Sheet, cell_name

_CODED = ({"code", "parentcode"}, {"gruppekode", "kode", "tekst"})
_LISTED = re.compile(r"^(kommuner|fylker|municipalities|counties)[ _-]?(19|20)\d{2}$")
_TITLE, _TOP = re.compile(r"^\d{5}: \S"), 25
_FOLLOWED = re.compile(r"^(treat(ed|ment)?|first[._ ]?treat(ed)?|post|did|cohort_year)$")


def no_statistics(book: Book) -> list[Problem]:
    """Return what a file is that is in no layout, where its headings tell that it holds no published figures."""
    sheet, row = _first(book)
    names = [text for _, text in sheet.filled(row)] if sheet.rows else []
    plain = {name.lower() for name in names}
    place = {"file": book.file, "sheet": sheet.name, "cell": cell_name(row, 0), "found": ", ".join(names)}
    if isinstance(book.document, dict):
        return _no_answer(book.file, book.document)
    if shifted := _shifted_title(book):
        return [shifted]
    if any(names <= plain for names in _CODED) or sum(bool(_LISTED.match(name)) for name in plain) > 1:
        return [Problem(code="code_list", **place)]
    if any(_FOLLOWED.match(name) for name in plain):
        return [Problem(code="research_table", **place)]
    return []


def _no_answer(file: str, document: dict[str, object]) -> list[Problem]:
    """Return what a JSON document is that holds no figures: boundaries, an error of the interface, a description."""
    if str(document.get("type")) == "FeatureCollection":
        return [Problem(code="geojson_file", file=file)]
    said = document.get("title") if "status" in document else document.get("error")
    if isinstance(said, str):
        return [Problem(code="interface_error", file=file, found=said)]
    return [Problem(code="no_values", file=file)] if {"variables", "variableNames"} & set(document) else []


def _shifted_title(book: Book) -> Problem | None:
    """Return that a table of SSB's was moved on its sheet: where its columns begin, nobody can say any more."""
    for sheet in book.sheets:
        for row in range(min(_TOP, len(sheet.rows))):
            for column, text in sheet.filled(row):
                if _TITLE.match(text):
                    return Problem(
                        code="ssb_shifted", file=book.file, sheet=sheet.name, cell=cell_name(row, column), found=text
                    )
    return None


def unknown_layout(book: Book, expected: str) -> Problem:
    """Return that a file is in no layout, with what it begins with."""
    sheet, row = _first(book)
    found = [text for _, text in sheet.filled(row)] if sheet.rows else [*book.document][:8] if book.document else []
    cell = cell_name(row, 0) if sheet.rows else ""
    told = ", ".join(str(text) for text in found) or "–"
    return Problem(code="unknown_layout", file=book.file, sheet=sheet.name, cell=cell, expected=expected, found=told)


def _first(book: Book) -> tuple[Sheet, int]:
    """Return the first row with more than one filled cell among the sheets, else the first that is filled."""
    rows = [(sheet, row) for sheet in book.sheets for row in range(min(25, len(sheet.rows))) if sheet.filled(row)]
    wide = next(((sheet, row) for sheet, row in rows if len(sheet.filled(row)) > 1), None)
    return wide or next(iter(rows), (Sheet("", ()), 0))
