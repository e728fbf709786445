"""The adapters of statistics by name, and the one door: `parse(path)` recognises a file by rule and reads it.

`data.source_names` lists all who deliver; transitions and experiments have readers of their own.
"""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from data.ingest.contract import Delivery, Problem, raise_all
from data.ingest.open_file import Book
from data.source_names import EXPERIMENTS
from data.sources import county, fhi, imdi, nav, ssb
from data.sources.adapter import Layout, admitted, delivered
from data.sources.layouts.description import own_tables
from data.sources.layouts.table_reader import layouts_of_tables
from data.sources.no_statistics import no_statistics, unknown_layout

SOURCES = MappingProxyType(
    {
        "ssb": ssb.layouts,
        "nav": nav.layouts,
        "county": county.layouts,
        "imdi": imdi.layouts,
        "fhi": fhi.layouts,
    }
)
DIAGNOSES = MappingProxyType({each.__name__.split(".")[-1]: each.diagnose for each in (nav, county, imdi, fhi, ssb)})
"""What a file that looks like a publisher's, but is in none of its layouts, has suffered."""


def parse(path: Path, source: str | None = None) -> Delivery:
    """Return a file as a delivery; with a source named, only a file in one of its layouts.

    Raises `Problems` (an ExceptionGroup of `Problem`) with everything that is wrong, and KeyError for an unknown
    source. Nothing is half loaded, and nothing that belongs to a person is read.
    """
    offered = _layouts(source)
    book = admitted(path)
    fitting = _own_first([layout for layout in offered.values() if layout.recognises(book)])
    if len(fitting) != 1:
        raise_all(book.file, _reasons(book, source, fitting))
    (layout,), file, unseen = fitting, book.file, book.unseen
    reading = layout.read(book)
    del book  # the texts of a large workbook: its figures alone are needed from here
    return delivered(reading, layout.contract, file, unseen)


def source_of(layout: str) -> str:
    """Return the source that delivers in a layout, "" where it is anybody's."""
    if layout.startswith(f"{EXPERIMENTS}_"):
        return EXPERIMENTS
    return next((source for source in SOURCES if layout in _layouts(source)), "")


def recognised(path: Path) -> list[str]:
    """Return the names of the layouts a file looks like ("nav_months", …)."""
    return _recognised(admitted(path))


def _layouts(source: str | None) -> Mapping[str, Layout]:
    """Return layouts by name: those of one source, or all; the home's own lie over the shipped."""
    chosen = SOURCES if source is None else {source: SOURCES[source]}
    own = [layouts_of_tables(tables) for tables in own_tables() if tables.source in chosen]
    return {layout.contract.name: layout for each in (*(ours() for ours in chosen.values()), *own) for layout in each}


def _own_first(fitting: list[Layout]) -> list[Layout]:
    """Return the home's own of several layouts a file looks like: they name more of its columns."""
    own = {layout.name for tables in own_tables() for layout in tables.layouts} if len(fitting) > 1 else set()
    return [layout for layout in fitting if layout.contract.name in own] or fitting


def _recognised(book: Book) -> list[str]:
    return [name for name, layout in _layouts(None).items() if layout.recognises(book)]


def _reasons(book: Book, source: str | None, fitting: list[Layout]) -> list[Problem]:
    if fitting:
        names = ", ".join(layout.contract.name for layout in fitting)
        return [Problem(code="several_layouts", file=book.file, found=names)]
    other = _recognised(book)
    if other:
        return [Problem(code="other_layout", file=book.file, expected=source or "", found=", ".join(other))]
    asked = [source] if source else [name for name in DIAGNOSES if name != "ssb"]
    other_kind = no_statistics(book)
    told = (problems for name in asked if (problems := DIAGNOSES[name](book)))
    return other_kind or next(told, [unknown_layout(book, source or "any_layout")])
