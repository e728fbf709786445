"""The tornado of the expectation: held at an end, a quantity gives what the appraisal gives with it known there."""

import pytest

from benefits.valuation.appraisal import appraise
from benefits.valuation.expected_tornado import expected_tornado
from tests.benefits.scenarios import FIELDS, scenario

DRAWS = 200
COST = {**FIELDS["cost"][0], "nok": 3_000_000, "low": 2_000_000, "high": 5_000_000}
GIVEN = {"cost": [COST], "displacement": {"value": 0.2, "low": 0.0, "high": 0.4}}


def society(**changes) -> float:
    return appraise(scenario(**GIVEN | changes), DRAWS).society.expected


@pytest.mark.long
@pytest.mark.parametrize("end", ["low", "high"])
def test_a_quantity_held_at_an_end_is_the_appraisal_with_it_certain_there(end: str) -> None:
    rows = {row["name"]: row for row in expected_tornado(scenario(**GIVEN), DRAWS)}
    paid = {key: value for key, value in COST.items() if key not in ("low", "high")} | {"nok": COST[end]}
    assert rows["cost[1]"][f"npv_{end}"] == pytest.approx(society(cost=[paid]))
    displaced = GIVEN["displacement"][end]
    assert rows["displacement"][f"npv_{end}"] == pytest.approx(society(displacement={"value": displaced}))
    effect = {"value": rows["effect"][end], "se": 0, "evidence": "rct"}
    assert rows["effect"][f"npv_{end}"] == pytest.approx(society(effect=effect))


def test_the_widest_comes_first_and_the_expectation_lies_between_the_ends() -> None:
    rows = expected_tornado(scenario(**GIVEN), DRAWS)
    swings = [row["swing"] for row in rows]
    assert swings == sorted(swings, reverse=True)
    assert swings[0] > 0
    low, high = sorted((rows[0]["npv_low"], rows[0]["npv_high"]))
    assert low < society() < high
