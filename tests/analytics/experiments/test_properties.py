"""What must hold for every experiment, whatever its numbers."""

import json

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.experiments import Design, evaluate
from analytics.experiments.estimators.randomisation_inference import assignment_p, individual_p
from analytics.experiments.estimators.wild_bootstrap import wild_cluster_p
from analytics.experiments.reporting.evaluation import published

pytestmark = pytest.mark.long

QUICK = settings(max_examples=25, deadline=None)
outcomes = st.lists(st.floats(-50, 50).map(lambda x: round(x, 3)), min_size=8, max_size=24)
NUMBER = Design(kind="number", outcome="y", unit="id", draws=99)


def persons(values) -> pl.DataFrame:
    arms = ["control" if i % 2 else "new" for i in range(len(values))]
    return pl.DataFrame({"id": range(len(values)), "arm": arms, "y": values})


def varied(values) -> bool:
    return np.std(values[::2]) > 1e-3 and np.std(values[1::2]) > 1e-3


@QUICK
@given(outcomes.filter(varied))
def test_swapping_arms_flips_the_sign(values) -> None:
    one = evaluate(NUMBER, persons(values))
    other = evaluate(Design(kind="number", outcome="y", unit="id", draws=99, control="new"), persons(values))
    assert other.value == pytest.approx(-one.value)
    assert (other.low, other.high) == (pytest.approx(-one.high), pytest.approx(-one.low))
    assert other.se == pytest.approx(one.se)


@QUICK
@given(outcomes.filter(varied), st.floats(-1000, 1000))
def test_a_shifted_outcome_leaves_the_estimate(values, shift) -> None:
    one, other = evaluate(NUMBER, persons(values)), evaluate(NUMBER, persons([value + shift for value in values]))
    assert other.value == pytest.approx(one.value, abs=1e-8)
    assert other.se == pytest.approx(one.se, rel=1e-6)


@QUICK
@given(outcomes.filter(varied), st.randoms())
def test_row_order_and_library_give_equal_bits(values, random) -> None:
    table = persons(values)
    order = list(range(len(values)))
    random.shuffle(order)
    one = evaluate(NUMBER, table).as_json()
    assert evaluate(NUMBER, table[order]).as_json() == one
    assert evaluate(NUMBER, table[order].to_pandas()).as_json() == one


@QUICK
@given(st.lists(st.integers(1, 19), min_size=8, max_size=16))
def test_duplicated_clusters_shrink_the_error(events) -> None:
    rows = [{"unit": f"s{i}", "arm": "new" if i % 2 else "control", "n": 20, "events": e} for i, e in enumerate(events)]
    twice = rows + [{**row, "unit": row["unit"] + "b"} for row in rows]
    design = Design(method="cluster_rct", draws=99)
    if len({row["events"] for row in rows[::2]}) < 2 or len({row["events"] for row in rows[1::2]}) < 2:
        return
    one, two = evaluate(design, pl.DataFrame(rows)), evaluate(design, pl.DataFrame(twice))
    assert two.value == pytest.approx(one.value)
    assert two.se < one.se


@QUICK
@given(st.integers(0, 40), st.integers(0, 40))
def test_an_estimate_is_written_as_plain_json_without_loss(events1, events0) -> None:
    if events1 + events0 in (0, 80):
        return
    table = pl.DataFrame({"arm": ["control", "new"], "n": [40, 40], "events": [events0, events1]})
    found = evaluate(Design(mde=5), table)
    written = found.as_json("nb")
    assert json.loads(json.dumps(written, allow_nan=False)) == written
    assert (written["value"], written["n"], written["verdict"]) == (found.value, found.n, found.verdict)


@QUICK
@given(st.integers(1, 4), st.integers(1, 4), st.integers(1, 4), st.integers(5, 30))
def test_no_small_count_can_be_read_from_a_published_estimate(first, second, small, other) -> None:
    def shown(count, many):
        table = pl.DataFrame(
            {"arm": ["control", "new"], "n": [40, 40], "events": [count, 40 - many if many else other]}
        )
        return published(Design(), table).as_json()

    assert shown(first, None) == shown(second, None)
    assert shown(first, small) == shown(second, first)


def test_randomisation_p_is_uniform_under_no_effect() -> None:
    rng = np.random.default_rng(7)
    treated = np.arange(24) < 12
    p = [individual_p(rng.normal(size=24), rng.permutation(treated), 199, seed).p for seed in range(400)]
    assert abs(np.mean(np.array(p) <= 0.05) - 0.05) < 0.033
    assert abs(np.mean(np.array(p) <= 0.5) - 0.5) < 0.08


def test_all_assignments_are_counted_where_they_are_few() -> None:
    found = assignment_p(np.array([5.0, 6, 7, 1, 2, 3]), np.ones(6), np.array([1, 1, 1, 0, 0, 0], dtype=bool), None)
    assert (found.p, found.draws, found.exact, found.smallest) == (0.1, 20, True, 0.1)


def test_blocks_are_permuted_inside_themselves() -> None:
    means, blocks = np.array([5.0, 1, 15, 11]), np.array([1, 1, 2, 2])
    found = assignment_p(means, np.ones(4), np.array([True, False, True, False]), blocks)
    assert (found.draws, found.p) == (4, 0.5)


def test_the_wild_bootstrap_equals_refitting_every_draw() -> None:
    rng = np.random.default_rng(3)
    sizes, treated = rng.integers(5, 20, 9).astype(float), np.arange(9) < 4
    sums = sizes * rng.normal(size=9)

    def t_value(y):
        one, none = (y[s].sum() / sizes[s].sum() for s in (treated, ~treated))
        variance = sum(
            ((y[s] - m * sizes[s]) ** 2).sum() / sizes[s].sum() ** 2 for s, m in ((treated, one), (~treated, none))
        )
        return (one - none) / variance**0.5

    mean = sums.sum() / sizes.sum()
    patterns = [[1 if k >> i & 1 else -1 for i in range(9)] for k in range(2**9)]
    drawn = [abs(t_value(mean * sizes + np.array(w) * (sums - mean * sizes))) for w in patterns]
    expected = np.mean(np.array(drawn) >= abs(t_value(sums)) * (1 - 1e-10))
    assert wild_cluster_p(sums, sizes, treated) == wild_cluster_p(sums, sizes, treated)
    assert wild_cluster_p(sums, sizes, treated).p == pytest.approx(expected)


def test_draws_have_the_estimates_mean_and_spread() -> None:
    table = pl.DataFrame({"arm": ["control", "new"], "n": [260, 185], "events": [168, 140]})
    found = evaluate(Design(), table)
    drawn = found.draws(20_000, np.random.default_rng(1))
    assert drawn.mean() == pytest.approx(found.value, abs=0.15)
    assert drawn.std() == pytest.approx(found.se, rel=0.03)
