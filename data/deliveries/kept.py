"""What was read of a file when it was checked, kept for the load that may follow: a large workbook is read once."""

import json
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

import polars as pl

from data.deliveries.contents import Contents
from data.deliveries.proposal import checksum
from data.ingest.contract import Note

_HEAD = "innenfor"


def keep(place: Path, file: Path, source: str, found: Contents) -> None:
    """Write what a file holds to a place of whoever asked; only observations, which are read alike by every hand."""
    if found.kind != "observations":
        return
    head = {name: getattr(found, name) for name in ("kind", "layout", "title", "table", "updated")}
    told = head | {"notes": [asdict(note) for note in found.notes], "of": [checksum(file), source]}
    found.rows.write_parquet(place, metadata={_HEAD: json.dumps(told)})


def kept(place: Path | None, file: Path, source: str) -> Contents | None:
    """Return what was kept of this very file from this source, None where nothing is."""
    with suppress(OSError, pl.exceptions.PolarsError, ValueError, KeyError, TypeError):
        if place is not None and place.is_file():
            told = json.loads(pl.read_parquet_metadata(place)[_HEAD])
            if told.pop("of") == [checksum(file), source]:
                notes = tuple(Note(**note) for note in told.pop("notes"))
                return Contents(**told, notes=notes, rows=pl.read_parquet(place))
    return None
