"""The virtual environment in `.venv`: made where it is missing, half made or another Python's, and kept to the locks.

Standard library only: this runs before anything is installed. Its words lie in `data/texts/run.{nb,en}.toml`.
"""
# ruff: noqa: S603, T201 - it is here that programs are started, progress is told and systems differ

import contextlib
import errno
import hashlib
import importlib.util
import os
import platform
import re
import subprocess
import sys
import tempfile
import tomllib
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

from data import i18n, paths

ROOT = Path(__file__).resolve().parent
TEXTS = ROOT / "data" / "texts"
VENV = ROOT / ".venv"
APP_LOCK = ROOT / "requirements.txt"
TEST_LOCK = ROOT / "requirements-dev.txt"
UNFINISHED = VENV / "unfinished"  # lies there while pip changes the environment
LOCAL = "INNENFOR_LOCAL"  # whoever sits at this machine may load deliveries from the browser
LEFT_OUT = (
    LOCAL,
    *("PYTHONPATH", "PYTHONHOME", "PYTHONSAFEPATH", "PYTHONINSPECT", "__PYVENV_LAUNCHER__"),
    *("PIP_TARGET", "PIP_PREFIX"),
)
REFUSED = (errno.EACCES, errno.EPERM, errno.EROFS)
UNTELLING = ("Ignoring ", "Looking in ", "  Downloading ", "Installing collected ")  # pip's lines that explain nothing
FULL_DISK_SIGNS = ("No space left", "Errno 28]", "WinError 112]")


class SetUpError(Exception):
    """A reason to stop, worded from the text `[run] <reason>` and the facts it names."""

    def __init__(self, reason: str, **facts: object) -> None:
        super().__init__(say(reason, **facts))


def say(key: str, **facts: object) -> str:
    """Return a text of `[run]` in the language of whoever runs the command, whatever else is amiss in the tree."""
    words = tomllib.loads((TEXTS / f"run.{i18n.reader_language()}.toml").read_text(encoding="utf-8"))
    return str(words["run"][key]).format(**facts)


def prepare(wheels: Path | None, *locks: Path) -> None:
    """Make the environment fit the lock files; where it does already, touch nothing and ask pip nothing.

    `wheels` is a folder to install from without a network. Raises SetUpError for every reason it cannot be done.
    """
    sound = is_current() and not UNFINISHED.exists()
    if sound and all(is_current(lock) for lock in locks):
        return
    if wheels is not None and not wheels.is_dir():
        raise SetUpError("no_wheels_folder", folder=wheels.resolve())
    require_write_access(ROOT)
    with only_one_at_a_time(ROOT / "var" / "set-up.lock"):
        if not sound:
            make_environment()
        for lock in locks:
            if not is_current(lock):
                install(lock, wheels)


def python_of(venv: Path) -> Path:
    """Return the interpreter of a virtual environment."""
    return venv / "Scripts" / "python.exe" if os.name == "nt" else venv / "bin" / "python"


def stamp_of(lock: Path | None = None) -> str:
    """Return what an installation depends on: this Python, this kind of machine, and the lock file's content."""
    parts = [*map(str, sys.version_info[:2]), sys.base_prefix, sys.platform, platform.machine()]
    content = lock.read_bytes() if lock else b""
    return hashlib.sha256("\n".join(parts).encode() + content).hexdigest()


def stamp_file(lock: Path | None = None) -> Path:
    """Return where the stamp of an installed lock file, or of the bare environment, is kept."""
    return VENV / f"{lock.name if lock else 'python'}.stamp"


def is_current(lock: Path | None = None) -> bool:
    """Return whether the bare environment, or what a lock file asks for, stands as it should."""
    stamp = stamp_file(lock)
    return python_of(VENV).exists() and stamp.is_file() and stamp.read_text(encoding="utf-8") == stamp_of(lock)


def require_write_access(folder: Path) -> None:
    """Raise SetUpError where nothing can be written in the folder."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as problem:
        raise storage_error(problem, folder) from problem


def storage_error(problem: OSError, place: str | Path) -> SetUpError:
    """Return the words for a place that is full, may not be written to, or fails in another way."""
    full = problem.errno == errno.ENOSPC or getattr(problem, "winerror", None) == 112
    reason = "disk_full" if full else "no_write_access" if problem.errno in REFUSED else "system_failed"
    return SetUpError(reason, folder=place, detail=problem.strerror or problem)


@contextlib.contextmanager
def only_one_at_a_time(file: Path) -> Iterator[None]:
    """Hold the file's lock; raise SetUpError where another process sets the same folder up."""
    file.parent.mkdir(exist_ok=True)
    with file.open("a+b") as held:
        try:
            _take(held)
        except (BlockingIOError, PermissionError) as problem:
            raise SetUpError("set_up_elsewhere", folder=ROOT) from problem
        yield


