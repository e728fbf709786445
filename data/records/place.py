"""Where the records lie, known without the database library: pages without records never load it."""

import os
from pathlib import Path

from data import paths

SETTING = "INNENFOR_RECORDS"


def file_in_home() -> Path:
    """Return the file of the records where no other database is named."""
    return paths.home() / "records" / "records.sqlite"


def address() -> str:
    """Return the address of the database in use."""
    return os.environ.get(SETTING) or f"sqlite:///{file_in_home()}"


def are_kept() -> bool:
    """Return whether there may be records to read: another database is named, or somebody has written in the home."""
    return bool(os.environ.get(SETTING)) or file_in_home().exists()
