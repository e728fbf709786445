"""A file of NAV's or FHI's about a subject nobody reads: the description of the home's own by which it is read."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from data.ingest.contract import Delivery, Problems
from data.ingest.open_file import Book
from data.sources.adapter import Layout, admitted, deliver
from data.sources.layouts.description import CountedSubject, PublisherTables, TextLayout, described, described_tables
from data.sources.layouts.sheet_reader import layouts_of
from data.sources.layouts.table_headings import headings_of
from data.sources.layouts.table_reader import layouts_of_tables
from data.sources.layouts.table_words import matched
from data.sources.layouts.wording import other_words

UNREAD = ("fhi_subject", "other_subject")
"""The problems of a file whose subject alone is unknown."""
_EVERYBODY = "total.*|samlet|alle|i alt|begge.*"
_AGES = {"alle aldre": "all", "under 30 år": "under-30"}


@dataclass(frozen=True)
class UnreadSubject:
    """A file as it would be read were its subject known: each measure is the subject in the file's own words.

    delivery: its rows. tables: the layout FHI's file is read by; None for NAV's sheets, told by words in their titles.
    """

    source: str
    delivery: Delivery
    tables: PublisherTables | None = None

    def description(self, measure: str, name: str) -> tuple[str, dict[str, Any]]:
        """Return the folder of the home and the table of the file in it that reads a measure under a name."""
        if self.tables is None:
            return "subjects", {"source": self.source, "id": name, "words": measure, "ages": _AGES}
        (layout,) = self.tables.layouts
        told = asdict(replace(self.tables, layouts=(), measure={measure: name}))
        own = asdict(replace(layout, name=f"{self.source}_{name}"))
        return "layouts", told | {"layouts": [own]}


def unread_subject(file: Path, source: str | None) -> UnreadSubject | None:
    """Return what a file of NAV's or FHI's holds where nothing but its subject is unknown, else None."""
    book = admitted(file)
    for whose, read in (("nav", _of_nav), ("fhi", _of_fhi)):
        if source in (None, whose) and (found := read(book)):
            return found
    return None


def _of_nav(book: Book) -> UnreadSubject | None:
    sheets = described("nav")
    titles = [text for sheet in book.sheets for text in (sheet.name, *(text for _, text in sheet.filled(0)))]
    words = {told for text in titles if (told := other_words(sheets, text))}
    own = tuple(CountedSubject(each, each, _AGES, own=True) for each in sorted(words, key=len, reverse=True))
    if book.kind != "workbook" or not own:
        return None
    read = replace(sheets, subjects=(*own, *sheets.subjects))
    return next((UnreadSubject("nav", each) for each in _delivered(book, layouts_of(read))), None)


def _of_fhi(book: Book) -> UnreadSubject | None:
    known = described_tables("fhi")
    for layout in known.layouts if book.kind == "text" and book.sheets else ():
        tables = _with_own_column(book, known, layout)
        found = next(_delivered(book, layouts_of_tables(tables)), None) if tables else None
        if found:
            return UnreadSubject("fhi", found, tables)
    return None


def _with_own_column(book: Book, known: PublisherTables, layout: TextLayout) -> PublisherTables | None:
    """Return the tables with the one column that divides the file as its subject; None where there is no such one."""
    table = headings_of(known, layout, book.sheets[0])
    if table is None or table.named("measure"):
        return None
    others = [name for name in table.names if name not in layout.columns]
    values = {name: {table.sheet.text(row, table.names[name]) for row in table.body} for name in others}
    said = [name for name in others if not all(matched(_EVERYBODY, text) for text in values[name])]
    if len(said) != 1:
        return None
    columns = {name: role for name, role in layout.columns.items() if name in table.names}
    columns |= {name: "measure" if name in said else "everybody" for name in others}
    whole = f"{layout.whole}|{_EVERYBODY}"
    own = replace(layout, title=said[0], needed=tuple(table.names), columns=columns, whole=whole)
    return replace(known, layouts=(own,), measure={text.lower(): text.lower() for text in values[said[0]] if text})


def _delivered(book: Book, layouts: tuple[Layout, ...]) -> Iterator[Delivery]:
    """Yield what each layout that recognises the file reads of it; nothing where something else is wrong."""
    for layout in layouts:
        if layout.recognises(book):
            try:
                yield deliver(book, layout)
            except Problems:
                continue
