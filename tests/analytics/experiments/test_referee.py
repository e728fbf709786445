"""What a referee asks: one cluster that is most of an arm, outcomes perfectly apart, no interval."""

import math

import numpy as np
import polars as pl
import pytest
from scipy import stats

from analytics.experiments import Design, evaluate
from analytics.experiments.errors import ExperimentError
from analytics.experiments.portfolio.pooling_input import pooled_table

CLUSTERS = Design(method="cluster_rct", outcome="y", cluster="school")


def schools(sizes: list[int], seed: int = 6) -> pl.DataFrame:
    """Schools in turn new and control, of these sizes, with shocks of their own and no effect."""
    rng = np.random.default_rng(seed)
    return pl.DataFrame([
        {"school": f"s{at:02}", "arm": "control" if at % 2 else "new", "y": shock + rng.normal()}
        for at, (size, shock) in enumerate(zip(sizes, rng.normal(size=len(sizes)), strict=True)) for _ in range(size)
    ])  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("size", [100, 2000])
def test_one_cluster_over_a_quarter_of_an_arm_leaves_the_clusters_means(size) -> None:
    table = schools([size, *[20] * 23])
    found = evaluate(CLUSTERS, table)
    means = table.group_by("school", "arm").agg(pl.col("y").mean()).sort("school")
    one, none = (means.filter(pl.col("arm") == arm)["y"].to_numpy() for arm in ("new", "control"))
    by_hand = stats.ttest_ind(one, none)
    assert (found.value, found.p, found.df) == pytest.approx((one.mean() - none.mean(), by_hand.pvalue, 22))
    assert ("cluster_dominates", {"names": "s00"}) in [(note.code, dict(note.facts)) for note in found.notes]
    assert found.beside["cluster_robust"]["not_estimable"] == "cluster_dominates"
    assert "s00" in str(found.note_texts("nb"))


@pytest.mark.parametrize("sizes", [[60, *[20] * 23], [20] * 24, [1] * 24, [1, 20] * 12])
def test_clusters_none_of_which_is_over_a_quarter_of_its_arm_are_compared_by_persons(sizes) -> None:
    found = evaluate(CLUSTERS, schools(sizes))
    assert found.method == "cluster_robust"
    assert "cluster_dominates" not in {note.code for note in found.notes}


@pytest.mark.long
def test_clusters_of_one_person_have_the_error_of_persons() -> None:
    table = schools([1] * 24)
    clusters, persons = evaluate(CLUSTERS, table), evaluate(Design(outcome="y"), table.drop("school"))
    assert (clusters.value, clusters.se) == pytest.approx((persons.value, persons.se))


@pytest.mark.long
@pytest.mark.parametrize(("largest", "dominates"), [(30, True), (22, False)])
def test_of_arms_of_five_over_twice_an_even_part_dominates(largest, dominates) -> None:
    sizes = [10] * 30
    rows = [{"school": f"s{at:02}", "arm": "new" if at < 5 else "control", "y": (at * 7 + i) % 11}
            for at, size in enumerate([largest, *sizes[1:]]) for i in range(size)]  # fmt: skip
    found = evaluate(CLUSTERS, pl.DataFrame(rows))
    assert ("cluster_dominates" in {note.code for note in found.notes}) == dominates


def test_staggered_a_cluster_that_is_two_fifths_of_the_treated_lets_the_permutation_lead() -> None:
    rng = np.random.default_rng(9)
    rows = [{"unit": f"{k}-{i}", "cluster": f"k{k:02}", "period": t, "start": 0 if k % 2 else 2 + k % 3,
             "y": t * shock + rng.normal()} for k, shock in enumerate(rng.normal(size=44))
            for i in range(size_of(k)) for t in range(1, 5)]  # fmt: skip
    found = evaluate(Design(method="staggered", outcome="y", cluster="cluster", draws=99), pl.DataFrame(rows))
    assert (found.permutation_leads, found.p) == (True, found.p_randomisation)
    told = {note.code: dict(note.facts) for note in found.notes}
    assert told["cluster_dominates"] == {"names": "k00"}
    assert "N02" not in told
    assert found.low < found.value < found.high


