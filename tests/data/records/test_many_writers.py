"""Many write at once, some are killed, the disk is full: no event is lost, none doubled, and the chain holds."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from data import paths
from data.records import Records, RecordsNotWritten, RecordsUnusable
from data.records.verify import verify
from tests.data.records import writers

pytestmark = pytest.mark.long


def writer(url: str, name: str, number: int) -> subprocess.Popen:
    command = [sys.executable, "-m", "tests.data.records.writers", url, name, str(number)]
    return subprocess.Popen(command, cwd=paths.ROOT, stdout=subprocess.PIPE, text=True)


def test_of_twenty_who_write_at_once_none_is_lost_or_doubled(url) -> None:
    with ThreadPoolExecutor(20) as pool:
        list(pool.map(lambda number: writers.main(url, f"w{number}", 5), range(20)))
    records = Records(url, "4204")
    keys = [event.key for event in records.events()]
    assert sorted(keys) == sorted(f"w{number}-{each}" for number in range(20) for each in range(5))
    assert verify(records).faults == ()


def test_those_who_write_one_record_each_build_on_the_one_before(url) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: writers.main(url, f"shared{number}", 3), range(8)))
    records = Records(url, "4204")
    titles = [event.table["title"] for event in records.events()]
    assert sorted(titles) == sorted(f"shared{number}-{each}" for number in range(8) for each in range(3))
    assert verify(records).faults == ()


@pytest.mark.slow
def test_what_a_killed_writer_has_called_saved_is_there_and_nothing_is_half_there(url) -> None:
    first = writer(url, "first", 1)
    first.communicate()
    killed = [writer(url, name, 100_000) for name in ("a", "b")]
    for process in killed:
        process.stdout.readline()
    time.sleep(0.2)
    for process in killed:
        process.kill()
    said = [line.strip() for process in killed for line in process.communicate()[0].splitlines()]
    records = Records(url, "4204")
    keys = [event.key for event in records.events()]
    assert len(keys) == len(set(keys))
    assert set(said) <= set(keys)
    assert verify(records).faults == ()
    writers.main(url, "after", 1)
    assert verify(records).faults == ()


def test_a_full_disk_is_told_and_what_is_saved_stays(tmp_path) -> None:
    from sqlalchemy import event

    from data.records import database

    url = f"sqlite:///{tmp_path / 'r.sqlite'}"
    writers.main(url, "before", 1)
    records = Records(url, "4204")

    def full(connection, _record, _proxy) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages}")

    engine = database.engine_of(url)
    event.listen(engine, "checkout", full)
    with pytest.raises(RecordsNotWritten) as told:
        fill(records)
    event.remove(engine, "checkout", full)
    assert "full" in told.value.found
    assert len(records.events()) == len(records.state().of("decision"))
    assert verify(records).faults == ()


def fill(records: Records) -> None:
    for number in range(200):
        writers.decide(records, f"more-{number}", "x" * 5_000, None)


def test_both_databases_have_the_tables_the_code_knows(url) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from data.records import database
    from data.records.schema import METADATA

    writers.main(url, "first", 1)
    with database.engine_of(url).connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_a_database_that_a_later_version_has_written_is_told_in_words_and_left(url) -> None:
    from sqlalchemy import text

    from data.records import database

    writers.main(url, "first", 1)
    with database.engine_of(url).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '99'"))
    database._MIGRATED.discard(url)
    for asked in (lambda: verify(Records(url, "4204")), lambda: fill(Records(url, "4204"))):
        with pytest.raises(RecordsUnusable) as told:
            asked()
        assert (told.value.code, told.value.found) == ("records_newer", "99")
        assert "later version" in told.value.says("en")
