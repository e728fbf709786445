"""The kinds of test, read off where a test lies and what it uses; `long`, `slow` and `fails` are written by hand."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from hypothesis import is_hypothesis_test

ROOT = Path(__file__).resolve().parent
FOLDERS = ("architecture", "bench", "browser", "pages", "reference")
WALKERS = ("streamlit.testing.v1.app_test", "tests.pages.experiments_page")  # what runs a page without a browser


def kinds(path: Path, module: ModuleType, function: Callable[..., Any]) -> list[str]:
    """Return the kinds of a test: its folder's, else `unit`; beside it `property` and `walk` where they hold."""
    folder = path.relative_to(ROOT).parts[0]
    found = [folder if folder in FOLDERS else "unit"]
    if is_hypothesis_test(function):
        found.append("property")
    if any(getattr(value, "__module__", "") in WALKERS for value in vars(module).values()):
        found.append("walk")
    return found
