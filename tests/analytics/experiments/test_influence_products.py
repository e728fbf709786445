"""Products by group are those of what each unit adds, and hold where units differ far more than they change."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from analytics.experiments import Design
from analytics.experiments.estimators.aggregation import overall_and_points
from analytics.experiments.estimators.group_time import group_times
from analytics.experiments.estimators.influence_products import influence_products
from analytics.experiments.estimators.panel import NEVER, Panel, panel_from
from analytics.experiments.input.sample import sample_from

UNITS, PERIODS = 90, 6


def panel(comparison: str, apart: float = 1.0, never: int = 0) -> Panel:
    rng = np.random.default_rng(3)
    start = rng.choice([never, 3, 4, 6], UNITS)
    y = apart * rng.normal(size=(UNITS, 1)) + rng.normal(size=(UNITS, PERIODS))
    design = Design(method="staggered", unit="unit", period="period", start="start", outcome="y", comparison=comparison)
    table = pl.DataFrame({
        "unit": np.repeat(np.arange(UNITS), PERIODS), "period": np.tile(np.arange(1, PERIODS + 1), UNITS),
        "start": np.repeat(start, PERIODS), "y": y.ravel(),
    })  # fmt: skip
    return panel_from(design, sample_from(design, table))


@pytest.mark.parametrize("comparison", ["never", "not_yet"])
@pytest.mark.parametrize("never", [0, 5])
def test_products_by_group_are_the_products_of_what_units_add(comparison: str, never: int) -> None:
    found = panel(comparison, never=never)
    cells = group_times(found)
    weights, added, _ = overall_and_points(cells)
    short = influence_products(found, cells, weights, added, found.group)
    rows = cells.influence(weights) + added[:, cells.own] * found.part
    assert short.total == pytest.approx(rows @ rows.T, abs=1e-15)
    assert short.errors == pytest.approx(np.sqrt((rows**2).sum(axis=1)), rel=1e-12)
    parts = {start: (rows[:, found.group == start] ** 2).sum(axis=1) for start in np.unique(found.group)}
    sizes = {start: (found.group == start).sum() for start in parts}
    below = sum(part**2 / (sizes[start] - 1) for start, part in parts.items())
    assert short.freedom == pytest.approx(sum(parts.values()) ** 2 / below, rel=1e-12)
    assert NEVER in parts  # where nobody is, the last to start stand in for them


def test_a_cluster_for_every_unit_has_the_same_products_and_cr2() -> None:
    found = panel("not_yet")
    cells = group_times(found)
    weights, added, _ = overall_and_points(cells)
    alone = influence_products(found, cells, weights, added, found.group)
    clustered = influence_products(
        replace(found, cluster=np.arange(len(found.group))), cells, weights, added, found.group
    )
    sizes = np.unique(found.group, return_counts=True)[1]
    assert clustered.parts == pytest.approx(np.roll(alone.parts, 1, axis=1) * sizes / (sizes - 1), rel=1e-9)
    assert (clustered.errors > alone.errors).all()


def test_levels_a_million_times_the_changes_leave_the_errors() -> None:
    near, far = panel("never"), panel("never", apart=1e6)
    errors = []
    for each in (near, far):
        cells = group_times(each)
        weights, added, _ = overall_and_points(cells)
        errors.append(influence_products(each, cells, weights, added, each.group).errors)
    assert errors[1] == pytest.approx(errors[0], rel=1e-8)
