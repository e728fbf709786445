"""A bundle is written: the protected database as DuckDB, Parquet and CSV, with what it takes to read and cite it."""

import gzip
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import polars as pl
from filelock import FileLock

from data import paths
from data.bundle.contents import frames
from data.bundle.documents import changes, dictionary, licence_list, readme
from data.bundle.package import BETWEEN, NAME, checksums, datapackage
from data.errors import InnenforError
from data.i18n import say
from data.warehouse import connection, pointer

EXAMPLE = paths.DATA / "bundle" / "example.txt"
HARD = 19  # of zstd's 22: written once, read often


class FolderTaken(InnenforError, code="folder_taken"):
    """The folder a bundle was to be written to holds something already; nothing was written."""


def write_bundle(out: Path) -> dict[str, int]:
    """Write a bundle of the build in use to a folder that is not there or empty; return its files with their bytes.

    All or nothing. Raises WarehouseMissing, FolderTaken, OSError where the folder cannot be written.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise FolderTaken(where=str(out), found="–")
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bundle-", dir=out.parent) as made:
        folder = Path(made) / NAME
        _fill(folder)
        if out.exists():
            out.rmdir()
        os.replace(folder, out)
    return {path.relative_to(out).as_posix(): path.stat().st_size for path in sorted(out.rglob("*")) if path.is_file()}


def zipped() -> Path:
    """Return the bundle of the build in use as one file in the cache: made when first asked for, once a build."""
    build = _build()
    target = paths.var() / f"bundle-{build.hash}-{build.sha256[:8]}.zip"
    with FileLock(paths.var() / "bundle.lock"):
        if not target.exists():
            with tempfile.TemporaryDirectory(prefix="bundle-", dir=paths.var()) as made:
                folder = Path(made) / NAME
                _fill(folder)
                _zip(folder, Path(made) / target.name)
                os.replace(Path(made) / target.name, target)
        for old in paths.var().glob("bundle-*.zip"):
            if old != target:
                with suppress(OSError):  # open on Windows: the next one removes it
                    old.unlink()
    return target


def _build() -> pointer.Build:
    build = pointer.current_build()
    if build is None:
        raise pointer.WarehouseMissing(where=pointer.POINTER, found="–")
    return build


def _fill(folder: Path) -> None:
    build, tables = _build(), frames()
    for room in ("csv", "parquet"):
        (folder / room).mkdir(parents=True)
    for name, frame in tables.items():
        frame.write_parquet(folder / "parquet" / f"{name}.parquet", compression="zstd", compression_level=HARD)
        (folder / "csv" / f"{name}.csv.gz").write_bytes(_csv(frame))
    connection.write(folder / f"{NAME}.duckdb", tables, tuple(tables), ())
    shutil.copyfile(EXAMPLE, folder / "example.py")
    texts = {key: say("data", "en", f"bundle.{key}") for key in ("title", "description")}
    described = datapackage(build, tables, folder, texts)
    written = {
        "datapackage.json": json.dumps(described, ensure_ascii=False, indent=1) + "\n",
        "README.md": readme(build, tables), "DATA_DICTIONARY.md": dictionary(tables),
        "LICENCES.md": licence_list(tables), "CHANGES.md": changes(tables["notice"]),
    }  # fmt: skip
    _write_texts(folder, written)
    _write_texts(folder, {"SHA256SUMS": checksums([path for path in folder.rglob("*") if path.is_file()], folder)})


def _write_texts(folder: Path, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _csv(frame: pl.DataFrame) -> bytes:
    """Return a table as CSV in gzip, the same bytes for the same rows: lists as text, unknown empty."""
    flat = frame.with_columns(pl.col(pl.List(pl.String)).list.join(BETWEEN))
    return gzip.compress(flat.write_csv().encode(), mtime=0)


def _zip(folder: Path, target: Path) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, (Path(NAME) / path.relative_to(folder)).as_posix())
