"""Staggered starts with other persons in each period: another package, clusters, order, and few of them."""

import warnings

import numpy as np
import polars as pl
import pytest

from analytics.experiments import Design, evaluate
from analytics.experiments.estimators.leading_inference import Dealt

DESIGN = {"method": "staggered", "period": "period", "start": "start", "outcome": "y"}


def persons(seed: int, count: int = 3000, clusters: int = 90, effect: float = 0.5) -> pl.DataFrame:
    """Persons each measured once, in offices that start in periods 3, 4, 6 or never."""
    rng = np.random.default_rng(seed)
    office, period = rng.integers(0, clusters, count), rng.integers(1, 7, count)
    start = np.array([0, 3, 4, 6])[office % 4]
    shared = rng.normal(size=(clusters, 7))[office, period] / 3
    y = rng.normal(size=count) + shared + 0.1 * period + effect * ((start > 0) & (period >= start))
    return pl.DataFrame({"id": np.arange(count), "office": office, "period": period, "start": start, "y": y})


def theirs(table: pl.DataFrame, **options: object):
    diff_diff = pytest.importorskip("diff_diff")
    named = {"outcome": "y", "unit": "id", "time": "period", "first_treat": "start", "aggregate": "all"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return diff_diff.CallawaySantAnna(panel=False, **options).fit(table.to_pandas(), **named)


@pytest.mark.parametrize(("comparison", "named"), [("never", "never_treated"), ("not_yet", "not_yet_treated")])
def test_effect_and_event_study_agree_with_another_package(comparison, named) -> None:
    table = persons(1)
    ours = evaluate(Design(**DESIGN, comparison=comparison), table.drop("id", "office"))
    other = theirs(table, control_group=named)
    assert (ours.value, ours.se) == pytest.approx((other.overall_att, other.overall_se), abs=1e-9)
    points = {int(time): (each["effect"], each["se"]) for time, each in other.event_study_effects.items()}
    assert {point["time"]: pytest.approx((point["value"], point["se"]), abs=1e-9) for point in ours.by_time} == points
    assert "persons_independent" in [note.code for note in ours.notes]


def test_named_offices_carry_the_error() -> None:
    table = persons(2)
    ours = evaluate(Design(**DESIGN, cluster="office"), table.drop("id"))
    other = theirs(table, cluster="office")
    assert ours.value == pytest.approx(other.overall_att, abs=1e-9)
    assert ours.se == pytest.approx(other.overall_se, rel=0.05)  # theirs is CR1, one factor for all
    assert ours.se > other.overall_se / (90 / 89) ** 0.5  # and without any
    assert ours.n == {"comparison": (table["start"] == 0).sum(), "treated": (table["start"] > 0).sum()}
    assert "persons_independent" not in [note.code for note in ours.notes]


@pytest.mark.parametrize("same", [True, False])
def test_clusters_with_one_start_have_the_error_of_before_and_after(same) -> None:
    """CR2 both, whether the same persons or others are measured in the two periods, in clusters of unlike sizes."""
    rng = np.random.default_rng(7)
    cluster = np.tile(np.repeat(np.arange(60), rng.integers(2, 30, 60)), 2)
    half = len(cluster) // 2
    treated, after = cluster % 3 > 0, np.arange(2 * half) >= half
    table = pl.DataFrame({"cluster": cluster, "arm": treated.astype(int), "period": 1 + after, "start": 2 * treated,
                          "y": rng.normal(size=60)[cluster] * after + rng.normal(size=2 * half)})  # fmt: skip
    table = table.with_columns(unit=pl.Series(np.tile(np.arange(half), 2))) if same else table
    named = {"outcome": "y", "cluster": "cluster", "draws": 99}
    staggered = evaluate(Design(method="staggered", **named), table.drop("arm"))
    changes = evaluate(Design(method="before_after", **named), table.drop("start")) if same else None
    if changes is not None:
        assert (staggered.value, staggered.se) == pytest.approx((changes.value, changes.se))
    else:
        assert (staggered.value, staggered.se) == pytest.approx(by_matrices(table))


def by_matrices(table: pl.DataFrame) -> tuple[float, float]:
    """Return the interaction of arm and period and its CR2 error (Bell & McCaffrey 2002), cluster for cluster."""
    arm, after, y = table["arm"].to_numpy(), table["period"].to_numpy() - 1.0, table["y"].to_numpy()
    x = np.column_stack([np.ones(len(y)), arm, after, arm * after])
    bread = np.linalg.inv(x.T @ x)
    effects, meat = bread @ x.T @ y, np.zeros((4, 4))
    for own in (table["cluster"].to_numpy() == name for name in table["cluster"].unique()):
        spread, axes = np.linalg.eigh(np.eye(own.sum()) - x[own] @ bread @ x[own].T)
        score = x[own].T @ (axes / np.sqrt(spread)) @ axes.T @ (y[own] - x[own] @ effects)
        meat += np.outer(score, score)
    return float(effects[3]), float((bread @ meat @ bread)[3, 3] ** 0.5)


def test_ids_that_never_come_back_and_order_change_no_bit() -> None:
    table = persons(3)
    bare = evaluate(Design(**DESIGN), table.drop("id", "office"))
    for again in (table, table.sample(fraction=1, shuffle=True, seed=1)):
        found = evaluate(Design(**DESIGN, unit="id"), again.drop("office"))
        assert (found.value, found.se, found.by_time) == (bare.value, bare.se, bare.by_time)


@pytest.mark.long
def test_few_offices_are_led_by_dealing_their_starts_anew() -> None:
    table = persons(4, clusters=16)
    found = evaluate(Design(**DESIGN, cluster="office", draws=199), table)
    assert found.permutation_leads
    assert found.low < found.value < found.high
    assert found.method_facts["treated"] == 12


def test_nobody_untreated_at_the_end_and_treated_from_the_first_are_told() -> None:
    table = persons(5).filter(pl.col("start") > 0)
    early = table.with_columns(start=pl.when(pl.col("office") < 9).then(1).otherwise("start"))
    found = evaluate(Design(**DESIGN, cluster="office"), early)
    codes = [note.code for note in found.notes]
    assert {"E10", "E11"} <= set(codes)
    assert found.value is not None


@pytest.mark.long
def test_starts_that_leave_nothing_to_compare_count_as_extreme() -> None:
    table = persons(6).drop("id", "office").sample(n=26, seed=3)
    found = evaluate(Design(**DESIGN, draws=199), table)
    assert found.permutation_leads
    assert found.p_randomisation > 0.05
    assert (found.se, found.low, found.high) == (None, None, None)  # too many starts bound nothing
    dealt = Dealt(1.0, np.array([0.5, np.nan, -2.0]), np.zeros(3), exact=False)
    assert dealt.permutation.p == pytest.approx(3 / 4)


@pytest.mark.long
def test_the_level_is_held() -> None:
    trials = [evaluate(Design(**DESIGN, cluster="office"), persons(seed, 800, 120, effect=0)) for seed in range(150)]
    false = sum(each.verdict in ("better", "worse") for each in trials)
    assert false / len(trials) <= 0.11  # three standard errors over 5 %
