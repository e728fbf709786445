"""Deliveries written by the tests: a small `raw` folder that builds in a moment, and ways to spoil it."""

import hashlib
from pathlib import Path

HEADER = "indicator,region_code,period,age_group,sex,count,population,value,status,parts_missing"
ROWS = ("neet_register,4204,2023,15-29,both,2400,24000,,final,0", "neet_register,0,2023,15-29,both,99,1000,,final,0")
SIDECAR = {
    "adapter": "table", "publisher": "SSB", "table": "13556", "title": "Utenfor", "source": "Kilde: SSB",
    "published": "2025-11", "accessed": "2025-11", "licence": "CC BY 4.0", "edition": "first",
}  # fmt: skip


def deliver(raw: Path, *rows: str, source: str = "ssb", name: str = "neet", text: bytes | None = None, **said) -> Path:
    """Write a delivery of the project's own layout with its sidecar and return the data file."""
    folder = raw / source / said.get("edition", "first")
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.csv"
    file.write_bytes(text if text is not None else "\n".join([HEADER, *(rows or ROWS), ""]).encode())
    sidecar(file, **said)
    return file


def sidecar(file: Path, **said) -> Path:
    """Write the sidecar of a data file; a key said to be None is left out."""
    keys = SIDECAR | {"sha256": hashlib.sha256(file.read_bytes()).hexdigest()} | said
    written = file.with_suffix(".toml")
    written.write_text("".join(f"{key} = {_toml(value)}\n" for key, value in keys.items() if value is not None))
    return written


def _toml(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value).lower().replace("'", '"')
