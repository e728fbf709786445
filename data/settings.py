"""The settings: home municipality, peers, thresholds. Shipped with defaults; the home's own lie over them."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from data import paths
from data.home import read_settings, settings_tables


@dataclass(frozen=True)
class Disclosure:
    """How small counts of one source are protected.

    threshold: counts 1 … threshold - 1 are hidden (0: the publisher has protected them already).
    legend: the highest count the publisher's own star can stand for.
    zeros_published: whether a zero in the source is a real zero.
    """

    threshold: int
    legend: int
    zeros_published: bool


@dataclass(frozen=True)
class MainIndicator:
    """The indicator, age group and sex that the first screen shows."""

    id: str
    age_group: str
    sex: str


@dataclass(frozen=True)
class Settings:
    """What a municipality sets to make Innenfor its own. Region codes are `kommunenummer`.

    demo: everything in this home is made up to show what Innenfor can do; whatever shows it says so.
    """

    home_municipality: str
    peers: tuple[str, ...]
    also_shown: tuple[str, ...]
    language: str
    main_indicator: MainIndicator
    disclosure: dict[str, Disclosure]
    grey_below: int
    demo: bool = False


def settings(path: Path | None = None) -> Settings:
    """Return the settings in force, or those of one file alone; a file is read once.

    Raises HomeUnusable, SettingsUnreadable, and KeyError or TypeError where a setting is missing.
    """
    return _settings(path, paths.home())


@cache
def _settings(path: Path | None, _home: Path) -> Settings:
    return _checked(read_settings(path) if path else settings_tables())


def _checked(raw: dict[str, Any]) -> Settings:
    return Settings(
        home_municipality=raw["home_municipality"],
        peers=tuple(raw["peers"]),
        also_shown=tuple(raw["also_shown"]),
        language=raw["language"],
        main_indicator=MainIndicator(**raw["main_indicator"]),
        disclosure={source: Disclosure(**rule) for source, rule in raw["disclosure"].items()},
        grey_below=raw["small_numbers"]["grey_below"],
        demo=raw.get("demo", False),
    )
