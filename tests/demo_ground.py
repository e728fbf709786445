"""The demo as the tests look at it: the made-up programme in `demo/`, built once for a test run into its own folder."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar
from unittest import mock

from data import paths
from data.warehouse import build

T = TypeVar("T")
HOME = paths.ROOT / "demo"


@cache
def built() -> Path:
    """Build the published figures and the demo's, and return the folder they lie in; it goes when the tests end."""
    folder = Path(tempfile.mkdtemp(prefix="innenfor-demo-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with mock.patch.dict(os.environ, {"INNENFOR_HOME": str(HOME)}):
        build.build(var=folder)
    return folder


def asked(question: Callable[[], T]) -> T:
    """Return the answer the demo gives, for what a test file must know before its tests run."""
    with mock.patch.dict(os.environ, variables()):
        return question()


def variables() -> dict[str, str]:
    """Return what a process must have in its environment to show the demo."""
    return {"INNENFOR_HOME": str(HOME), "INNENFOR_VAR": str(built())}


def opened(monkeypatch) -> None:
    """Let the rest of a test be in the demo's process, as far as homes and builds go."""
    for name, value in variables().items():
        monkeypatch.setenv(name, value)
