"""Refresh an indicator from SSB: ask, check as any delivery is checked, compare with the old edition, keep the new."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

import polars as pl

from data import paths
from data.catalogue import regions
from data.deliveries import edition_folder, read, revisions
from data.deliveries.load import delivered_rows
from data.pxweb import edition_writer
from data.pxweb.client import Client
from data.pxweb.convert import rows_of
from data.pxweb.download import Fetched, Progress, fetched_answers
from data.pxweb.errors import FetchProblem
from data.pxweb.mapping import Mapping

State = Literal["new", "unchanged", "dry_run"]
Agreed = Callable[[pl.DataFrame], bool]


@dataclass(frozen=True)
class Outcome:
    """What a fetch did for one indicator.

    state: `new` (an edition was written), `unchanged` (the newest edition holds the same), `dry_run` (nothing written).
    changes: notices by code. left_out: region code with label → reason. lacking: municipalities of today without a row.
    doubtful: changes so large that a fault is likelier than a correction.
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
    doubtful: int = 0


def refresh(
    mapping: Mapping, client: Client, raw: Path | None = None, *, dry_run: bool = False,
    progress: Progress = lambda *_: None, agreed: Agreed = lambda _: False,
) -> Outcome:  # fmt: skip
    """Fetch one indicator; write a new edition where its figures differ from the newest one's.

    raw: the folder of deliveries (default: those shipped and the home's, where the new edition goes). Nothing in it is
    changed where anything goes wrong. agreed: whether somebody takes corrections that are rather faults, which are
    asked about unless nothing is written. Raises FetchProblem, or ExceptionGroup of Problem with all that is wrong
    with the mapping or the figures.
    """
    places, before = read.raw_folders(raw), client.calls
    fetched = fetched_answers(mapping, client, progress)
    rows, left_out = rows_of(fetched.answers, fetched.mapping, fetched.updated.year)
    published = fetched.updated.date().isoformat()
    old = edition_writer.newest(raw, mapping.indicator, mapping.table)
    _not_older(old, published, mapping)
    target = raw or paths.home() / "raw"
    try:
        name = edition_writer.free_name(places, published)
        drafted = _sidecar(fetched, published, rows, name, _today(client))
        state, edition, folder, height, notices, doubtful = _kept(
            target, name, drafted, rows, old, (lambda _: True) if dry_run else agreed, dry_run=dry_run
        )
    except OSError as error:
        raise edition_writer.not_written(target, error) from error
    lacking = tuple(sorted(_municipalities() - set(rows["region_code"])))
    return Outcome(
        mapping.indicator, mapping.table, state, edition, folder, published, height, client.calls - before,
        mapping.verified, revisions.counts(notices), left_out, fetched.passed_over, lacking, doubtful,
    )  # fmt: skip


def _kept(
    raw: Path, name: str, drafted: read.Sidecar, rows: pl.DataFrame, old: read.Sidecar | None, agreed: Agreed, *,
    dry_run: bool,
) -> tuple[State, str, str, int, pl.DataFrame, int]:  # fmt: skip
    """Keep the edition where it is another than the old one: what was done, edition, folder, rows, changes, faults."""
    work = edition_folder.workplace(raw) if not dry_run else Path(tempfile.mkdtemp())
    try:
        sidecar, new = edition_writer.draft(work, rows, drafted)
        before = delivered_rows(old) if old else None
        changes, doubtful = pl.DataFrame(schema=revisions.SCHEMA), 0
        if old and before is not None and edition_writer.same(before, new):
            return "unchanged", old.edition, old.file.parent.name, new.height, changes, 0
        if before is not None:
            changes = revisions.compare(before, new)
            doubtful = _agreed_to(changes, before, agreed, drafted.table)
        if not dry_run:
            if changes.height:
                revisions.write(work / f"{sidecar.file.stem}{revisions.SUFFIX}", changes)
            edition_folder.place(work, raw / edition_writer.SOURCE / name)
        return "dry_run" if dry_run else "new", sidecar.edition, name, new.height, changes, doubtful
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _agreed_to(changes: pl.DataFrame, before: pl.DataFrame, agreed: Agreed, table: str) -> int:
    """Return how many changes are rather faults than corrections; raise the first of them where nobody takes them."""
    shown = before.filter(pl.col("status").is_in(revisions.SHOWN)).height
    odd = revisions.doubtful(changes, shown)
    if odd.height and not agreed(odd):
        example = revisions.example(odd)
        raise FetchProblem(code="fetch_doubtful", file=table, expected="--yes", found=str(odd.height), detail=example)
    return odd.height


def _sidecar(fetched: Fetched, published: str, rows: pl.DataFrame, name: str, today: str) -> read.Sidecar:
    mapping = fetched.mapping
    periods = sorted(set(rows["period"]))
    preliminary = sorted(set(rows.filter(pl.col("status") == "preliminary")["period"]))
    facts = {"first": periods[0], "last": periods[-1], "preliminary": ", ".join(preliminary) or "–"}
    facts["lists"] = ", ".join(fetched.lists) or "–"
    return read.Sidecar(
        file=Path(f"{mapping.indicator}.csv"), adapter="table", publisher="SSB", table=mapping.table,
        title=mapping.title.format(**facts), source=mapping.source, url=mapping.url, licence=mapping.licence,
        published=published, accessed=today, edition=f"ssb-{mapping.table}-{name}", sha256="",
        note_nb=mapping.note_nb.format(**facts), note_en=mapping.note_en.format(**facts),
    )  # fmt: skip


def _not_older(old: read.Sidecar | None, stamp: str, mapping: Mapping) -> None:
    """An answer older than what is here would turn every correction round."""
    if old and stamp[: len(old.published)] < old.published:
        raise FetchProblem(code="fetch_older", file=mapping.table, expected=old.published, detail=stamp)


def _today(client: Client) -> str:
    return client.now().astimezone(ZoneInfo(client.limits.quiet["zone"])).date().isoformat()


def _municipalities() -> set[str]:
    return set(regions().filter("current", pl.col("level") == "municipality")["code"])
