"""A krone later is worth less, by the circular and by any other rate."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benefits.errors import InvalidInput
from benefits.valuation.discounting import (
    R109,
    DiscountSchedule,
    annuity,
    discount_factor,
    discount_factors,
    present_value,
)

YEARS = st.floats(-50, 200)
RATES = st.floats(-0.5, 0.5)


def test_a_krone_today_is_a_krone() -> None:
    assert discount_factor(0) == 1.0
    assert isinstance(discount_factor(0), float)


@pytest.mark.parametrize(("year", "rate"), [(1, 0.04), (40, 0.04), (41, 0.03), (75, 0.03), (76, 0.02), (500, 0.02)])
def test_the_rate_falls_after_40_and_after_75_years(year: int, rate: float) -> None:
    assert R109.rate(year) == rate
    assert discount_factor(year) == pytest.approx(discount_factor(year - 1) / (1 + rate))


def test_a_part_of_a_year_is_discounted_at_the_rate_of_its_year() -> None:
    assert discount_factor(0.5) == pytest.approx(1.04**-0.5)
    assert discount_factor(40.5) == pytest.approx(1.04**-40 * 1.03**-0.5)


def test_years_before_the_base_year_are_compounded() -> None:
    assert discount_factor(-2) == pytest.approx(1.04**2)


@settings(deadline=None, max_examples=50)
@given(YEARS, YEARS)
def test_a_later_krone_is_worth_less(one: float, other: float) -> None:
    early, late = sorted((one, other))
    assert discount_factor(late) <= discount_factor(early)


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 120))
def test_the_factor_has_no_jump_at_a_whole_year(year: int) -> None:
    assert discount_factor(year + 1e-9) == pytest.approx(discount_factor(year), rel=1e-8)


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 100), RATES)
def test_one_rate_gives_the_power_of_the_rate(years: int, rate: float) -> None:
    schedule = DiscountSchedule.constant(rate)
    assert discount_factor(years, schedule) == pytest.approx((1 + rate) ** -years)
    assert discount_factor(years, rate) == discount_factor(years, schedule)


@pytest.mark.long
@settings(deadline=None, max_examples=50)
@given(st.integers(0, 100), RATES.filter(lambda rate: abs(rate) > 1e-6))
def test_an_annuity_has_its_closed_form(years: int, rate: float) -> None:
    assert annuity(years, rate) == pytest.approx((1 - (1 + rate) ** -years) / rate, rel=1e-6)


def test_an_annuity_at_no_rate_is_the_number_of_years() -> None:
    assert annuity(25, 0) == 25
    assert annuity(0, 0.04) == 0


def test_an_annuity_may_follow_the_circular() -> None:
    assert annuity(45, R109) == pytest.approx(math.fsum(discount_factor(year) for year in range(1, 46)))


def test_present_value_starts_in_the_first_year_it_is_told() -> None:
    assert present_value([100, 100]) == pytest.approx(100 + 100 / 1.04)
    assert present_value([100, 100], first_year=1) == pytest.approx(100 / 1.04 + 100 / 1.04**2)
    assert present_value([100, 100], 0.0, first_year=3) == 200
    assert present_value([]) == 0


@settings(deadline=None, max_examples=50)
@given(st.lists(st.floats(-1e9, 1e9), max_size=60), st.floats(-3, 3))
def test_present_value_is_linear(flows: list[float], factor: float) -> None:
    scaled = present_value([factor * flow for flow in flows])
    assert scaled == pytest.approx(factor * present_value(flows), abs=1e-3)


def test_factors_come_as_an_array() -> None:
    assert np.allclose(discount_factors(40, 3), [discount_factor(year) for year in (40, 41, 42)])


@pytest.mark.parametrize("years", [float("nan"), float("inf")])
def test_a_year_that_is_no_number_is_refused(years: float) -> None:
    with pytest.raises(InvalidInput):
        discount_factor(years)


@pytest.mark.parametrize("steps", [(), ((2, 0.04),), ((1, 0.04), (1, 0.03)), ((1, -1.0),), ((1, float("nan")),)])
def test_a_schedule_without_a_rate_for_each_year_is_refused(steps) -> None:
    with pytest.raises(InvalidInput):
        DiscountSchedule(steps)


@pytest.mark.parametrize("years", [-1, 2.5])
def test_an_annuity_runs_whole_years(years: float) -> None:
    with pytest.raises(InvalidInput):
        annuity(years, 0.04)


def test_flows_that_are_not_numbers_are_refused() -> None:
    with pytest.raises(InvalidInput):
        present_value([1.0, float("nan")])
    with pytest.raises(InvalidInput):
        DiscountSchedule(published="R110").rate(1)
