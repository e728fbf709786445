"""Taxes by bracket, contributions by zone, and who gets the money."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benefits.errors import InvalidInput, ParameterUndefined
from benefits.parameters import Parameters, parameter
from benefits.rules import (
    bracket_tax,
    employers_contribution,
    employers_contribution_rate,
    general_income_tax,
    income_equalisation,
    income_tax,
    minstefradrag,
    national_insurance,
    occupational_pension,
    tax_split,
)

Y25, Y26 = date(2025, 7, 1), date(2026, 7, 1)
INCOMES = st.floats(0, 5_000_000)


@pytest.mark.parametrize(
    ("day", "income", "tax"),
    [
        (Y25, 217_400, 0),
        (Y25, 217_500, 1.7),
        (Y25, 306_050, 0.017 * 88_650),
        (Y25, 306_150, 0.017 * 88_650 + 4),
        (Y25, 697_150, 0.017 * 88_650 + 0.04 * 391_100),
        (Y25, 942_400, 0.017 * 88_650 + 0.04 * 391_100 + 0.137 * 245_250),
        (Y25, 1_410_750, 0.017 * 88_650 + 0.04 * 391_100 + 0.137 * 245_250 + 0.167 * 468_350),
        (Y25, 1_410_850, 0.017 * 88_650 + 0.04 * 391_100 + 0.137 * 245_250 + 0.167 * 468_350 + 17.7),
        (Y26, 226_100, 0),
        (Y26, 318_300, 0.017 * 92_200),
        (Y26, 1_467_300, 0.017 * 92_200 + 0.04 * 406_750 + 0.137 * 255_050 + 0.168 * 487_100 + 17.8),
    ],
)
def test_the_bracket_tax_takes_each_rate_inside_its_bracket(day: date, income: float, tax: float) -> None:
    assert bracket_tax(day, income) == pytest.approx(tax, abs=1e-6)


def test_general_income_is_taxed_above_both_deductions() -> None:
    assert minstefradrag(Y25, 100_000) == pytest.approx(46_000)
    assert minstefradrag(Y25, 200_000) == pytest.approx(92_000)
    assert minstefradrag(Y25, 900_000) == pytest.approx(92_000)
    assert general_income_tax(Y25, 500_000) == pytest.approx(0.22 * (500_000 - 92_000 - 108_550))
    assert general_income_tax(Y26, 500_000) == pytest.approx(0.22 * (500_000 - 95_700 - 114_540))
    assert general_income_tax(Y25, 150_000) == 0


def test_national_insurance_starts_at_the_limit_and_is_phased_in() -> None:
    assert national_insurance(Y25, 99_650) == 0
    assert national_insurance(Y25, 100_650) == pytest.approx(250)
    assert national_insurance(Y25, 400_000) == pytest.approx(0.077 * 400_000)
    assert national_insurance(Y26, 400_000) == pytest.approx(0.076 * 400_000)
    meets = 0.25 * 99_650 / (0.25 - 0.077)
    assert national_insurance(Y25, meets) == pytest.approx(0.077 * meets)


@pytest.mark.parametrize(
    ("zone", "rate"), [("1", 0.141), ("1a", 0.141), ("2", 0.106), ("3", 0.064), ("4", 0.051), ("4a", 0.079), ("5", 0.0)]
)
def test_employers_pay_by_zone(zone: str, rate: float) -> None:
    assert employers_contribution_rate(Y25, zone) == rate
    assert employers_contribution(Y25, zone, 400_000) == pytest.approx(rate * 400_000)


def test_a_zone_that_does_not_exist_is_refused() -> None:
    with pytest.raises(InvalidInput):
        employers_contribution_rate(Y25, "6")


def test_pension_is_a_share_of_the_wage() -> None:
    assert occupational_pension(400_000, 0.04) == pytest.approx(16_000)


@pytest.mark.parametrize(
    ("year", "tax"),
    [  # minstefradrag, personfradrag, trygdeavgift and trinnskatt of each year at 500 000, by hand
        (2021, 0.22 * (500_000 - 106_750 - 52_450) + 0.082 * 500_000 + 0.017 * 75_300 + 0.04 * 239_900),
        (2023, 0.22 * (500_000 - 104_450 - 73_100) + 0.079 * 500_000 + 0.017 * 80_800 + 0.04 * 220_850),
        (2024, 0.22 * (500_000 - 104_450 - 88_250) + 0.078 * 500_000 + 0.017 * 84_800 + 0.04 * 207_150),
        (2026, 0.22 * (500_000 - 95_700 - 114_540) + 0.076 * 500_000 + 0.017 * 92_200 + 0.04 * 181_700),
    ],
)
def test_every_year_is_taxed_at_its_own_rates(year: int, tax: float) -> None:
    assert income_tax(date(year, 7, 1), 500_000) == pytest.approx(tax)


@pytest.mark.parametrize(("year", "points"), [(2021, 0.1485), (2023, 0.136), (2025, 0.154), (2026, 0.1375)])
def test_municipality_and_county_share_what_was_decided_for_the_year(year: int, points: float) -> None:
    rates = [parameter(f"skatteetaten.tax.{payer}_share").at(date(year, 7, 1)) for payer in ("municipality", "county")]
    assert sum(rates) == pytest.approx(points)


@settings(deadline=None, max_examples=50)
@given(INCOMES)
def test_the_split_gives_away_all_tax_and_no_more(income: float) -> None:
    parts = tax_split(Y25, income)
    assert set(parts) == {"municipality", "county", "state_tax"}
    assert sum(parts.values()) == pytest.approx(income_tax(Y25, income), abs=1e-6)
    assert all(part >= -1e-9 for part in parts.values())


def test_the_municipality_has_its_points_of_general_income() -> None:
    points = {"skatteetaten.tax.municipality_share": 0.11, "skatteetaten.tax.county_share": 0.02}
    parts = tax_split(Parameters(points).at(Y25), 500_000)
    assert parts["municipality"] == pytest.approx(0.11 * 299_450)
    assert parts["county"] == pytest.approx(0.02 * 299_450)


@pytest.mark.long
@settings(deadline=None, max_examples=50)
@given(st.floats(-1e9, 1e9), st.floats(0, 1))
def test_equalisation_moves_money_and_sums_to_zero(change: float, lost: float) -> None:
    own, others = income_equalisation(change, lost)
    assert own + others == 0


@pytest.mark.long
@settings(deadline=None, max_examples=50)
@given(INCOMES, INCOMES)
def test_who_earns_more_pays_more_and_keeps_more(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert income_tax(Y25, low) <= income_tax(Y25, high) + 1e-6
    assert low - income_tax(Y25, low) <= high - income_tax(Y25, high) + 1e-6


def test_taxes_of_many_incomes_equal_the_taxes_of_each() -> None:
    incomes = np.array([0.0, 150_000, 400_000, 1_500_000])
    assert np.allclose(income_tax(Y25, incomes), [income_tax(Y25, float(income)) for income in incomes])


@pytest.mark.parametrize("day", [date(2020, 12, 31), date(2027, 1, 1)])
def test_a_year_without_published_taxes_says_so(day: date) -> None:
    with pytest.raises(ParameterUndefined):
        income_tax(day, 400_000)


@pytest.mark.parametrize("income", [-1.0, float("nan")])
def test_an_income_below_zero_or_unknown_has_no_tax(income: float) -> None:
    with pytest.raises(InvalidInput):
        income_tax(Y25, income)
