"""Which figures of a period add up: places, sexes, ages as sets of years, indicators."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from data import paths
from data.age_group import AgeGroup, is_age_group
from data.catalogue import county_then, county_today, indicators, one_time, regions
from data.disclosure.links import blocks
from data.region import NATION
from data.tables.slices import Ways
from data.toml import Text, read_toml

RESIDENTS = "residents"
SEXES: Ways = (("both", ("female", "male")),)


@lru_cache(16)
def places(given: frozenset[str]) -> Ways:
    """Return the counties of today and of the time as sums of their municipalities, the nation as sum of counties."""
    levels = dict(regions().select("code", "level").iter_rows())
    printed = {code for code in given if levels.get(code) == "county"}
    found: dict[tuple[str, tuple[str, ...]], None] = {}
    for mapping in (county_today(), county_then()):
        members: dict[str, list[str]] = {}
        for code in sorted(given & mapping.keys()):
            members.setdefault(mapping[code], []).append(code)
        found |= dict.fromkeys((county, tuple(codes)) for county, codes in members.items())
        found |= dict.fromkeys((NATION, tuple(sorted(each))) for each in _together(printed | members.keys()))
    return tuple(found)


def _together(counties: set[str]) -> Iterator[set[str]]:
    """Yield the counties, or where they are of two times, those of today and those of earlier."""
    current = set(regions().filter("current")["code"])
    groups = [counties] if one_time(sorted(counties)) else [counties & current, counties - current]
    yield from (group for group in groups if group)


def ages(given: Iterable[str]) -> Ways:
    """Return age groups as sums of the smallest groups all of them are made of.

    An open group (`all`, `under-30`, `67+`) is read as ending where the others do: nobody is counted beyond them
    unless the counts say so.
    """
    years = _years({code for code in given if is_age_group(code)})
    kinds: dict[frozenset[str], list[int]] = {}
    for year in sorted(set().union(*years.values())):
        kinds.setdefault(frozenset(code for code, own in years.items() if year in own), []).append(year)
    names = {kind: _name(own, years) for kind, own in kinds.items()}
    ways = ((code, tuple(name for kind, name in names.items() if code in kind)) for code in years)
    return tuple((code, parts) for code, parts in ways if parts != (code,))


def one_in_another(ways: Ways) -> Ways:
    """Return wholes as a smaller whole and what is left of their parts: 15–29 is 15–24 and 25–29."""
    pairs = ((way, other) for way in ways for other in ways if {*other[1]} < {*way[1]})
    return tuple(
        (whole, (other, *(part for part in parts if part not in own))) for (whole, parts), (other, own) in pairs
    )


def _years(codes: set[str]) -> dict[str, set[int]]:
    groups = {code: AgeGroup.of(code) for code in sorted(codes)}
    starts = [each.low for code, each in groups.items() if code != "all" and not code.startswith("under-")]
    stops = [each.high for each in groups.values() if each.high is not None]
    oldest = AgeGroup.of("all").ages[-1]
    first, last = min(starts, default=0), max(stops, default=oldest)
    first = 0 if any(high < first for high in stops) else first
    last = oldest if any(low > last for low in starts) else last
    return {code: _clipped(code, each, first, last) for code, each in groups.items()}


def _clipped(code: str, group: AgeGroup, first: int, last: int) -> set[int]:
    low = first if code == "all" or code.startswith("under-") else group.low
    high = max(last, low) if group.high is None else group.high
    return set(range(low, high + 1)) or set(group.ages)


def _name(own: list[int], years: Mapping[str, set[int]]) -> str:
    return next((code for code, each in sorted(years.items()) if each == set(own)), f"{own}")


@dataclass(frozen=True)
class IndicatorSum:
    """An indicator, or `residents`, and those that make it up."""

    whole: Text
    parts: tuple[Text, ...]


@dataclass(frozen=True)
class _SumsFile:
    sums: tuple[IndicatorSum, ...]


@cache
def _told_sums() -> Ways:
    return tuple(
        (each.whole, each.parts) for each in read_toml(paths.DATA / "disclosure" / "sums.toml", _SumsFile).sums
    )


def whole_indicators() -> Ways:
    """Return the indicators that others make up together, as immigrants and all others make up everybody."""
    return (*((each.id, each.sum_of) for each in indicators().values() if each.sum_of), *_told_sums())


def families(ways: Ways) -> dict[str, str]:
    """Return a name that all codes share that are bound by sums, of each code in one."""
    plain = [((whole,), tuple((part,) for part in parts)) for whole, parts in ways]
    groups = blocks(plain, {key for whole, parts in plain for key in (whole, *parts)})
    return {key[0]: group[0][0][0] for group in groups for whole, parts in group for key in (whole, *parts)}
