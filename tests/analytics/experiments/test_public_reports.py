"""Faults reported in public of others' tools: each gives the right value here, or a refusal that says why."""

import math

import numpy as np
import pandas as pd
import polars as pl
import pytest
from scipy import stats

from analytics.experiments import Design, evaluate
from analytics.experiments.design.planned_comparison import PlannedComparison
from analytics.experiments.design.power import power, required_n_per_arm
from analytics.experiments.errors import ExperimentError
from analytics.experiments.estimators.randomisation_inference import events_p
from analytics.experiments.portfolio.meta_analysis import pool
from analytics.experiments.portfolio.pooling_input import pooled_table
from analytics.experiments.reporting.evaluation import published

PERSONS = pl.DataFrame({"arm": ["control", "new"] * 6, "y": [1.5, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3]})
TRIALS = pl.DataFrame({
    "trial": ["A", "B", "C", "D"], "events1": [0, 5, 0, 7], "n1": [20, 50, 30, 40],
    "events0": [0, 9, 4, 12], "n0": [20, 50, 30, 40],
})  # fmt: skip
LIVES = pl.DataFrame({"arm": ["control", "new"], "interval": [3, 3], "at_risk": [20, 20], "events": [2.5, 4]})


def codes(found) -> dict[str, dict[str, object]]:
    return {note.code: dict(note.facts) for note in found.notes}


@pytest.mark.parametrize("table", [
    pl.DataFrame({"arm": ["control", "new"], "n": [20.5, 20], "events": [4, 5]}),
    pl.DataFrame({"arm": ["control", "new"], "n": [20.5, 20], "mean": [4.0, 5], "sd": [1.0, 1]}),
])  # fmt: skip
def test_half_a_person_is_refused(table) -> None:
    with pytest.raises(ExperimentError) as caught:
        evaluate(Design(), table)
    assert (caught.value.code, caught.value.column, caught.value.found) == ("not_whole", "n", "20.5")


def test_half_an_event_of_a_life_table_and_half_a_person_of_a_trial_are_refused() -> None:
    with pytest.raises(ExperimentError, match=r"2\.5"):
        evaluate(Design(kind="duration"), LIVES)
    with pytest.raises(ExperimentError, match=r"20\.5"):
        pooled_table(TRIALS.with_columns(n1=pl.col("n1") + 0.5), "rr", 0.95)


@pytest.mark.long
@pytest.mark.parametrize("measure", ["rr", "or"])
def test_trials_without_events_are_named_and_the_ratio_without_them_told(measure) -> None:
    notes = {each["code"]: each["facts"] for each in pooled_table(TRIALS, measure, 0.95)["notes"]}
    rest = pooled_table(TRIALS.filter(pl.col("trial") != "A"), measure, 0.95)["ratio"]
    assert notes["pool_half"] == {"names": "A, C"}
    assert notes["pool_silent"]["names"] == "A"
    told = [notes["pool_silent"][name] for name in ("ratio", "low", "high")]
    assert told == pytest.approx([rest["pooled"], rest["low"], rest["high"]])


@pytest.mark.long
def test_a_difference_of_risks_has_trials_without_events_and_ordinary_trials_no_note() -> None:
    assert [each["code"] for each in pooled_table(TRIALS, "rd", 0.95)["notes"]] == ["pool_half"]
    assert pooled_table(TRIALS.filter(pl.col("events1") > 0), "rr", 0.95)["notes"] == []
    assert "notes" in pooled_table(pl.DataFrame({"estimate": [0.1, 0.2], "se": [0.1, 0.1]}), "rr", 0.95)


def waves(people: list[int]) -> pl.DataFrame:
    rng = np.random.default_rng(2)
    return pl.DataFrame({
        "id": people, "wave": [0] * 12 + [1] * 12, "arm": ["control", "new"] * 12, "y": rng.normal(size=24),
    })  # fmt: skip


