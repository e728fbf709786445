"""Benefits by date and age, at the days and birthdays on which they change."""

import math
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benefits.errors import InvalidInput, ParameterUndefined
from benefits.rules import (
    aap_day_rate,
    aap_year,
    child_supplement_year,
    dagpenger_day_rate,
    dagpenger_weeks,
    dagpenger_year,
    kvp_year,
    sosialhjelp_month,
    sosialhjelp_year,
    ufoeretrygd_base,
    ufoeretrygd_floor,
    ufoeretrygd_year,
)

G2025, G2024, G2023 = 130160, 124028, 118620
DAY = date(2025, 6, 1)
AGES = st.floats(18, 66.9)
INCOMES = st.floats(0, 2_000_000)


def test_the_young_get_two_thirds_of_the_minimum_until_they_are_25() -> None:
    assert aap_day_rate(DAY, 24.99, 0) == pytest.approx(2.041 * G2025 * 2 / 3 / 260)
    assert aap_day_rate(DAY, 25, 0) == pytest.approx(2.041 * G2025 / 260)


def test_the_rule_for_the_young_can_be_left_out() -> None:
    assert aap_day_rate(DAY, 20, 0, under_25_rule=False) == pytest.approx(2.041 * G2025 / 260)


def test_the_rule_for_the_young_starts_in_february_2020() -> None:
    assert aap_year(date(2020, 1, 31), 20, 0) == pytest.approx(2 * 99858)
    assert aap_year(date(2020, 2, 1), 20, 0) == pytest.approx(2 * 99858 * 2 / 3)


def test_the_minimum_rises_on_the_first_of_july_2024() -> None:
    assert aap_year(date(2024, 6, 30), 30, 0) == pytest.approx(2.00 * G2024)
    assert aap_year(date(2024, 7, 1), 30, 0) == pytest.approx(2.041 * G2024)


def test_the_minimum_follows_the_base_amount_in_may() -> None:
    assert aap_year(date(2024, 4, 30), 30, 0) == pytest.approx(2.00 * G2023)


def test_the_income_base_counts_up_to_six_base_amounts() -> None:
    assert aap_year(DAY, 30, 6 * G2025) == pytest.approx(0.66 * 6 * G2025)
    assert aap_year(DAY, 30, 7 * G2025) == aap_year(DAY, 30, 6 * G2025)


def test_earlier_income_counts_once_it_gives_more_than_the_minimum() -> None:
    assert aap_year(DAY, 30, 500_000) == pytest.approx(330_000)
    assert aap_year(DAY, 30, 2.041 * G2025 / 0.66 - 1) == pytest.approx(2.041 * G2025)


@pytest.mark.parametrize("rate", [aap_day_rate, dagpenger_year, ufoeretrygd_year])
@pytest.mark.parametrize(("age", "receives"), [(17.99, False), (18, True), (66.99, True), (67, False)])
def test_benefits_reach_those_from_18_to_66(rate, age: float, receives: bool) -> None:
    assert (rate(DAY, age, 400_000) > 0) == receives


@pytest.mark.parametrize("rate", [kvp_year, sosialhjelp_year])
@pytest.mark.parametrize(("age", "receives"), [(17.99, False), (18, True), (66.99, True), (67, False)])
def test_flat_benefits_reach_those_from_18_to_66(rate, age: float, receives: bool) -> None:
    assert (rate(DAY, age) > 0) == receives


@pytest.mark.parametrize(
    ("partner", "young", "before", "after"),
    [(True, False, 2.28, 2.329), (False, False, 2.48, 2.529), (True, True, 2.66, 2.709), (False, True, 2.91, 2.959)],
)
def test_the_floors_of_disability_benefit_rise_in_july_2024(partner, young, before, after) -> None:
    kind = {"partner": partner, "young_disabled": young}
    assert ufoeretrygd_floor(date(2024, 6, 30), **kind) == before
    assert ufoeretrygd_floor(date(2024, 7, 1), **kind) == after
    assert ufoeretrygd_year(DAY, 30, 0, **kind) == pytest.approx(after * G2025)


def test_disability_benefit_is_two_thirds_of_income_above_the_floor() -> None:
    assert ufoeretrygd_year(DAY, 40, 600_000) == pytest.approx(396_000)


def test_the_disability_base_is_the_mean_of_the_best_three_of_five_years() -> None:
    assert ufoeretrygd_base(DAY, (100_000, 500_000, 300_000, 400_000, 0)) == pytest.approx(400_000)
    assert ufoeretrygd_base(DAY, (900_000, 300_000, 300_000, 300_000, 300_000, 300_000)) == pytest.approx(300_000)
    assert ufoeretrygd_base(DAY, (300_000,)) == pytest.approx(100_000)
    assert ufoeretrygd_base(DAY, (5_000_000,) * 3) == pytest.approx(6 * G2025)


