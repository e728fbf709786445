"""One build at a time: a lock the operating system takes back when its holder dies."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


class Busy(Exception):
    """The lock is held by another process."""


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold the lock file while the body runs. Raises Busy at once where another process holds it."""
    with path.open("a+b") as file:
        if not _taken(file):
            raise Busy(path.name)
        yield  # closing the file gives the lock back


if sys.platform == "win32":
    import msvcrt

    def _taken(file: IO[bytes]) -> bool:
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _taken(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
