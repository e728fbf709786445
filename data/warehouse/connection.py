"""The only door to DuckDB: write a build, open the current one read-only, run a named query."""

import errno
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb
import polars as pl

from data import paths
from data.errors import InnenforError
from data.warehouse.pointer import POINTER, Build, WarehouseMissing, build_of, whole

TABLES = (
    "edition", "indicator", "region", "observation", "transition", "labour_demand", "notice",
    "experiment", "experiment_cell", "experiment_duration", "experiment_flow",
    "outcome_study", "outcome", "remembered_cell",
)  # fmt: skip
VIEWS = ("figures", "flows", "outcomes", "indicators", "regions", "editions")  # what anybody may ask of a build
DERIVATIONS = ("derive_county_sums", "derive_age_15_19")  # in this order: 15–19 of a county needs the county's sums
DERIVED = (*DERIVATIONS, *(f"view_{view}" for view in VIEWS))


class QueryFailed(InnenforError, code="query_failed"):
    """A named query failed: `where` is its name, `found` what the database said."""


def query(name: str, **parameters: object) -> pl.DataFrame:
    """Run `sql/<name>.sql` on the current build with $parameters and return its rows.

    Raises WarehouseMissing where no build can be opened, QueryFailed where the query cannot be run.
    """
    connection = _connection(paths.var() / POINTER)
    try:
        return run(connection.cursor(), name, parameters)
    except duckdb.Error as error:
        raise QueryFailed(where=f"sql/{name}.sql", found=str(error)) from error


def listed(name: str, **parameters: object) -> list[str]:
    """Return the first column of `query`, without the memory that a frame takes. Raises as `query`."""
    try:
        found = _connection(paths.var() / POINTER).cursor().sql(statement(name), params=parameters).fetchall()
    except duckdb.Error as error:
        raise QueryFailed(where=f"sql/{name}.sql", found=str(error)) from error
    return [row[0] for row in found]


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


def table(name: str) -> pl.DataFrame:
    """Return a whole table of the current build, as it is protected. Raises WarehouseMissing."""
    rows: pl.DataFrame = _connection(paths.var() / POINTER).cursor().table(name).order("ALL").pl()
    return rows


def write(
    path: Path, tables: Mapping[str, pl.DataFrame], names: Sequence[str] = TABLES, then: Sequence[str] = DERIVED
) -> None:
    """Write the tables into a new DuckDB file, run what comes `then` of `sql/`, close it, and read it through.

    names: the tables it has, empty where `tables` gives no rows.
    Raises OSError where the disk does not take it: on a full one DuckDB may close half a file without a word.
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
            connection.checkpoint()
        _read_through(path, names)
    except duckdb.IOException as error:
        raise OSError(errno.EIO, str(error).splitlines()[0], path.name) from error
    except duckdb.Error as error:
        raise QueryFailed(where=path.name, found=str(error).splitlines()[0]) from error


def _read_through(path: Path, names: Sequence[str]) -> None:
    """Read every cell: a block that is not what was written has another sum."""
    with duckdb.connect(str(path), read_only=True) as connection:
        for name in names:
            connection.table(name).aggregate("bit_xor(hash(COLUMNS(*)))").fetchall()


@dataclass(frozen=True)
class _Opened:
    """A build that is open: the build, its file's size and time of change when it was found whole, the connection."""

    build: Build
    state: tuple[int, int]
    connection: duckdb.DuckDBPyConnection


_open: dict[str, _Opened] = {}
_lock = threading.Lock()


def _connection(pointer: Path) -> duckdb.DuckDBPyConnection:
    """Return the connection to the build the pointer names; once more where the build went while we looked."""
    build = _build_at(pointer)
    try:
        return _kept(pointer.parent / build.file, build)
    except WarehouseMissing:
        if (newer := _build_at(pointer)) == build:
            raise
        return _kept(pointer.parent / newer.file, newer)


def _build_at(pointer: Path) -> Build:
    build = build_of(pointer)
    if build is None:
        raise WarehouseMissing(where=pointer.name, found="–")
    return build


def _kept(path: Path, build: Build) -> duckdb.DuckDBPyConnection:
    """Return the connection to a file: read through once, and again only where it is another or was touched."""
    with _lock:
        state, known = _state(path), _open.get(str(path))
        if known is None or (known.build, known.state) != (build, state):
            _open.clear()  # closed when the last cursor is gone
            known = _open[str(path)] = _Opened(build, state, _opened(path, build))
        return known.connection


def _state(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError as error:
        raise WarehouseMissing(where=path.name, found=error.strerror or "–") from error
    return found.st_size, found.st_mtime_ns


@contextmanager
def opened(path: Path, build: Build) -> Iterator[Callable[[str], pl.DataFrame]]:
    """Open a build that need not be the one in use; what is given runs a named query on it, and raises QueryFailed.

    Raises WarehouseMissing where it cannot be opened or is not the file that was built.
    """

    def asked(name: str) -> pl.DataFrame:
        try:
            return run(connection, name, {})
        except duckdb.Error as error:
            raise QueryFailed(where=f"sql/{name}.sql", found=str(error).splitlines()[0]) from error

    with _opened(path, build) as connection:
        yield asked


def _opened(path: Path, build: Build) -> duckdb.DuckDBPyConnection:
    if build.sha256 and not whole(path, build):
        raise WarehouseMissing(where=path.name, found="SHA-256")
    try:
        return duckdb.connect(str(path), read_only=True, config={"enable_external_access": "false", "threads": "2"})
    except duckdb.Error as error:
        raise WarehouseMissing(where=path.name, found=str(error).splitlines()[0]) from error
