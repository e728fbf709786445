"""The only door to DuckDB: write a build, open the current one read-only, run a named query."""

import json
import os
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from data import paths
from data.errors import InnenforError

POINTER = "current.json"
TABLES = (
    "edition", "indicator", "region", "observation", "transition", "labour_demand", "notice",
    "experiment", "experiment_cell", "experiment_duration", "experiment_flow",
    "outcome_study", "outcome",
)  # fmt: skip
VIEWS = ("figures", "flows", "outcomes", "indicators", "regions", "editions")  # what anybody may ask of a build
DERIVATIONS = ("derive_county_sums", "derive_age_15_19")  # in this order: 15–19 of a county needs the county's sums
DERIVED = (*DERIVATIONS, *(f"view_{view}" for view in VIEWS))


class WarehouseMissing(InnenforError):
    """No build can be opened: none was made, or the file it points to is gone or damaged."""

    code = "warehouse_missing"


class QueryFailed(InnenforError):
    """A named query failed: `where` is its name, `found` what the database said."""

    code = "query_failed"


@dataclass(frozen=True)
class Build:
    """The build the pointer names: its hash, file and the time it was made (ISO 8601, UTC)."""

    hash: str
    file: str
    built_at: str


def query(name: str, **parameters: object) -> pl.DataFrame:
    """Run `sql/<name>.sql` on the current build with $parameters and return its rows.

    Raises WarehouseMissing where no build can be opened, QueryFailed where the query cannot be run.
    """
    connection = _connection(paths.var() / POINTER)
    try:
        return run(connection.cursor(), name, parameters)
    except duckdb.Error as error:
        raise QueryFailed(where=f"sql/{name}.sql", found=str(error)) from error


def run(cursor: duckdb.DuckDBPyConnection, name: str, parameters: Mapping[str, object]) -> pl.DataFrame:
    """Run a named query on a cursor."""
    rows: pl.DataFrame = cursor.sql(statement(name), params=dict(parameters)).pl()
    return rows


def view(name: str) -> pl.DataFrame:
    """Return every row of a view of the current build (`VIEWS`). Raises WarehouseMissing."""
    rows: pl.DataFrame = _connection(paths.var() / POINTER).cursor().view(name).pl()
    return rows


def filled(name: str, written: Mapping[str, str]) -> str:
    """Return `sql/<name>.sql` on one line, without its remarks, with what is `written` in the place of its {names}."""
    lines = (line for line in statement(name).splitlines() if not line.startswith("--"))
    return " ".join(" ".join(lines).split()).rstrip(";").format(**written)


def run_filled(text: str) -> pl.DataFrame:
    """Run what `filled` returned on the current build. Raises as `query`."""
    try:
        rows: pl.DataFrame = _connection(paths.var() / POINTER).cursor().sql(text).pl()
    except duckdb.Error as error:
        raise QueryFailed(where="sql", found=str(error)) from error
    return rows


@cache
def statement(name: str) -> str:
    """Return the text of `sql/<name>.sql`."""
    return (paths.SQL / f"{name}.sql").read_text(encoding="utf-8")


def current_build(var: Path | None = None) -> Build | None:
    """Return the build the pointer names, or None where there is none."""
    return _pointed((var or paths.var()) / POINTER)


def table(name: str) -> pl.DataFrame:
    """Return a whole table of the current build, as it is protected. Raises WarehouseMissing."""
    rows: pl.DataFrame = _connection(paths.var() / POINTER).cursor().table(name).order("ALL").pl()
    return rows


def write(
    path: Path, tables: Mapping[str, pl.DataFrame], names: Sequence[str] = TABLES, then: Sequence[str] = DERIVED
) -> None:
    """Write the tables into a new DuckDB file, run what comes `then` of `sql/`, and close it.

    names: the tables it has, empty where `tables` gives no rows.
    """
    try:
        with duckdb.connect(str(path)) as connection:
            for name in names:
                connection.execute(statement(f"create_{name}"))
                if name in tables:
                    connection.register("incoming", tables[name].to_arrow())
                    connection.execute(statement(f"insert_{name}"))
                    connection.unregister("incoming")
            for name in then:
                connection.execute(statement(name))
    except duckdb.Error as error:
        raise QueryFailed(where=path.name, found=str(error).splitlines()[0]) from error


def point_to(var: Path, build: Build) -> None:
    """Replace the pointer in one step and remove builds nobody has open."""
    text = json.dumps({"hash": build.hash, "file": build.file, "built_at": build.built_at})
    fresh = var / f"{POINTER}.{os.getpid()}.new"
    fresh.write_text(text, encoding="utf-8")
    os.replace(fresh, var / POINTER)
    for old in var.glob("innenfor-*.duckdb*"):
        if not old.name.startswith(build.file):
            with suppress(OSError):  # open on Windows: the next build removes it
                old.unlink()


def intact(path: Path) -> bool:
    """Return whether a build can be opened and holds observations."""
    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            return bool(run(connection.cursor(), "count_observations", {}).item())
    except duckdb.Error:
        return False


def _pointed(pointer: Path) -> Build | None:
    try:
        raw: dict[str, Any] = json.loads(pointer.read_text(encoding="utf-8"))
        return Build(hash=raw["hash"], file=raw["file"], built_at=raw["built_at"])
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise WarehouseMissing(where=pointer.name, found=f"{type(error).__name__}: {error}") from error


_open: dict[str, duckdb.DuckDBPyConnection] = {}
_lock = threading.Lock()


def _connection(pointer: Path) -> duckdb.DuckDBPyConnection:
    """Return the connection to the build the pointer names; once more where the build went while we looked."""
    build = _build_at(pointer)
    try:
        return _kept(str(pointer.parent / build.file))
    except WarehouseMissing:
        if (newer := _build_at(pointer)) == build:
            raise
        return _kept(str(pointer.parent / newer.file))


def _build_at(pointer: Path) -> Build:
    build = _pointed(pointer)
    if build is None:
        raise WarehouseMissing(where=pointer.name, found="–")
    return build


def _kept(path: str) -> duckdb.DuckDBPyConnection:
    with _lock:
        if path not in _open:
            _open[path] = _opened(path)
            for other in [known for known in _open if known != path]:
                del _open[other]  # closed when its last cursor is gone
        return _open[path]


def _opened(path: str) -> duckdb.DuckDBPyConnection:
    if not Path(path).exists():
        raise WarehouseMissing(where=Path(path).name, found="–")
    try:
        return duckdb.connect(path, read_only=True, config={"enable_external_access": "false", "threads": "2"})
    except duckdb.Error as error:
        raise WarehouseMissing(where=Path(path).name, found=str(error).splitlines()[0]) from error
