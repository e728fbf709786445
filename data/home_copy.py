"""A copy of all a municipality owns, in one file, and back: the home, the records in it, and the build in use.

The copy is a ZIP file whose `contents.json` holds the SHA-256 of every file in it. Nothing of it is put back before all
of it has been found whole, and nothing is ever put over what lies there.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from data import paths
from data.errors import InnenforError
from data.warehouse import pointer

CONTENTS, HOME, VAR = "contents.json", "home", "var"
_DAMAGE = (zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, EOFError, RuntimeError)
_DATABASE, _BESIDE = ".sqlite", ("-wal", "-shm", "-journal")
_STAYS = ".rounding"  # of cubes built from spells: what is drawn there leaves a secure zone in no copy


class CopyDamaged(InnenforError, code="copy_damaged"):
    """The file is no copy, or not to the bit what was copied; nothing has been put back."""


class CopyInside(InnenforError, code="copy_inside"):
    """A copy that lies in what it copies is lost with it, and would hold itself; nothing has been copied."""


class HomeNotEmpty(InnenforError, code="home_not_empty"):
    """There is something in the home already; nothing has been put back."""


@dataclass(frozen=True)
class Copied:
    """How many files were copied or put back, and their size in bytes."""

    files: int
    size: int


def backup(target: Path) -> Copied:
    """Copy home, records and build to a file that must not be there yet.

    Raises CopyInside where it would lie in what it copies, OSError where it cannot be written.
    """
    if target.exists():
        raise FileExistsError(17, "File exists", str(target))
    if inside := [each for each in (paths.home(), paths.var()) if target.resolve().is_relative_to(each.resolve())]:
        raise CopyInside(where=paths.told(inside[0]), found=target.name)
    fresh, sums, size = target.with_name(f".{target.name}.{os.getpid()}.new"), {}, 0
    try:
        with _named(target), tempfile.TemporaryDirectory() as aside, zipfile.ZipFile(fresh, "x") as copy:
            for name, path in (*_of_the_home(Path(aside)), *_of_the_build()):
                with suppress(FileNotFoundError):  # whoever works has taken it away meanwhile
                    sums[name], taken = _taken(copy, name, path)
                    size += taken
            copy.writestr(zipfile.ZipInfo(CONTENTS), json.dumps(sums, indent=1, ensure_ascii=False))
        os.replace(fresh, target)
    finally:
        fresh.unlink(missing_ok=True)
    return Copied(len(sums), size)


def restore(source: Path) -> Copied:
    """Put a copy back into an empty home. Raises CopyDamaged, HomeNotEmpty, OSError; then nothing has been put back."""
    home, var = paths.home(), paths.var()
    if home.is_dir() and any(home.iterdir()):
        raise HomeNotEmpty(where=paths.told(home), found=min(each.name for each in home.iterdir()))
    home.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=".restoring-", dir=home))
    try:
        done = _unpacked(source, work)
        for each in sorted((work / HOME).glob("*")):
            os.replace(each, home / each.name)
        if (work / VAR).is_dir():
            var.mkdir(parents=True, exist_ok=True)
            for each in sorted((work / VAR).iterdir(), key=lambda path: path.name == pointer.POINTER):
                shutil.move(each, var / each.name)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return done


def _taken(copy: zipfile.ZipFile, name: str, path: Path) -> tuple[str, int]:
    """Put a file into the copy; return the SHA-256 and size of what was put in, whoever writes to it meanwhile."""
    whole = path.read_bytes()
    entry = zipfile.ZipInfo.from_file(path, name, strict_timestamps=False)  # a clock may have stood at 1970
    copy.writestr(entry, whole, zipfile.ZIP_DEFLATED)
    return hashlib.sha256(whole).hexdigest(), len(whole)


def _of_the_home(aside: Path) -> Iterator[tuple[str, Path]]:
    """Yield the files of the home; of a database a copy of one state of it, whoever writes meanwhile."""
    home = paths.home()
    for path in sorted(home.rglob("*")):
        if path.is_file() and not path.name.endswith((*(_DATABASE + each for each in _BESIDE), _STAYS)):
            place = path.relative_to(home).as_posix()
            yield f"{HOME}/{place}", _still(path, aside) if path.suffix == _DATABASE else path


def _still(database: Path, aside: Path) -> Path:
    still = aside / hashlib.sha256(str(database).encode()).hexdigest()
    with closing(sqlite3.connect(database)) as live, closing(sqlite3.connect(still)) as copy:
        live.backup(copy)
    return still


def _of_the_build() -> Iterator[tuple[str, Path]]:
    """Yield the pointer and the build it names where that is whole; another is built anew from the home."""
    try:
        build = pointer.current_build()
    except pointer.WarehouseMissing:
        return
    if build and pointer.whole(paths.var() / build.file, build):
        yield from ((f"{VAR}/{name}", paths.var() / name) for name in (build.file, pointer.POINTER))


def _unpacked(source: Path, work: Path) -> Copied:
    """Unpack a copy into a folder; every file is held against its sum, and none may be missing or too many."""
    try:
        with zipfile.ZipFile(source) as copy:
            sums = json.loads(copy.read(CONTENTS))
            names = [each for each in copy.namelist() if each != CONTENTS]
            if sorted(names) != sorted(sums) or not all(map(_is_ours, names)):
                raise CopyDamaged(where=source.name, found=CONTENTS)
            size = sum(_put_back(copy, name, sums[name], work) for name in names)
    except OSError as error:
        if error.filename:  # the disk's; what is wrong inside the copy names no file
            raise
        raise CopyDamaged(where=source.name, found=str(error)) from error
    except _DAMAGE as error:
        raise CopyDamaged(where=source.name, found=type(error).__name__) from error
    return Copied(len(names), size)


def _put_back(copy: zipfile.ZipFile, name: str, expected: str, work: Path) -> int:
    """Write one file of the copy under the folder where it has its SHA-256, and return its size."""
    whole, path = copy.read(name), work / name
    if hashlib.sha256(whole).hexdigest() != expected:
        raise CopyDamaged(where=str(copy.filename), found=name)
    with _named(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(whole)
    return len(whole)


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Name the file in what the disk says of it: that it is full is said of none."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), error.filename or str(path)) from error


def _is_ours(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return parts[:1] in {(HOME,), (VAR,)} and len(parts) > 1 and ".." not in parts and "\\" not in name
