"""The warehouse the tests look at: the default deliveries, built once for a test run into a folder of its own."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from data.warehouse import build


@cache
def built() -> Path:
    """Build the default dataset and return the folder it lies in; it goes when the tests end."""
    folder = Path(tempfile.mkdtemp(prefix="innenfor-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    build.build(var=folder)
    return folder


def opened(monkeypatch) -> Path:
    """Let the rest of a test read that warehouse."""
    monkeypatch.setenv("INNENFOR_VAR", str(built()))
    return built()
