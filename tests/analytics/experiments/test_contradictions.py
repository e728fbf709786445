"""What contradicts itself, is told twice or cannot be told: refused with its cure, or answered with a note."""

import json
import math

import numpy as np
import polars as pl
import pytest
from scipy import stats

from analytics.__main__ import main
from analytics.experiments import Design, evaluate
from analytics.experiments.design.group_sequential import crossing_probability, sequential_limits
from analytics.experiments.design.planned_comparison import PlannedComparison
from analytics.experiments.design.power import power
from analytics.experiments.design.verdict_power import _exact_p, yes_no_power
from analytics.experiments.errors import ExperimentError
from analytics.experiments.estimators.randomisation_inference import events_p
from analytics.experiments.portfolio.meta_analysis import pool
from analytics.experiments.portfolio.pooling_input import pooled_table

LIVES = {"arm": ["control"] * 2 + ["new"] * 2, "at_risk": [100, 90, 100, 80], "events": [10, 10, 20, 20]}


def notes(found) -> dict[str, dict[str, object]]:
    return {note.code: dict(note.facts) for note in found.notes}


def refused(*asked: object) -> ExperimentError:
    with pytest.raises(ExperimentError) as caught:
        evaluate(*asked)
    return caught.value


def of_counts(control: tuple[int, int], new: tuple[int, int]) -> pl.DataFrame:
    return pl.DataFrame({"arm": ["control", "new"], "n": [control[1], new[1]], "events": [control[0], new[0]]})


def test_a_mean_that_contradicts_its_events_is_refused_and_a_rounded_one_or_percent_is_not() -> None:
    table = of_counts((30, 100), (40, 97))
    found = refused(Design(), table.with_columns(mean=pl.Series([0.3, 0.9])))
    assert (found.code, found.found) == ("contradicts", "0.9 ≠ 40/97")
    for mean in ([0.3, 0.41], [30.0, 41.2]):
        assert evaluate(Design(), table.with_columns(mean=pl.Series(mean))).value == evaluate(Design(), table).value


def test_rows_that_are_copies_are_told() -> None:
    table = of_counts((30, 100), (40, 100))
    assert notes(evaluate(Design(), pl.concat([table, table])))["rows_alike"] == {"count": 2}
    assert "rows_alike" not in notes(evaluate(Design(), table))


def test_arms_without_any_spread_say_so() -> None:
    table = pl.DataFrame({"arm": ["control", "new"], "n": [50, 50], "mean": [3.0, 4.0], "sd": [0.0, 0.0]})
    found = evaluate(Design(), table)
    assert (found.value, found.low, found.verdict) == (1, None, "too_small_to_say")
    assert "spread_zero" in notes(found)


@pytest.mark.long
def test_what_computers_round_is_no_standard_error() -> None:
    """Every treated school has 9 of 20 and every other 5 of 20: the clusters' spread is 0 but for rounding."""
    schools = pl.DataFrame({
        "school": [f"S{at}" for at in range(24)], "arm": ["control", "new"] * 12, "n": [20] * 24, "events": [5, 9] * 12,
    })  # fmt: skip
    found = evaluate(Design(method="cluster_rct", unit="school"), schools)
    assert (found.se, found.low, found.permutation_leads, found.verdict) == (None, None, True, "better")
    persons = pl.DataFrame({"arm": ["control", "new"] * 12, "y": [0.1, 0.3] * 12, "x": [*range(24)]})
    alike = evaluate(Design(outcome="y", covariates=("x",)), persons)
    assert (alike.se, alike.beside["ancova"]["p"]) == (None, None)
    assert alike.p == alike.p_randomisation


