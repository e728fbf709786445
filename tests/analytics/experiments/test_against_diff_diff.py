"""An independent implementation of Callaway–Sant'Anna agrees, on panels drawn here (never on its own loaders)."""

import numpy as np
import polars as pl
import pytest

from analytics.experiments import Design, evaluate
from analytics.experiments.estimators import group_time

DESIGN = {"method": "staggered", "unit": "unit", "period": "period", "start": "start", "outcome": "y"}


def panel(seed: int, units: int = 120, periods: int = 6) -> pl.DataFrame:
    """Effect 0.5 from the start on, unit effects, a common trend."""
    rng = np.random.default_rng(seed)
    start = rng.choice([0, 3, 4, 6], units)
    times = np.arange(1, periods + 1)
    treated = (start[:, None] > 0) & (times[None, :] >= start[:, None])
    y = rng.normal(size=units)[:, None] + 0.1 * times + 0.5 * treated + rng.normal(size=(units, periods))
    return pl.DataFrame({
        "unit": np.repeat(np.arange(units), periods), "period": np.tile(times, units),
        "start": np.repeat(start, periods), "y": y.ravel(),
    })  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize(("comparison", "theirs"), [("never", "never_treated"), ("not_yet", "not_yet_treated")])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_simple_and_event_study_agree(seed, comparison, theirs) -> None:
    diff_diff = pytest.importorskip("diff_diff")
    table = panel(seed)
    ours = evaluate(Design(**DESIGN, comparison=comparison), table)
    model = diff_diff.CallawaySantAnna(control_group=theirs)
    other = model.fit(table.to_pandas(), outcome="y", unit="unit", time="period", first_treat="start")
    assert ours.value == pytest.approx(other.overall_att, abs=1e-8)
    assert ours.se == pytest.approx(other.overall_se, abs=1e-8)


@pytest.mark.long
def test_the_effect_put_in_is_recovered() -> None:
    found = [evaluate(Design(**DESIGN), panel(seed, units=200)) for seed in range(40)]
    covered = [estimate.low <= 0.5 <= estimate.high for estimate in found]
    assert np.mean([estimate.value for estimate in found]) == pytest.approx(0.5, abs=0.06)
    assert sum(covered) >= 34


@pytest.mark.parametrize("comparison", ["never", "not_yet"])
def test_units_are_summed_in_blocks_without_a_trace(comparison, monkeypatch) -> None:
    table = panel(1).sample(fraction=0.9, seed=1, shuffle=True)
    design = Design(**DESIGN, comparison=comparison)
    whole = evaluate(design, table)
    monkeypatch.setattr(group_time, "BLOCK", 200)
    parts = evaluate(design, table)
    assert (parts.value, parts.se) == (pytest.approx(whole.value, rel=1e-12), pytest.approx(whole.se, rel=1e-12))
    assert [point["se"] for point in parts.by_time] == pytest.approx([point["se"] for point in whole.by_time])
