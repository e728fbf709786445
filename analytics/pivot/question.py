"""What a table of one's own asks, and the table it is answered with."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import polars as pl

from analytics import regions

FIGURES, FLOWS, OUTCOMES = "figures", "flows", "outcomes"
"""The views a table is made over: figures at a time, flows between states, what studies say became of people."""
FLOW, STUDY = "flow-", "study-"
"""How the name of what is counted begins where it is no indicator: `flow-state_after`, `study-cohort_1995`."""
_FIGURES = {"place": "region_code", "period": "period", "age": "age_group", "sex": "sex"}
_STARTED = {"destination": "destination", "origin": "origin", "months": "interval_months", "cohort": "cohort"}
_FLOWS = _STARTED | {"place": "region_code", "age": "age_group", "sex": "sex"}
_PEOPLE = {"destination": "destination", "group": "subgroup", "place": "region_code", "age": "age_group"}
_OUTCOMES = _PEOPLE | {"period": "period", "later": "later"}
COLUMNS: Mapping[str, Mapping[str, str]] = MappingProxyType({FIGURES: _FIGURES, FLOWS: _FLOWS, OUTCOMES: _OUTCOMES})
"""The dimensions of each view, and the column each is."""
MEASURES = ("value", "count", "population")
NONE = "none"
MUNICIPALITIES, COUNTIES, OF_COUNTY = "municipalities", "counties", "in-"
"""Places by name: every municipality, every county, and the municipalities of a county (`in-42`)."""


@dataclass(frozen=True)
class PivotQuestion:
    """What a table shows: what is counted (one thing, or it is refused), its rows and columns, what is chosen of each.

    counted: an indicator, a measure of flows (`flow-…`) or a study (`study-…`). columns: a dimension other than the
    rows', or `none`. choices: dimension with codes; of places also the names of sets of them.
    """

    counted: tuple[str, ...]
    rows: str
    columns: str
    choices: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def kind(self) -> str:
        """The view that is asked."""
        return kind_of(self.counted[0]) if self.counted else FIGURES

    @property
    def name(self) -> str:
        """What is counted, as the view calls it: the indicator, the measure of flows, or the study."""
        return self.counted[0].removeprefix(FLOW).removeprefix(STUDY)

    @property
    def dimensions(self) -> Mapping[str, str]:
        """The dimensions of what is asked, and the column each is; one that nothing is chosen of is none of them."""
        known = dict(self.choices)
        return {name: column for name, column in COLUMNS[self.kind].items() if name in known}

    @property
    def shown(self) -> tuple[str, ...]:
        """The dimensions that stand in the table."""
        return tuple(dict.fromkeys(name for name in (self.rows, self.columns) if name != NONE))

    @property
    def added(self) -> tuple[str, ...]:
        """The dimensions that do not stand in it: one thing of each, or a sum."""
        return tuple(name for name in self.dimensions if name not in self.shown)

    def chosen(self, dimension: str) -> tuple[str, ...]:
        """Return what is chosen of a dimension, each once, in the order it is asked for; sets of places by place."""
        found = dict(self.choices).get(dimension, ())
        if dimension != "place":
            return found
        return tuple(dict.fromkeys(code for place in found for code in members(place)))


@dataclass(frozen=True)
class PivotAnswer:
    """A table as it is answered: a row for each cell, and the statement that gives the same.

    cells: the columns of the dimensions shown, then `count, population, value, status, parts_missing, edition`; of a
    study, `edition` is the study. parts: how many published figures a cell is the sum of.
    """

    cells: pl.DataFrame
    statement: str
    parts: int


def kind_of(counted: str) -> str:
    """Return the view that holds what is counted."""
    return FLOWS if counted.startswith(FLOW) else OUTCOMES if counted.startswith(STUDY) else FIGURES


@cache
def members(place: str) -> tuple[str, ...]:
    """Return the regions a place stands for: itself, or those of a set."""
    told = {MUNICIPALITIES: {"level": "municipality"}, COUNTIES: {"level": "county"}}
    if place.startswith(OF_COUNTY):
        told[place] = {"level": "municipality", "county": place.removeprefix(OF_COUNTY)}
    if place not in told:
        return (place,)
    return tuple(regions.current_regions().filter(**told[place]).sort("code")["code"])