def _take(file: IO[bytes]) -> None:
    """Take the lock of an open file: the system gives it back when the file is closed or its holder dies."""
    if sys.platform == "win32":
        import msvcrt

        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def make_environment() -> None:
    """Make `.venv` anew with the Python this runs on."""
    for module in ("venv", "ensurepip"):
        if importlib.util.find_spec(module) is None:
            raise SetUpError("no_venv", module=module, version="{}.{}".format(*sys.version_info))
    print(say("making_environment", folder=VENV), flush=True)
    base = getattr(sys, "_base_executable", None) or sys.executable  # not the `.venv` that is about to be cleared
    code, tail = run_quietly([base, "-m", "venv", "--clear", str(VENV)])
    if code:
        raise SetUpError("disk_full_inside" if is_about_space(tail) else "venv_failed", tail=tail)
    stamp_file().write_text(stamp_of(), encoding="utf-8")


def install(lock: Path, wheels: Path | None) -> None:
    """Install a lock file, every package checked against its hash."""
    print(say("installing", lock=lock.name), flush=True)
    before = installed_names()
    UNFINISHED.touch()
    try:
        code, tail = run_quietly(pip_command(lock, wheels), shown=("Collecting ", "Installing "))
        if code:
            reason = "disk_full_inside" if is_about_space(tail) else "wheels_missing" if wheels else "pip_failed"
            facts = {"lock": lock.name, "wheels": wheels, "version": "{}.{}".format(*sys.version_info)}
            raise SetUpError(reason, tail=tail, **facts)
        stamp_file(lock).write_text(stamp_of(lock), encoding="utf-8")
    finally:
        if is_current(lock) or installed_names() == before:
            UNFINISHED.unlink(missing_ok=True)


def pip_command(lock: Path, wheels: Path | None) -> list[str]:
    """Return the command that installs a lock file, from the folder `wheels` alone where one is given."""
    quiet = ["--no-input", "--disable-pip-version-check", "--progress-bar", "off"]
    source = ["--no-index", "--find-links", str(wheels.resolve())] if wheels else []
    built = ["--only-binary", ":all:"] if lock == APP_LOCK else []  # a reader's machine has no compiler
    options = ["--require-hashes", *built, *quiet, *source]
    return [str(python_of(VENV)), "-m", "pip", "install", *options, "-r", str(lock)]


def installed_names() -> set[Path]:
    """Return what lies in the environment's package folder, to tell whether pip has changed anything."""
    folders = [*VENV.glob("lib/*/site-packages"), VENV / "Lib" / "site-packages"]
    return {path for folder in folders if folder.is_dir() for path in folder.iterdir()}


def is_about_space(tail: str) -> bool:
    """Return whether the last lines of a program tell of a full disk."""
    return any(sign in tail for sign in FULL_DISK_SIGNS)


def without_addresses(line: str) -> str:
    """Return a line of pip's without the addresses it asked, which may hold names and passwords."""
    return re.sub(r"(\w+://|host=['\"])[^\s'\",)]+", r"\1…", line)


def child_environment() -> dict[str, str]:
    """Return the environment of every program started here: UTF-8, and nothing that leads Python or pip elsewhere.

    Leave to write is never passed on from outside: `--local` alone gives it, to the server it starts.
    A home or a folder of builds named from where the command was typed is found from the project's folder too.
    """
    kept = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
    places = {"INNENFOR_HOME": paths.home(), "INNENFOR_VAR": paths.var()}
    named = {name: str(place) for name, place in places.items() if kept.get(name)}
    return {**kept, **named, "PYTHONUTF8": "1", "PIP_USER": "0"}


@contextlib.contextmanager
def child(
    command: Sequence[str], variables: Mapping[str, str], output: int | None = None
) -> Iterator[subprocess.Popen[str]]:
    """Start a program in the project's folder that does not outlive this one, however this one ends."""
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**child_environment(), **variables},
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
        encoding="utf-8",
        errors="replace",
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()


def run_quietly(command: Sequence[str], shown: tuple[str, ...] = (), **variables: str) -> tuple[int, str]:
    """Run a program and print only the lines that start as `shown`; return its exit code and its last lines."""
    tail: deque[str] = deque(maxlen=10)
    with child(command, variables, subprocess.PIPE) as process:
        for line in process.stdout or ():
            if not line.startswith(UNTELLING):
                tail.append(without_addresses(line.rstrip()))
            if line.startswith(shown):
                print("  " + line.split(" (from")[0].strip()[:100], flush=True)
        return process.wait(), "\n".join(tail)


def run(*words: str, **variables: str) -> int:
    """Run a module of the environment's Python; return its exit code."""
    with child([str(python_of(VENV)), "-m", *words], variables) as process:
        return process.wait()
