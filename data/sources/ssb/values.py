"""What SSB's numbers stand for beyond their symbols: a zero for a code not in use, a percentage kept as a fraction."""

from dataclasses import replace

import polars as pl

from data.ingest.open_file import Book
from data.ingest.spelling import undecided
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
        problems=(*reading.problems, *undecided(book, reading.table)),
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
