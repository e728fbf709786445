"""Real files in the publishers' own layouts, used where they lie beside the project."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


def shared(path: str) -> Path:
    """Return a file of the shared folder; skip the test, saying so, where the folder is not there."""
    file = SHARED / path
    if not file.exists():
        pytest.skip(f"the folder of real files is not beside this checkout ({path})")
    return file
