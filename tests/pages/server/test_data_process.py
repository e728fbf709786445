"""A command in a process of its own: its answer, its caps, and what it leaves behind: nothing."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from pages.server import data_process
from pages.server.data_process import BroughtFile, DataProcess
from tests.data.door_ground import TABLE, files
from tests.data.raw_ground import ROWS, deliver
from tests.ground import opened

pytestmark = pytest.mark.long
FILE = BroughtFile("tall.csv", TABLE.encode())
CHECK = ("add", "--source=ssb", "--dry-run")


@pytest.fixture(autouse=True)
def _ground(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    opened(monkeypatch)
    monkeypatch.setenv("INNENFOR_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def ended(process: DataProcess, *, looked_at: bool = True) -> DataProcess:
    until = time.monotonic() + 60
    while not (process.look() if looked_at else process.done):
        assert time.monotonic() < until
        time.sleep(0.05)
    return process


def left(tmp_path: Path) -> list[str]:
    return [path.name for path in tmp_path.iterdir()]


def test_the_answer_of_a_check_and_nothing_else_is_left(tmp_path: Path) -> None:
    process = ended(DataProcess(CHECK, 60, FILE, left=False))
    assert (process.answer["state"], process.answer["rows"], process.late) == ("dry_run", 1, False)
    assert (process.file, left(tmp_path)) == (None, [])
    again = ended(DataProcess(CHECK, 60, FILE, left=False, kept=process.kept))
    assert (again.answer, again.kept) == (process.answer, process.kept)
    assert process.kept is not None
    refused = ended(DataProcess(CHECK, 60, BroughtFile("tall.csv", b"a,b\n1,2\n"), left=False))
    assert (refused.answer["ok"], refused.kept, left(tmp_path)) == (False, None, [])


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list["subprocess.Popen[str]"]:
    """Processes that never answer: a machine may stand still for longer than a check takes."""
    every: list[subprocess.Popen[str]] = []

    def asleep(_package: str, _words: Sequence[str], output: Any) -> "subprocess.Popen[str]":
        command = [sys.executable, "-c", "import time; time.sleep(600)"]
        every.append(subprocess.Popen(command, stdout=output, stderr=subprocess.PIPE, encoding="utf-8"))
        return every[-1]

    monkeypatch.setattr(data_process, "_started", asleep)
    return every


def test_a_check_that_takes_too_long_is_ended(tmp_path: Path, started: list["subprocess.Popen[str]"]) -> None:
    process = ended(DataProcess(CHECK, 0.3, FILE, left=False))
    assert (process.answer, process.late, process.file, left(tmp_path)) == ({}, True, None, [])
    assert [each.returncode for each in started] == [-signal.SIGTERM if os.name != "nt" else 1]


def test_a_check_that_answers_in_the_moment_it_is_ended_has_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    def answers(process: "subprocess.Popen[str]") -> None:
        process.wait()

    monkeypatch.setattr(data_process, "_end", answers)
    process = ended(DataProcess(CHECK, 0.0, FILE, left=False))
    assert (process.answer["state"], process.late) == ("dry_run", False)


def test_a_check_nobody_waits_for_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, started: list["subprocess.Popen[str]"]
) -> None:
    monkeypatch.setattr(data_process, "UNSEEN", 0.3)
    process = ended(DataProcess(CHECK, 60, FILE, left=False), looked_at=False)
    assert (process.answer, process.late, left(tmp_path), len(started)) == ({}, True, [], 1)


def test_a_file_that_is_loaded_is_waited_for_when_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_process, "UNSEEN", 0.3)
    stayed = ended(DataProcess(CHECK, 60, FILE, left=True), looked_at=False)
    assert (stayed.answer["rows"], stayed.late) == (1, False)


@pytest.mark.skipif(os.name == "nt", reason="Windows caps the time alone")
def test_a_check_that_needs_too_much_memory_ends_without_a_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data_process, "MEGABYTES", 60)
    process = ended(DataProcess(CHECK, 60, FILE, left=False))
    assert (process.answer, process.late, left(tmp_path)) == ({}, False, [])


def test_what_a_killed_server_left_is_removed_by_the_next_process(tmp_path: Path) -> None:
    old, fresh = tmp_path / f"{data_process.FOLDER}old", tmp_path / f"{data_process.FOLDER}fresh"
    for folder in (old, fresh):
        folder.mkdir()
        (folder / "x.csv").touch()
    os.utime(old, (0, 0))
    ended(DataProcess(("check",), 60, left=False))
    assert left(tmp_path) == [fresh.name]


def test_what_a_process_without_an_answer_left_is_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INNENFOR_VAR", str(tmp_path / "var"))
    deliver(tmp_path / "home" / "raw", *ROWS, edition="half")
    ended(DataProcess(("nonsense",), 60, left=True, undo=("remove", "half", "--forget")))
    assert files(tmp_path / "home") == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("tall.csv", "tall.csv"), (r"D:\fra nav\tall.XLSX", "tall.xlsx"), ("../../etc/tall.csv", "tall.csv"),
        ("a\0b\n.csv", "ab.csv"), ("a?b.csv", "ab.csv"), ("x" * 300 + ".csv", "x" * 100 + ".csv"), ("..", "-"),
        (".csv", "csv"), ("", "-"),
    ],
)  # fmt: skip
def test_of_a_files_name_the_last_part_alone_is_used(name: str, kept: str) -> None:
    assert BroughtFile(name, b"").last_name() == kept
