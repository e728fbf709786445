"""The answer in words is as sure as the draws, and says plainly when money is lost."""

import pytest

from benefits.scenario.model import shipped_scenario
from benefits.valuation.appraisal import Appraisal, appraise
from benefits.valuation.sentences import chance, warnings
from data.format.numbers import number
from tests.benefits.scenarios import scenario

DRAWS = 400


def run(**changes) -> Appraisal:
    return appraise(scenario(**changes), draws=DRAWS)


def test_the_sentence_shows_the_sign_of_its_limits() -> None:
    assert "between −" in run(effect={"value": -0.1, "se": 0.001, "evidence": "rct"}).sentence("en")


@pytest.mark.usefixtures("demo")
def test_an_example_says_it_is_one() -> None:
    example = appraise(shipped_scenario("example_one_contact_person"), DRAWS)
    assert example.example
    assert "example" in example.sentence("en")
    assert "eksempel" in example.sentence("nb")
    assert "example" not in run().sentence("en")


def test_a_measure_that_loses_money_says_so() -> None:
    loser = appraise(shipped_scenario("se_no_lasting_effect"), DRAWS)
    assert loser.society.npv < 0
    assert loser.sentence("en").startswith("Society loses")
    assert loser.sentence("nb").startswith("Samfunnet taper")


@pytest.mark.parametrize(
    ("effect", "start"),
    [
        ({"value": 0.2, "se": 0.001}, "Society gains"),
        ({"value": 0.1, "se": 0.10}, "Society probably gains"),
        ({"value": 0.021, "se": 0.1}, "It is uncertain"),
        ({"value": 0.0, "se": 0.02}, "Society probably loses"),
        ({"value": -0.1, "se": 0.001}, "Society loses"),
    ],
)
def test_the_sentence_is_as_sure_as_the_draws(effect, start: str) -> None:
    assert run(effect={**effect, "evidence": "rct"}).sentence("en").startswith(start)


def test_nothing_gives_nothing() -> None:
    nothing = run(participants=0, cost=[])
    assert nothing.society.npv == 0
    assert nothing.sentence("en").startswith("Society neither")


@pytest.mark.parametrize(
    ("share", "said"), [(0.0, "0"), (0.003, "under 1"), (0.04, "4"), (0.997, "over 99"), (1.0, "100")]
)
def test_a_chance_is_nothing_or_certain_only_where_every_draw_agrees(share: float, said: str) -> None:
    assert chance(share, "nb") == chance(share, "en") == said


def test_a_small_change_is_told_in_kroner_with_its_chance_and_the_least_as_hardly_any() -> None:
    losing = appraise(shipped_scenario("se_no_lasting_effect"), DRAWS)
    own = losing.public["municipality"]
    assert 500 < own.expected < 50_000
    words = f"Kommunens budsjett blir {number(own.expected, -3, 'nb')} kroner bedre i snitt, og bedre "
    assert f"{words}{chance(own.probability_positive, 'nb')} av 100 ganger." in losing.sentence("nb")
    assert "0,0 millioner" not in losing.sentence("nb")
    small = run(participants=0, cost=[{"payer": "municipality", "year": 0, "nok": 400}])
    assert "Kommunens budsjett blir nesten uendret i snitt, og bedre 0 av 100 ganger." in small.sentence("nb")


def test_a_cost_typed_with_a_minus_is_told_as_the_income_it_counts_as() -> None:
    cost = {"payer": "county", "year": 0, "nok": 100.0}
    assert "negative_cost" not in warnings(scenario(cost=[cost]))
    assert "negative_cost" in warnings(scenario(cost=[{**cost, "nok": -100.0}]))
    assert "negative_cost" in warnings(scenario(cost=[{**cost, "low": -1.0, "high": 200.0}]))
