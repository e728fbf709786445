"""Where the records lie, known without the database library: pages without records never load it."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from data import paths

if TYPE_CHECKING:
    from data.records.state import RecordState

SETTING = "INNENFOR_RECORDS"


def file_in_home() -> Path:
    """Return the file of the records where no other database is named."""
    return paths.home() / "records" / "records.sqlite"


def address() -> str:
    """Return the address of the database in use."""
    return os.environ.get(SETTING) or f"sqlite:///{file_in_home()}"


def as_they_stand() -> "RecordState":
    """Return how the home's records stand; empty, and no database opened, where there are none."""
    from data.records.state import RecordState

    if not are_kept():
        return RecordState()
    from data.records.log import Records

    return Records.open().state()


def are_kept() -> bool:
    """Return whether there may be records to read: another database is named, or somebody has written in the home."""
    return bool(os.environ.get(SETTING)) or file_in_home().exists()
