"""The same tests on both databases: SQLite in a folder, and a PostgreSQL server that each worker starts once."""

import os
import uuid
from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, text

from data.records import Records
from data.records.database import engine_of
from tests import database_server


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    if not database_server.program("initdb"):
        if os.environ.get("CI", "").lower() in ("1", "true"):
            pytest.fail(database_server.MISSING)
        pytest.skip(database_server.MISSING)
    with database_server.started() as address:
        yield address


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.long)])
def url(request, tmp_path) -> str:
    """The address of an empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'records' / 'records.sqlite'}"
    return str(request.getfixturevalue("server_url"))


@pytest.fixture
def server_url(server) -> Iterator[str]:
    """The address of an empty PostgreSQL database; its connections go when the test has ended, the server has few."""
    name = f"t{uuid.uuid4().hex}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    address = server.replace("/postgres?", f"/{name}?")
    yield address
    engine_of(address).dispose()


@pytest.fixture
def records(url) -> Records:
    return Records(url, "4204")
