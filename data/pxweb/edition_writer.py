"""A fetched table as a new edition in `raw/`: written whole or not at all, beside the old ones."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl

from data import paths
from data.deliveries import revisions
from data.deliveries.edition_folder import as_toml
from data.deliveries.load import delivered_rows
from data.deliveries.read import Sidecar, sidecars
from data.ingest.contract import Problem
from data.pxweb.errors import FetchProblem
from data.sources.canonical_table import COLUMNS

SOURCE = "ssb"


def newest(raw: Path | None, indicator: str, table: str) -> Sidecar | None:
    """Return the newest edition of a table for an indicator, by publication and access. Raises its own problems.

    raw: a folder of deliveries, None for the shipped ones and the home's.
    """
    found, wrong = sidecars(raw)
    own = [problem for problem in wrong if problem.file.rsplit(".", 1)[0] == indicator]
    if own:
        raise ExceptionGroup(indicator, own)
    mine = [one for one in found if (one.file.stem, one.table, one.folder_source) == (indicator, table, SOURCE)]
    return max(mine, key=lambda one: (one.published, one.accessed, one.file.parent.name), default=None)


def draft(folder: Path, rows: pl.DataFrame, sidecar: Sidecar) -> tuple[Sidecar, pl.DataFrame]:
    """Write rows and sidecar into a folder of our own, and read them back as any delivery is read.

    rows: the columns of the `table` layout. Returns the sidecar as written and the observations. Raises ExceptionGroup
    of Problem with all that is wrong.
    """
    file = folder / sidecar.file.name
    ordered = rows.select(COLUMNS).sort("indicator", "region_code", "period", "age_group", "sex")
    ordered.write_csv(file, line_terminator="\n")
    written = replace(sidecar, file=file, sha256=hashlib.sha256(file.read_bytes()).hexdigest())
    file.with_suffix(".toml").write_text(as_toml(written), encoding="utf-8", newline="\n")
    return written, delivered_rows(written)


def same(old: pl.DataFrame, new: pl.DataFrame) -> bool:
    """Tell whether two editions hold the same figures; order and place in the file are no difference."""
    kept = [*revisions.KEY, "count", "population", "value", "status"]
    first, second = (frame.select(kept).sort(revisions.KEY) for frame in (old, new))
    return first.equals(second)


def free_name(places: Sequence[Path], date: str) -> str:
    """Return the folder's name: the date, with a number where that edition is there already, shipped or own."""
    number, name = 1, date
    while any((raw / SOURCE / name).exists() for raw in places):
        number += 1
        name = f"{date}-{number}"
    return name


def not_written(raw: Path, error: OSError) -> Problem:
    """Return the problem of a folder that cannot be written."""
    return FetchProblem(code="fetch_not_written", file=paths.told(raw), detail=str(error.strerror or error))
