"""What must be true for a whole programme: worked out by hand, and put back into the model."""

from copy import deepcopy

import pytest

from benefits.programme.portfolio import MeasurePortfolio
from benefits.programme.programme_break_even import programme_must_be_true
from benefits.programme.programme_value import appraise_programme
from benefits.scenario.model import Scenario
from tests.benefits.programme.test_programme import CERTAIN, TWO
from tests.benefits.scenarios import fields

DRAWS = 50
COST = {"payer": "municipality", "year": 2026, "nok": 1_000_000}


def portfolio(folder, years: float = 3, effect: float = 0.2, **parts) -> MeasurePortfolio:
    for name, people in (("one", 100), ("two", 50)):
        found = fields(**deepcopy(CERTAIN | {"participants": people}))
        found["persistence"] = {"constant_years": years}
        found["effect"] = {"value": effect, "low": effect, "high": effect, "evidence": "rct"}
        (folder / f"{name}.toml").write_text(Scenario.from_dict(found).as_toml(), encoding="utf-8")
    return MeasurePortfolio.from_dict({**TWO, **parts}, folder)


@pytest.mark.long
def test_the_municipalitys_break_even_is_what_a_sheet_of_paper_says(tmp_path) -> None:
    found = programme_must_be_true(portfolio(tmp_path, shared_cost=[COST]), DRAWS)["municipality"]
    weights = sum(1.04**-year for year in range(3))
    cost, a_head = 6_000_000 + 1_000_000 / 1.04, weights * (52_500 + 0.1275 * 99_450)
    assert found.persons_in_work == pytest.approx(cost / a_head)
    assert found.effect_share == pytest.approx(cost / a_head / 30)
    assert found.price == pytest.approx(a_head)
    assert found.price_now == pytest.approx(cost / 30)
    assert found.expected == pytest.approx(30 * a_head - cost)


@pytest.mark.long
@pytest.mark.parametrize("holder", ["society", "public_total", "state"])
def test_a_programme_with_the_effects_and_years_it_needs_goes_in_zero(tmp_path, holder: str) -> None:
    grant = {"payer": "state_tax", "to": "municipality", "nok": 3_100_000, "spent": True}
    parts = {"shared_cost": [COST], "grant": [grant]}
    true = programme_must_be_true(portfolio(tmp_path, **parts), DRAWS)[holder]
    scale = abs(true.expected) + 1
    moved = [{"effect": 0.2 * true.effect_share}] if true.effect_share else []
    moved += [{"years": 3 * true.lasting_share}] if true.lasting_share else []
    assert moved
    for change in moved:
        there = appraise_programme(portfolio(tmp_path, **change, **parts), DRAWS).holders[holder]["expected"]
        assert abs(there) < 1e-6 * scale


@pytest.mark.long
def test_who_would_need_more_than_every_participant_never_goes_in_zero(tmp_path) -> None:
    cost = {"payer": "county", "nok": 900_000_000}
    county = programme_must_be_true(portfolio(tmp_path, shared_cost=[cost]), DRAWS)["county"]
    assert county.effect_share is None
    assert county.persons_in_work is None
    assert county.reasons["effect_share"] == "no_break_even"
    assert 0 < county.price < county.price_now


def test_a_programme_that_gets_nobody_into_work_has_no_price_a_person(tmp_path) -> None:
    found = programme_must_be_true(portfolio(tmp_path, effect=0.0), DRAWS)["municipality"]
    assert (found.price, found.price_now, found.effect_share) == (None, None, None)
    assert found.reasons["price"] == "nobody_extra"


@pytest.mark.long
def test_holders_nothing_touches_are_left_out(tmp_path) -> None:
    assert "health_trust" not in programme_must_be_true(portfolio(tmp_path), DRAWS)