@pytest.mark.parametrize(("written", "told"), [
    (("0-3", "6-9", "0-3", "3-6"), "control: 3 → 6–9"), (("0-3", "2-6", "0-3", "3-6"), "control: 3 → 2–6"),
    (("3-6", "6-9", "0-3", "3-6"), "control: 0 → 3–6"), (("0-6", "6-12", "0-3", "3-12"), "control: 6, 12; new: 3, 12"),
])  # fmt: skip
def test_intervals_that_leave_a_gap_overlap_or_differ_are_refused(written, told) -> None:
    found = refused(Design(kind="duration"), pl.DataFrame({**LIVES, "interval": written}))
    assert (found.code, found.found) == ("intervals", told)


def test_intervals_of_whole_numbers_may_end_before_the_next_begins() -> None:
    answers = [evaluate(Design(kind="duration"), pl.DataFrame({**LIVES, "interval": [*written] * 2})).value
               for written in (("0-3", "4-6"), ("0–3", "3–6"), ("3", "6"), ("1-3", "4-6"))]  # fmt: skip
    assert len(set(answers)) == 1


def lives(new: range) -> pl.DataFrame:
    return pl.DataFrame({"arm": ["control"] * 20 + ["new"] * 20, "time": [*range(1, 21), *new], "event": 40 * [1]})


