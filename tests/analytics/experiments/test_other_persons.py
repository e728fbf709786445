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
    assert ours.se == pytest.approx(other.overall_se / (90 / 89) ** 0.5, abs=1e-9)  # their CR1 factor
    assert ours.n == {"comparison": (table["start"] == 0).sum(), "treated": (table["start"] > 0).sum()}
    assert "persons_independent" not in [note.code for note in ours.notes]


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
