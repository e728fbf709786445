"""What SSB's numbers stand for beyond their symbols: a zero for a code not in use, a percentage kept as a fraction."""

from dataclasses import replace

import polars as pl

from data.ingest.contract import Problem
from data.ingest.open_file import Book
from data.sources.adapter import AdapterReading
from data.sources.region_names import all_regions

_NOT_APPLICABLE = "."
_ZERO = r"^0(\.0+)?\*?$"


def settled(book: Book, reading: AdapterReading) -> AdapterReading:
    """Return what was read with zeros that are none taken for what they are, and undecided percentages named."""
    if reading.table.is_empty():
        return reading
    return replace(
        reading,
        table=_without_codes_not_in_use(reading.table),
        problems=(*reading.problems, *_fractions(book, reading)),
    )


def _without_codes_not_in_use(table: pl.DataFrame) -> pl.DataFrame:
    """A region has no figures in years in which its code was not in use; SSB writes 0 there."""
    spans = all_regions().select(
        region_code="code",
        since=pl.when(pl.col("valid_from") != "").then("valid_from").otherwise(pl.lit("0000")).str.head(4),
        until=pl.when(pl.col("valid_to") != "").then("valid_to").otherwise(pl.lit("9999")).str.head(4),
    )
    year = pl.col("period").str.head(4)
    outside = (year < pl.col("since")) | (year > pl.col("until"))
    spanned = table.join(spans, on="region_code", how="left", maintain_order="left")
    marked = [
        pl.when(outside & pl.col(name).str.contains(_ZERO)).then(pl.lit(_NOT_APPLICABLE)).otherwise(name).alias(name)
        for name in ("count", "share")
    ]
    return spanned.with_columns(marked).drop("since", "until")


def _fractions(book: Book, reading: AdapterReading) -> list[Problem]:
    """Name shares of a workbook of which none is above 1: Excel keeps 9.9 % as 0.099, and nothing tells which it is."""
    table = reading.table
    shares = table["share"].str.strip_suffix("*").cast(pl.Float64, strict=False)
    known = shares.drop_nulls()
    if book.kind != "workbook" or known.is_empty() or not (known > 0).any() or (known > 1).any():
        return []
    row = table.row((shares > 0).arg_max() or 0, named=True)
    place = {"file": book.file, "sheet": row["sheet"], "cell": row["share_cell"], "column": row["measure"]}
    return [Problem(code="percent_undecided", **place, expected="percent", found=row["share"])]
