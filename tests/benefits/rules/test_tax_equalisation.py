"""Income equalisation: the rule gives the published settlement, and takes of a krone what it gives the others."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.rules.tax_equalisation import lost_of_a_krone, settlement, tax_base, tax_bases, under_limit
from benefits.valuation.appraisal import appraise
from benefits.valuation.tax_krone import lost_shares
from tests.benefits.scenarios import scenario

Y2025 = date(2025, 7, 1)
SOUTH_KEEPING_38 = ("4215", "4227", "4228", "4221", "4222", "4224")


def test_the_rule_gives_the_settlement_of_2025_within_six_tenths_of_a_krone_a_head_for_all() -> None:
    bases = [base for known in tax_bases().values() for base in known if base.year == 2025]
    assert len(bases) == 357
    assert max(abs(settlement(Y2025, base.ratio) - base.settlement) for base in bases) <= 0.6
    assert sum(bool(under_limit(Y2025, base.ratio)) for base in bases) == 203


@pytest.mark.parametrize("year", range(2020, 2025))
@pytest.mark.parametrize("code", ["4204", "1103"])
def test_the_rule_gives_earlier_settlements_too(code: str, year: int) -> None:
    base = tax_base(code, year)
    assert base is not None
    assert base.year == year
    assert settlement(date(year, 7, 1), base.ratio) == pytest.approx(base.settlement, abs=3)  # ratios in four digits


def test_kristiansand_keeps_three_oere_of_a_krone_before_its_weight_in_the_mean() -> None:
    assert 1 - lost_of_a_krone(Y2025, 1, 0) == pytest.approx(0.03)
    assert 1 - lost_of_a_krone(Y2025, 0, 0) == pytest.approx(0.38)
    assert 1 - lost_of_a_krone(date(2024, 7, 1), 1, 0) == pytest.approx(0.05)


def test_the_own_weight_is_that_of_the_mean_and_the_limit_worked_out_by_moving_the_tax() -> None:
    weight, ratio, step = 0.02, 0.83, 1e-4
    symmetric, supplement = 0.62 * (1 - ratio), 0.35 * (0.9 - ratio)
    mean = 1 + step * weight  # the own tax rises by a step of the mean a head, the mean by its weight of that
    moved = 0.62 * (mean - ratio - step) + 0.35 * (0.9 * mean - ratio - step)
    assert lost_of_a_krone(Y2025, 1, weight) == pytest.approx((symmetric + supplement - moved) / step)


@pytest.mark.long
@given(st.floats(0, 1), st.floats(0, 0.13))
def test_no_more_is_taken_than_the_krone(reach: float, weight: float) -> None:
    assert 0 <= lost_of_a_krone(Y2025, reach, weight) < 1


def test_the_south_keeps_what_its_tax_per_head_says() -> None:
    kept = {
        code: 1 - lost_shares(scenario(municipality=code))["municipality"].value for code in ("4204", *SOUTH_KEEPING_38)
    }
    assert 0.03 <= kept.pop("4204") < 0.06
    assert all(0.38 <= share < 0.39 for share in kept.values())


@pytest.mark.long
def test_an_unknown_municipality_has_both_cases_as_its_range_and_says_so() -> None:
    unknown = lost_shares(scenario())["municipality"]
    assert unknown.ends[0] <= 0.62
    assert unknown.ends[1] > 0.96
    assert "equalisation_both_cases" in appraise(scenario(), draws=10).notes
    assert "equalisation_supplement" in appraise(scenario(municipality="4204"), draws=10).notes
    assert "equalisation_symmetric" in appraise(scenario(municipality="4228"), draws=10).notes
    assert "equalisation_both_cases" not in appraise(scenario(income_equalisation=False), draws=10).notes


def test_equalisation_moves_money_between_municipalities_and_never_society() -> None:
    one, other = (appraise(scenario(municipality=code), draws=200) for code in ("4204", "4228"))
    assert one.society.expected == pytest.approx(other.society.expected)
    assert one.public["municipality"].expected < other.public["municipality"].expected
