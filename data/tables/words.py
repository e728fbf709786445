"""What tables from anywhere call their count, their status and their totals."""

from dataclasses import dataclass
from functools import cache

from data import paths
from data.toml import read_toml

SPREAD = "column"  # the dimension a table has that spreads its counts over several columns


@dataclass(frozen=True)
class TableWords:
    """Names of columns, and what stands in them, in small letters; see `words.toml`."""

    count: tuple[str, ...]
    status: tuple[str, ...]
    hidden: tuple[str, ...]
    published: tuple[str, ...]
    unknown: tuple[str, ...]
    total: tuple[str, ...]
    edition: tuple[str, ...]
    period: tuple[str, ...]
    residents: tuple[str, ...]


@cache
def words() -> TableWords:
    """Return the words as the file has them."""
    return read_toml(paths.DATA / "tables" / "words.toml", TableWords)


def is_total(code: str) -> bool:
    """Return whether a code is what a total is called: `Total`, `I alt`, `Alle aldre`."""
    return plain(code) in words().total


def plain(text: str) -> str:
    """Return a text without what surrounds it, in small letters."""
    return " ".join(text.casefold().split())
