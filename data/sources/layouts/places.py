"""Which region a row is of: by the number that begins its label, or by name within its level and the borders meant."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from data.ingest.contract import Problem
from data.ingest.sheet import trim
from data.sources.region_names import Level, codes, is_called, is_known, level_of

_NUMBERED = re.compile(r"^(\d{1,4}) ([^\d\s].*)$")  # two numbers are of two places, or of none
_TODAY = "9999"
_DATED = ["level", "region_number", "region_name", "year"]
Key = tuple[str, str, str]


@dataclass(frozen=True)
class Place:
    """The region of a label: its code, name and level, and what is wrong where the code is unknown."""

    code: str
    name: str
    level: str
    problem: str = ""
    expected: str = ""
    found: str = ""


def numbered(label: str) -> tuple[str, str] | None:
    """Return number and name of a label such as `1103 Stavanger` or `3 Oslo`, or None."""
    hit = _NUMBERED.match(trim(label))
    if hit is None or len(hit.group(1)) == 3:
        return None
    return _padded(hit.group(1)), hit.group(2)


def resolve(file: str, rows: pl.DataFrame, found: list[Problem], *, by_name: bool) -> pl.DataFrame:
    """Return rows with codes and levels put in; add regions and levels nobody knows to `found`.

    by_name: regions may stand by name within a level; else each label begins with its number.
    """
    rows = rows.with_columns(pl.col("region_number").fill_null(""), year=pl.col("period").str.head(4))
    labels = rows.select(_DATED).unique().rows()
    places = _named(labels) if by_name else {key: _numbered(key) for key in labels}
    told = [(*key, place.code, place.name, place.level, place.problem, place.expected, place.found)
            for key, place in places.items()]  # fmt: skip
    names = ("code", "name", "of", "problem", "expected", "found")
    table = pl.DataFrame(told, schema=dict.fromkeys([*_DATED, *names], pl.String), orient="row")
    joined = rows.join(table, on=_DATED, how="left", maintain_order="left")
    odd = joined.filter(pl.col("problem") != "").select("problem", "sheet", "region_cell", "expected", "found")
    found += [
        Problem(code=code, file=file, sheet=sheet, cell=cell, expected=expected, found=said)
        for code, sheet, cell, expected, said in odd.iter_rows()
    ]
    settled = joined.with_columns(region_code="code", region_name="name", level="of")
    return settled.drop("year", "region_number", *names)


def _numbered(key: tuple[str, ...]) -> Place:
    code, name = numbered(key[2]) or ("", key[2])
    return Place(code, name, "")


def _named(labels: list[tuple[str, ...]]) -> dict[tuple[str, ...], Place]:
    """Return the place of each level, number, name and year."""
    sure = {key: place for key in labels if (place := _by_number(key))}
    left = [key for key in labels if key not in sure]
    borders = _in_best_borders({(level, name, year) for level, _, name, year in left})
    return sure | {key: _by_name(key, borders[key[0], key[2], key[3]]) for key in left}


def _by_number(key: tuple[str, ...]) -> Place | None:
    """Take the code from a label that begins with it and whose name is that region's, or from a column of its own."""
    _, number, name, _ = key
    apart = bool(re.fullmatch(r"\d{1,4}", number))
    parts = (_padded(number), name) if apart else numbered(name)
    if parts is None and re.fullmatch(r"\d{4}", name) and is_known(name):
        return Place(name, "", "municipality")
    if parts is None or not is_called(*parts):
        return Place("", name, "", "region_misnamed", number, name) if apart else None
    return Place(*parts, "county" if len(parts[0]) == 2 else "municipality")


def _by_name(key: tuple[str, ...], here: list[str]) -> Place:
    said, _, name, _ = key
    level = level_of(said)
    if level is None:
        return Place("", name, "", "unknown_level", "level", said)
    if len(here) == 1:
        return Place(here[0], name, level.name)
    return Place("", name, level.name, "ambiguous_region" if here else "unknown_region", said, trim(name))


def _padded(number: str) -> str:
    return number.zfill(2 if len(number) <= 2 else 4)


def _in_best_borders(keys: set[Key]) -> dict[Key, list[str]]:
    """Return the codes of each level, name and year in the borders under which the fewest names are unknown.

    They are those of each row's own year, else of the newest year in the file, else of today: NAV carries back series
    into borders that came later.
    """
    newest = max((year for *_, year in keys), default="")
    borders: list[Callable[[str], str]] = [lambda year: year, lambda _: newest, lambda _: _TODAY]
    tried = [{key: _codes(*key[:2], when(key[2])) for key in keys} for when in borders]
    return min(tried, key=lambda found: sum(len(here) != 1 for here in found.values()))


def _codes(level: str, name: str, year: str) -> list[str]:
    known = level_of(level)
    return codes(name, known or Level("?"), year)
