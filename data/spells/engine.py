"""What runs the queries: DuckDB here, Spark beside it. Person rows stay inside; only counted cells come out."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import ClassVar, Protocol

import polars as pl

from data.errors import InnenforError
from data.spells.rules import FOLDER


class Engine(Protocol):
    """Runs the queries of `data/spells/sql/` over named Parquet files."""

    def bind(self, name: str, files: Sequence[Path]) -> None:
        """Give Parquet files a name that queries know. Raises SpellsUnreadable."""

    def write(self, query: str, target: Path) -> None:
        """Write what a query finds as Parquet: a file, or a folder where the engine writes several."""

    def frame(self, query: str) -> pl.DataFrame:
        """Return what a query finds, where that is a few counted rows."""

    def close(self) -> None:
        """Give back memory and files."""


@dataclass(eq=False)
class SpellsUnreadable(InnenforError):
    """Parquet that cannot be read: cut off, of another kind, or not there."""

    code: ClassVar[str] = "spells_unreadable"


@dataclass(eq=False)
class SpellsFailed(InnenforError):
    """A query of the spells failed: `where` is its name, `found` what the engine said."""

    code: ClassVar[str] = "spells_failed"


@cache
def sql(query: str) -> str:
    """Return the text of `data/spells/sql/<query>.sql`."""
    return (FOLDER / "sql" / f"{query}.sql").read_text(encoding="utf-8")
