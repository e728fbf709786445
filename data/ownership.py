"""Whose the shipped programme is: what it says of itself never shows under another home municipality."""

from functools import cache
from pathlib import Path

from data import paths
from data.home import folders
from data.settings import settings
from data.toml import toml_table

Places = tuple[Path, ...]
FACTS = "programme.toml"


def of_the_municipality(name: str) -> Places:
    """Return the folders of a kind of content that are the home municipality's: its own, then the shipped if its own.

    Raises HomeUnusable.
    """
    shipped = paths.shipped(name)
    return tuple(each for each in reversed(folders(name)) if each != shipped or shipped_is_ours())


def shipped_is_ours() -> bool:
    """Return whether the programme that comes with Innenfor is the home municipality's."""
    return _municipality_of(paths.shipped("programme") / FACTS) == settings().home_municipality


@cache
def _municipality_of(facts: Path) -> str:
    return str(toml_table(facts).get("municipality", "")) if facts.is_file() else ""