def test_persons_followed_without_their_column_named_are_told_and_others_are_not() -> None:
    design = {"method": "before_after", "outcome": "y", "period": "wave"}
    followed, others = waves([*range(12)] * 2), waves([*range(24)])
    assert codes(evaluate(Design(**design), followed))["unit_unnamed"] == {"column": "id"}
    assert "unit_unnamed" not in codes(evaluate(Design(**design), others))
    named = evaluate(Design(**design, unit="id"), followed)
    assert ("unit_unnamed" in codes(named), named.method) == (False, "changes_by_unit")


def test_clusters_told_apart_by_capital_letters_alone_are_named() -> None:
    table = pl.DataFrame({
        "arm": ["control", "new"] * 12, "school": [f"{'S' if at < 12 else 's'}{at % 12}" for at in range(24)],
        "y": [float(at % 5) for at in range(24)],
    })  # fmt: skip
    told = codes(evaluate(Design(method="cluster_rct", cluster="school", outcome="y"), table))["labels_alike"]
    assert told["count"] == 24
    assert "S0" in str(told["names"])
    same = table.with_columns(school=pl.int_range(pl.len()) // 2 * 2 + (pl.col("arm") == "new"), block=pl.lit("0"))
    assert "labels_alike" not in codes(evaluate(Design(method="cluster_rct", cluster="school", outcome="y"), same))


def not_tables() -> dict[str, object]:
    twice = PERSONS.to_pandas().set_axis(["y", "y"], axis=1)
    return {"list": [{"arm": "control"}], "NoneType": None, "ndarray": PERSONS.to_numpy(), "y": twice}


@pytest.mark.parametrize("found", ["list", "NoneType", "ndarray", "y"])
def test_what_is_no_table_is_refused_by_what_it_is(found) -> None:
    with pytest.raises(ExperimentError) as caught:
        evaluate(Design(outcome="y"), not_tables()[found])
    assert (caught.value.code, caught.value.found) == ("not_a_table", found)


def test_a_lazy_table_and_mixed_columns_of_pandas_are_read() -> None:
    found = evaluate(Design(outcome="y"), PERSONS.lazy())
    assert found.value == evaluate(Design(outcome="y"), PERSONS).value
    mixed = PERSONS.to_pandas().astype({"y": object})
    mixed.loc[3, "y"] = "missing"
    with pytest.raises(ExperimentError, match="missing"):
        evaluate(Design(outcome="y"), mixed)
    assert evaluate(Design(outcome="y"), pd.DataFrame(PERSONS.to_dicts(), dtype=object)).value == found.value


def test_an_outcome_nobody_in_an_arm_has_is_told_as_that() -> None:
    table = PERSONS.with_columns(y=pl.when(pl.col("arm") == "new").then(None).otherwise("y"))
    with pytest.raises(ExperimentError) as caught:
        evaluate(Design(outcome="y"), table)
    assert caught.value.code == "unmeasured"


def test_numbers_no_computer_can_square_twice_are_refused() -> None:
    with pytest.raises(ExperimentError):
        evaluate(Design(outcome="y"), PERSONS.with_columns(y=pl.col("y") * 1e99))
    for se in (1e-90, 1e90):
        with pytest.raises(ExperimentError):
            pool([0.1, 0.2], [0.1, se])


def test_the_exact_p_of_a_million_persons_leaves_out_only_what_has_no_chance() -> None:
    n, events1, events0 = 1_000_000, 50_200, 49_800
    possible = np.arange(events1 + events0 + 1)
    chances = stats.hypergeom.pmf(possible, 2 * n, events1 + events0, n)
    expected = chances[np.abs(2 * possible - events1 - events0) >= events1 - events0].sum()
    assert events_p(events1, n, events0, n).p == pytest.approx(expected)


def matched(pairs: int, rho: float, rng: np.random.Generator, effect: float) -> pl.DataFrame:
    shared, own = rng.normal(size=pairs), rng.normal(size=(pairs, 2))
    y = math.sqrt(rho) * shared[:, None] + math.sqrt(1 - rho) * own + [0.0, effect]
    return pl.DataFrame({"block": np.repeat(np.arange(pairs), 2), "arm": ["control", "new"] * pairs, "y": y.ravel()})


@pytest.mark.long
def test_the_planner_of_matched_pairs_has_the_power_of_the_verdict() -> None:
    rng, plan, effect, trials = np.random.default_rng(5), PlannedComparison(30, pair=0.5), 0.8, 200
    found = [evaluate(Design(outcome="y", block="block", draws=19), matched(15, 0.5, rng, effect)).verdict
             for _ in range(trials)]  # fmt: skip
    share = sum(each == "better" for each in found) / trials
    assert share == pytest.approx(power(plan, effect), abs=3 * math.sqrt(share * (1 - share) / trials))


def test_matched_pairs_have_the_power_of_the_paired_t_test() -> None:
    pairs, effect = 15, 0.8
    shift, limit = effect / math.sqrt(2 * 0.5 / pairs), stats.t.ppf(0.975, pairs - 1)
    expected = stats.nct.sf(limit, pairs - 1, shift) + stats.nct.cdf(-limit, pairs - 1, shift)
    assert power(PlannedComparison(30, pair=0.5), effect) == pytest.approx(expected)
    fewer = required_n_per_arm(0.5, pair=0.5)
    assert power(PlannedComparison(2 * fewer, pair=0.5), 0.5) == pytest.approx(0.8, abs=1e-6)
    assert fewer < required_n_per_arm(0.5) / 1.8


@pytest.mark.parametrize("plan", [
    {"n": 40, "pair": 1.0}, {"n": 40, "pair": 0.3, "share": 0.25}, {"n": 90, "pair": 0.3, "clusters": 9},
    {"n": 40, "pair": 0.3, "r2": 0.2},
])  # fmt: skip
def test_pairs_that_cannot_be_are_refused(plan) -> None:
    with pytest.raises(ExperimentError):
        PlannedComparison(**plan)


def test_four_pairs_of_clusters_can_say_nothing_and_five_can() -> None:
    assert power(PlannedComparison(80, clusters=8, icc=0.1, pair=0.3), 5.0) == 0
    assert power(PlannedComparison(100, clusters=10, icc=0.1, pair=0.3), 5.0) > 0.99


def test_a_column_of_weights_is_told_as_unused_and_what_the_design_uses_is_not() -> None:
    weighted = PERSONS.with_columns(Weight=pl.int_range(pl.len()) + 1.0, e=pl.lit(1))
    spells = Design(kind="duration", outcome="y", events="e")
    for design in (Design(outcome="y"), spells):
        found = evaluate(design, weighted)
        assert (codes(found)["weights_unused"], found.value) == (
            {"column": "Weight"}, evaluate(design, weighted.drop("Weight")).value)  # fmt: skip
        assert all("Weight" in str(found.note_texts(lang)) for lang in ("nb", "en"))
    for used in ({"covariates": ("Weight",)}, {"outcome": "Weight"}):
        assert "weights_unused" not in codes(evaluate(Design(**{"outcome": "y", **used}), weighted))
    assert "weights_unused" not in codes(evaluate(Design(outcome="y"), weighted.with_columns(Weight=1.0)))


def test_a_code_for_missing_among_numbers_is_told_and_an_ordinary_number_is_not() -> None:
    rng = np.random.default_rng(6)
    table = pl.DataFrame({"arm": ["control", "new"] * 40, "y": rng.normal(3, 1, 80), "e": [1] * 80})
    coded = table.with_columns(y=pl.when(pl.int_range(pl.len()) < 3).then(999.0).otherwise(pl.col("y").abs()))
    for design in (Design(outcome="y"), Design(kind="duration", outcome="y", events="e")):
        told = codes(evaluate(design, coded))["missing_code"]
        assert told == {"column": "y", "values": "999 (3)"}
        assert "missing_code" not in codes(published(design, coded))
        wages = coded.with_columns(pl.col("y") % 900 * 30)
        assert "missing_code" not in codes(evaluate(design, wages.with_columns(
            y=pl.when(pl.int_range(pl.len()) < 3).then(99.0).otherwise("y"))))  # fmt: skip
    assert "999" in str(evaluate(Design(outcome="y"), coded).note_texts("nb"))
