"""The child supplement to disability benefit at its boundaries, worked out by hand in G."""

from datetime import date

import numpy as np
import pytest

from benefits.errors import InvalidInput
from benefits.parameters import parameter
from benefits.rules import income_before_disability, rules_day, ufoeretrygd_child_supplement, ufoeretrygd_floor
from benefits.scenario.model import Scenario
from benefits.valuation.appraisal import appraise

G, DAY = 100_000.0, date(2026, 7, 1)


def supplement(
    children: float, whole: float, income: float, before: float = 4.5, partner: float | None = None
) -> float:
    """Return the supplement in G of amounts in G."""
    given = None if partner is None else partner * G
    found = ufoeretrygd_child_supplement(
        DAY, children, whole * G, income * G, before * G, partner_income=given, grunnbeloep=G
    )
    return found / G


@pytest.mark.parametrize(
    ("children", "whole", "income", "before", "expected"),
    [
        (0, 2.5, 2.5, 4.5, 0.0),
        (1, 2.5, 2.5, 4.5, 0.4),
        (2, 2.5, 2.5, 4.5, 0.8),
        (1, 2.5, 3.1, 4.5, 0.4),  # the free amount itself costs nothing
        (1, 2.5, 3.5, 4.5, 0.2),  # half of the 0.4 above it
        (1, 2.5, 3.9, 4.5, 0.0),
        (2, 2.5, 3.9, 4.5, 0.6),  # the free amount of two children is 3.5
        (2, 2.5, 2.5, 3.5, 0.8),  # 95 per cent of 3.5 leaves 0.825
        (3, 2.5, 2.5, 3.5, 0.825),
        (1, 3.4, 2.5, 3.5, 0.0),  # the benefit alone is above 95 per cent
        (3, 2.5, 4.3, 3.5, 0.625),  # first within 95 per cent, then half of the 0.4 above 3.9
    ],
)
def test_it_is_within_95_per_cent_and_falls_by_half_of_what_is_above_the_free_amount(
    children: float, whole: float, income: float, before: float, expected: float
) -> None:
    assert supplement(children, whole, income, before) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(("partner", "expected"), [(0.0, 0.4), (1.0, 0.4), (3.1, 0.4), (3.5, 0.2), (4.0, 0.0)])
def test_both_parents_income_counts_less_one_g_of_the_other_s(partner: float, expected: float) -> None:
    assert supplement(1, 2.5, 2.5, partner=partner) == pytest.approx(expected, abs=1e-12)


def test_it_takes_one_element_a_draw_and_refuses_fewer_than_no_children() -> None:
    incomes = np.array([2.5, 3.5, 9.0]) * G
    found = ufoeretrygd_child_supplement(DAY, 1, 2.5 * G, incomes, 4.5 * G, grunnbeloep=G)
    assert np.allclose(found / G, [0.4, 0.2, 0.0])
    with pytest.raises(InvalidInput):
        ufoeretrygd_child_supplement(DAY, -1, G, G, G)


def test_a_child_costs_the_state_0_4_g_a_year_for_who_would_be_on_disability_benefit() -> None:
    def state(children: int) -> float:
        origin = {"age": 30, "path": [{"state": "ufoeretrygd"}], "children": children}
        file = {
            "participants": 100, "base_year": 2026, "horizon_years": 1,
            "effect": {"value": 0.1, "low": 0.1, "high": 0.1, "evidence": "rct"},
            "displacement": {"value": 0.0}, "origin": origin,
            "destination": {"wage_nok": 600_000, "full_time_share": 1.0}, "municipality": "4204",
        }  # fmt: skip
        return appraise(Scenario.from_dict(file), 10).public["state_transfers"].npv

    floor = ufoeretrygd_floor(rules_day(2026))
    before = income_before_disability(rules_day(2026), 0.0, grunnbeloep=1.0)
    assert floor + 0.4 <= 0.95 * before  # nothing of the supplement is cut off
    assert state(1) - state(0) == pytest.approx(10 * 0.4 * 134_419, rel=1e-5)


def test_the_free_amounts_are_those_of_nav_s_letters_and_hold_for_certain() -> None:
    found = {name: parameter(f"nav.child_supplement.free_{name}") for name in ("single", "couple", "more")}
    assert {name: each.values[-1].value for name, each in found.items()} == {"single": 3.1, "couple": 4.6, "more": 0.4}
    assert {each.evidence for each in found.values()} == {"statute"}
    assert all(each.values[-1].low is None for each in found.values())
