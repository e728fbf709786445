"""Region names to codes: within a level, a county and a year, by any part of a double name."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

import polars as pl

from data import paths
from data.ingest.sheet import trim
from data.region import every_region

_PARTS = re.compile(r"\s+[-–/]\s+")
_BRACKETS = re.compile(r"\s*\([^)]*\)")
_KIND = re.compile(r" ((fylkes)?kommune|fylke)$", re.IGNORECASE)
_COUNTY_OF = re.compile(r"^(.+) kommuner$", re.IGNORECASE)
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
    """Return `data/regions.csv` as texts: code, name, level, county, valid_from, valid_to, also."""
    return pl.read_csv(paths.DATA / "regions.csv", infer_schema=False).fill_null("")


@dataclass(frozen=True)
class _Called:
    """A region with its own number, its county's, its whole name and every part of it, folded for comparison."""

    code: str
    county: str
    whole: str
    keys: frozenset[str]


def codes(name: str, level: Level, year: str, regions: pl.DataFrame | None = None) -> list[str]:
    """Return the codes of the regions of that name: one where the name is clear, none or several where it is not."""
    here = _here(level.name, year) if regions is None else _among(regions, level.name, year)
    if level.name == "nation":
        return [each.code for each in here]
    if level.county:
        plain, genitive = level.county, level.county.removesuffix("s")
        counties = codes(plain, Level("county"), year, regions) or codes(genitive, Level("county"), year, regions)
        here = tuple(each for each in here if each.county in counties or each.code[:2] in counties)
    plain, keys = _plain(name), _keys(name)
    whole = [each.code for each in here if each.whole == plain]
    return sorted(set(whole or (each.code for each in here if each.keys & keys)))


def are_called(name: str, level: Level, year: str) -> list[str]:
    """Return the codes of the regions of that name; with a county in brackets only those that have it there too."""
    written = trim(name).casefold()
    here = all_regions().filter(level=level.name).iter_rows(named=True)
    whole = [row["code"] for row in here if trim(row["name"]).casefold() == written and _valid(row, year)]
    return whole if whole or "(" in name else codes(name, level, year)


def is_whole_name(name: str) -> bool:
    """Tell whether a name is the whole name of a municipality or county, of today or of earlier borders."""
    return any((digits, _plain(name)) in _whole_names() for digits in (2, 4))


def is_called(code: str, name: str) -> bool:
    """Tell whether a region of that number, of today or of earlier borders, has the name or part of it."""
    return bool(_keys_of().get(code, frozenset()) & _keys(name))


def is_known(code: str) -> bool:
    """Tell whether a number is that of a region of today or of earlier borders."""
    return code in _keys_of()


def is_of_another(code: str, name: str) -> bool:
    """Tell whether a name is none of that number's region, and is the whole name of another on its level."""
    known = _keys_of()
    return code in known and not is_called(code, name) and (len(code), _plain(name)) in _whole_names()


@cache
def _keys_of() -> dict[str, frozenset[str]]:
    """Return the names of each number's region, today and before, and every part of them."""
    found: dict[str, frozenset[str]] = {}
    for code, name in all_regions().select("code", "name").iter_rows():
        found[code] = found.get(code, frozenset()) | _keys(name) | _others(code)
    return found


@cache
def _whole_names() -> frozenset[tuple[int, str]]:
    """Return every name with the number of digits of whom it names; each name of several languages is a whole one."""
    named = all_regions().select("code", "name").iter_rows()
    return frozenset((len(code), key) for code, name in named for key in _keys(name) | _others(code))


@lru_cache(maxsize=256)  # a file may name any level
def _here(level: str, year: str) -> tuple[_Called, ...]:
    return _among(all_regions(), level, year)


def _among(table: pl.DataFrame, level: str, year: str) -> tuple[_Called, ...]:
    rows = (row for row in table.iter_rows(named=True) if row["level"] == level and _valid(row, year))
    return tuple(
        _Called(row["code"], row["county"], _plain(row["name"]), frozenset(_keys(row["name"]) | _others(row["code"])))
        for row in rows
    )


def _others(code: str) -> set[str]:
    """Return a region's names in other languages: Kautokeino of Guovdageaidnu."""
    region = every_region().get(code)
    return set() if region is None else {_plain(name) for name in region.other_names}


def _valid(row: dict[str, str], year: str) -> bool:
    start, end = (row["valid_from"] or "0000")[:4], (row["valid_to"] or "9999")[:4]
    return start <= year <= end


def _plain(name: str) -> str:
    return _KIND.sub("", trim(_BRACKETS.sub("", name))).casefold()


def _keys(name: str) -> set[str]:
    return {_plain(name), *(_plain(part) for part in _PARTS.split(trim(name)))}
