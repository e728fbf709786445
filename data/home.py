"""A municipality's home: what it holds lies over what Innenfor ships with, and where it cannot, that is told."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from data import paths
from data.errors import InnenforError


class HomeUnusable(InnenforError, code="home_unusable"):
    """The home, or a place in it, is not what it must be, or cannot be read."""


class HomeNotWritten(InnenforError, code="home_not_written"):
    """Something could not be written to the home."""


def folders(name: str) -> tuple[Path, ...]:
    """Return the folders of a kind of content that are there, the shipped one first (see `paths.layers`).

    Raises HomeUnusable where the home or its folder is a file or cannot be read: nothing is passed over in silence.
    """
    require_home()
    _require_folder(paths.home() / name)
    return tuple(folder for folder in paths.layers(name) if folder.is_dir())


def own_over_shipped(name: str, pattern: str = "*.toml") -> dict[str, Path]:
    """Return the files of a kind of content by stem, in the order of stems: the home's own file wins over a shipped."""
    found = {path.stem: path for folder in folders(name) for path in folder.glob(pattern)}
    return dict(sorted(found.items()))


def own_instead(name: str, pattern: str = "*.toml") -> tuple[Path, ...]:
    """Return the home's files of a kind that stand instead of a shipped file of the same name."""
    shipped = {path.name for path in paths.shipped(name).glob(pattern)}
    return tuple(path for path in sorted((paths.home() / name).glob(pattern)) if path.name in shipped)


def require_home() -> None:
    """Raise HomeUnusable where the home is there, but is no folder that can be read."""
    _require_folder(paths.home())


def overlaid(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Return one table laid over another: keys of `over` win, and tables in both are merged in the same way."""
    merged = dict(base)
    for key, value in over.items():
        both = isinstance(value, dict) and isinstance(merged.get(key), dict)
        merged[key] = overlaid(merged[key], value) if both else value
    return merged


def _require_folder(place: Path) -> None:
    try:
        with os.scandir(place):
            return
    except FileNotFoundError:
        return  # it is made when something is first written to it
    except OSError as error:
        raise HomeUnusable(where=paths.told(place), found=error.strerror or str(error)) from error
