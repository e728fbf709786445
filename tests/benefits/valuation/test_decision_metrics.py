"""Does it pay: ratios with their edges, payback that lasts, and roots that are roots."""

import math

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from benefits.errors import InvalidInput
from benefits.no_answer import NoAnswer
from benefits.valuation.decision_metrics import (
    benefit_cost_ratio,
    break_even,
    cost_per_extra_person,
    mvpf,
    net_benefit,
    net_present_value,
    payback_year,
    return_per_krone,
    tax_financing_term,
)
from benefits.valuation.discounting import annuity


def test_net_present_value_counts_costs_now_and_gains_later() -> None:
    assert net_present_value([-1000, *[100] * 10], 0.04) == pytest.approx(-1000 + 100 * annuity(10, 0.04))


def test_tax_financing_costs_a_fifth_of_what_budgets_lose() -> None:
    assert tax_financing_term(-100) == -20
    assert tax_financing_term(50) == 10
    assert tax_financing_term(50, rate=0.3) == 15


def test_net_benefit_adds_the_tax_financing_of_public_lines_alone() -> None:
    assert net_benefit({"cost": -100, "health": 150}, ["cost"]) == pytest.approx(30)
    assert net_benefit({"cost": -100, "health": 150}, []) == 50
    assert net_benefit({"cost": -100}, ["cost", "cost"]) == -120
    with pytest.raises(InvalidInput):
        net_benefit({"cost": -100}, ["costs"])


@pytest.mark.parametrize(
    ("willingness", "cost", "ratio"),
    [(150, 100, 1.5), (-50, 100, -0.5), (0, 100, 0), (10, 0, math.inf), (0, 0, math.inf), (10, -5, math.inf)],
)
def test_mvpf_is_infinite_when_the_measure_pays_for_itself(willingness, cost, ratio) -> None:
    assert mvpf(willingness, cost) == ratio


@pytest.mark.parametrize("cost", [0, -10])
def test_mvpf_has_no_answer_where_nobody_wants_what_saves_money(cost) -> None:
    answer = mvpf(-1, cost)
    assert isinstance(answer, NoAnswer)
    assert answer.sentence("nb")
    assert answer.sentence("en")


def test_a_ratio_without_a_cost_has_no_answer() -> None:
    assert benefit_cost_ratio(150, 100) == 1.5
    assert isinstance(benefit_cost_ratio(150, 0), NoAnswer)
    assert return_per_krone(50, 100) == 0.5
    assert isinstance(return_per_krone(50, 0), NoAnswer)


def test_nobody_more_in_work_has_no_cost_each() -> None:
    assert cost_per_extra_person(1000, 4) == 250
    assert isinstance(cost_per_extra_person(1000, 0), NoAnswer)
    assert isinstance(cost_per_extra_person(1000, -2), NoAnswer)


@pytest.mark.parametrize(
    ("flows", "year"),
    [
        ([-100, 60, 60], 2),
        ([-100, 30, 30], None),
        ([50, 50], 0),
        ([], 0),
        ([-100, 200, -150, 200], 3),
        ([100, -50, -200], None),
        ([-100, 100], 1),
    ],
)
def test_payback_is_the_year_from_which_the_sum_stays_above_zero(flows, year) -> None:
    assert payback_year(flows, None) == year


def test_payback_discounts_and_may_start_later() -> None:
    assert payback_year([-100, 100, 10]) == 2
    assert payback_year([-100, 100, 10], None) == 1
    assert payback_year([-100, 100, 10], None, first_year=5) == 6
    assert payback_year([0.3, -0.1, -0.2], None) == 0  # what rounding leaves below zero is no debt


@pytest.mark.long
@settings(deadline=None, max_examples=50)
@given(st.floats(-0.99, 0.99), st.floats(0.1, 1e7))
def test_a_line_breaks_even_at_its_root(root: float, slope: float) -> None:
    assume(abs(root) > 1e-6)
    found = break_even(lambda x: slope * (x - root), -1, 1)
    assert found == pytest.approx(root, rel=1e-9)


@settings(deadline=None, max_examples=50)
@given(st.floats(0.5, 50))
def test_a_curve_breaks_even_at_its_root(half_life: float) -> None:
    found = break_even(lambda years: math.log(years / half_life), 0.1, 200)
    assert found == pytest.approx(half_life, rel=1e-9)


def test_the_root_nearest_to_the_low_end_is_found() -> None:
    assert break_even(lambda x: (x - 2) * (x - 7), 0, 10) == pytest.approx(2)
    assert break_even(lambda x: (x - 2) * (x - 7), 10, 0) == pytest.approx(7)


def test_no_root_and_no_matter_are_two_answers() -> None:
    never = break_even(lambda x: x + 5, 0, 1)
    flat = break_even(lambda _: 0.0, 0, 1)
    assert isinstance(never, NoAnswer)
    assert never.reason == "no_break_even"
    assert isinstance(flat, NoAnswer)
    assert flat.reason == "never_matters"


def test_a_root_at_an_end_is_a_root() -> None:
    assert break_even(lambda x: x, 0, 1) == 0
    assert break_even(lambda x: x - 1, 0, 1) == 1
