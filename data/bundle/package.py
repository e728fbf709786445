"""The description of a bundle that machines read: `datapackage.json`, a Frictionless Data Package (version 2)."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from data.bundle.contents import KEYS, REFERENCES, meanings, purpose
from data.warehouse.pointer import Build

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
NAME = "innenfor"
BETWEEN = ";"  # the members of a list, in CSV
UNSTATED = "not stated"


def datapackage(
    build: Build, tables: Mapping[str, pl.DataFrame], folder: Path, texts: Mapping[str, str]
) -> dict[str, Any]:
    """Return the description of the files in a folder: columns, units, checksums, sources and licences.

    texts: `title` and `description`. The CSV files are its tables; the other files are named with their checksums.
    """
    csv = [_table_resource(name, frame, folder) for name, frame in tables.items()]
    same = [_file(path, folder, f"{path.stem}-parquet") for path in sorted(folder.glob("parquet/*.parquet"))]
    return {
        "$schema": PROFILE,
        "name": NAME,
        **texts,
        "version": build.hash,
        "created": build.built_at,
        "licenses": licences(tables),
        "sources": [_source(row) for row in tables["edition"].iter_rows(named=True)],
        "resources": [*csv, *same, _file(folder / f"{NAME}.duckdb", folder, "database")],
    }


def licences(tables: Mapping[str, pl.DataFrame]) -> list[dict[str, str]]:
    """Return the licences that publishers state, each once; what is not stated is named in LICENCES.md alone."""
    stated = {each for name in ("edition", "outcome_study") for each in tables[name]["licence"]} - {UNSTATED}
    return [{"name": re.sub(r"[^-A-Za-z0-9._]+", "-", each), "title": each} for each in sorted(stated)]


def _source(row: Mapping[str, Any]) -> dict[str, str]:
    title = f"{row['publisher']}: {row['title']} ({row['edition']}, {row['licence']})"
    return {"title": title, **({"path": row["url"]} if str(row["url"] or "").startswith("http") else {})}


def _table_resource(name: str, frame: pl.DataFrame, folder: Path) -> dict[str, Any]:
    described = {"type": "table", "compression": "gz", "encoding": "utf-8", "description": purpose(name)}
    about = _file(folder / "csv" / f"{name}.csv.gz", folder, name) | {"format": "csv", "mediatype": "text/csv"}
    return about | described | {"schema": _schema(name, frame)}


def _schema(name: str, frame: pl.DataFrame) -> dict[str, Any]:
    known = {column: table for column, table in REFERENCES.items() if column in frame.columns and table[0] != name}
    foreign = [
        {"fields": [column], "reference": {"resource": table, "fields": [key]}}
        for column, (table, key) in known.items()
    ]
    keyed = {"primaryKey": list(KEYS[name])} if name in KEYS else {}
    fields = [_field(name, column, kind) for column, kind in frame.schema.items()]
    return {"fields": fields, "missingValues": [""], **keyed, **({"foreignKeys": foreign} if foreign else {})}


def _field(table: str, column: str, kind: pl.DataType) -> dict[str, Any]:
    meaning = meanings()[table][column]
    unit = {"unit": meaning.unit} if meaning.unit else {}
    return {"name": column, **_type(kind), "description": meaning.says, **unit}


def _type(kind: pl.DataType) -> dict[str, str]:
    if isinstance(kind, pl.List):
        return {"type": "list", "delimiter": BETWEEN, "itemType": "string"}
    if kind == pl.Boolean:
        return {"type": "boolean"}
    return {"type": "integer" if kind.is_integer() else "number" if kind.is_float() else "string"}


def _file(path: Path, folder: Path, name: str) -> dict[str, Any]:
    content = path.read_bytes()
    place = path.relative_to(folder).as_posix()
    return {"name": _plain(name), "path": place, "bytes": len(content), "hash": _sha256(content)}


def _plain(name: str) -> str:
    return name.replace("_", "-") if name.endswith("-parquet") else name


def _sha256(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def checksums(paths: Iterable[Path], folder: Path) -> str:
    """Return the lines of SHA256SUMS, as `sha256sum --check` reads them."""
    named = sorted((path.relative_to(folder).as_posix(), path) for path in paths)
    return "".join(f"{_sha256(path.read_bytes()).removeprefix('sha256:')}  {place}\n" for place, path in named)