def size_of(cluster: int) -> int:
    return 40 if cluster == 0 else 3


def test_before_and_after_a_cluster_that_is_most_of_its_arm_leaves_the_clusters_means() -> None:
    rng = np.random.default_rng(8)
    sizes, shocks = [200, *[4] * 11], rng.normal(size=12)
    rows = [{"unit": f"{k}-{i}", "cluster": f"k{k:02}", "period": t, "arm": "control" if k % 2 else "new",
             "y": t * shock + rng.normal()} for k, (size, shock) in enumerate(zip(sizes, shocks, strict=True))
            for i in range(size) for t in (0, 1)]  # fmt: skip
    found = evaluate(Design(method="before_after", outcome="y"), pl.DataFrame(rows))
    before, after = (pl.col("y").filter(pl.col("period") == t).mean() for t in (0, 1))
    changes = pl.DataFrame(rows).group_by("cluster", "arm").agg(y=after - before).sort("cluster")
    one, none = (changes.filter(pl.col("arm") == arm)["y"].to_numpy() for arm in ("new", "control"))
    by_hand = stats.ttest_ind(one, none)
    assert (found.value, found.p, found.df) == pytest.approx((one.mean() - none.mean(), by_hand.pvalue, 10))
    assert found.n == {"control": 24, "new": 220}
    assert "cluster_dominates" in {note.code for note in found.notes}
    levels = {(each["arm"], each["at"]): each["value"] for each in found.levels}
    rises = [levels[arm, "after"] - levels[arm, "before"] for arm in ("new", "control")]
    assert rises[0] - rises[1] == pytest.approx(found.value)


def test_clusters_perfectly_apart_are_an_answer_of_the_permutation() -> None:
    table = schools([5] * 12).with_columns(y=(pl.col("arm") == "new").cast(int))
    found = evaluate(CLUSTERS, table)
    assert (found.value, found.se) == (100, None)
    assert found.p == pytest.approx(2 / math.comb(12, 6))
    assert found.verdict == "better"


def test_persons_perfectly_apart_have_newcombes_interval() -> None:
    table = pl.DataFrame({"arm": ["control", "new"] * 20, "y": [0, 1] * 20})
    found = evaluate(Design(outcome="y"), table)
    wilson = 20 / (20 + stats.norm.ppf(0.975) ** 2)  # the lower limit of 20 of 20, the upper of none is one less this
    assert found.low == pytest.approx(100 - 100 * math.sqrt(2) * (1 - wilson))
    assert (found.value, found.high, found.verdict) == (100, 100, "better")
    assert found.p_randomisation == pytest.approx(2 / math.comb(40, 20))


def test_numbers_without_any_spread_in_both_arms_are_judged_by_the_permutation() -> None:
    for each, verdict in ((2, "too_small_to_say"), (4, "better")):
        table = pl.DataFrame({"arm": ["control", "new"] * each, "y": [4.0, 5.5] * each})
        found = evaluate(Design(outcome="y"), table)
        assert (found.value, found.se, found.low, found.verdict) == (1.5, None, None, verdict)
        assert found.p == pytest.approx(2 / math.comb(2 * each, each))
        assert found.permutation_leads


