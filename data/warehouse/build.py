"""Build the warehouse: read every delivery, check it, protect it, write one DuckDB file, move the pointer."""

import hashlib
import os
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
from filelock import FileLock, Timeout

from data import paths
from data.configuration import configuration_problems
from data.curated.experiment.read import records
from data.deliveries import revisions
from data.deliveries.contents import Contents, Kind, is_flows
from data.deliveries.load import Loaded, Progress, load, rows_of
from data.deliveries.occupations import OCCUPATIONS
from data.deliveries.read import Sidecar, raw_folders, sidecars
from data.deliveries.transitions import TRANSITIONS
from data.disclosure.flows import flow_cells, withhold_flows
from data.disclosure.remembered import PRINTED, remembered
from data.disclosure.withhold import withhold
from data.errors import InnenforError
from data.home import own_instead
from data.ingest.contract import Note, Problem
from data.settings import Disclosure, settings
from data.source_names import PUBLISHERS
from data.warehouse import connection, history, pointer
from data.warehouse.earlier import earlier
from data.warehouse.experiment_tables import experiment_tables
from data.warehouse.outcome_tables import outcome_tables
from data.warehouse.tables import tables_of

OWN_INPUTS = ("settings.toml", "indicators/*.toml", "fetch/*.toml", "experiments/*")
INPUTS = (
    *OWN_INPUTS,
    *("**/*.py", "flow_states.toml", "regions.csv", "ingest/*.toml", "sql/*.sql", "sources/**/*.toml"),
    *("outcome_destinations.toml", "outcomes/*", "disclosure/*.toml"),
)


class BuildRunning(InnenforError, code="build_running"):
    """Another build holds the lock; the old data still serve."""


class BuildNotWritten(InnenforError, code="build_not_written"):
    """The folder of builds cannot be written, or the disk is full; the old data still serve."""


@dataclass(frozen=True)
class Report:
    """What a build did: editions with their row counts, cells withheld, and whether anything had to be built.

    notes: what of the home stands instead of something shipped, and what must be known of the build before.
    """

    build: pointer.Build
    editions: tuple[tuple[str, str, int], ...]
    withheld: int
    seconds: float
    fresh: bool
    notes: tuple[Note, ...] = ()


def build(
    raw: Path | None = None, var: Path | None = None, progress: Progress = lambda *_: None,
    read: Mapping[str, Contents] | None = None,
) -> Report:  # fmt: skip
    """Build the warehouse from the deliveries and point to it.

    raw: a folder of deliveries that is read alone (default: `data/raw` and the home's), var: where builds lie (default
    `paths.var()`), read: what has been read already, by checksum. Nothing is changed where a delivery has a problem.
    Raises ExceptionGroup of Problem with all of them, HomeUnusable, BuildRunning where another build runs,
    BuildNotWritten where `var` cannot be written.
    """
    raws, var = raw_folders(raw), var or paths.var()
    try:
        var.mkdir(parents=True, exist_ok=True)
        with FileLock(var / "build.lock", timeout=0):
            return _build(raw, raws, var, progress, read)
    except Timeout as error:
        raise BuildRunning(where=var.name, found=Path(error.lock_file).name) from error
    except OSError as error:
        raise BuildNotWritten(where=var.name, found=error.strerror or str(error)) from error


