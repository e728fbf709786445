"""Which places are told: those the delivery holds everybody of, and counties and the nation where they are whole."""

from collections.abc import Iterable, Iterator, Sequence

import polars as pl

from data.ingest.contract import Problem
from data.spells.rules import NATION, county_of


def municipalities(area: Sequence[str]) -> frozenset[str]:
    """Return the municipalities that codes of municipalities, counties or the nation stand for. Raises Problem."""
    county = county_of()
    known = {*county, *county.values(), NATION}
    if wrong := [code for code in area if code not in known]:
        raise Problem(code="spells_area_unknown", column="--area", expected="4204, 42, 0", found=", ".join(wrong))
    return frozenset(own for own in county if {own, county[own], NATION} & {*area})


def place_margin(places: Iterable[str], area: frozenset[str]) -> pl.DataFrame:
    """Return `place, told`: in which told places somebody of each place is counted.

    A county is told where all its municipalities are in the area, the nation where all are: a part is never the whole.
    """
    rows = [pair for place in sorted(places) for pair in _told(place, area)]
    return pl.DataFrame(rows, schema={"place": pl.String, "told": pl.String}, orient="row")


def _told(place: str, area: frozenset[str]) -> Iterator[tuple[str, str]]:
    county = county_of()
    own = county.get(place, place)  # of a municipality that was divided, the county is all that is known
    members = {code for code, its in county.items() if its == own}
    if place in area:
        yield place, place
    if members and members <= area:
        yield place, own
    if county.keys() <= area:
        yield place, NATION


def county_part(region: str) -> str:
    """Return the county a told place lies in: its files lie together; the nation has its own."""
    return county_of().get(region, region)
