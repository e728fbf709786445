"""The pointer: which build is in use, and the hash of its file, by which damage is told."""

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path, PureWindowsPath

from data import paths
from data.errors import InnenforError

POINTER = "current.json"


class WarehouseMissing(InnenforError, code="warehouse_missing"):
    """No build can be opened: none was made, or the file it points to is gone or damaged."""


@dataclass(frozen=True)
class Build:
    """The build the pointer names: its hash, file, the time it was made (ISO 8601, UTC), and the hash of its file.

    sha256: empty in a pointer of release 0.1.0, which told none.
    """

    hash: str
    file: str
    built_at: str
    sha256: str = ""


def current_build(var: Path | None = None) -> Build | None:
    """Return the build the pointer names, or None where there is none. Raises WarehouseMissing where it is damaged."""
    return build_of((var or paths.var()) / POINTER)


def build_of(pointer: Path) -> Build | None:
    """Return the build a pointer names, or None where there is none. Raises WarehouseMissing where it is damaged."""
    try:
        told = Build(**json.loads(pointer.read_bytes()))
        if not all(isinstance(each, str) for each in asdict(told).values()):
            raise TypeError(told)
        if told.file in {"", ".", ".."} or PureWindowsPath(told.file).name != told.file:
            raise ValueError(told.file)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise WarehouseMissing(where=pointer.name, found=error.strerror or type(error).__name__) from error
    except (ValueError, TypeError, RecursionError) as error:
        raise WarehouseMissing(where=pointer.name, found=type(error).__name__) from error
    return told


def point_to(var: Path, build: Build) -> None:
    """Replace the pointer in one step and remove builds nobody has open; a folder in its place steps aside."""
    pointer, fresh = var / POINTER, var / f"{POINTER}.{os.getpid()}.new"
    with fresh.open("w", encoding="utf-8") as file:
        json.dump(asdict(build), file)
        file.flush()
        os.fsync(file.fileno())  # a power cut leaves the old pointer or the new one
    if pointer.is_dir():
        pointer.rename(var / f"{POINTER}.{os.getpid()}.aside")
    os.replace(fresh, pointer)
    for old in var.glob("innenfor-*.duckdb*"):
        if not old.name.startswith(build.file):
            with suppress(OSError):  # open on Windows: the next build removes it
                old.unlink()


def sweep(var: Path) -> None:
    """Remove what builds that were killed have left unfinished; whoever sweeps holds the lock."""
    for stale in (*var.glob("unfinished-*"), *var.glob("*.new")):
        with suppress(OSError):
            stale.unlink()


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def whole(path: Path, build: Build) -> bool:
    """Return whether the file is there and is, to the bit, the one that was built."""
    try:
        return bool(build.sha256) and checksum(path) == build.sha256
    except OSError:
        return False