def test_two_rows_of_a_person_are_refused() -> None:
    design, table = {"kind": "duration", "outcome": "time", "events": "event"}, lives(range(3, 23))
    found = refused(Design(**design, unit="id"), table.with_columns(id=pl.int_range(pl.len()) // 2))
    assert (found.code, found.count) == ("E05", 20)


@pytest.mark.long
def test_arms_that_are_never_side_by_side_are_told_as_that() -> None:
    design = Design(kind="duration", outcome="time", events="event")
    after = evaluate(design, lives(range(30, 50))).beside
    assert after["cox"] == {"not_estimable": "arms_separated"}
    at_once = evaluate(design, lives(range(3, 23)).with_columns(time=5)).beside
    assert at_once["logrank"] == {"not_estimable": "never_side_by_side"}


def test_of_few_the_exact_p_leads_yes_and_no() -> None:
    """0 of 2 v. 2 of 2 has p = 0.046 by the score test; one way of six to deal them is as extreme on either side."""
    found = evaluate(Design(), of_counts((0, 2), (2, 2)))
    assert (found.p, found.verdict) == (pytest.approx(1 / 3), "too_small_to_say")
    assert "exact p-value" in found.method_text("en")
    rare = evaluate(Design(), of_counts((6, 2000), (1, 20)))
    assert (rare.permutation_leads, rare.p) == (True, pytest.approx(events_p(1, 20, 6, 2000).p))
    many = evaluate(Design(), of_counts((8, 48), (23, 48)))
    assert (many.permutation_leads, many.p == many.p_randomisation) == (False, False)


@pytest.mark.long
@pytest.mark.parametrize("sides", [(1, 76), (7, 9), (8, 8), (13, 13), (20, 400), (21, 22), (5, 55)])
def test_no_share_gives_more_than_seven_false_verdicts_in_a_hundred(sides) -> None:
    """By the score test alone 1 v. 76 gave 13.6, 7 v. 9 gave 8.1, 20 v. 2 000 gave 10.7."""
    rates = [*np.arange(0.002, 0.05, 0.008), *np.arange(0.05, 1, 0.05)]
    assert max(yes_no_power(*sides, rate, rate, 0.05) for rate in rates) < 0.07


def test_the_planners_exact_p_is_the_pages() -> None:
    for n1, n0 in ((7, 9), (40, 3)):
        met = np.arange(n1 + 1.0), np.arange(n0 + 1.0)
        found = _exact_p((met[0], n1), (met[1], n0), np.ones((n1 + 1, n0 + 1), dtype=bool))
        expected = [events_p(one, n1, none, n0).p for one in range(n1 + 1) for none in range(n0 + 1)]
        assert found == pytest.approx(expected, abs=1e-12)


def pooling(**columns: object) -> dict[str, dict[str, object]]:
    return {each["code"]: each["facts"] for each in pooled_table(pl.DataFrame(columns), "rr", 0.95)["notes"]}


def test_trials_that_stand_twice_or_are_at_odds_with_themselves_are_named() -> None:
    twice = pooling(study=["A", "A", "B"], estimate=[0.2, 0.2, 0.1], se=[0.1, 0.1, 0.2])
    assert twice["pool_twice"] == {"names": "A"}
    odd = pooling(study=["A", "B", "C"], estimate=[0.2, 0.3, 0.1], se=[0.1, 0.1, 0.2], low=[0.0, 0.25, None],
                  high=[0.4, 0.35, None], p=["0.046", "0.0027", "<0.001"])  # fmt: skip
    assert odd == {"pool_at_odds": {"names": "B"}}
    by_p = pooling(study=["A", "B"], estimate=[0.2, 0.3], se=[0.1, 0.1], p=[0.9, 0.003])
    assert by_p == {"pool_at_odds": {"names": "A"}}
    assert pooling(study=["A", "B"], rr=[0.5, 0.8], low=[0.25, 0.6], high=[1.0, 1.067], p=[0.05, 0.13]) == {}


def test_trials_none_of_which_had_an_event_say_what_their_ratio_is() -> None:
    none = pooling(events1=[0, 0], n1=[10, 20], events0=[0, 0], n0=[10, 20])
    assert "pool_all_silent" in none


def test_the_smallest_p_is_read_back_and_a_level_beyond_0_and_1_refused() -> None:
    table = pl.DataFrame({"estimate": [2.0, 1.0], "p": [1e-300, 0.3]})
    se = pooled_table(table, "rr", 0.95)["shrunken"][0]["se"]
    assert se == pytest.approx(2 / stats.norm.isf(0.5e-300), rel=1e-9)
    for level in (0, 1, 95, math.nan):
        with pytest.raises(ExperimentError, match="level"):
            pool([0.1, 0.2], [0.1, 0.1], level=level)


@pytest.mark.parametrize(("asked", "column"), [
    ("--n 0", "n"), ("--n 200.5", "n"), ("--n 200 --effect nan", "effect"), ("--effect inf", "effect"),
    ("--n 200 --base-rate 0.5 --effect 30", "base_rate + effect"), ("--n 200 --power 0.04", "power"),
    ("--n 200 --icc 0.1", "icc, cv"), ("--effect 0.5 --cv 0.4", "icc, cv"), ("--n 200 --clusters 0", "clusters"),
    ("--n 200 --clusters 8 --cluster-size 10", "n, clusters, cluster_size"), ("--clusters 8", "clusters"),
    ("--effect 0.2 --clusters 8", "clusters"), ("--clusters 8 --cluster-size 0", "cluster_size"),
    ("--looks 0", "looks"),
    ("--looks 5 --alpha 1e-13", "looks"), ("--n 201 --pair 0.4", "n"), ("--n 90 --clusters 9 --pair 0.4", "clusters"),
])  # fmt: skip
def test_plans_that_contradict_themselves_are_refused_by_name(asked, column, capsys) -> None:
    assert main(["power", *asked.split()]) == 1
    error = json.loads(capsys.readouterr().out)["error"]
    assert column in error["says"]
    assert len(error["do"]) > 5


def test_persons_and_their_cluster_size_give_the_clusters(capsys) -> None:
    assert main(["power", "--n", "600", "--cluster-size", "25", "--icc", "0.05", "--effect", "0.5"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["power_at_effect"] == power(PlannedComparison(600, clusters=24, icc=0.05), 0.5)


@pytest.mark.parametrize("alpha", [1e-6, 0.05, 0.9])
@pytest.mark.parametrize("shape", ["pocock", "obrien_fleming"])
def test_limits_of_looks_hold_any_level(alpha, shape) -> None:
    assert crossing_probability(np.array(sequential_limits(3, shape, alpha))) == pytest.approx(alpha, rel=1e-4)