def inputs_hash(*raw: Path) -> str:
    """Return the hash of what a build is made of: deliveries, catalogues, settings, SQL and the readers.

    What earlier builds have told is not in it: it binds the figures (`earlier`), but no build is due for it.
    raw: the folders of deliveries. Of the home's, settings, indicators and experiments count too.
    """
    digest = hashlib.sha256()
    for folder, patterns in ((paths.DATA, INPUTS), (paths.home(), OWN_INPUTS), *((each, ("**/*",)) for each in raw)):
        for path in sorted({path for pattern in patterns for path in folder.glob(pattern)}):
            if path.is_file() and "__pycache__" not in path.parts:
                place = path.relative_to(folder).as_posix()
                digest.update(place.encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _build(
    raw: Path | None, raws: tuple[Path, ...], var: Path, progress: Progress, read: Mapping[str, Contents] | None
) -> Report:
    started = time.perf_counter()
    key, notes = inputs_hash(*raws), home_notes()
    pointer.sweep(var)
    with suppress(pointer.WarehouseMissing):
        current = pointer.current_build(var)
        if current and current.hash == key and pointer.whole(var / current.file, current):
            return Report(current, (), 0, time.perf_counter() - started, fresh=False, notes=notes)
    found, problems = sidecars(raw)
    if unfit := configuration_problems():
        raise ExceptionGroup("the build has problems", [*unfit, *problems])
    unruled = without_rule(found)
    problems += unruled.values()
    loaded = load([each for each in found if each.edition not in unruled], problems, progress, read)
    if not problems and not any(each.kind == "observations" for each in loaded):
        problems.append(Problem(code="no_observations", file=raws[0].name))
    if problems:
        raise ExceptionGroup("the build has problems", problems)
    before = earlier(var, {each.edition for each in found})
    tables, withheld = _tables(loaded, before.cells)
    notes += before.notes
    built_at = datetime.now(UTC).isoformat(timespec="seconds")
    progress("write", len(found), len(found))
    made = _write(var, key, built_at, tables_of(found, {**tables, "notice": revisions.read(*raws)}, built_at))
    history.remember(var, made, {each.sidecar.edition: each.rows.height for each in loaded})
    editions = tuple((each.sidecar.edition, each.sidecar.file.name, each.rows.height) for each in loaded)
    return Report(made, editions, withheld, time.perf_counter() - started, fresh=True, notes=notes)


def _tables(loaded: list[Loaded], before: pl.DataFrame) -> tuple[dict[str, pl.DataFrame], int]:
    """Return the tables that come of deliveries and registrations, and how many cells were withheld.

    before: what earlier builds told.
    """
    rule_of = settings().rule
    observations = pl.concat(rows_of(loaded, "observations"))
    rows, withheld = withhold(observations, _rules(observations), earlier=before)
    layouts: tuple[Kind, ...] = ("results", "durations", "flow")
    delivered = {str(layout): found for layout in layouts if (found := list(rows_of(loaded, layout)))}
    started = pl.concat([pl.DataFrame(schema={**TRANSITIONS, "source": pl.String}), *rows_of(loaded, "transitions")])
    moves, moves_withheld = withhold_flows(started, _rules(started), before)
    demand = pl.concat([pl.DataFrame(schema=OCCUPATIONS), *rows_of(loaded, "occupations")])
    sources = started.select("edition", "source").unique()
    told = [rows, flow_cells(moves.join(sources, on="edition", maintain_order="left"))]
    return {
        "observation": rows.drop("source").sort("indicator", "region_code", "age_group", "sex", "period"),
        "transition": moves,
        "labour_demand": demand,
        "remembered_cell": remembered(before, pl.concat([each.select(PRINTED) for each in told]), rule_of),
        **experiment_tables(records(), delivered),
        **outcome_tables(),
    }, withheld.height + moves_withheld


def _rules(rows: pl.DataFrame) -> dict[str, Disclosure]:
    return {source: settings().rule(source) for source in rows["source"].unique()}


def home_notes() -> tuple[Note, ...]:
    """Return what the home holds instead of something shipped: its own indicators and scenarios of the same name."""
    return tuple(
        Note(f"own_{kind}", what=paths.told(path)) for kind in ("indicators", "scenarios") for path in own_instead(kind)
    )


def without_rule(found: list[Sidecar]) -> dict[str, Problem]:
    """Return a problem for every edition whose small counts no rule protects, though nothing says they need none.

    Flows need a rule. So does a source of the municipality's own: the known ones without a rule, and those that are
    shipped, publish figures that are protected already.
    """
    rules = settings().disclosure
    return {
        each.edition: Problem(
            code="no_rule", file=each.file.name, expected=", ".join(sorted(rules)), found=each.folder_source
        )
        for each in found
        if each.folder_source not in rules and (is_flows(each.file, each.adapter) or _is_own(each))
    }


def _is_own(sidecar: Sidecar) -> bool:
    shipped, own = paths.layers("raw")
    known = sidecar.folder_source in PUBLISHERS or (shipped / sidecar.folder_source).is_dir()
    return sidecar.root == own and not known


def _write(var: Path, key: str, built_at: str, tables: dict[str, pl.DataFrame]) -> pointer.Build:
    """Write to a file of our own, then rename: a build killed at any moment leaves the old pointer and the old file.

    Every file has a name of its own: an open one cannot be replaced on Windows, and whoever opens a path that is open
    already gets what was opened first, which may hide less.
    """
    unfinished = var / f"unfinished-{os.getpid()}.duckdb"
    connection.write(unfinished, tables)
    made = pointer.Build(
        hash=key, file=f"innenfor-{key}-{time.time_ns():x}.duckdb", built_at=built_at,
        sha256=pointer.checksum(unfinished),
    )  # fmt: skip
    os.replace(unfinished, var / made.file)
    pointer.point_to(var, made)
    return made
