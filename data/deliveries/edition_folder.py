"""A folder of `raw/`, written whole or not at all: made out of sight, then given its place in one move."""

import os
import shutil
import tempfile
import time
from dataclasses import MISSING, fields
from pathlib import Path

from data.deliveries.read import Sidecar
from data.toml import writing

_UNFINISHED, _STALE_SECONDS = ".unfinished-", 3600


def workplace(folder: Path, stale: float = _STALE_SECONDS) -> Path:
    """Return a new folder to write in, on the same disk and out of sight of the build; forget those left by a crash.

    stale: how old in seconds a folder must be to be left by a crash; 0 where nobody else can be writing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob(f"{_UNFINISHED}*"):
        if time.time() - left.stat().st_mtime >= stale:
            shutil.rmtree(left, ignore_errors=True)
    made = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=folder))
    made.chmod(0o755)
    return made


def place(folder: Path, target: Path) -> Path:
    """Give a finished folder its place in one move."""
    target.parent.mkdir(parents=True, exist_ok=True)
    os.rename(folder, target)
    return target


def as_toml(sidecar: Sidecar) -> str:
    """Return a sidecar as TOML."""
    said = {
        each.name: getattr(sidecar, each.name)
        for each in fields(sidecar)
        if each.name != "file" and (each.default is MISSING or getattr(sidecar, each.name) != each.default)
    }
    return writing.as_toml(said)
