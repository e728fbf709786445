"""A command of ours in a process of its own: followed while it runs, and ended where it takes too much.

The file it reads lies on the disk only as long as the process runs, in a folder of its own that goes with it. Nothing
the process says is logged. Memory is capped by POSIX systems; on Windows only the time is (see `data.cli.capped`).
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from typing import Any

from data import paths

MEGABYTES = 3_000
PATIENCE = 15.0  # seconds a process that is told to end may take back what it has half done
UNSEEN = 20.0  # seconds after which a reader who no longer asks has left
AT_ONCE = threading.BoundedSemaphore(2)  # a check may take all the memory it is given, and anybody may ask for one
FOLDER = "innenfor-door-"
KEPT = ".read"
HANDED = {"add": "--kept", "sql": "--into"}
"""The commands that leave something beside what they say, and the word that tells them where."""
_STEP = re.compile(r"^\[(\d+)/(\d+)\] (.*)$")
_LONGEST_NAME, _NO_DISK = 100, '<>:"|?*'


@dataclass(frozen=True)
class BroughtFile:
    """A file as a reader brought it: its name, of which only the last part is used, and its content."""

    name: str
    content: bytes

    def last_name(self) -> str:
        """Return the name without a path or what some disk does not take, its ending in small letters."""
        last = PureWindowsPath(self.name).name.lstrip(".")
        stem, dot, ending = "".join(each for each in last if each.isprintable() and each not in _NO_DISK).rpartition(
            "."
        )
        return f"{stem[:_LONGEST_NAME]}{dot}{ending.lower()[:_LONGEST_NAME]}" or "-"


class DataProcess:
    """One command, from its start until its answer is there.

    done: whether it has ended. kept: what it has read of its file, for the next, or a question's answer as Parquet.
    answer: what it printed as JSON, empty where it ended without a word. late: whether it was ended before it answered,
    for taking too long or for nobody waiting. step: how far it has come: number, of how many, of what.
    """

    def __init__(
        self,
        words: Sequence[str],
        seconds: float,
        file: BroughtFile | None = None,
        *,
        left: bool,
        package: str = "data",
        undo: Sequence[str] = (),
        kept: bytes | None = None,
    ) -> None:
        """Start `python -m PACKAGE WORDS --json`; where a file is given, its place is put after the first word.

        kept: what an `add` of the same file has read, which a second one takes over. left: whether it is to go on when
        the reader has left. undo: the command that takes back what a process that
        was killed may have left.
        """
        self.words, self.seconds, self.file, self.left, self.undo = tuple(words), seconds, file, left, tuple(undo)
        self.package = package
        self.answer: dict[str, Any] = {}
        self.kept = kept
        self.step: tuple[int, int, str] | None = None
        self.done = self.late = False
        self.begun = self.seen = time.monotonic()
        threading.Thread(target=self._follow, daemon=True).start()

    def look(self) -> bool:
        """Return whether it has ended; whoever looks is still there."""
        self.seen = time.monotonic()
        return self.done

    def elapsed(self) -> float:
        """Return how many seconds it has run."""
        return time.monotonic() - self.begun

    def _follow(self) -> None:
        _forget_left(self.seconds)
        try:
            with AT_ONCE, tempfile.TemporaryDirectory(prefix=FOLDER, ignore_cleanup_errors=True) as folder:
                self._run(Path(folder))
        finally:
            self.file, self.done = None, True

    def _run(self, folder: Path) -> None:
        self.begun, words = time.monotonic(), list(self.words)
        if self.file is not None:
            place = folder / self.file.last_name()
            place.write_bytes(self.file.content)
            words.insert(1, str(place))
        words += self._handed_on(folder / KEPT)
        told = folder / ".answer"
        with told.open("wb") as output, _started(self.package, words, output) as process:
            threading.Thread(target=self._hear, args=(process,), daemon=True).start()
            while process.poll() is None:
                self.late = self.late or self._is_over()
                if self.late:
                    _end(process)
                time.sleep(0.1)
        self.answer = _read(told)
        self.late = self.late and not self.answer  # it may have answered in the moment it was to be ended
        self.kept = (folder / KEPT).read_bytes() if self.words[0] in HANDED and (folder / KEPT).is_file() else None
        if not self.answer and self.undo:
            with told.open("wb") as output, _started(self.package, self.undo, output) as process:
                process.communicate()

    def _handed_on(self, place: Path) -> list[str]:
        """Return the words that hand what one process has read to the next, or its answer to the page."""
        if self.words[0] not in HANDED:
            return []
        if self.kept is not None:
            place.write_bytes(self.kept)
        return [f"{HANDED[self.words[0]]}={place}"]

    def _is_over(self) -> bool:
        alone = not self.left and time.monotonic() - self.seen > UNSEEN
        return alone or self.elapsed() > self.seconds

    def _hear(self, process: "subprocess.Popen[str]") -> None:
        for line in process.stderr or ():
            if found := _STEP.match(line):
                self.step = int(found[1]), int(found[2]), found[3]


def _started(package: str, words: Sequence[str], output: Any) -> "subprocess.Popen[str]":  # noqa: ANN401 - an open file
    command = [sys.executable, "-m", "data.cli.capped", str(MEGABYTES), package, *words, "--json"]
    places = {"INNENFOR_HOME": str(paths.home()), "INNENFOR_VAR": str(paths.var()), "PYTHONUTF8": "1"}
    return subprocess.Popen(  # noqa: S603 - our own command; what a reader writes is an argument, never a shell's word
        command, cwd=paths.ROOT, env={**os.environ, **places}, stdin=subprocess.DEVNULL, stdout=output,
        stderr=subprocess.PIPE, encoding="utf-8", errors="replace",
    )  # fmt: skip


def _end(process: "subprocess.Popen[str]") -> None:
    process.terminate()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _read(file: Path) -> dict[str, Any]:
    try:
        answer = json.loads(file.read_text(encoding="utf-8"))
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def _forget_left(seconds: float) -> None:
    """Remove what a server that was killed has left: folders older than any process may run."""
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDER}*"):
        try:
            old = time.time() - folder.stat().st_mtime > max(seconds, 3600)
        except OSError:
            continue
        if old:
            shutil.rmtree(folder, ignore_errors=True)
