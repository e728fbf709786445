"""Any number of the model may be typed anew with a range: it moves the draws, or is refused in words."""

from datetime import date
from typing import Any

import numpy as np
import pytest

from benefits.parameters import parameter, parameters
from benefits.scenario.model import Scenario
from benefits.scenario.plausibility import AGE
from benefits.valuation.appraisal import appraise
from data.errors import foreseen
from tests.benefits.scenarios import scenario

DAY, DRAWS = date(2025, 7, 1), 20
PATH = [{"state": "aap", "years": 3}, {"state": "ufoeretrygd", "years": 2}, {"state": "kvp", "years": 1},
        {"state": "dagpenger", "years": 1}, {"state": "sosialhjelp", "years": 5}]  # fmt: skip
ORIGIN: dict[str, Any] = {"age": 19, "path": PATH, "income_base_nok": 280_000, "children": 2, "young_disabled": True}


def typed(name: str) -> Scenario:
    """Return a scenario in which a published number is replaced, with a range of five per cent each way."""
    value = parameter(name).entry(DAY).value
    assert value is not None
    return scenario(origin=ORIGIN, parameters={name: {"value": value, "low": 0.95 * value, "high": value}})


def used() -> list[str]:
    """Return every number a scenario asks for that is not zero."""
    return [name for name, value in appraise(scenario(origin=ORIGIN), DRAWS).parameters.items() if value]


@pytest.mark.long
def test_every_number_that_is_asked_for_may_have_a_range_but_an_age() -> None:
    asked = used()
    ages = [name for name in asked if parameter(name).unit == AGE]
    assert len(asked) > 60
    assert len(ages) == 4
    for name in asked:
        if name not in ages:
            society = appraise(typed(name), DRAWS).society
            assert np.isfinite([society.expected, society.p10, society.p90]).all(), name


@pytest.mark.parametrize("name", [name for name, each in parameters().items() if each.unit == AGE])
def test_an_age_that_rules_turn_on_has_no_range(name: str) -> None:
    with pytest.raises(ExceptionGroup) as refused:
        typed(name)
    (problem,) = foreseen(refused.value)
    assert (problem.code, problem.cell) == ("age_range", f"parameters.{name}")
    for lang in ("nb", "en"):
        assert name in problem.says(lang)
        assert f'"{name}" = {parameter(name).entry(DAY).value:g}' in problem.do(lang)
    assert appraise(scenario(origin=ORIGIN, parameters={name: parameter(name).entry(DAY).value}), DRAWS)


def test_a_number_nothing_asks_for_is_told_in_a_whole_sentence() -> None:
    with pytest.raises(ExceptionGroup) as refused:
        appraise(scenario(parameters={"nav.rates.sosialhjelp_single": 8_000}), DRAWS)
    (problem,) = foreseen(refused.value)
    assert problem.code == "parameter_idle"
    assert problem.says("en") == "The scenario replaces nav.rates.sosialhjelp_single, which nothing in it asks for."
    assert "nav.rates.aap_rate" in problem.do("nb")
