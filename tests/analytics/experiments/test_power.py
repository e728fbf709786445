"""Nobody is promised power the page's own verdict will not give."""

import json

import numpy as np
import polars as pl
import pytest

from analytics.__main__ import main
from analytics.experiments import Design, evaluate
from analytics.experiments.design import cluster_power
from analytics.experiments.design.cluster_power import PlannedClusters, number_power
from analytics.experiments.design.planned_comparison import PlannedComparison
from analytics.experiments.design.power import (
    power,
    required_clusters,
    required_n_per_arm,
    smallest_detectable_effect,
)
from analytics.experiments.estimators.base import two_sided_p
from analytics.experiments.estimators.regression_adjustment import least_squares_hc2


def verdicts(plan: PlannedComparison, effect: float, trials: int) -> float:
    """Return how often `evaluate` gives a verdict on trials made as planned."""
    rng, units = np.random.default_rng(3), round(sum(plan.sides))
    new, spread = np.arange(units) < round(plan.sides[0]), np.log(1 + plan.cv**2)
    design = Design(method="cluster_rct" if plan.clusters else "rct", cluster="k", outcome="y", draws=999,
                    covariates=("x",) if plan.r2 else (), estimator="ancova" if plan.r2 else None)  # fmt: skip
    found = 0
    for _ in range(trials):
        sizes = np.rint(plan.n / units * rng.lognormal(-spread / 2, spread**0.5, units)).astype(int)
        own = np.repeat(np.arange(units), np.maximum(1, sizes))
        known, noise, alone = rng.normal(size=(3, units))
        y = plan.icc**0.5 * noise[own] + (1 - plan.icc) ** 0.5 * (rng.normal(size=len(own)) if plan.clusters else alone)
        y = y * (1 - plan.r2) ** 0.5 + known[own] * plan.r2**0.5 + effect * new[own]
        if plan.base_rate is not None:
            rate, beta = plan.base_rate + effect * new, 1 / max(plan.icc, 1e-9) - 1
            y = (rng.random(len(own)) < rng.beta(rate * beta, (1 - rate) * beta)[own]).astype(float)
        table = pl.DataFrame({"arm": np.where(new[own], "new", "control"), "k": own, "y": y, "x": known[own]})
        found += evaluate(design, table).verdict in ("better", "worse")
    return found / trials


@pytest.mark.long
@pytest.mark.parametrize(
    ("plan", "effect"),
    [
        (PlannedComparison(120, clusters=6, icc=0.1), 1.0),
        (PlannedComparison(160, clusters=8, icc=0.1), 0.8),
        (PlannedComparison(480, clusters=24, icc=0.1, share=0.25), 0.4),
        (PlannedComparison(90, base_rate=0.3, share=1 / 3), 0.3),
        (PlannedComparison(660, clusters=33, share=0.1, icc=0.1), 0.67),
        (PlannedComparison(480, clusters=24, share=0.25, icc=0.1, cv=0.8), 0.6),
        (PlannedComparison(240, clusters=12, share=0.25, icc=0.1, base_rate=0.4), 0.35),
        (PlannedComparison(160, clusters=8, icc=0.1, base_rate=0.1), 0.4),
        (PlannedComparison(16, r2=0.5), 1.1),
    ],
)
def test_the_planner_and_the_verdict_agree(plan, effect) -> None:
    trials = 300
    chance = power(plan, effect)
    assert verdicts(plan, effect, trials) == pytest.approx(
        chance, abs=0.02 + 3 * (chance * (1 - chance) / trials) ** 0.5
    )


@pytest.mark.long
def test_with_six_clusters_no_effect_is_large_enough() -> None:
    assert power(PlannedComparison(600, clusters=6, icc=0.05), 50.0) == 0
    assert smallest_detectable_effect(PlannedComparison(600, clusters=6, icc=0.05)) is None


@pytest.mark.long
def test_five_looks_by_pocock_need_79_an_arm() -> None:
    assert power(PlannedComparison(128, looks=5), 0.5) == pytest.approx(0.72, abs=0.015)
    assert np.ceil(required_n_per_arm(0.5, looks=5)) == 79


