"""All deliveries of a build: each read and checked, in the rows of the warehouse's tables, with every problem told."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import polars as pl

from data.deliveries.contents import Contents, Kind, contents
from data.deliveries.read import Sidecar, problems_in
from data.deliveries.transitions import TRANSITIONS
from data.ingest.contract import Problem

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Loaded:
    """A delivery and its rows, which name their `edition`; of observations and transitions also the `source` whose rule
    applies."""

    sidecar: Sidecar
    kind: Kind
    rows: pl.DataFrame


def load(
    found: Sequence[Sidecar], problems: list[Problem], progress: Progress, read: Mapping[str, Contents] | None = None
) -> list[Loaded]:
    """Read all deliveries, two at a time; problems are appended, so that the data owner sees all of them.

    read: what is known already of a delivery, by its checksum.
    """
    known = read or {}
    loaded = []
    with ThreadPoolExecutor(max_workers=2) as readers:
        for number, (sidecar, result) in enumerate(
            zip(found, readers.map(lambda each: known.get(each.sha256) or _read(each), found), strict=True), start=1
        ):
            progress(sidecar.edition, number, len(found))
            if isinstance(result, Contents):
                loaded.append(Loaded(sidecar, result.kind, _rows(sidecar, result)))
            else:
                problems += result
    return loaded


def rows_of(loaded: Sequence[Loaded], kind: Kind) -> Iterator[pl.DataFrame]:
    """Yield the rows of every delivery of one kind."""
    yield from (each.rows for each in loaded if each.kind == kind)


def _read(sidecar: Sidecar) -> Contents | list[Problem]:
    try:
        return contents(sidecar.file, sidecar.adapter, sidecar.folder_source)
    except (Problem, ExceptionGroup) as error:
        return problems_in(error)


def delivered_rows(sidecar: Sidecar) -> pl.DataFrame:
    """Return the rows of one delivery as the build loads them. Raises Problems with everything that is wrong."""
    return _rows(sidecar, contents(sidecar.file, sidecar.adapter, sidecar.folder_source))


def _rows(sidecar: Sidecar, read: Contents) -> pl.DataFrame:
    rows = read.rows.with_columns(edition=pl.lit(sidecar.edition))
    if read.kind == "transitions":
        own = rows.select(list(TRANSITIONS)).cast(TRANSITIONS)  # type: ignore[arg-type]
        return own.with_columns(source=pl.lit(sidecar.folder_source))
    if read.kind != "observations":
        return rows
    if sidecar.preliminary:
        waiting = pl.col("period").is_in(sidecar.preliminary) & (pl.col("status") == "final")
        rows = rows.with_columns(status=pl.when(waiting).then(pl.lit("preliminary")).otherwise("status"))
    return rows.with_columns(source=pl.lit(sidecar.folder_source))
