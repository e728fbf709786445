"""What small cells were told as, kept in the secure zone: a month that is corrected and told again is not drawn anew.

One ZIP file holds a Parquet table for each month or cohort: of each cell the count from which it is told as the base.
No row of a person is in it, but beside a cube it narrows its small counts: it never leaves the zone.
"""

import io
import json
import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl
from filelock import FileLock

from data import paths
from data.disclosure.rounding import Draws, seed_of
from data.ingest.contract import Problem

CONTENTS = "contents.json"
_FORM = 1
_DAMAGE = (zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, EOFError, RuntimeError, OSError,
           NotImplementedError, pl.exceptions.PolarsError)  # fmt: skip
_SIGN = "up_from"


@dataclass(frozen=True)
class CubeMark:
    """Whose cubes a file keeps the rounding of: only such a cube reads it."""

    base: int
    source: str
    example: bool

    def says(self) -> str:
        """Return the mark as it is told."""
        return f"{self.base}, {self.source}" + (", example" if self.example else "")


@dataclass(frozen=True)
class KeptTables:
    """What a file holds: the mark of its cubes, and by table the seed of its first edition."""

    mark: CubeMark
    seeds: dict[str, str]


@dataclass
class KeptRounding:
    """One cube's rounding: what earlier editions told is read from `file`, what is told now goes to `fresh`."""

    file: Path
    mark: CubeMark
    fresh: zipfile.ZipFile
    old: zipfile.ZipFile | None
    before: dict[str, str]
    now: dict[str, str] = field(default_factory=dict)

    @contextmanager
    def draws(self, table: str, cells: pl.DataFrame) -> Iterator[Draws]:
        """Give the draws of a table, and keep what was drawn. cells: its dimensions and, last, its true counts."""
        dims = cells.columns[:-1]
        seed = seed_of(cells)
        own = Draws(self.mark.base, seed, self.before.get(table, ""), self._kept(table, dims))
        yield own
        keys = pl.DataFrame([*own.up_from], schema=dict.fromkeys(dims, pl.String), orient="row")
        limits = pl.Series(_SIGN, [*own.up_from.values()], dtype=pl.Int32)
        packed = io.BytesIO()
        keys.with_columns(limits).write_parquet(packed)
        self.fresh.writestr(zipfile.ZipInfo(_member(table)), packed.getvalue())
        self.now[table] = own.first_seed or seed

    def save(self) -> None:
        """Put what is told now in the place of what was: the tables of this cube, and all others as they were."""
        for table in self.before.keys() - self.now.keys():
            if self.old is not None:
                self.fresh.writestr(zipfile.ZipInfo(_member(table)), self.old.read(_member(table)))
        told = {"form": _FORM, "base": self.mark.base, "source": self.mark.source, "example": self.mark.example}
        self.fresh.writestr(zipfile.ZipInfo(CONTENTS), json.dumps(told | {"tables": self.before | self.now}))
        self.fresh.close()
        os.replace(_part(self.file), self.file)

    @property
    def again(self) -> int:
        """How many of this cube's tables were told before."""
        return len(self.before.keys() & self.now.keys())

    def _kept(self, table: str, dims: list[str]) -> dict[tuple[str, ...], int]:
        if self.old is None or table not in self.before:
            return {}
        try:
            found = pl.read_parquet(io.BytesIO(self.old.read(_member(table))))
            limits = found[_SIGN].to_list()
        except _DAMAGE as error:
            raise _damaged(self.file, table) from error
        if found.columns != [*dims, _SIGN]:
            raise _damaged(self.file, table)
        return dict(zip(found.select(dims).rows(), limits, strict=True))


@contextmanager
def opened(file: Path, mark: CubeMark) -> Iterator[KeptRounding]:
    """Open what is kept, or begin it; nobody else does meanwhile. Nothing changes there unless it is saved.

    Raises Problem as `require_sound` does.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(file.with_name(f".{file.name}.lock"), mode=0o600):
        before = require_sound(file, mark)
        part = _part(file)
        part.unlink(missing_ok=True)
        part.touch(mode=0o600)
        try:
            with zipfile.ZipFile(part, "w") as fresh:
                if before is None:
                    yield KeptRounding(file, mark, fresh, None, {})
                else:
                    with zipfile.ZipFile(io.BytesIO(file.read_bytes())) as old:  # Windows replaces no open file
                        yield KeptRounding(file, mark, fresh, old, before.seeds)
        finally:
            part.unlink(missing_ok=True)


def require_apart(file: Path, leaving: Iterable[Path]) -> None:
    """Raise Problem where a file lies in a folder that is copied, served or let out."""
    if inside := [each for each in leaving if file.resolve().is_relative_to(each.resolve())]:
        raise Problem(code="rounding_misplaced", file=file.name, found=paths.told(inside[0]))


def require_sound(file: Path, mark: CubeMark) -> KeptTables | None:
    """Return what a file holds, None where there is none. Raises Problem: it is damaged, or of other cubes."""
    if not file.exists():
        return None
    try:
        kept = _read(file)
    except _DAMAGE as error:
        raise _damaged(file, CONTENTS) from error
    if kept.mark != mark:
        raise Problem(code="rounding_foreign", file=file.name, found=kept.mark.says(), expected=mark.says())
    return kept


def _read(file: Path) -> KeptTables:
    with zipfile.ZipFile(file) as old:
        if broken := old.testzip():
            raise _damaged(file, broken)
        told = json.loads(old.read(CONTENTS))
        seeds = {str(table): str(seed) for table, seed in told["tables"].items()}
        if told["form"] != _FORM or {*old.namelist()} != {CONTENTS, *map(_member, seeds)}:
            raise _damaged(file, CONTENTS)
        return KeptTables(CubeMark(int(told["base"]), str(told["source"]), bool(told["example"])), seeds)


def _damaged(file: Path, where: str) -> Problem:
    return Problem(code="rounding_damaged", file=file.name, found=where)


def _member(table: str) -> str:
    return f"{table}.parquet"


def _part(file: Path) -> Path:
    return file.with_name(f".{file.name}.part")
