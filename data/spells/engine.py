"""What runs the queries: DuckDB here, Spark beside it. Person rows stay inside; only counted cells come out."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Protocol

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


class SpellsUnreadable(InnenforError, code="spells_unreadable"):
    """Parquet that cannot be read: cut off, of another kind, or not there."""


class SpellsFailed(InnenforError, code="spells_failed"):
    """A query of the spells failed: `where` is its name, `found` what the engine said."""


@cache
def sql(query: str) -> str:
    """Return the text of `data/spells/sql/<query>.sql`."""
    return (FOLDER / "sql" / f"{query}.sql").read_text(encoding="utf-8")
