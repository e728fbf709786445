"""Which figures of one indicator and period add up: sexes, ages, municipalities, counties and the nation."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from data.age_group import AgeGroup, is_age_group
from data.catalogue import county_then, county_today, one_time, regions
from data.region import NATION

Cell = tuple[str, str, str]
"""Region code, age group and sex: one figure of an indicator and period."""


@dataclass(frozen=True)
class Sum:
    """A figure that is the sum of others. The nation may hold people of no county: its sum is `loose`."""

    whole: Cell
    parts: tuple[Cell, ...]
    loose: bool = False

    def cells(self) -> tuple[Cell, ...]:
        """Return the whole and its parts."""
        return (self.whole, *self.parts)


def sums(cells: Iterable[Cell]) -> tuple[Sum, ...]:
    """Return every sum that binds these figures, also through figures that are not printed."""
    given = set(cells)
    places = _places({region for region, _, _ in given})
    kinds = {"both", "female", "male"} if {sex for _, _, sex in given} != {"both"} else {"both"}
    ages = {age for _, age, _ in given}
    spans = [(age, parts) for age in sorted(ages) for parts in _partitions(age, ages)]
    everywhere = sorted({region for region, _, _ in given} | {place for place, _, _ in places})
    found = [
        Sum((whole, age, sex), tuple((part, age, sex) for part in parts), loose)
        for whole, parts, loose in places
        for age in sorted(ages)
        for sex in sorted(kinds)
    ]
    if len(kinds) > 1:
        found += [Sum((at, age, "both"), ((at, age, "female"), (at, age, "male"))) for at in everywhere for age in ages]
    found += [
        Sum((at, age, sex), tuple((at, part, sex) for part in parts))
        for at in everywhere
        for age, parts in spans
        for sex in sorted(kinds)
    ]
    return tuple(dict.fromkeys(found))


def _places(given: set[str]) -> list[tuple[str, tuple[str, ...], bool]]:
    """Return the counties of today and of the time as sums of their municipalities, the nation as sum of counties."""
    levels = dict(regions().select("code", "level").iter_rows())
    printed = {code for code in given if levels.get(code) == "county"}
    found: list[tuple[str, tuple[str, ...], bool]] = []
    for mapping in (county_today(), county_then()):
        members: dict[str, list[str]] = {}
        for code in sorted(given & mapping.keys()):
            members.setdefault(mapping[code], []).append(code)
        found += [(county, tuple(codes), False) for county, codes in members.items()]
        found += [(NATION, tuple(sorted(each)), True) for each in _together(printed | members.keys())]
    return found


def _together(counties: set[str]) -> Iterator[set[str]]:
    """Yield the counties, or where they are of two times, those of today and those of earlier."""
    current = set(regions().filter("current")["code"])
    groups = [counties] if one_time(sorted(counties)) else [counties & current, counties - current]
    yield from (group for group in groups if group)


def _partitions(age: str, ages: set[str]) -> Iterator[tuple[str, ...]]:
    """Yield the ways an age group is made of the others without gap or overlap: 15-29 of 15-19, 20-24 and 25-29."""
    if not is_age_group(age):
        return
    spans = {(each[0], each[-1]): name for name in ages if is_age_group(name) and (each := AgeGroup.of(name).ages)}
    own = AgeGroup.of(age).ages
    ways: list[tuple[int, tuple[str, ...]]] = [(own[0], ())]
    while ways:
        start, taken = ways.pop()
        for (first, last), name in spans.items():
            if first == start and name != age and last <= own[-1]:
                if last == own[-1]:
                    yield (*taken, name)
                else:
                    ways.append((last + 1, (*taken, name)))
