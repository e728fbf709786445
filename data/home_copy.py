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
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from data import paths
from data.errors import InnenforError
from data.warehouse import pointer

CONTENTS, HOME, VAR = "contents.json", "home", "var"
_DATABASE, _BESIDE = ".sqlite", ("-wal", "-shm", "-journal")


class CopyDamaged(InnenforError):
    """The file is no copy, or not to the bit what was copied; nothing has been put back."""

    code = "copy_damaged"


class HomeNotEmpty(InnenforError):
    """There is something in the home already; nothing has been put back."""

    code = "home_not_empty"


@dataclass(frozen=True)
class Copied:
    """How many files were copied or put back, and their size in bytes."""

    files: int
    size: int


def backup(target: Path) -> Copied:
    """Copy home, records and build to a file that must not be there yet. Raises OSError where it cannot be written."""
    if target.exists():
        raise FileExistsError(17, "File exists", str(target))
    fresh, sums, size = target.with_name(f".{target.name}.{os.getpid()}.new"), {}, 0
    try:
        with tempfile.TemporaryDirectory() as aside, zipfile.ZipFile(fresh, "x", zipfile.ZIP_DEFLATED) as copy:
            for name, path in (*_of_the_home(Path(aside)), *_of_the_build()):
                copy.write(path, name)
                sums[name], size = pointer.checksum(path), size + path.stat().st_size
            copy.writestr(CONTENTS, json.dumps(sums, indent=1, ensure_ascii=False))
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


def _of_the_home(aside: Path) -> Iterator[tuple[str, Path]]:
    """Yield the files of the home; of a database a copy of one state of it, whoever writes meanwhile."""
    home = paths.home()
    for path in sorted(home.rglob("*")):
        if path.is_file() and not path.name.endswith(tuple(_DATABASE + each for each in _BESIDE)):
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
            for name in names:
                copy.extract(name, work)
                if pointer.checksum(work / name) != sums[name]:
                    raise CopyDamaged(where=source.name, found=name)
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, EOFError, NotImplementedError) as error:
        raise CopyDamaged(where=source.name, found=type(error).__name__) from error
    return Copied(len(names), sum((work / name).stat().st_size for name in names))


def _is_ours(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return parts[:1] in {(HOME,), (VAR,)} and len(parts) > 1 and ".." not in parts and "\\" not in name
