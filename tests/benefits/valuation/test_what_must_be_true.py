"""What must be true for each holder: run again at the answer, the model gives zero."""

import pytest

from benefits.valuation.appraisal import appraise
from benefits.valuation.what_must_be_true import what_must_be_true
from tests.benefits.scenarios import FIELDS, scenario

DRAWS = 300
GIVEN = {"origin__path": [{"state": "sosialhjelp"}], "municipality": "4204"}


def holder(found, name: str) -> float:
    return found.society.expected if name == "society" else found.public[name].expected


@pytest.mark.long
@pytest.mark.parametrize("name", ["society", "municipality"])
def test_the_measure_goes_in_zero_at_the_persistence_and_the_price(name: str) -> None:
    told = what_must_be_true(scenario(**GIVEN), DRAWS)[name]
    assert told.expected == pytest.approx(holder(appraise(scenario(**GIVEN), DRAWS), name))
    if told.persistence is not None:
        years = {"half_life_years": told.persistence}
        again = appraise(scenario(**GIVEN, persistence=years), DRAWS)
        assert holder(again, name) == pytest.approx(0, abs=50)
    if name == "municipality":
        assert told.price_now == pytest.approx(30_000)
        cost = [{**FIELDS["cost"][0], "nok": told.price * 100}]
        assert holder(appraise(scenario(**GIVEN, cost=cost), DRAWS), name) == pytest.approx(0, abs=1)


def test_the_success_rate_is_where_a_certain_effect_goes_in_zero() -> None:
    told = what_must_be_true(scenario(**GIVEN), DRAWS)["society"]
    assert told.success_rate is not None
    certain = {"value": told.success_rate, "se": 0, "evidence": "rct"}
    assert appraise(scenario(**GIVEN, effect=certain), DRAWS).society.expected == pytest.approx(0, abs=50)


def test_who_pays_nothing_has_no_price_and_the_untouched_are_left_out() -> None:
    found = what_must_be_true(scenario(**GIVEN), DRAWS)
    assert "health_trust" not in found
    assert (found["state_tax"].price, found["state_tax"].reasons["price"]) == (None, "no_cost")
