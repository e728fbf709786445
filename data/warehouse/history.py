"""The last builds of a folder: when each was made and what it held. Only the newest is kept itself."""

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from data import paths
from data.warehouse.pointer import Build

FILE = "builds.json"
MOST = 4  # the last three, and the one before them that tells what the first of these brought


@dataclass(frozen=True)
class PastBuild:
    """A build as it was: its hash, when it was made (ISO 8601, UTC), and how many rows each edition had."""

    hash: str
    built_at: str
    editions: dict[str, int]


def builds(var: Path | None = None) -> tuple[PastBuild, ...]:
    """Return the last builds, the newest first; none where nothing is told of them."""
    try:
        told = json.loads(((var or paths.var()) / FILE).read_text(encoding="utf-8"))
        return tuple(PastBuild(**each) for each in told)
    except (OSError, ValueError, TypeError):
        return ()


def remember(var: Path, build: Build, editions: dict[str, int]) -> None:
    """Note a build that is in use now; a disk that takes no more does not undo it."""
    told = [PastBuild(build.hash, build.built_at, editions), *builds(var)][:MOST]
    with suppress(OSError):
        fresh = var / f"{FILE}.{os.getpid()}.new"
        fresh.write_text(json.dumps([asdict(each) for each in told]), encoding="utf-8")
        os.replace(fresh, var / FILE)
