"""Refresh an indicator from SSB: ask, check as any delivery is checked, compare with the old edition, keep the new."""

import shutil
import tempfile
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

import polars as pl

from data import paths
from data.catalogue import regions
from data.deliveries import read, revisions
from data.deliveries.load import delivered_rows
from data.pxweb import edition_writer
from data.pxweb.client import Client
from data.pxweb.convert import rows_of
from data.pxweb.download import Fetched, Progress, fetched_answers
from data.pxweb.errors import FetchProblem
from data.pxweb.mapping import Mapping

State = Literal["new", "unchanged", "dry_run"]


@dataclass(frozen=True)
class Outcome:
    """What a fetch did for one indicator.

    state: `new` (an edition was written), `unchanged` (the newest edition holds the same), `dry_run` (nothing written).
    changes: notices by code. left_out: region code with label → reason. lacking: municipalities of today without a row.
    """

    indicator: str
    table: str
    state: State
    edition: str
    folder: str
    updated: str
    rows: int
    calls: int
    verified: bool
    changes: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    passed_over: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()


def refresh(
    mapping: Mapping, client: Client, raw: Path | None = None, *, dry_run: bool = False,
    progress: Progress = lambda *_: None,
) -> Outcome:  # fmt: skip
    """Fetch one indicator; write a new edition where its figures differ from the newest one's.

    raw: the folder of deliveries (default: those shipped and the home's, where the new edition goes). Nothing in it
    is changed where anything goes wrong. Raises
    FetchProblem, or ExceptionGroup of Problem with all that is wrong with the mapping or the figures.
    """
    places, before = read.raw_folders(raw), client.calls
    fetched = fetched_answers(mapping, client, progress)
    rows, left_out = rows_of(fetched.answers, mapping, fetched.updated.year)
    old = edition_writer.newest(raw, mapping.indicator, mapping.table)
    _not_older(old, fetched.updated, mapping)
    try:
        target, name = raw or paths.home() / "raw", edition_writer.free_name(places, fetched.updated.date().isoformat())
        outcome = _kept(target, name, mapping, fetched, rows, old, _today(client), dry_run=dry_run)
    except OSError as error:
        raise edition_writer.not_written(target, error) from error
    lacking = tuple(sorted(_municipalities() - set(rows["region_code"])))
    return replace(
        outcome, calls=client.calls - before, left_out=left_out, lacking=lacking, passed_over=fetched.passed_over
    )


def _kept(
    raw: Path, name: str, mapping: Mapping, fetched: Fetched, rows: pl.DataFrame, old: read.Sidecar | None,
    today: str, *, dry_run: bool,
) -> Outcome:  # fmt: skip
    work = edition_writer.workplace(raw) if not dry_run else Path(tempfile.mkdtemp())
    try:
        sidecar, new = edition_writer.draft(work, rows, _sidecar(mapping, fetched, rows, name, today))
        before = delivered_rows(old) if old else None
        if old and before is not None and edition_writer.same(before, new):
            return _outcome(mapping, "unchanged", old, old.file.parent.name, fetched, new)
        changes = revisions.compare(before, new) if before is not None else pl.DataFrame(schema=revisions.SCHEMA)
        outcome = _outcome(mapping, "dry_run" if dry_run else "new", sidecar, name, fetched, new)
        if not dry_run:
            if changes.height:
                revisions.write(work / f"{mapping.indicator}{revisions.SUFFIX}", changes)
            edition_writer.publish(raw, work, name)
        return replace(outcome, changes=revisions.counts(changes))
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _sidecar(mapping: Mapping, fetched: Fetched, rows: pl.DataFrame, name: str, today: str) -> read.Sidecar:
    periods = sorted(set(rows["period"]))
    preliminary = sorted(set(rows.filter(pl.col("status") == "preliminary")["period"]))
    facts = {"first": periods[0], "last": periods[-1], "preliminary": ", ".join(preliminary) or "–"}
    return read.Sidecar(
        file=Path(f"{mapping.indicator}.csv"), adapter="table", publisher="SSB", table=mapping.table,
        title=mapping.title.format(**facts), source=mapping.source, url=mapping.url, licence=mapping.licence,
        published=fetched.updated.date().isoformat(), accessed=today, edition=f"ssb-{mapping.table}-{name}", sha256="",
        note_nb=mapping.note_nb.format(**facts), note_en=mapping.note_en.format(**facts),
    )  # fmt: skip


def _outcome(
    mapping: Mapping, state: State, sidecar: read.Sidecar, name: str, fetched: Fetched, new: pl.DataFrame
) -> Outcome:
    updated = fetched.updated.date().isoformat()
    return Outcome(
        mapping.indicator, mapping.table, state, sidecar.edition, name, updated, new.height, 0, mapping.verified
    )


def _not_older(old: read.Sidecar | None, updated: datetime, mapping: Mapping) -> None:
    """An answer older than what is here would turn every correction round."""
    stamp = updated.date().isoformat()
    if old and stamp[: len(old.published)] < old.published:
        raise FetchProblem(code="fetch_older", file=mapping.table, expected=old.published, detail=stamp)


def _today(client: Client) -> str:
    return client.now().astimezone(ZoneInfo(client.limits.quiet["zone"])).date().isoformat()


def _municipalities() -> set[str]:
    return set(regions().filter("current", pl.col("level") == "municipality")["code"])
