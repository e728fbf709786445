"""Region names to codes: within a level, a county and a year, by any part of a double name."""

import re
from dataclasses import dataclass
from functools import cache

import polars as pl

from data import paths
from data.ingest.sheet import trim

_PARTS = re.compile(r"\s+[-–/]\s+")
_BRACKETS = re.compile(r"\s*\([^)]*\)")
_COUNTY_OF = re.compile(r"^(.+?)s? kommuner$", re.IGNORECASE)
_LEVELS = {
    "landet": "nation",
    "hele landet": "nation",
    "fylker": "county",
    "fylke": "county",
    "kommuner": "municipality",
    "kommune": "municipality",
}


@dataclass(frozen=True)
class Level:
    """The level a row stands on, and the county its municipalities belong to (empty: any)."""

    name: str
    county: str = ""


def level_of(text: str) -> Level | None:
    """Return the level a text names ("Fylker", "Landet", "Telemark kommuner"), or None."""
    plain = trim(text)
    if plain.lower() in _LEVELS:
        return Level(_LEVELS[plain.lower()])
    within = _COUNTY_OF.match(plain)
    return Level("municipality", within.group(1)) if within else None


@cache
def all_regions() -> pl.DataFrame:
    """Return `data/regions.csv` as texts: code, name, level, county, valid_from, valid_to."""
    return pl.read_csv(paths.DATA / "regions.csv", infer_schema=False).fill_null("")


def codes(name: str, level: Level, year: str, regions: pl.DataFrame | None = None) -> list[str]:
    """Return the codes of the regions of that name: one where the name is clear, none or several where it is not."""
    table = all_regions() if regions is None else regions
    here = [row for row in table.iter_rows(named=True) if row["level"] == level.name and _valid(row, year)]
    if level.name == "nation":
        return [row["code"] for row in here]
    if level.county:
        counties = codes(level.county, Level("county"), year, regions)
        here = [row for row in here if row["county"] in counties or row["code"][:2] in counties]
    whole = [row["code"] for row in here if _plain(row["name"]) == _plain(name)]
    parts = [row["code"] for row in here if _keys(row["name"]) & _keys(name)]
    return sorted(set(whole or parts))


def _valid(row: dict[str, str], year: str) -> bool:
    start, end = (row["valid_from"] or "0000")[:4], (row["valid_to"] or "9999")[:4]
    return start <= year <= end


def _plain(name: str) -> str:
    return trim(_BRACKETS.sub("", name)).casefold()


def _keys(name: str) -> set[str]:
    return {_plain(name), *(_plain(part) for part in _PARTS.split(trim(name)))}
