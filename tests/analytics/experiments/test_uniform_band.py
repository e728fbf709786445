"""A band around an event study holds all its points at once."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from analytics.experiments import Design, evaluate
from analytics.experiments.estimators.base import critical
from analytics.experiments.estimators.uniform_band import DRAWS, _multipliers, _quantile, band_critical

DESIGN = Design(method="staggered", unit="unit", period="period", start="start", outcome="y")


def panel(seed: int, units: int = 150, periods: int = 6) -> pl.DataFrame:
    rng = np.random.default_rng(seed)
    start = rng.choice([0, 3, 4, 5], units)
    y = rng.normal(size=(units, 1)) + rng.normal(size=(units, periods))
    return pl.DataFrame({
        "unit": np.repeat(np.arange(units), periods), "period": np.tile(np.arange(1, periods + 1), units),
        "start": np.repeat(start, periods), "y": y.ravel(),
    })  # fmt: skip


def test_independent_points_need_sidak_and_one_point_no_band() -> None:
    rng = np.random.default_rng(2)
    columns, left = rng.normal(size=(5, 4000)), np.full(5, np.inf)
    assert band_critical(columns @ columns.T, left, DESIGN) == pytest.approx(critical(0.95**0.2, None), abs=0.1)
    alike = np.repeat(columns[:1], 5, axis=0)
    assert band_critical(alike @ alike.T, left, DESIGN) == pytest.approx(critical(0.95, None), abs=0.1)
    assert band_critical(columns[:1] @ columns[:1].T, left[:1], DESIGN) is None


@pytest.mark.long
@pytest.mark.parametrize("alike", [0.0, 0.5, 0.99])
@pytest.mark.parametrize("points", [2, 3, 7, 20])
@pytest.mark.parametrize("level", [0.05, 0.5, 0.95, 0.999])
def test_the_draws_left_out_could_not_have_mattered(points: int, alike: float, level: float) -> None:
    root = np.linalg.cholesky(np.full((points, points), alike) + (1 - alike) * np.eye(points))
    every = np.sort(np.abs(root @ _multipliers(1, points)[0]).max(axis=0))
    place = min(int(np.ceil(level * (DRAWS + 1))), DRAWS) - 1
    assert _quantile(root, replace(DESIGN, seed=1, level=level)) == pytest.approx(every[place], rel=1e-12)
    assert sorted(_multipliers(1, points)[0].ravel()) == sorted(np.random.default_rng(1).normal(size=points * DRAWS))


@pytest.mark.long
def test_the_band_holds_every_point_nineteen_times_of_twenty() -> None:
    trials, whole, single = 120, 0, 0
    for seed in range(trials):
        points = evaluate(DESIGN, panel(seed)).by_time
        whole += all(point["band_low"] <= 0 <= point["band_high"] for point in points)
        single += all(point["low"] <= 0 <= point["high"] for point in points)
        assert all(point["band_low"] < point["low"] for point in points)
    assert whole / trials == pytest.approx(0.95, abs=0.055)
    assert single < whole


def test_the_band_is_scaled_with_its_points() -> None:
    table = panel(1).with_columns(y=(pl.col("y") > 0).cast(pl.Int64))
    hundred, one = (evaluate(Design(**{**vars(DESIGN), "per": per}), table).by_time[0] for per in (100.0, 1.0))
    assert hundred["band_low"] == pytest.approx(100 * one["band_low"])