UNREADABLE = {
    "p under a bound": ({"estimate": [0.1, 0.2], "p": ["<0.001", "0.04"]}, "p", "<0.001"),
    "p of three zeros": ({"estimate": [0.1, 0.2], "p": [0.0, 0.04]}, "p", "p = 0"),
    "p over one": ({"estimate": [0.1, 0.2], "p": [1.2, 0.04]}, "p", "p = 1.2"),
    "p of exactly one": ({"estimate": [0.1, 0.2], "p": [1.0, 0.04]}, "p", "p = 1"),
    "p of no effect": ({"estimate": [0.0, 0.2], "p": [0.9, 0.04]}, "p", "0 (p = 0.9)"),
    "a ratio's limit of zero": ({"rr": [1.5, 2.0], "low": [0.0, 1.0], "high": [2.0, 4.0]}, "low", "0"),
    "a ratio under zero": ({"hr": [-0.4, 2.0], "low": [1.0, 1.0], "high": [2.0, 4.0]}, "hr", "-0.4"),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_what_tells_no_standard_error_is_refused_with_its_own_cure(case) -> None:
    table, column, value = UNREADABLE[case]
    with pytest.raises(ExperimentError) as caught:
        pooled_table(pl.DataFrame(table), "rr", 0.95)
    assert (caught.value.code, caught.value.column) == ("not_told", column)
    for lang in ("nb", "en"):
        assert value in caught.value.says(lang)
        assert len(caught.value.do(lang)) > 60


def test_beside_an_interval_a_bounded_p_is_not_needed() -> None:
    rows = {"hr": [0.5, 0.8], "low": [0.4, 0.6], "high": [0.625, 1.0667]}
    bounded = pooled_table(pl.DataFrame({**rows, "p": ["<0.001", "ns"]}), "rr", 0.95)
    assert bounded["pooled"] == pooled_table(pl.DataFrame(rows), "rr", 0.95)["pooled"]


def test_two_agreeing_trials_have_hartung_and_knapps_limits_and_no_variance_between() -> None:
    found = pooled_table(pl.DataFrame({"estimate": [0.1, 0.12], "se": [0.2, 0.2]}), "rr", 0.95)
    se = 0.2 / math.sqrt(2)
    assert (found["tau2"], found["df"], found["se"]) == (0, 1, pytest.approx(se))
    assert found["low"] == pytest.approx(0.11 - stats.t.ppf(0.975, 1) * se)
    assert found["prediction"] == pytest.approx([found["low"], found["high"]])


@pytest.mark.parametrize(("events", "value", "variance"), [
    ((0, 3), math.log((0.5 / 21) / (3.5 / 21)), 1 / 0.5 - 1 / 21 + 1 / 3.5 - 1 / 21),
    ((0, 0), 0.0, 2 * (1 / 0.5 - 1 / 21)),
    ((20, 20), 0.0, 2 * (1 / 20.5 - 1 / 21)),
])  # fmt: skip
def test_trials_without_events_have_half_an_event_added(events, value, variance) -> None:
    table = {"events1": [events[0], 5], "n1": [20, 20], "events0": [events[1], 8], "n0": [20, 20]}
    trial = pooled_table(pl.DataFrame(table), "rr", 0.95)["shrunken"][0]
    assert (trial["effect"], trial["se"]) == pytest.approx((value, math.sqrt(variance)))


@pytest.mark.parametrize(("n", "sd", "told"), [
    ([10, 10], [None, 2.0], "control"), ([1, 10], [2.0, 2.0], "control"), ([1, 1], [None, None], "control, new"),
])  # fmt: skip
def test_an_answer_without_an_interval_says_which_arm_has_no_spread(n, sd, told) -> None:
    table = pl.DataFrame({"arm": ["control", "new"], "n": n, "mean": [3.0, 5.0], "sd": pl.Series(sd, dtype=pl.Float64)})
    found = evaluate(Design(), table)
    assert (found.value, found.low, found.verdict) == (2, None, "too_small_to_say")
    assert ("no_spread", {"names": told}) in [(note.code, dict(note.facts)) for note in found.notes]


def test_an_outcome_nobody_has_is_refused_with_the_way_to_an_answer() -> None:
    table = pl.DataFrame({"arm": ["control", "new"] * 20, "y": [0] * 40})
    with pytest.raises(ExperimentError) as caught:
        evaluate(Design(outcome="y"), table)
    for lang in ("nb", "en"):
        assert 'kind = "binary"' in caught.value.do(lang)
    found = evaluate(Design(outcome="y", kind="binary"), table)
    wilson = stats.norm.ppf(0.975) ** 2 / (20 + stats.norm.ppf(0.975) ** 2)
    assert (found.low, found.high) == pytest.approx((-100 * wilson, 100 * wilson))
