"""What the page shows: no count under five, none that can be worked out, and the same answer where none is small."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.experiments.design.design import Design
from analytics.experiments.input.durations import durations_from
from analytics.experiments.reporting.disclosure_control import protected_durations
from analytics.experiments.reporting.evaluation import evaluate, published

DURATION = Design(kind="duration", good="down", registered="2025-01-01")
TRIAL = Design(kind="binary", registered="2025-01-01")


def life(events: dict[str, list[int]], start: int = 120) -> pl.DataFrame:
    rows = []
    for arm, counts in events.items():
        left = start
        for month, count in enumerate(counts, 1):
            rows.append({"arm": arm, "interval": month, "at_risk": left, "events": count, "censored": 0})
            left -= count
    return pl.DataFrame(rows)


def trial(control: int, treated: int, n: int = 100) -> pl.DataFrame:
    return pl.DataFrame({"arm": ["control", "new"], "n": [n, n], "events": [control, treated]})


def flow(control: tuple[int, ...], treated: tuple[int, ...]) -> pl.DataFrame:
    stages = ("assessed", "assigned", "started", "measured")
    return pl.DataFrame(
        [{"arm": a, **dict(zip(stages, c, strict=True))} for a, c in (("control", control), ("new", treated))]
    )


@pytest.mark.long
@settings(max_examples=60)
@given(st.lists(st.integers(0, 9), min_size=3, max_size=9), st.lists(st.integers(0, 9), min_size=3, max_size=9))
def test_no_interval_of_a_published_life_table_holds_a_small_count(control, treated) -> None:
    size = min(len(control), len(treated))
    if sum(control[:size]) + sum(treated[:size]) == 0:
        return
    whole = durations_from(DURATION, life({"control": control[:size], "new": treated[:size]}))
    shown = protected_durations(whole, 5)
    if shown is None:
        return
    for before, after in zip(whole.arms, shown.arms, strict=True):
        assert not ((after.events > 0) & (after.events < 5)).any()
        assert after.events.sum() == before.events.sum()
        assert after.time[-1] == before.time[-1]


def test_intervals_that_differ_inside_what_is_put_together_give_the_same_estimate() -> None:
    one = life({"control": [2, 3, 8, 9], "new": [3, 4, 9, 9]})
    other = life({"control": [4, 1, 8, 9], "new": [1, 6, 9, 9]})
    assert evaluate(DURATION, one) != evaluate(DURATION, other)
    assert published(DURATION, one) == published(DURATION, other)


def test_a_published_curve_is_in_whole_percents_without_the_persons_behind_it() -> None:
    found = published(DURATION, life({"control": [12, 11, 8], "new": [17, 20, 9]}))
    assert {name for point in found.by_time for name in point} == {"time", "arm", "survival", "low", "high"}
    assert all(round(point["survival"], 2) == point["survival"] for point in found.by_time)
    assert found.beside["logrank"].keys() == {"chi2", "p"}


def test_too_few_events_in_an_arm_tell_no_effect() -> None:
    found = published(DURATION, life({"control": [1, 1, 1], "new": [9, 9, 9]}))
    assert (found.value, found.low, found.high, found.by_time, found.beside) == (None, None, None, (), {})
    assert found.verdict == "too_small_to_say"


@pytest.mark.parametrize(("control", "treated"), [(40, 55), (20, 31)])
def test_a_table_without_small_counts_is_published_with_its_standard_error(control: int, treated: int) -> None:
    whole, shown = (make(TRIAL, trial(control, treated)) for make in (evaluate, published))
    assert shown.se == pytest.approx(whole.se)
    assert (shown.value, shown.low, shown.high, shown.p) == (whole.value, whole.low, whole.high, whole.p)


def test_persons_are_published_as_their_counts() -> None:
    arms = np.repeat(["control", "new"], 60)
    persons = pl.DataFrame({"arm": arms, "outcome": [i % 3 == 0 for i in range(60)] + [i % 2 == 0 for i in range(60)]})
    shown, whole = published(TRIAL, persons), evaluate(TRIAL, persons)
    assert shown.value == pytest.approx(whole.value)
    assert shown.se == pytest.approx(whole.se)


def test_a_few_lost_are_not_told_by_the_counts_beside_them() -> None:
    found = published(TRIAL, trial(12, 15, n=29), flow((44, 32, 32, 29), (43, 30, 30, 29)))
    assert found.flow["assessed"] == {"control": 44.0, "new": 43.0}
    assert found.flow["assigned"] == found.flow["started"] == {}
    assert found.flow["measured"] == found.n == {"control": 29, "new": 29}
    assert found.beside["attrition"]["manski"] == {"not_estimable": "small_numbers"}


def test_attrition_of_a_few_is_told_as_a_span_and_still_costs_a_step() -> None:
    found = published(TRIAL, trial(12, 15, n=27), flow((44, 30, 30, 27), (43, 30, 30, 29)))
    facts = {item.code: dict(item.facts) for item in found.notes}
    assert (facts["N01"]["control"], facts["N01"]["treated"]) == ("4–13", "3–12")
    assert "attrition" in found.grade["reasons"]


def test_a_rare_baseline_is_not_shown() -> None:
    base = pl.DataFrame(
        {"arm": ["control", "new"], "period": [0, 0], "outcome": "rare", "n": [80, 80], "events": [2, 9]}
    )
    main = pl.DataFrame(
        {"arm": ["control", "new"], "period": [1, 1], "outcome": "job", "n": [80, 80], "events": [30, 40]}
    )
    design = Design(kind="binary", outcome="job", period="period", registered="2025-01-01")
    found = published(design, pl.concat([base, main]))
    assert [line["standardised_difference"] for line in found.balance] == [None]


def test_the_flow_of_a_duration_trial_is_read_and_its_attrition_told() -> None:
    table = life({"control": [12, 11, 8], "new": [17, 20, 9]}, start=100)
    found = evaluate(DURATION, table, flow((160, 140, 140, 100), (160, 140, 140, 100)))
    assert found.flow["assigned"] == {"control": 140.0, "new": 140.0}
    assert "N01" in {item.code for item in found.notes}


def test_an_interval_across_zero_names_both_directions() -> None:
    found = evaluate(TRIAL, trial(50, 45))
    assert found.value < 0 < found.high
    assert found.sentence("en").startswith("5 fewer")
    assert "(from 18 fewer to 9 more)" in found.sentence("en")
    assert "(fra 18 færre til 9 flere)" in found.sentence("nb")


def test_a_flow_of_other_experiments_is_no_flow_of_this_one() -> None:
    table = flow((160, 140, 140, 100), (160, 140, 140, 100))
    others = pl.concat([table.with_columns(experiment=pl.lit(name)) for name in ("one", "two")])
    assert "assigned" not in evaluate(TRIAL, trial(40, 55), others).flow
    mine = others.with_columns(experiment=pl.col("experiment").replace({"two": TRIAL.key}))
    assert evaluate(TRIAL, trial(40, 55), mine).flow["assigned"] == {"control": 140.0, "new": 140.0}