@pytest.mark.long
@pytest.mark.parametrize("share", [0.5, 0.25])
def test_required_clusters_are_the_fewest_with_the_power_wanted(share) -> None:
    found = required_clusters(PlannedComparison(80, share=share, clusters=4, icc=0.05), 0.6)
    fewer = PlannedComparison(found.n - 40, share=share, clusters=found.clusters - 2, icc=0.05)
    assert power(fewer, 0.6) < 0.8 <= power(found, 0.6)


def test_clusters_of_uneven_size_see_less() -> None:
    for clusters in (12, 40):
        even, uneven = (PlannedComparison(20 * clusters, clusters=clusters, icc=0.1, cv=cv) for cv in (0, 0.8))
        assert power(uneven, 0.5) < power(even, 0.5)


@pytest.mark.long
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
        found, covariance, freedom = least_squares_hc2(x, y)
        hits += two_sided_p(found[0], float(covariance[0, 0] ** 0.5), float(freedom[0])) < 0.05
    assert hits / trials == pytest.approx(power(plan, effect), abs=0.02)


@pytest.mark.long
def test_few_clusters_power_is_smooth_and_nearly_free_of_chance(monkeypatch) -> None:
    """Only sizes and spread are drawn: twice as many draws move the power by about a point."""
    plans = [PlannedClusters(*sides, 20, 0, 0.1, 0.05) for sides in ((4, 4), (4, 8), (3, 12))]
    power_by_draws = []
    for trials in (4000, 8000):
        monkeypatch.setattr(cluster_power, "TRIALS", trials)
        monkeypatch.setattr(cluster_power, "MANY_TRIALS", trials)
        cluster_power._limits.cache_clear()
        power_by_draws.append([number_power(plan, 0.8) for plan in plans])
    cluster_power._limits.cache_clear()
    assert np.ptp(power_by_draws, axis=0).max() < 0.015
    rising = [number_power(plans[1], effect) for effect in np.linspace(0, 2, 40)]
    assert (np.diff(rising) > 0).all()
    assert rising[0] <= 0.05
    assert number_power(plans[1], -0.8) == pytest.approx(number_power(plans[1], 0.8), abs=0.01)


@pytest.mark.parametrize("sides", [(6, 12), (10, 24), (3, 30)])
def test_drawn_trials_are_compared_as_the_page_compares(sides) -> None:
    plan = PlannedClusters(*sides, 20, 0.8, 0.1, 0.05)
    rng = np.random.default_rng(4)
    sizes, means = plan.sizes(rng), rng.normal(size=(plan.trials, sum(sides)))
    value, reach, df = cluster_power._compared(plan, sizes, means)
    for trial in range(5):
        arm = np.where(plan.own, "new", "control")
        own = np.repeat(np.arange(sum(sides)), sizes[trial].astype(int))
        table = pl.DataFrame({"arm": arm[own], "k": own, "y": means[trial][own]})
        page = evaluate(Design(method="cluster_rct", cluster="k", outcome="y", draws=99), table)
        assert (page.value, page.high, page.df) == pytest.approx(
            (value[trial], value[trial] + reach[trial], df[trial]), rel=1e-9
        )


@pytest.mark.long
def test_three_of_33_clusters_are_not_promised_what_their_verdict_cannot_give() -> None:
    """By t alone, as if variances were one and known to 31 degrees of freedom, it would be 80 %."""
    assert power(PlannedComparison(660, clusters=33, share=0.1, icc=0.1), 0.673) == pytest.approx(0.43, abs=0.02)


@pytest.mark.long
@pytest.mark.parametrize("effect", [0.05, 0.01])
def test_many_persons_counted_yes_and_no_need_what_the_textbook_says(effect) -> None:
    """Fleiss, Levin & Paik (2003): (z √(2p̄q̄) + z √(p₁q₁ + p₀q₀))² / effect², 1 376 and 33 274 an arm."""
    one, none = 0.3 + effect, 0.3
    middle, spread = (one + none) / 2, one * (1 - one) + none * (1 - none)
    textbook = (1.959964 * (2 * middle * (1 - middle)) ** 0.5 + 0.841621 * spread**0.5) ** 2 / effect**2
    found = required_n_per_arm(effect, base_rate=0.3)
    assert found == pytest.approx(textbook, rel=0.003)
    assert power(PlannedComparison(2 * found, base_rate=0.3), effect) >= 0.8
