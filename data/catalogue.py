"""The catalogues: indicators, regions, and what is missing. Files in, frozen values and frames out."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

FOLDER = Path(__file__).resolve().parent
FAMILIES = ("register", "survey", "nav_followup", "job_seekers", "education", "benefits", "health")


@dataclass(frozen=True)
class Break:
    """A break in a series: the first period of the new series, and why. Nothing compares across it unnamed."""

    at: str
    reason: dict[str, str]


@dataclass(frozen=True)
class Indicator:
    """A definition. Texts are by language (`nb`, `en`).

    family: definitions of one family share a concept and an axis; two families never do.
    polarity: `low_is_good`, `high_is_good` or `none`.
    measures: the names under which adapters deliver it.
    people: sex → what those it is counted among are called, where `residents` would be wrong.
    sampled: some are asked, where others count everybody; its uncertainty is the publisher's to give.
    """

    id: str
    family: str
    label: dict[str, str]
    short: dict[str, str]
    definition: dict[str, str]
    unit: dict[str, str]
    numerator: dict[str, str]
    denominator: dict[str, str]
    publisher: str
    table: str
    frequency: str
    polarity: str
    licence: str
    rounding: dict[str, str]
    overlap: dict[str, str]
    measures: tuple[str, ...]
    breaks: tuple[Break, ...] = ()
    sampled: bool = False
    people: Mapping[str, dict[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Missing:
    """A statistic the programme needs that is not in the data: why, and how to order it."""

    id: str
    label: dict[str, str]
    why: dict[str, str]
    order: dict[str, str]


@cache
def indicators(folder: Path = FOLDER / "indicators") -> dict[str, Indicator]:
    """Return every indicator by id, by family, then id. Raises ValueError where a file's name is not its id."""
    found = {path.stem: _indicator(path) for path in sorted(folder.glob("*.toml"))}
    for stem, indicator in found.items():
        if stem != indicator.id:
            raise ValueError(f"{stem}.toml holds the indicator {indicator.id!r}: name and id must agree")
    return dict(sorted(found.items(), key=lambda item: (FAMILIES.index(item[1].family), item[0])))


@cache
def regions(path: Path = FOLDER / "regions.csv") -> pl.DataFrame:
    """Return the regions of today and of earlier borders.

    Columns: `code, name, level` (nation, county, municipality, other), `county, valid_from, valid_to` (years; null is
    open), `predecessors` (list of codes), `tile_row, tile_col, current`.
    """
    text = pl.read_csv(path, infer_schema=False)
    return text.with_columns(
        pl.col("valid_from", "valid_to", "tile_row", "tile_col").cast(pl.Int32),
        pl.col("predecessors").str.split(" ").fill_null([]),
        pl.col("valid_to").is_null().alias("current"),
    )


@cache
def missing(path: Path = FOLDER / "missing.toml") -> tuple[Missing, ...]:
    """Return the statistics that are not in the data."""
    return tuple(Missing(**row) for row in _toml(path)["missing"])


def county_today() -> dict[str, str]:
    """Return every municipality code, of today or of earlier borders, with its county of today.

    Municipalities that were split have no county of today in every case; then their own county stands.
    """
    table = regions().filter(pl.col("level") == "municipality")
    own = dict(table.select("code", "county").iter_rows())
    merged = table.filter("current").select("county", "predecessors").explode("predecessors").drop_nulls()
    return own | {code: county for county, code in merged.iter_rows()}


def county_then() -> dict[str, str]:
    """Return every municipality code, of today or of earlier borders, with the county it lay in then."""
    table = regions().filter(pl.col("level") == "municipality", pl.col("county").is_not_null())
    return dict(table.select("code", "county").iter_rows())


def one_time(codes: Iterable[str]) -> bool:
    """Return whether there was a year in which all these regions existed together."""
    rows = regions().filter(pl.col("code").is_in(list(codes)))
    first, last = rows["valid_from"].drop_nulls(), rows["valid_to"].drop_nulls()
    return first.is_empty() or last.is_empty() or bool(first.max() <= last.min())  # type: ignore[operator]


@cache
def region_names() -> Mapping[str, str]:
    """Return region code → name."""
    return dict(regions().select("code", "name").iter_rows())


def _indicator(path: Path) -> Indicator:
    raw = _toml(path)
    raw["measures"] = tuple(raw["measures"])
    raw["breaks"] = tuple(Break(**row) for row in raw.get("breaks", []))
    return Indicator(**raw)


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
