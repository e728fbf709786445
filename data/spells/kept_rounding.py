"""What small cells were told as, kept in the secure zone: a month that is corrected and told again is not drawn anew.

One ZIP file holds a Parquet table for all months together, and one for each table of a cohort: of each cell the count
from which it is told as the base. A group that stands still is told alike in all months: drawn anew in each, the mean
of a year would tell its count. No row of a person is in the file, but beside a cube it narrows its small counts: it
never leaves the zone.
"""

import io
import json
import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl
from filelock import FileLock

from data import paths
from data.disclosure.links import Key
from data.disclosure.rounding import Draws, seed_of
from data.ingest.contract import Problem

CONTENTS = "contents.json"
_FORM = 2
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
    """What a file holds: the mark of its cubes, and by table (`rates/2024-01`) the seed of its first edition."""

    mark: CubeMark
    seeds: dict[str, str]


@dataclass
class KeptRounding:
    """One cube's rounding: what earlier editions told is read from `file`, what is told now goes to `fresh`.

    series: the tables that share their limits and are being told (`rates`: all months), with their dimensions.
    """

    file: Path
    mark: CubeMark
    fresh: zipfile.ZipFile
    old: zipfile.ZipFile | None
    before: dict[str, str]
    now: dict[str, str] = field(default_factory=dict)
    series: tuple[str, Sequence[str]] = ("", ())
    limits: dict[Key, int] = field(default_factory=dict)

    def draws(self, table: str, cells: pl.DataFrame) -> Draws:
        """Return the draws of a table, and keep what is drawn; the tables of one series come one after another.

        cells: its dimensions and, last, its true counts.
        """
        dims = cells.columns[:-1]
        if _series(table) != self.series[0]:
            self._put_away()
            self.series, self.limits = (_series(table), dims), self._kept(_series(table), dims)
        seed = seed_of(cells)
        self.now[table] = self.before.get(table, seed)
        return Draws(self.mark.base, seed, self.before.get(table, ""), self.limits)

    def _put_away(self) -> None:
        name, dims = self.series
        if not name:
            return
        keys = pl.DataFrame([*self.limits], schema=dict.fromkeys(dims, pl.String), orient="row")
        packed = io.BytesIO()
        keys.with_columns(pl.Series(_SIGN, [*self.limits.values()], dtype=pl.Int32)).write_parquet(packed)
        self.fresh.writestr(zipfile.ZipInfo(_member(name)), packed.getvalue())

    def save(self) -> None:
        """Put what is told now in the place of what was: the tables of this cube, and all others as they were."""
        self._put_away()
        for name in {*map(_series, self.before)} - {*map(_series, self.now)}:
            if self.old is not None:
                self.fresh.writestr(zipfile.ZipInfo(_member(name)), self.old.read(_member(name)))
        told = {"form": _FORM, "base": self.mark.base, "source": self.mark.source, "example": self.mark.example}
        self.fresh.writestr(zipfile.ZipInfo(CONTENTS), json.dumps(told | {"tables": self.before | self.now}))
        self.fresh.close()
        os.replace(_part(self.file), self.file)

    @property
    def again(self) -> int:
        """How many of this cube's tables were told before."""
        return len(self.before.keys() & self.now.keys())

    def _kept(self, series: str, dims: list[str]) -> dict[Key, int]:
        if self.old is None or series not in map(_series, self.before):
            return {}
        try:
            found = pl.read_parquet(io.BytesIO(self.old.read(_member(series))))
            limits = found[_SIGN].to_list()
        except _DAMAGE as error:
            raise _damaged(self.file, series) from error
        if found.columns != [*dims, _SIGN]:
            raise _damaged(self.file, series)
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
        if told["form"] != _FORM or {*old.namelist()} != {CONTENTS, *map(_member, map(_series, seeds))}:
            raise _damaged(file, CONTENTS)
        return KeptTables(CubeMark(int(told["base"]), str(told["source"]), bool(told["example"])), seeds)


def _damaged(file: Path, where: str) -> Problem:
    return Problem(code="rounding_damaged", file=file.name, found=where)


def _series(table: str) -> str:
    return table.partition("/")[0]


def _member(series: str) -> str:
    return f"{series}.parquet"


def _part(file: Path) -> Path:
    return file.with_name(f".{file.name}.part")
