"""What a municipality owns goes into one file and comes back to the bit, or nothing comes back."""

import itertools
import json
import os
import shutil
import sqlite3
import threading
import zipfile
from contextlib import closing, suppress
from pathlib import Path

import pytest

from data import __main__ as command_line
from data import home_copy
from data.records import database
from data.warehouse import pointer
from tests.own_home import written

RECORDS = "records/records.sqlite"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "home"
    monkeypatch.setenv("INNENFOR_HOME", str(home))
    monkeypatch.setenv("INNENFOR_VAR", str(tmp_path / "var"))
    monkeypatch.delenv(database.SETTING, raising=False)
    written(home / "settings.toml", 'home_municipality = "1103"\n')
    written(home / "plan" / "plan æøå.toml", "x = 1\n")
    build = written(tmp_path / "var" / "innenfor-1.duckdb", "a build")
    pointer.point_to(build.parent, pointer.Build("1", build.name, "2026-01-01", pointer.checksum(build)))
    return home


def held(folder: Path) -> dict[str, bytes]:
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def run(*words: object) -> int:
    return command_line.main([*map(str, words), "--lang", "en"])


def test_two_commands_take_a_copy_and_bring_it_back(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("backup", tmp_path / "copy.zip") == 0
    assert "copy.zip holds 4 files" in capsys.readouterr().out
    monkeypatch.setenv("INNENFOR_HOME", str(tmp_path / "new" / "home"))
    monkeypatch.setenv("INNENFOR_VAR", str(tmp_path / "new" / "var"))
    assert run("restore", tmp_path / "copy.zip", "--json") == 0
    assert json.loads(capsys.readouterr().out)["restored"]["files"] == 4
    assert held(tmp_path / "new" / "home") == held(home)
    build = pointer.current_build()
    assert build is not None
    assert pointer.whole(tmp_path / "new" / "var" / build.file, build)


def test_records_are_copied_in_one_state_while_somebody_writes(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "records").mkdir()
    with closing(sqlite3.connect(home / RECORDS, isolation_level=None)) as writer:
        writer.execute("PRAGMA journal_mode=WAL")
        writer.execute("CREATE TABLE t (x)")
        writer.execute("INSERT INTO t VALUES (1)")
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("INSERT INTO t VALUES (2)")
        home_copy.backup(tmp_path / "copy.zip")
        writer.execute("COMMIT")
    monkeypatch.setenv("INNENFOR_HOME", str(tmp_path / "new"))
    home_copy.restore(tmp_path / "copy.zip")
    with closing(sqlite3.connect(tmp_path / "new" / RECORDS)) as reader:
        assert reader.execute("SELECT x FROM t").fetchall() == [(1,)]


def test_nothing_is_put_over_what_lies_there(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("backup", tmp_path / "copy.zip")
    before = held(home)
    assert run("restore", tmp_path / "copy.zip") == 1
    assert "Nothing has been put back" in capsys.readouterr().out
    assert held(home) == before
    assert run("backup", tmp_path / "copy.zip") == 1, "an older copy is never overwritten"


@pytest.mark.parametrize("place", [0.1, 0.3, 0.5, 0.7, 0.95])
@pytest.mark.parametrize("how", ["flip", "cut"])
def test_a_damaged_copy_puts_nothing_back(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: float, how: str
) -> None:
    written(home / "raw" / "own.csv", "0123456789" * 500)
    home_copy.backup(tmp_path / "copy.zip")
    whole = bytearray((tmp_path / "copy.zip").read_bytes())
    at = int(place * len(whole))
    if how == "cut":
        del whole[at:]
    else:
        whole[at] ^= 16
    (tmp_path / "copy.zip").write_bytes(bytes(whole))
    before = held(home)
    monkeypatch.setenv("INNENFOR_HOME", str(tmp_path / "new"))
    refused = False
    try:
        home_copy.restore(tmp_path / "copy.zip")
    except home_copy.CopyDamaged:
        refused = True
    assert held(tmp_path / "new") == ({} if refused else before), "all, to the bit, or nothing"
    assert refused or how == "flip"


@pytest.mark.parametrize("name", ["../out.txt", "home/../../out.txt", "/out.txt", "home\\..\\out.txt", "else/out.txt"])
def test_a_copy_writes_nowhere_else(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    with zipfile.ZipFile(tmp_path / "copy.zip", "w") as copy:
        copy.writestr(name, "x")
        copy.writestr(home_copy.CONTENTS, json.dumps({name: "x"}))
    monkeypatch.setenv("INNENFOR_HOME", str(tmp_path / "deep" / "new"))
    with pytest.raises(home_copy.CopyDamaged):
        home_copy.restore(tmp_path / "copy.zip")
    assert not list(tmp_path.rglob("out.txt"))


def test_records_in_a_database_of_their_own_are_told(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(database.SETTING, "postgresql+psycopg://user:secret@host/name")
    run("backup", tmp_path / "copy.zip")
    said = capsys.readouterr().out
    assert "pg_dump" in said
    assert "secret" not in said
    assert home.is_dir()


@pytest.mark.long
def test_whatever_bit_is_another_all_comes_back_or_nothing_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INNENFOR_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("INNENFOR_VAR", str(tmp_path / "var"))
    written(tmp_path / "home" / "a.toml", "x = 1\n" * 3)
    home_copy.backup(tmp_path / "copy.zip")
    whole, before = (tmp_path / "copy.zip").read_bytes(), held(tmp_path / "home")
    for bit in range(8 * len(whole)):
        spoiled = bytearray(whole)
        spoiled[bit // 8] ^= 1 << bit % 8
        (tmp_path / "copy.zip").write_bytes(bytes(spoiled))
        shutil.rmtree(tmp_path / "home")
        with suppress(home_copy.CopyDamaged):
            home_copy.restore(tmp_path / "copy.zip")
        assert held(tmp_path / "home") in ({}, before), bit


def test_a_copy_taken_while_files_come_and_go_and_change_is_whole(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    over = threading.Event()

    def work() -> None:
        for turn in itertools.count():
            if over.is_set():
                return
            written(home / "raw" / "grows.csv", f"{turn}" * 50_000)
            written(home / "raw" / f"passing-{turn}.new", "x").unlink()

    worker = threading.Thread(target=work)
    worker.start()
    try:
        for number in range(10):
            home_copy.backup(tmp_path / f"{number}.zip")
    finally:
        over.set()
        worker.join()
    for number in range(10):
        monkeypatch.setenv("INNENFOR_HOME", str(tmp_path / f"back-{number}"))
        monkeypatch.setenv("INNENFOR_VAR", str(tmp_path / f"var-{number}"))
        assert home_copy.restore(tmp_path / f"{number}.zip").files >= 3


@pytest.mark.parametrize("place", ["home/copy.zip", "home/plan/../copy.zip", "var/copy.zip"])
def test_a_copy_never_lies_in_what_it_copies(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], place: str
) -> None:
    before = held(home)
    assert run("backup", tmp_path / place) == 1
    assert "Nothing has been copied" in capsys.readouterr().out
    assert held(home) == before


def test_a_file_from_before_1980_is_copied(home: Path, tmp_path: Path) -> None:
    os.utime(home / "settings.toml", (0, 0))
    assert run("backup", tmp_path / "copy.zip") == 0


def test_a_full_disk_is_told_with_the_file_and_nothing_is_left(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(zipfile.ZipFile, "writestr", full)
        assert run("backup", tmp_path / "copy.zip") == 1
    assert "copy.zip" in (said := capsys.readouterr().out)
    assert "No space left" in said
    assert not list(tmp_path.glob("*.zip*"))
    run("backup", tmp_path / "copy.zip")
    capsys.readouterr()
    monkeypatch.setenv("INNENFOR_HOME", str(tmp_path / "new"))
    monkeypatch.setattr(Path, "write_bytes", full)
    assert run("restore", tmp_path / "copy.zip") == 1
    assert "No space left" in capsys.readouterr().out
    assert held(tmp_path / "new") == {}
