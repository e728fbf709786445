"""SSB (Statistics Norway): JSON-stat2, CSV and Parquet from the interface, Statbank tables as workbook or text."""

from dataclasses import replace
from pathlib import Path

from data.ingest.contract import Delivery, Problem
from data.ingest.open_file import Book
from data.sources.adapter import Layout, admitted, read_as
from data.sources.ssb import jsonstat, statbank, untitled
from data.sources.ssb.values import settled

_LAYOUTS = (jsonstat.LAYOUT, statbank.XLSX_LAYOUT, statbank.CSV_LAYOUT, untitled.LAYOUT)
CONTRACT = jsonstat.CONTRACT
XLSX_CONTRACT = statbank.XLSX_CONTRACT
CSV_CONTRACT = statbank.CSV_CONTRACT


def layouts() -> tuple[Layout, ...]:
    """Return SSB's layouts."""
    return tuple(_settling(each) for each in _LAYOUTS)


def _settling(layout: Layout) -> Layout:
    return replace(layout, read=lambda book: settled(book, layout.read(book)))


def recognises(path: Path) -> bool:
    """Tell whether a file is in one of SSB's layouts, by its content."""
    book = admitted(path)
    return any(layout.recognises(book) for layout in layouts())


def parse(path: Path) -> Delivery:
    """Return an SSB file as a delivery; raise all its problems at once (`Problems`)."""
    return read_as(path, layouts(), "ssb", diagnose)


def diagnose(book: Book) -> list[Problem]:
    """Return why a table that looks like one of SSB's cannot be used."""
    return untitled.diagnose(book)
