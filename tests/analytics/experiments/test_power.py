"""Nobody is promised power the page's own verdict will not give."""

import json

import numpy as np
import polars as pl
import pytest

from analytics.__main__ import main
from analytics.experiments import Design, evaluate
from analytics.experiments.design import verdict_power
from analytics.experiments.design.power import (
    PlannedComparison,
    power,
    required_clusters,
    required_n_per_arm,
    smallest_detectable_effect,
)
from analytics.experiments.estimators.base import two_sided_p
from analytics.experiments.estimators.regression_adjustment import least_squares_hc2


def verdicts(plan: PlannedComparison, effect: float, trials: int) -> float:
    """Return how often `evaluate` gives a verdict on trials made as planned."""
    rng = np.random.default_rng(3)
    treated = round(plan.sides[0])
    units = round(sum(plan.sides))
    arm = np.where(np.arange(units) < treated, "new", "control")
    own = np.repeat(np.arange(units), round(plan.n / units))
    design = Design(method="cluster_rct" if plan.clusters else "rct", cluster="k", outcome="y", draws=199)
    found = 0
    for _ in range(trials):
        noise = rng.normal(size=units)[own] * plan.icc**0.5 + rng.normal(size=len(own)) * (1 - plan.icc) ** 0.5
        y = noise + effect * (arm[own] == "new")
        if plan.base_rate is not None:
            y = (rng.random(units) < plan.base_rate + effect * (arm == "new")).astype(float)
        found += evaluate(design, pl.DataFrame({"arm": arm[own], "k": own, "y": y})).verdict in ("better", "worse")
    return found / trials


@pytest.mark.long
@pytest.mark.parametrize(
    ("plan", "effect"),
    [
        (PlannedComparison(120, clusters=6, icc=0.1), 1.0),
        (PlannedComparison(160, clusters=8, icc=0.1), 0.8),
        (PlannedComparison(480, clusters=24, icc=0.1, share=0.25), 0.4),
        (PlannedComparison(90, base_rate=0.3, share=1 / 3), 0.3),
    ],
)
def test_the_planner_and_the_verdict_agree(plan, effect) -> None:
    trials = 300
    chance = power(plan, effect)
    assert verdicts(plan, effect, trials) == pytest.approx(
        chance, abs=0.02 + 3 * (chance * (1 - chance) / trials) ** 0.5
    )


def test_with_six_clusters_no_effect_is_large_enough() -> None:
    assert power(PlannedComparison(600, clusters=6, icc=0.05), 50.0) == 0
    assert smallest_detectable_effect(PlannedComparison(600, clusters=6, icc=0.05)) is None


@pytest.mark.long
def test_five_looks_by_pocock_need_79_an_arm() -> None:
    assert power(PlannedComparison(128, looks=5), 0.5) == pytest.approx(0.72, abs=0.015)
    assert np.ceil(required_n_per_arm(0.5, looks=5)) == 79


@pytest.mark.parametrize("share", [0.5, 0.25])
def test_required_clusters_are_the_fewest_with_the_power_wanted(share) -> None:
    found = required_clusters(PlannedComparison(80, share=share, clusters=4, icc=0.05), 0.6)
    fewer = PlannedComparison(found.n - 40, share=share, clusters=found.clusters - 2, icc=0.05)
    assert power(fewer, 0.6) < 0.8 <= power(found, 0.6)


def test_clusters_of_uneven_size_see_less() -> None:
    for clusters in (12, 40):
        even, uneven = (PlannedComparison(20 * clusters, clusters=clusters, icc=0.1, cv=cv) for cv in (0, 0.8))
        assert power(uneven, 0.5) < power(even, 0.5)


def test_the_command_counts_whole_clusters(capsys) -> None:
    assert main(["power", "--effect", "1.2", "--cluster-size", "20", "--icc", "0.05"]) == 0
    answer = json.loads(capsys.readouterr().out)
    plan = PlannedComparison(answer["n"], clusters=answer["clusters_treated"] + answer["clusters_control"], icc=0.05)
    assert answer["clusters_per_arm"] >= 4
    assert power(plan, 1.2) >= 0.8


def test_what_is_known_before_saves_persons_as_borm_says() -> None:
    """Borm, Fransen & Lemmens (2007), Journal of Clinical Epidemiology 60:1234–1238: n times 1 − ρ², and one more."""
    bare, known = required_n_per_arm(0.5), required_n_per_arm(0.5, r2=0.6**2)
    assert known == pytest.approx(bare * (1 - 0.6**2), abs=1.1)


@pytest.mark.long
@pytest.mark.parametrize(("units", "size", "share"), [(60, 1, 0.5), (14, 10, 0.5), (40, 1, 0.3)])
def test_the_planner_and_ancova_agree(units, size, share) -> None:
    trials, r2, icc, effect = 4000, 0.5, 0.1, 0.7
    clusters = units if size > 1 else None
    plan = PlannedComparison(units * size, share=share, clusters=clusters, icc=icc if clusters else 0, r2=r2)
    rng = np.random.default_rng(5)
    arm = (np.arange(units) < plan.sides[0]).astype(float)
    spread = np.sqrt(icc + (1 - icc) / size) if clusters else 1.0
    hits = 0
    for _ in range(trials):
        known = rng.normal(size=units) * r2**0.5
        y = effect * arm + spread * (known + rng.normal(size=units) * (1 - r2) ** 0.5)
        x = np.column_stack([arm, np.ones(units), known])
        found, covariance = least_squares_hc2(x, y)
        hits += two_sided_p(found[0], float(covariance[0, 0] ** 0.5), units - 3) < 0.05
    assert hits / trials == pytest.approx(power(plan, effect), abs=0.02)


def test_few_clusters_power_is_smooth_and_nearly_free_of_chance(monkeypatch) -> None:
    """Only the spread is drawn: twice as many draws, or others, move the power by less than a point."""
    sides = ((4, 4), (4, 8), (3, 12))
    power_by_draws = []
    for trials in (1000, 2000, 4000):
        monkeypatch.setattr(verdict_power, "TRIALS", trials)
        verdict_power._few_cluster_limits.cache_clear()
        power_by_draws.append([verdict_power.few_cluster_power(*side, 2.0, 0.05) for side in sides])
    verdict_power._few_cluster_limits.cache_clear()
    assert np.ptp(power_by_draws, axis=0).max() < 0.01
    rising = [verdict_power.few_cluster_power(4, 8, effect, 0.05) for effect in np.linspace(0, 4, 40)]
    assert (np.diff(rising) > 0).all()
    assert rising[0] <= 0.05
    assert verdict_power.few_cluster_power(4, 8, -2.0, 0.05) == pytest.approx(
        verdict_power.few_cluster_power(4, 8, 2.0, 0.05), abs=0.01
    )
