"""The queries on DuckDB: one machine, a cap on memory, what does not fit is kept on disk meanwhile."""

import re
from collections.abc import Sequence
from pathlib import Path

import duckdb
import polars as pl

from data.ingest.contract import Problem
from data.spells.engine import SpellsFailed, SpellsUnreadable, sql

_UNITS = {"MB": 10**6, "GB": 10**9, "MIB": 2**20, "GIB": 2**30}
OWN_SHARE = 256 * 10**6
"""Bytes of the memory given that the rest of this process takes: Python, Polars, and what it writes."""


def engine_share(memory: str) -> int:
    """Return how many bytes DuckDB may take of the memory the whole process is given (`2GB`, `512MB`).

    That is all but `OWN_SHARE`, and never less than half. Raises Problem where the memory is not understood.
    """
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([MG]i?B)", memory.strip(), re.IGNORECASE)
    if not found or not float(found[1]):
        raise Problem(code="spells_memory", column="--memory", found=memory, expected="2GB, 512MB")
    given = int(float(found[1]) * _UNITS[found[2].upper()])
    return max(given - OWN_SHARE, given // 2)


class DuckDbEngine:
    """DuckDB in this process. memory: of the whole process (`2GB`). spill: where what does not fit lies meanwhile."""

    def __init__(self, memory: str, spill: Path, threads: int = 2) -> None:
        """Open a database of its own in memory. Raises Problem where the memory is not understood, SpellsFailed."""
        config = {"memory_limit": f"{engine_share(memory)}B", "temp_directory": str(spill), "threads": str(threads),
                  "preserve_insertion_order": "false"}  # fmt: skip
        try:
            self._connection = duckdb.connect(":memory:", config=config)  # type: ignore[arg-type]
        except duckdb.Error as error:
            raise SpellsFailed(where="duckdb", found=_said(error)) from error

    def bind(self, name: str, files: Sequence[Path]) -> None:
        """Give Parquet files a name that queries know. Raises SpellsUnreadable."""
        try:
            found = self._connection.read_parquet([str(file) for file in files], hive_partitioning=False)
            found.create_view(name, replace=True)
        except duckdb.Error as error:
            raise SpellsUnreadable(where=name, found=_said(error)) from error

    def write(self, query: str, target: Path) -> None:
        """Write what a query finds to one Parquet file."""
        try:
            self._connection.sql(sql(query)).write_parquet(str(target), compression="zstd")
        except duckdb.Error as error:
            raise SpellsFailed(where=f"{query}.sql", found=_said(error)) from error

    def frame(self, query: str) -> pl.DataFrame:
        """Return what a query finds."""
        try:
            found: pl.DataFrame = self._connection.sql(sql(query)).pl()
        except duckdb.Error as error:
            raise SpellsFailed(where=f"{query}.sql", found=_said(error)) from error
        return found

    def close(self) -> None:
        """Give back memory and files."""
        self._connection.close()


def _said(error: duckdb.Error) -> str:
    return str(error).splitlines()[0]
