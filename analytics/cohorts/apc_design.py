"""The cells of an age–period–cohort model and its design matrix, with the reasons for which a model is refused."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import polars as pl

from analytics.cohorts.apc_curvature import full_basis, spline_basis
from analytics.cohorts.tables import AGE_GROUPS, STEP
from analytics.errors import StatisticsInputError
from analytics.results import NotEstimable
from analytics.statistics.argument_checks import Column
from data.age_group import AgeGroup

METHODS = ("grid", "splines")
FACTORS = ("age", "period", "cohort")


@dataclass(frozen=True, eq=False)
class DesignMatrix:
    """A ready matrix: events, persons, the matrix, and for each factor its levels, basis and columns.

    Columns: level, slope of age, net drift (slope of period with age held), then curvatures of age, period and cohort.
    `levels` are middle ages, years and middle birth years; slopes are per year.
    """

    method: str
    events: Column
    persons: Column
    matrix: Column
    levels: dict[str, Column]
    bases: dict[str, Column]
    columns: dict[str, slice]
    left_out: int


def design(rows: pl.DataFrame, method: str) -> DesignMatrix | NotEstimable:
    """Return the design of rows (`cohort_tables.ROWS`: a row for each year and age group).

    `grid` keeps the years five apart, counted back from the newest, and a free effect for each age, year and cohort.
    `splines` keeps every year with a free effect, and a smooth effect of cohort with knots five years apart: free
    effects of overlapping yearly cohorts would fall apart in five separate series and give a spurious five-year cycle.
    Cells that are hidden, missing or lower bounds are left out and counted. NotEstimable: too few years, no events, a
    level without events, or too few cells for the effects.
    """
    if method not in METHODS:
        raise StatisticsInputError("method", repr(method), "apc_method")
    years, ages, events, persons, whole = _cells(rows)
    chosen = (years[whole].max(initial=0) - years) % STEP == 0 if method == "grid" else np.ones_like(whole)
    keep = whole & chosen
    if len(set(years[keep])) < 3:
        return NotEstimable("apc_few_years", (("years", len(set(years[keep]))), ("method", method)))
    levels, places, bases, matrix = _structure(tuple(years[keep].tolist()), tuple(ages[keep].tolist()), method)
    made = DesignMatrix(
        method, events[keep], persons[keep], matrix, levels, bases, _places(bases), int((chosen & ~whole).sum())
    )
    return _refusal(made, places) or made


@lru_cache(maxsize=256)
def _structure(years: tuple[float, ...], ages: tuple[float, ...], method: str) -> tuple[Any, Any, Any, Column]:
    """Return levels, places among them, bases and matrix: the same for every region with the same known cells."""
    values = {"age": np.array(ages), "period": np.array(years), "cohort": np.array(years) - np.array(ages)}
    levels = {factor: np.unique(values[factor]) for factor in FACTORS}
    places = {factor: np.searchsorted(levels[factor], values[factor]) for factor in FACTORS}
    bases = {factor: _basis(factor, levels[factor], method) for factor in FACTORS}
    slopes = [np.ones(len(years)), values["age"] - values["age"].mean(), values["period"] - max(years)]
    matrix = np.column_stack([*slopes, *(bases[factor][places[factor]] for factor in FACTORS)])
    return levels, places, bases, matrix


def _cells(rows: pl.DataFrame) -> tuple[Column, Column, Column, Column, np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    """Return years, middle ages, events, persons and whether each cell is whole, from one pass over the rows."""
    columns = rows.get_columns()
    named = {column.name: column for column in columns}
    middles = {group: AgeGroup.of(group).middle for group in AGE_GROUPS}
    ages = np.array([middles[group] for group in named["age_group"].to_list()])
    events, persons = (named[name].cast(pl.Float64).to_numpy() for name in ("count", "population"))
    whole = ~np.isnan(events) & (persons > 0)
    if "parts_missing" in named:
        whole &= named["parts_missing"].to_numpy() == 0
    return named["year"].to_numpy().astype(float), ages, events, persons, whole


def _basis(factor: str, levels: Column, method: str) -> Column:
    if factor == "cohort" and method == "splines":
        return spline_basis(tuple(levels.tolist()), STEP)
    return full_basis(tuple(levels.tolist()))


def _places(bases: dict[str, Column]) -> dict[str, slice]:
    start, places = 3, {}
    for factor in FACTORS:
        places[factor] = slice(start, start + bases[factor].shape[1])
        start = places[factor].stop
    return places


def _refusal(made: DesignMatrix, places: dict[str, Any]) -> NotEstimable | None:
    if made.events.sum() == 0:
        return NotEstimable("no_events")
    for factor in FACTORS:
        sums = np.bincount(places[factor], weights=made.events)
        if made.bases[factor].shape[1] == len(sums) - 2 and (sums == 0).any():
            level = made.levels[factor][int(np.argmin(sums))]
            return NotEstimable("apc_empty_level", (("factor", factor), ("level", float(level))))
    cells, effects = made.matrix.shape
    if cells <= effects:
        return NotEstimable("apc_few_cells", (("cells", cells), ("effects", effects)))
    return None
