"""The folder a run works in: what is done lies there whole, so a run that was stopped goes on where it stood."""

import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from data.spells.engine import Engine


@dataclass(frozen=True)
class Workplace:
    """An engine and the folder its steps are written to."""

    engine: Engine
    folder: Path

    def file(self, query: str, *parts: int) -> Path:
        """Return where what a query finds lies: of a month or a year, named by its number."""
        return self.folder / f"{'-'.join([query, *map(str, parts)])}.parquet"

    def tables(self, small: Mapping[str, pl.DataFrame], file: str = "") -> None:
        """Give small tables their names in the engine. file: what each is kept under, where not under its name."""
        for name, table in small.items():
            path = self.folder / "tables" / f"{file or name}.parquet"
            path.parent.mkdir(parents=True, exist_ok=True)
            table.write_parquet(path)
            self.engine.bind(name, [path])

    def step(self, query: str, target: Path, facts: pl.DataFrame | None = None, **bound: Sequence[Path]) -> Path:
        """Write what a query finds where it is not there yet; what stops half way leaves nothing that counts as done.

        facts: the row that queries know as `step`. bound: files and the names under which the query knows them.
        """
        if target.exists():
            return target
        for name, files in bound.items():
            self.engine.bind(name, files)
        if facts is not None:
            self.tables({"step": facts}, f"step-{target.stem}")
        partial = target.with_name(f"{target.name}.part")
        _remove(partial)
        self.engine.write(query, partial)
        os.replace(partial, target)
        return target


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
