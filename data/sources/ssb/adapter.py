"""SSB (Statistics Norway): JSON-stat2, CSV and Parquet from the interface, Statbank tables as workbook or text."""

from dataclasses import replace

import polars as pl

from data.ingest.open_file import Book
from data.ingest.spelling import spelled
from data.sources.adapter import AdapterReading, Layout, Publisher
from data.sources.ssb import jsonstat, statbank, untitled
from data.sources.ssb.values import settled
from data.sources.ssb.vocabulary import of_days

_LAYOUTS = (jsonstat.LAYOUT, statbank.XLSX_LAYOUT, statbank.CSV_LAYOUT, untitled.LAYOUT)
CONTRACT = jsonstat.CONTRACT
XLSX_CONTRACT = statbank.XLSX_CONTRACT
CSV_CONTRACT = statbank.CSV_CONTRACT


def layouts() -> tuple[Layout, ...]:
    """Return SSB's layouts."""
    return tuple(_settling(each) for each in _LAYOUTS)


def _settling(layout: Layout) -> Layout:
    def read(book: Book) -> AdapterReading:
        reading = layout.read(book)
        table = spelled(reading.table, layout.contract)
        dated = table if table.is_empty() else table.with_columns(period=of_days(pl.col("period")))
        return settled(book, replace(reading, table=dated))

    return replace(layout, read=read)


diagnose = untitled.diagnose
_ssb = Publisher("ssb", layouts, diagnose)
recognises, parse = _ssb.recognises, _ssb.parse
