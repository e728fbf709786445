"""Units and clusters that stand where they cannot: in both arms, with two starts, or twice in one period."""

import numpy as np

from analytics.experiments.design.design import Design
from analytics.experiments.errors import ClusterInTwoArmsError, DuplicateRowError, ExperimentError, UnitInTwoArmsError
from analytics.experiments.input.arrays import ExperimentArrays

OVER_TIME = ("staggered", "before_after")


def unit_problems(design: Design, primary: ExperimentArrays, *, persons: bool) -> list[ExperimentError]:
    """Return E04, E05 and E07 where they hold."""
    problems: list[ExperimentError] = []
    named = not primary.labels["unit"].blank.all()
    two = _in_two_arms(primary, "unit") if named and (persons or design.method in OVER_TIME) else []
    two = two or (_with_two_starts(primary) if named and design.method == "staggered" else [])
    if two:
        problems.append(
            UnitInTwoArmsError(design.key, ", ".join(two[:5]), column=design.unit or "unit", count=len(two))
        )
    both = _in_two_arms(primary, "cluster") if design.method == "cluster_rct" else []
    if both:
        column = design.cluster or "cluster"
        problems.append(ClusterInTwoArmsError(design.key, ", ".join(both[:5]), column=column, count=len(both)))
    if named and not two:
        problems += _duplicates(design, primary)
    return problems


def _duplicates(design: Design, primary: ExperimentArrays) -> list[ExperimentError]:
    keys = ("unit",) if design.method in OVER_TIME else ("unit", "cluster", "block", "arm")
    cell = primary.periods[1]
    for name in reversed(keys):
        cell = cell + (primary.labels[name].codes + 1) * (cell.max(initial=0) + 1)
    ordered = np.sort(cell)
    again = ordered[1:] == ordered[:-1]
    if not again.any():
        return []
    twice = np.unique(ordered[1:][again])
    cells, first = np.unique(cell, return_index=True)
    at = first[np.isin(cells, twice)][:5]
    units = zip(primary.labels["unit"].where(at).series, primary["period"][at], strict=True)
    shown = ", ".join(str(unit) if np.isnan(period) else f"{unit} ({period:g})" for unit, period in units)
    column = ", ".join(filter(None, [design.unit or "unit", design.period]))
    return [DuplicateRowError(design.key, shown, column=column, count=len(twice))]


def _in_two_arms(table: ExperimentArrays, column: str) -> list[str]:
    label, arm = table.labels[column], table.labels["arm"].codes
    some = np.zeros(len(label.names) + 1, dtype=np.int64)
    some[label.codes] = arm
    apart = some[label.codes] != arm
    return label.named(label.codes[apart]) if apart.any() else []


def _with_two_starts(table: ExperimentArrays) -> list[str]:
    """Return the units whose start is not the same in every row."""
    unit, start = table.labels["unit"], np.nan_to_num(table["start"])
    some = np.zeros(len(unit.names) + 1)
    some[unit.codes] = start
    return unit.named(unit.codes[some[unit.codes] != start])