def test_the_qualification_benefit_is_two_base_amounts_and_less_for_the_young() -> None:
    assert kvp_year(date(2024, 6, 30), 25) == pytest.approx(2.00 * G2024)
    assert kvp_year(date(2024, 7, 1), 25) == pytest.approx(2.041 * G2024)
    assert kvp_year(DAY, 24) == pytest.approx(2.041 * G2025 * 2 / 3)


def test_unemployment_benefit_is_624_per_thousand_of_income_up_to_six_base_amounts() -> None:
    assert dagpenger_day_rate(DAY, 30, 400_000) == pytest.approx(960)
    assert dagpenger_year(DAY, 30, 400_000) == pytest.approx(0.624 * 400_000)
    assert dagpenger_year(DAY, 30, 10 * G2025) == pytest.approx(0.624 * 6 * G2025)


@pytest.mark.parametrize(
    ("day", "rate"),
    [
        (date(2022, 1, 1), 6550),
        (date(2022, 6, 30), 6550),
        (date(2022, 7, 1), 6650),
        (date(2021, 7, 1), 6450),
        (date(2023, 1, 1), 6850),
        (date(2023, 6, 30), 6850),
        (date(2023, 7, 1), 7550),
        (date(2023, 12, 31), 7550),
        (date(2024, 1, 1), 7850),
    ],
)
def test_social_assistance_follows_the_circulars(day: date, rate: float) -> None:
    assert sosialhjelp_month(day, 30) == rate


def test_rent_and_power_come_on_top_of_the_guideline() -> None:
    assert sosialhjelp_year(date(2024, 5, 1), 30, housing=4000) == 12 * (7850 + 4000)


def test_a_date_without_a_published_rate_says_so() -> None:
    with pytest.raises(ParameterUndefined):
        sosialhjelp_month(date(2020, 12, 31), 30)
    with pytest.raises(ParameterUndefined):
        aap_day_rate(date(2027, 5, 1), 30, 0)


def test_the_reader_may_give_the_base_amount_that_is_not_published() -> None:
    assert aap_day_rate(date(2026, 6, 1), 30, 0, grunnbeloep=136_000) == pytest.approx(2.041 * 136_000 / 260)


def test_a_negative_income_has_no_meaning() -> None:
    with pytest.raises(InvalidInput):
        aap_day_rate(DAY, 30, -1)


@pytest.mark.long
@settings(deadline=None, max_examples=50)
@given(AGES, INCOMES, INCOMES)
def test_more_earlier_income_never_lowers_a_benefit(age: float, one: float, other: float) -> None:
    low, high = sorted((one, other))
    for rate in (aap_year, ufoeretrygd_year, dagpenger_year):
        assert rate(DAY, age, low) <= rate(DAY, age, high)


@pytest.mark.parametrize("age", [math.nan, math.inf, -1])
def test_an_age_that_is_no_age_is_refused_and_never_a_benefit_of_zero(age: float) -> None:
    with pytest.raises(InvalidInput):
        aap_year(date(2025, 7, 1), age, 0)


@pytest.mark.parametrize("grunnbeloep", [0, -130_160, math.nan])
def test_a_base_amount_that_is_no_amount_is_refused(grunnbeloep: float) -> None:
    with pytest.raises(InvalidInput):
        kvp_year(date(2025, 7, 1), 30, grunnbeloep=grunnbeloep)


@pytest.mark.parametrize(
    ("income", "of_three_years", "weeks"),
    [(1.49, 0, 0), (1.5, 0, 52), (1.99, 0, 52), (2.0, 0, 104), (6, 0, 104), (0, 2.99, 0), (0, 3, 52), (1, 6, 104)],
)
def test_unemployment_benefit_takes_an_income_and_ends(income: float, of_three_years: float, weeks: int) -> None:
    assert dagpenger_weeks(DAY, income * G2025, income_36=of_three_years * G2025) == weeks


def test_the_floor_of_the_young_disabled_is_paid_from_twenty() -> None:
    young = {"young_disabled": True}
    assert ufoeretrygd_year(DAY, 19.99, 0, **young) == ufoeretrygd_year(DAY, 19.99, 0)
    assert ufoeretrygd_year(DAY, 20, 0, **young) == pytest.approx(2.959 * G2025)


@pytest.mark.parametrize(("day", "rate"), [(date(2023, 1, 31), 27), (date(2023, 2, 1), 35), (date(2026, 1, 1), 38)])
def test_the_child_supplement_is_paid_for_260_days(day: date, rate: int) -> None:
    assert child_supplement_year(day, 2) == 2 * 260 * rate


def test_social_assistance_counts_the_months_it_is_paid() -> None:
    assert sosialhjelp_year(DAY, 22, housing=2400, months=5) == 5 * (8100 + 2400)
