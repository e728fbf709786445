"""The database of the records: SQLite in the municipality's home, or the one INNENFOR_RECORDS names."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from threading import Lock
from time import monotonic, sleep
from typing import Any

from sqlalchemy import Connection, Engine, column, create_engine, event, func, make_url, or_, select, table
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from data import paths
from data.records.errors import ErasedBytesLeft, RecordsNewer, RecordsNotWritten, RecordsUnusable
from data.records.place import SETTING, address

__all__ = [
    "SETTING", "address", "engine_of", "forget_erased", "in_the_home", "is_there", "reading", "shown", "writing",
]  # fmt: skip
PATIENCE = 30  # seconds a writer waits for those before it
_MIGRATED: set[str] = set()
_MIGRATING = Lock()


def shown(url: str) -> str:
    """Return an address as a reader is told it, without its password."""
    file = _file(url)
    return paths.told(file) if file else make_url(url).render_as_string(hide_password=True)


def in_the_home() -> bool:
    """Return whether the records in use lie in the home, and so go with it where it is copied."""
    file = _file(address())
    return file is not None and file.absolute().is_relative_to(paths.home())


def is_there(url: str) -> bool:
    """Return whether there is a database to read: a file is made by the first writer alone."""
    file = _file(url)
    return file is None or file.exists()


@contextmanager
def reading(url: str) -> Iterator[Connection]:
    """Open the database to read one state of it. Raises RecordsUnusable."""
    try:
        with _ready(url).connect() as connection:
            yield connection
    except (SQLAlchemyError, OSError) as error:
        raise RecordsUnusable(where=shown(url), found=_reason(error)) from None


@contextmanager
def writing(url: str) -> Iterator[Connection]:
    """Open the database to write: all or nothing. Raises RecordsNotWritten."""
    try:
        if file := _file(url):
            file.parent.mkdir(parents=True, exist_ok=True)
        with _ready(url).connect().execution_options(writes=True) as connection, connection.begin():
            yield connection
    except (SQLAlchemyError, OSError) as error:
        raise RecordsNotWritten(where=shown(url), found=_reason(error)) from None


def _ready(url: str) -> Engine:
    """Return the engine of a database whose tables are those this version of Innenfor knows."""
    engine = engine_of(url)
    with _MIGRATING:
        if url not in _MIGRATED or not is_there(url):
            _migrate(engine)
            _MIGRATED.add(url)
    return engine


def forget_erased(url: str) -> None:
    """Write over what was erased: it still lies in SQLite's log of writes, and in PostgreSQL's dead rows.

    Raises ErasedBytesLeft where the database is held by another, or may not be emptied.
    """
    try:
        if _file(url):
            with closing(engine_of(url).raw_connection()) as connection:
                held, *_ = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if held:
                raise ErasedBytesLeft(where=shown(url), found="database is locked")
        else:
            with engine_of(url).connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                if not _alone_with_what_was(connection):
                    raise ErasedBytesLeft(where=shown(url), found="database is held")
                connection.exec_driver_sql(f"SET lock_timeout = '{PATIENCE}s'")
                connection.exec_driver_sql("VACUUM (FULL) said, person, kept_file")
                connection.exec_driver_sql("RESET lock_timeout")
    except (SQLAlchemyError, OSError) as error:
        raise ErasedBytesLeft(where=shown(url), found=_reason(error)) from None


def _alone_with_what_was(connection: Connection) -> bool:
    """Wait until nobody in the PostgreSQL database reads how it was: what they may still see is never written over."""
    seen = table("pg_stat_activity", *(column(name) for name in ("datname", "pid", "backend_xmin", "backend_xid")))
    held = (
        select(func.count())
        .select_from(seen)
        .where(
            func.coalesce(seen.c.datname, func.current_database()) == func.current_database(),
            seen.c.pid != func.pg_backend_pid(),
            or_(seen.c.backend_xmin.is_not(None), seen.c.backend_xid.is_not(None)),
        )
    )
    until = monotonic() + PATIENCE
    while connection.execute(held).scalar_one():
        if monotonic() > until:
            return False
        sleep(0.05)
    return True


@cache
def engine_of(url: str) -> Engine:
    """Return the one engine of a database in this process."""
    try:
        made = create_engine(url, pool_pre_ping=not url.startswith("sqlite"), hide_parameters=True, **_waits(url))
    except (ArgumentError, NoSuchModuleError, ImportError, ValueError) as error:
        raise RecordsUnusable(where=SETTING, found=type(error).__name__) from None
    if made.dialect.name == "sqlite":
        event.listen(made, "connect", _settle_sqlite)
        event.listen(made, "begin", _begin_sqlite)
    return made


def _waits(url: str) -> dict[str, Any]:
    if url.startswith("sqlite"):
        return {"connect_args": {"timeout": PATIENCE}, "pool_timeout": PATIENCE}
    return {"connect_args": {"connect_timeout": PATIENCE}, "pool_timeout": PATIENCE}


def _settle_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own
    """Write ahead, and let nothing be called saved that a power cut could lose."""
    connection.isolation_level = None  # SQLAlchemy begins the transactions, see _begin_sqlite
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA secure_delete=ON")


def _begin_sqlite(connection: Connection) -> None:
    """Take the one place a writer has at once, so that no two read the same last event."""
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _migrate(engine: Engine) -> None:
    """Bring the tables to this version; where they are, nothing is written. Raises RecordsNewer."""
    from alembic import command
    from alembic.config import Config
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(paths.DATA / "records" / "migrations"))
    steps = ScriptDirectory.from_config(config)
    with engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    if found == steps.get_current_head():
        return
    if found not in {None, *(each.revision for each in steps.walk_revisions())}:
        raise RecordsNewer(where=shown(str(engine.url)), found=str(found))
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("LOCK TABLE pg_catalog.pg_namespace IN SHARE ROW EXCLUSIVE MODE")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _file(url: str) -> Path | None:
    """Return the file of an SQLite database."""
    parts = make_url(url)
    return Path(parts.database) if parts.get_backend_name() == "sqlite" and parts.database else None


def _reason(error: Exception) -> str:
    """Return what the database says, without what was to be written."""
    said = str(getattr(error, "orig", None) or getattr(error, "strerror", None) or error)
    return said.strip().splitlines()[0][:200] if said.strip() else type(error).__name__
