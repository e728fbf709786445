"""The verdict at its edges, and the grade step by step."""

import pytest

from analytics.experiments import Design
from analytics.experiments.estimators.base import Finding, note
from analytics.experiments.reporting.verdict import STEPS, grade, verdict


@pytest.mark.parametrize(
    ("low", "high", "p", "said"),
    [
        (1.0, 9.0, 0.01, "better"),
        (-9.0, -1.0, 0.01, "worse"),
        (-1.0, 9.0, 0.20, "too_small_to_say"),
        (0.0, 9.0, 0.04, "too_small_to_say"),
        (1.0, 9.0, 0.06, "too_small_to_say"),
        (1.0, 9.0, None, "better"),
        (0.5, 4.9, 0.01, "no_important_difference"),
        (-4.9, 4.9, 0.90, "no_important_difference"),
        (0.5, 5.0, 0.01, "better"),
        (-5.0, 4.9, 0.90, "too_small_to_say"),
    ],
)
def test_the_interval_and_the_leading_p_must_both_leave_out_nothing(low, high, p, said) -> None:
    assert verdict(Design(mde=5), low, high, (low + high) / 2, p) == said


def test_fewer_are_better_where_the_outcome_is_bad() -> None:
    design = Design(good="down")
    assert [verdict(design, *ends, None, 0.01) for ends in ((1.0, 9.0), (-9.0, -1.0))] == ["worse", "better"]


def test_without_an_interval_the_p_alone_decides() -> None:
    said = [
        verdict(Design(), None, None, value, p) for value, p in ((2.0, 0.04), (2.0, 0.06), (2.0, None), (0.0, 0.01))
    ]
    assert said == ["better", "too_small_to_say", "too_small_to_say", "too_small_to_say"]


def graded(method: str, found: str, per_arm: int = 0, times: tuple[float, ...] = ()) -> int:
    facts = {"treated": per_arm, "control": per_arm + 5}
    points = tuple({"time": time} for time in times)
    return grade(Design(method=method), Finding(1.0, found, facts=facts, by_time=points), ())["design"]


def test_few_clusters_in_the_smaller_arm_lower_the_design() -> None:
    assert [graded("cluster_rct", "cluster_means", clusters) for clusters in (10, 9, 5, 4)] == [5, 4, 4, 3]
    assert graded("rct", "difference_in_means", 4) == 5


def test_a_design_without_chance_is_at_most_a_four_and_needs_a_time_before() -> None:
    assert [graded("staggered", "callaway_santanna", 9, times) for times in ((-1, 0), (0, 1))] == [4, 3]
    assert [graded("before_after", "changes_by_unit", units, (-2, 1)) for units in (5, 4)] == [3, 2]
    assert graded("before_after", "changes_by_unit", 5, (0, 1)) == 2
    assert graded("before_after", "four_cells") == 1


def test_a_curve_of_survival_is_no_time_before() -> None:
    curve = ({"time": -1.0, "survival": 1.0},)
    found = Finding(1.0, "restricted_mean", by_time=curve)
    assert "no_pre_period" in grade(Design(method="before_after"), found, ())["reasons"]


def test_every_weakness_costs_a_step_once_and_the_lowest_grade_is_one() -> None:
    found = Finding(1.0, "difference_in_means")
    codes = [*STEPS, "N01", "N06"]
    steps = [grade(Design(), found, tuple(note(code) for code in codes[:n]))["execution"] for n in (0, 1, 4, 5, 99)]
    assert steps == [5, 4, 1, 1, 1]
