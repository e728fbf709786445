"""Units and clusters that stand where they cannot: in both arms, with two starts, or twice in one period."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.experiments.design.design import Design
from analytics.experiments.errors import (
    BlankError,
    ClusterInTwoArmsError,
    DuplicateRowError,
    ExperimentError,
    UnitInTwoArmsError,
    UnitInTwoClustersError,
)
from analytics.experiments.input.arrays import ExperimentArrays, Labels

OVER_TIME = ("staggered", "before_after")


def unit_problems(design: Design, primary: ExperimentArrays, *, persons: bool) -> list[ExperimentError]:
    """Return E04, E05 and E07 where they hold."""
    problems = blank_problems(design, primary.labels)
    named = not primary.labels["unit"].blank.all()
    two = (
        in_two_arms(primary.labels["unit"], primary.labels["arm"])
        if named and (persons or design.method in OVER_TIME)
        else []
    )
    start, cluster = np.nan_to_num(primary["start"]), primary.labels["cluster"].codes
    two = two or (_with_several(primary, start) if named and design.method == "staggered" else [])
    if two:
        problems.append(
            UnitInTwoArmsError(design.key, ", ".join(two[:5]), column=design.unit or "unit", count=len(two))
        )
    moved = _with_several(primary, cluster) if named and design.method in OVER_TIME else []
    if moved:
        column, found = design.cluster or "cluster", ", ".join(moved[:5])
        problems.append(UnitInTwoClustersError(design.key, found, column=column, count=len(moved)))
    problems += cluster_problems(design, primary.labels["cluster"], primary.labels["arm"])
    if named and not two and not problems:
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
    shown = ", ".join(str(unit) if np.isnan(period) else f"{unit} ({primary.period(period)})" for unit, period in units)
    column = ", ".join(filter(None, [design.unit or "unit", design.period]))
    return [DuplicateRowError(design.key, shown, column=column, count=len(twice))]


def blank_problems(design: Design, read: Mapping[str, Labels]) -> list[ExperimentError]:
    """Return which of unit, cluster and block are blank in some rows and not in others."""
    blanks = {getattr(design, role) or role: read[role].blank for role in ("unit", "cluster", "block") if role in read}
    return [
        BlankError(design.key, f"{none.sum()}/{len(none)}", column=column, count=int(none.sum()))
        for column, none in blanks.items()
        if none.any() and not none.all()
    ]


def cluster_problems(design: Design, cluster: Labels, arm: Labels) -> list[ExperimentError]:
    """Return E07 where clusters stand in both arms and that is a fault: by the design, or because far fewer do than if
    persons had been assigned."""
    column = design.cluster or "cluster"
    if cluster.blank.any() or design.method == "staggered":
        return []
    both = in_two_arms(cluster, arm)
    if not both or (
        design.method != "cluster_rct" and design.estimator != "cluster_trial" and _by_persons(cluster, arm)
    ):
        return []
    return [ClusterInTwoArmsError(design.key, ", ".join(both[:5]), column=column, count=len(both))]


def clusters_assigned(design: Design, cluster: Labels, arm: Labels) -> bool:
    """Say whether whole clusters were assigned: some holds several rows, or the design says so, and none is in two
    arms."""
    several = len(cluster.present) < len(cluster.codes) or design.method == "cluster_rct"
    return not cluster.blank.any() and several and not in_two_arms(cluster, arm)


def _by_persons(cluster: Labels, arm: Labels) -> bool:
    """Say whether at least half as many clusters are in two arms as chance would put there, person by person."""
    share, sizes = float((arm.codes == arm.codes.max()).mean()), np.bincount(cluster.codes)
    expected = (1 - share**sizes - (1 - share) ** sizes)[sizes > 0].sum()
    return bool(len(in_two_arms(cluster, arm)) >= expected / 2)


def in_two_arms(label: Labels, arm: Labels) -> list[str]:
    """Return the units or clusters that stand in both arms."""
    some = np.zeros(len(label.names) + 1, dtype=np.int64)
    some[label.codes] = arm.codes
    apart = some[label.codes] != arm.codes
    return label.named(label.codes[apart]) if apart.any() else []


def _with_several(table: ExperimentArrays, values: NDArray[Any]) -> list[str]:
    """Return the units whose value is not the same in every row."""
    unit = table.labels["unit"]
    some = np.zeros(len(unit.names) + 1, dtype=values.dtype)
    some[unit.codes] = values
    return unit.named(unit.codes[some[unit.codes] != values])
