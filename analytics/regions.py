"""Regions as the analysis sees them: names, the county of a place, its peers and those most like it."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import polars as pl

from data.catalogue import regions
from data.region import NATION, Region
from data.settings import settings

__all__ = ["NATION"]  # for the pages, which do not reach into data

LEVELS = ("municipality", "county", "nation")


@cache
def current_regions() -> pl.DataFrame:
    """Return today's municipalities, counties and the nation: `code, name, level, county, tile_row, tile_col`."""
    table = regions().filter(pl.col("current"), pl.col("level").is_in(LEVELS))
    return table.with_columns(short_name().alias("name")).select(
        "code", "name", "level", "county", "tile_row", "tile_col"
    )


def short_name() -> pl.Expr:
    """Return the expression of a region's first name (`Trondheim - Tråante` → `Trondheim`)."""
    return pl.col("name").str.split(" - ").list.first()


def name_of(code: str) -> str:
    """Return a region's short name. Raises RegionUnknown where there is no such region."""
    return Region.of(code).short_name


def other_names_of(code: str) -> tuple[str, ...]:
    """Return a region's names in other languages, where it has any. Raises RegionUnknown as `name_of`."""
    return Region.of(code).other_names


@cache
def names() -> Mapping[str, str]:
    """Return region code → short name, for regions of today and of earlier borders."""
    return MappingProxyType(dict(regions().select("code", short_name()).iter_rows()))


@cache
def became(code: str) -> tuple[str, ...]:
    """Return the regions of today that a region of earlier borders was merged, renamed or moved into, by code."""
    table, now, found = regions(), {code}, set[str]()
    while now:
        after = table.filter(pl.col("predecessors").list.eval(pl.element().is_in(list(now))).list.any())["code"]
        now = set(after) - found
        found |= now
    return tuple(sorted(found & set(current_regions()["code"])))


def level_of(code: str) -> str:
    """Return `municipality`, `county` or `nation`. Raises RegionUnknown where there is no such region."""
    return Region.of(code).level


def county_of(code: str) -> str | None:
    """Return the county of a municipality, None for a county or the nation."""
    region = Region.of(code)
    return region.county if region.is_municipality else None


def home() -> str:
    """Return the home municipality of `settings.toml`."""
    return settings().home_municipality


def peers_of(code: str) -> tuple[str, ...]:
    """Return the named peers of `settings.toml` without the region itself."""
    return tuple(peer for peer in settings().peers if peer != code)
