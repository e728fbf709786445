"""The engine of experiments against bare loops and other packages."""

import subprocess
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.bench.ground import Ground
from tests.bench.registry import Sides
from tests.bench.report import Unavailable, Unproven

ROOT = Path(__file__).resolve().parents[2]
DRAWS, PERSONS = 9999, 10_000
PATTERNS, CLUSTERS, SIZE = 999, 40, 25
EFFECT = 1.0  # in the made roll-out


def re_randomisation(ground: Ground) -> Sides:
    """Ours: the permutation p-value of 10 000 persons, 9 999 draws. Floor: the same permutations in a numpy loop."""
    import numpy as np

    from analytics.experiments.estimators.randomisation_inference import individual_p

    rng = np.random.default_rng(1)
    values, treated = rng.normal(size=PERSONS), np.arange(PERSONS) < PERSONS // 2

    def bare() -> float:
        rng, drawn, half = np.random.default_rng(1), values.copy(), PERSONS // 2
        observed, extreme = abs(values[treated].mean() - values[~treated].mean()), 1
        for _ in range(DRAWS):
            rng.shuffle(drawn)
            extreme += abs(drawn[:half].mean() - drawn[half:].mean()) >= observed
        return extreme / (1 + DRAWS)

    return Sides(lambda: individual_p(values, treated, DRAWS), bare, _p_differs)


def wild_bootstrap(ground: Ground) -> Sides:
    """Ours: 999 wild bootstrap draws over 40 clusters. Floor: a bare numpy refit with clustered errors every draw."""
    import numpy as np

    from analytics.experiments.estimators.wild_bootstrap import wild_cluster_p

    rng = np.random.default_rng(1)
    cluster = np.repeat(np.arange(CLUSTERS), SIZE)
    arm = np.arange(CLUSTERS) % 2 == 0
    values = rng.normal(size=len(cluster)) + rng.normal(size=CLUSTERS)[cluster]
    sums, sizes = np.bincount(cluster, values), np.bincount(cluster).astype(float)
    matrix = np.column_stack([np.ones(len(cluster)), arm[cluster]])
    residuals = values - values.mean()

    def t_value(outcome: Any) -> float:
        bread = np.linalg.inv(matrix.T @ matrix)
        found = bread @ matrix.T @ outcome
        scores = matrix * (outcome - matrix @ found)[:, None]
        summed = np.array([np.bincount(cluster, column) for column in scores.T])
        return float(found[1] / np.sqrt((bread @ (summed @ summed.T) @ bread)[1, 1]))

    def refitted() -> float:
        rng, observed = np.random.default_rng(1), abs(t_value(values))
        signs = rng.choice([-1.0, 1.0], size=(PATTERNS, CLUSTERS))
        return sum(abs(t_value(values.mean() + residuals * row[cluster])) >= observed for row in signs) / PATTERNS

    return Sides(lambda: wild_cluster_p(sums, sizes, arm, draws=PATTERNS), refitted, _p_differs)


def staggered(ground: Ground) -> Sides:
    """Ours: the estimator on a checked sample, 500 units × 5 periods. Floor: diff-diff's same aggregations."""
    from analytics.experiments.estimators.callaway_santanna import callaway_santanna
    from analytics.experiments.input.sample import sample_from

    sample = sample_from(_design(), roll_out(500, 5))
    return Sides(lambda: callaway_santanna(_design(), sample), _diff_diff(), _estimate_differs)


def staggered_evaluate(ground: Ground) -> Sides:
    """Ours: `evaluate` with all checks and words, 500 units × 5 periods. Floor: diff-diff's same aggregations."""
    from analytics.experiments import evaluate

    table = roll_out(500, 5)
    return Sides(lambda: evaluate(_design(), table), _diff_diff(), _estimate_differs)


def _design() -> Any:
    from analytics.experiments import Design

    return Design(method="staggered", unit="unit", period="period", start="start", outcome="y")


def _diff_diff() -> Callable[[], Any]:
    """Return diff-diff's fit of the same table."""
    from diff_diff import CallawaySantAnna

    table = roll_out(500, 5).to_pandas()
    named = {"outcome": "y", "unit": "unit", "time": "period", "first_treat": "start", "aggregate": "all"}

    def fit() -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return CallawaySantAnna().fit(table, **named)

    return fit


def _estimate_differs(ours: Any, theirs: Any) -> str:
    value, expected = float(ours.value), float(theirs.overall_att)
    return "" if abs(value - expected) <= 1e-9 else f"the two estimates differ: {value} and {expected}"


def _p_differs(ours: Any, p: float) -> str:
    """Two p-values of as many draws, drawn apart: they may differ by chance, six of its standard errors at most."""
    chance = 6 * (2 * p * (1 - p) / ours.draws) ** 0.5 + 2 / ours.draws
    return "" if abs(ours.p - p) <= chance else f"the two p-values differ by more than chance: {ours.p} and {p}"


def large_staggered_memory(ground: Ground) -> float:
    """Peak memory of a process that evaluates 7 800 units × 72 periods."""
    if sys.platform == "win32":
        raise Unavailable("the peak of a process is read where there is getrusage")
    words = [sys.executable, "-m", "tests.bench.sides_experiments"]
    answer = subprocess.run(words, cwd=ROOT, check=False, capture_output=True, text=True)
    if answer.returncode:
        raise Unproven(f"the evaluation ended with {answer.returncode}: {answer.stderr[-200:]}")
    value, peak = map(float, answer.stdout.split())
    if not abs(value - EFFECT) <= 0.1:
        raise Unproven(f"the estimate is {value}, though the effect put in is {EFFECT}")
    return peak


def roll_out(units: int, periods: int) -> Any:
    """Return a made staggered roll-out (Polars): `unit, period, start, y`; a third of the units is never treated."""
    import numpy as np
    import polars as pl

    rng = np.random.default_rng(1)
    starts = np.where(np.arange(units) % 3 == 0, 0, rng.integers(2, periods + 1, units))
    unit, period = np.repeat(np.arange(units), periods), np.tile(np.arange(1, periods + 1), units)
    start = starts[unit]
    y = (
        rng.normal(size=units)[unit]
        + 0.1 * period
        + EFFECT * ((start > 0) & (period >= start))
        + rng.normal(size=len(unit))
    )
    return pl.DataFrame({"unit": unit, "period": period, "start": start, "y": y})


if __name__ == "__main__":
    import resource

    from analytics.experiments import evaluate

    estimate = float(evaluate(_design(), roll_out(7800, 72)).value)
    sys.stdout.write(f"{estimate} " + str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))
