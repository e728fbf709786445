"""A table of one's own over the published figures: rows and columns are chosen, the rest is one thing or a sum.

What is asked is written as one statement on the view `figures`, which stands beneath the answer: whoever runs it gets
the same digits. Two definitions never share a table, nothing is added that may hold the same person twice, and a sum
with a hidden or missing part is unknown.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, product
from typing import ClassVar

import polars as pl

from analytics import regions
from analytics.exclusion.comparability import DefinitionsDiffer, SumTerm, addable, apart
from analytics.exclusion.rates import View, strata_series
from data import i18n
from data.errors import InnenforError
from data.warehouse.connection import filled, run_filled

DIMENSIONS = ("place", "period", "age", "sex")
MEASURES = ("value", "count", "population")
COLUMNS = {"place": "region_code", "period": "period", "age": "age_group", "sex": "sex"}
"""The column of the view `figures` that each dimension is."""
NONE = "none"
MUNICIPALITIES, COUNTIES, OF_COUNTY = "municipalities", "counties", "in-"
"""Places by name: every municipality, every county, and the municipalities of a county (`in-42`)."""
MOST_ADDED = 60


@dataclass(frozen=True)
class PivotQuestion:
    """What a table shows: indicators (one, or it is refused), its rows and columns, and what is chosen of each.

    columns: a dimension other than the rows', or `none`. places: codes of regions, or names of sets of them.
    """

    indicators: tuple[str, ...]
    rows: str
    columns: str
    places: tuple[str, ...]
    periods: tuple[str, ...]
    ages: tuple[str, ...]
    sexes: tuple[str, ...]

    @property
    def shown(self) -> tuple[str, ...]:
        """The dimensions that stand in the table."""
        return tuple(dict.fromkeys(name for name in (self.rows, self.columns) if name != NONE))

    @property
    def regions(self) -> tuple[str, ...]:
        """The codes of the places, each once, in the order they are asked for."""
        return tuple(dict.fromkeys(code for place in self.places for code in members(place)))

    def chosen(self, dimension: str) -> tuple[str, ...]:
        """Return what is chosen of a dimension."""
        return {"place": self.regions, "period": self.periods, "age": self.ages, "sex": self.sexes}[dimension]


@dataclass(frozen=True)
class PivotAnswer:
    """A table as it is answered: a row for each cell, and the statement that gives the same.

    cells: the columns of the dimensions shown, then `count, population, value, status, parts_missing, edition`. parts:
    how many published figures a cell is the sum of.
    """

    cells: pl.DataFrame
    statement: str
    parts: int


@dataclass(eq=False)
class PivotRefused(InnenforError):
    """A table that cannot be made; `found` is what of it is too little or too much."""

    code: ClassVar[str] = "pivot_refused"


class PivotEmpty(PivotRefused):
    """Nothing is chosen of a dimension; `found` is a key under `[pivot.dimension]`."""

    code: ClassVar[str] = "pivot_empty"

    def says(self, lang: str = "en") -> str:
        """Return what the table lacks."""
        what = i18n.say("analytics", lang, f"pivot.dimension.{self.found}")
        return i18n.say("analytics", lang, f"error.{self.code}.says", what=what)


class PivotOfTimes(PivotRefused):
    """Several times would be added: the same person is counted in each."""

    code: ClassVar[str] = "pivot_of_times"


class PivotOfMany(PivotRefused):
    """More places would be added than are added in one cell; `found` is how many."""

    code: ClassVar[str] = "pivot_of_many"


@dataclass(eq=False)
class PivotOfSame(PivotRefused):
    """Two parts of a sum may hold the same person; `found` is the dimension, `first` and `second` are its codes."""

    code: ClassVar[str] = "pivot_of_same"
    first: str
    second: str

    def _word(self, lang: str, part: str) -> str:
        codes = (self.first, self.second)
        first, second = map(regions.name_of, codes) if self.found == "place" else codes
        dimension = i18n.say("analytics", lang, f"pivot.name.{self.found}")
        facts = {"found": dimension, "first": first, "second": second}
        return i18n.say("analytics", lang, f"error.{self.code}.{part}", **facts)


class PivotNothing(PivotRefused):
    """No figure is published of what is chosen."""

    code: ClassVar[str] = "pivot_nothing"


def members(place: str) -> tuple[str, ...]:
    """Return the regions a place stands for: itself, or those of a set."""
    table = regions.current_regions().sort("code")
    municipal = table.filter(pl.col("level") == "municipality")
    if place == MUNICIPALITIES:
        return tuple(municipal["code"])
    if place == COUNTIES:
        return tuple(table.filter(pl.col("level") == "county")["code"])
    if place.startswith(OF_COUNTY):
        return tuple(municipal.filter(pl.col("county") == place.removeprefix(OF_COUNTY))["code"])
    return (place,)


def pivot(asked: PivotQuestion) -> PivotAnswer:
    """Return a table. Raises DefinitionsDiffer and PivotRefused where it cannot be made, each with why."""
    _refuse(asked)
    parts = 1
    for dimension in DIMENSIONS:
        if dimension not in asked.shown:
            parts *= len(asked.chosen(dimension))
    editions = _editions(asked)
    if not editions:
        raise PivotNothing(where="pivot", found=asked.indicators[0])
    statement = _statement(asked, editions, parts)
    return PivotAnswer(_ordered(run_filled(statement), asked), statement, parts)


def _refuse(asked: PivotQuestion) -> None:
    if not asked.indicators:
        raise PivotEmpty(where="pivot", found="indicator")
    for dimension in DIMENSIONS:
        if not asked.chosen(dimension):
            raise PivotEmpty(where="pivot", found=dimension)
    if len(asked.indicators) > 1:
        raise apart(*asked.indicators[:2])
    _refuse_sums(asked)


def _refuse_sums(asked: PivotQuestion) -> None:
    """Raise where what is not shown cannot be added: several times, or groups that may hold the same person.

    Two parts of a sum differ in one thing at least, so it is enough that no two of one dimension share a person.
    """
    if "period" not in asked.shown and len(asked.periods) > 1:
        raise PivotOfTimes(where="pivot", found=str(len(asked.periods)))
    indicator = asked.indicators[0]
    if "place" not in asked.shown and len(asked.regions) > MOST_ADDED:
        raise PivotOfMany(where="pivot", found=str(len(asked.regions)))
    for dimension, name in (("place", "region"), ("age", "age_group"), ("sex", "sex")):
        terms = {code: SumTerm(indicator, **{name: code}) for code in asked.chosen(dimension)}
        for first, second in combinations(terms if dimension not in asked.shown else (), 2):
            try:
                addable([terms[first], terms[second]])
            except DefinitionsDiffer as differ:
                raise PivotOfSame("pivot", dimension, first, second) from differ


def _editions(asked: PivotQuestion) -> list[tuple[str, str]]:
    """Return each time with the edition its figures are read in: the one a series of these regions stands in."""
    view = View(asked.indicators[0], asked.ages[0], asked.sexes[0], "")
    rows = strata_series(view, asked.regions, asked.ages, asked.sexes)
    found = rows.filter(pl.col("period").is_in(asked.periods)).select("period", "edition").unique().sort("period")
    return list(found.iter_rows())


def _statement(asked: PivotQuestion, editions: Iterable[tuple[str, str]], parts: int) -> str:
    written = {
        "shown": ", ".join(COLUMNS[name] for name in asked.shown),
        "indicator": _quoted(asked.indicators[0]),
        "regions": _list(asked.regions),
        "ages": _list(asked.ages),
        "sexes": _list(asked.sexes),
        "editions": ", ".join(f"({_quoted(period)}, {_quoted(edition)})" for period, edition in editions),
        "parts": str(parts),
    }
    return filled("pivot" if parts == 1 else "pivot_sum", written)


def _ordered(cells: pl.DataFrame, asked: PivotQuestion) -> pl.DataFrame:
    """Return the cells in the order that was asked for; one that is published nowhere is missing."""
    names = [COLUMNS[name] for name in asked.shown]
    whole = pl.DataFrame(list(_grid(asked)), schema=dict.fromkeys(names, pl.String), orient="row")
    found = whole.join(cells, on=names, how="left", maintain_order="left")
    counted = [pl.col(name).cast(pl.Int64) for name in ("count", "population", "parts_missing")]
    return found.with_columns(*counted, pl.col("status").fill_null("missing"))


def _grid(asked: PivotQuestion) -> Iterator[tuple[str, ...]]:
    yield from product(*(asked.chosen(name) for name in asked.shown))


def _list(names: Iterable[str]) -> str:
    return ", ".join(map(_quoted, names))


def _quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"
