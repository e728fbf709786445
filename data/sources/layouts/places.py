"""Which region a row is of: by the number that begins its label, or by name within its level and the borders meant."""

import re
from collections.abc import Callable, Iterator, Sequence

from data.ingest.contract import Problem
from data.ingest.sheet import trim
from data.sources.region_names import Level, codes, is_called, level_of

_NUMBERED = re.compile(r"^(\d{1,4}) ([^\d\s].*)$")  # two numbers are of two places, or of none
_TODAY = "9999"
Record = dict[str, str]
Key = tuple[str, str, str]


def numbered(label: str) -> tuple[str, str] | None:
    """Return number and name of a label such as `1103 Stavanger` or `3 Oslo`, or None."""
    hit = _NUMBERED.match(trim(label))
    if hit is None or len(hit.group(1)) == 3:
        return None
    return hit.group(1).zfill(2 if len(hit.group(1)) <= 2 else 4), hit.group(2)


def resolve(file: str, records: Sequence[Record]) -> Iterator[Problem]:
    """Put in the region codes and levels, and name the regions and levels that nobody knows."""
    named = [record for record in records if not _by_number(record)]
    found = _in_best_borders({(r["level"], r["region_name"], r["period"][:4]) for r in named})
    for record in named:
        place = {"file": file, "sheet": record["sheet"], "cell": record["region_cell"]}
        level = level_of(record["level"])
        here = found[record["level"], record["region_name"], record["period"][:4]]
        if level is None:
            yield Problem(code="unknown_level", **place, expected="level", found=record["level"])
        elif len(here) == 1:
            record["region_code"] = here[0]
        else:
            code = "ambiguous_region" if here else "unknown_region"
            yield Problem(code=code, **place, expected=record["level"], found=trim(record["region_name"]))
        record["level"] = level.name if level else ""


def _by_number(record: Record) -> bool:
    """Take the code from a label that begins with it and whose name is that region's."""
    parts = numbered(record["region_name"])
    if parts is None or not is_called(*parts):
        return False
    record["region_code"], record["region_name"] = parts
    record["level"] = "county" if len(parts[0]) == 2 else "municipality"
    return True


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
