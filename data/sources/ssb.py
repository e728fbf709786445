"""SSB (Statistics Norway): JSON-stat2 from the interface, Statbank tables saved as workbook or text."""

from pathlib import Path

from data.contract import Delivery
from data.sources import ssb_jsonstat, ssb_statbank
from data.sources.layout import Layout, admitted, read_as

CONTRACT = ssb_jsonstat.CONTRACT
XLSX_CONTRACT = ssb_statbank.XLSX_CONTRACT
CSV_CONTRACT = ssb_statbank.CSV_CONTRACT


def layouts() -> tuple[Layout, ...]:
    """Return SSB's layouts."""
    return ssb_jsonstat.LAYOUT, ssb_statbank.XLSX_LAYOUT, ssb_statbank.CSV_LAYOUT


def recognises(path: Path) -> bool:
    """Tell whether a file is in one of SSB's layouts, by its content."""
    book = admitted(path)
    return any(layout.recognises(book) for layout in layouts())


def parse(path: Path) -> Delivery:
    """Return an SSB file as a delivery; raise all its problems at once (`Problems`)."""
    return read_as(path, layouts(), "ssb")
