"""SSB (Statistics Norway): JSON-stat2 from the interface, Statbank tables saved as workbook or text."""

from pathlib import Path

from data.ingest.contract import Delivery
from data.sources.adapter import Layout, admitted, read_as
from data.sources.ssb import jsonstat, statbank

CONTRACT = jsonstat.CONTRACT
XLSX_CONTRACT = statbank.XLSX_CONTRACT
CSV_CONTRACT = statbank.CSV_CONTRACT


def layouts() -> tuple[Layout, ...]:
    """Return SSB's layouts."""
    return jsonstat.LAYOUT, statbank.XLSX_LAYOUT, statbank.CSV_LAYOUT


def recognises(path: Path) -> bool:
    """Tell whether a file is in one of SSB's layouts, by its content."""
    book = admitted(path)
    return any(layout.recognises(book) for layout in layouts())


def parse(path: Path) -> Delivery:
    """Return an SSB file as a delivery; raise all its problems at once (`Problems`)."""
    return read_as(path, layouts(), "ssb")
