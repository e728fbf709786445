"""What a bundle holds: the tables everybody may have, and what their columns mean."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import polars as pl

from data import paths
from data.warehouse.connection import query, statement, table

TABLES = (  # results of experiments are delivered unprotected, and shown only as a protected answer: they stay$
    "edition", "indicator", "region", "observation", "transition", "labour_demand", "notice", "outcome_study",
    "outcome",
)  # fmt: skip
KEYS: Mapping[str, tuple[str, ...]] = {"edition": ("edition",), "indicator": ("id",), "region": ("code",)}
REFERENCES: Mapping[str, tuple[str, str]] = {
    "edition": ("edition", "edition"), "indicator": ("indicator", "id"), "region_code": ("region", "code"),
}  # fmt: skip


@dataclass(frozen=True)
class Meaning:
    """What a column means, and its unit ("" for none)."""

    says: str
    unit: str


def frames() -> dict[str, pl.DataFrame]:
    """Return the tables of a bundle by name, from the build in use. Raises WarehouseMissing."""
    return {name: query("protected_notice") if name == "notice" else table(name) for name in TABLES}


def purpose(name: str) -> str:
    """Return what a table is for, from the first line of the statement that makes it."""
    return statement(f"create_{name}").partition("\n")[0].removeprefix("-- ")


@cache
def meanings() -> Mapping[str, Mapping[str, Meaning]]:
    """Return what every column of the warehouse means, by table."""
    written = tomllib.loads((paths.DATA / "bundle" / "columns.toml").read_text(encoding="utf-8"))
    return {name: {column: _meaning(each) for column, each in columns.items()} for name, columns in written.items()}


def _meaning(written: str | Mapping[str, str]) -> Meaning:
    return Meaning(written, "") if isinstance(written, str) else Meaning(written["meaning"], written["unit"])
