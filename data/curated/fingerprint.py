"""What people put in by hand is followed as it changes: it is read anew, or a build of `raw/` is due."""

import os
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

from data import paths

KINDS = ("experiments", "programme", "plan", "scenarios", "raw")


def folders() -> tuple[Path, ...]:
    """Return every folder in which people write by hand: the shipped ones and the home's."""
    return tuple(folder for kind in KINDS for folder in paths.layers(kind))


def stamp(*folders: Path) -> str:
    """Return a short text that is another one when a file in the folders is added, changed, renamed or removed.

    Files are told apart by path, size and time of change; they are not opened. A folder that is not there has no files.
    """
    found = sorted((path, state.st_size, state.st_mtime_ns) for each in folders for path, state in _files(str(each)))
    return blake2b(repr(found).encode(), digest_size=8).hexdigest()


def _files(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    """Yield the files beneath a folder; as text and in one look at each, since every click asks."""
    try:
        entries = os.scandir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return
    with entries:
        for entry in entries:
            if entry.is_dir():
                yield from _files(entry.path)
            else:
                yield entry.path, entry.stat()
