"""A municipality's home: what it holds lies over what Innenfor ships with, and where it cannot, that is told."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from data import paths
from data.errors import InnenforError


@dataclass(eq=False)
class HomeUnusable(InnenforError):
    """The home, or a place in it, is not what it must be, or cannot be read."""

    code: ClassVar[str] = "home_unusable"


@dataclass(eq=False)
class HomeNotWritten(InnenforError):
    """Something could not be written to the home."""

    code: ClassVar[str] = "home_not_written"


@dataclass(eq=False)
class SettingsUnreadable(InnenforError):
    """A settings file cannot be read, or is not TOML in UTF-8."""

    code: ClassVar[str] = "settings_unreadable"


def folders(name: str) -> tuple[Path, ...]:
    """Return the folders of a kind of content that are there, the shipped one first (see `paths.layers`).

    Raises HomeUnusable where the home or its folder is a file or cannot be read: nothing is passed over in silence.
    """
    _require_folder(paths.home())
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


def settings_tables() -> dict[str, Any]:
    """Return the settings before they are checked: the home's keys over the shipped ones, tables merged key by key.

    Raises HomeUnusable and SettingsUnreadable.
    """
    _require_folder(paths.home())
    shipped, own = paths.layers("settings.toml")
    return overlaid(read_settings(shipped), read_settings(own) if own.exists() else {})


def read_settings(path: Path) -> dict[str, Any]:
    """Return what one settings file holds. Raises SettingsUnreadable."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsUnreadable(where=paths.told(path), found=str(getattr(error, "strerror", "") or error)) from error


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
