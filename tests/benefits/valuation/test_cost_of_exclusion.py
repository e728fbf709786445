"""What exclusion costs is a stock: persons times cost, and hidden counts stay hidden."""

import pytest

from analytics.results import Interval, NotEstimable
from benefits.persons.person_year import BENEFIT_PAYER
from benefits.scenario.model import PAYERS
from benefits.valuation.cost_of_exclusion import annual_cost_per_person, cost_of_exclusion
from tests.benefits.scenarios import scenario

GIVEN = scenario(origin__age=26)


def test_social_assistance_is_paid_by_the_municipality_and_gives_no_tax() -> None:
    cost = annual_cost_per_person(GIVEN, "sosialhjelp")
    assert cost["municipality"] == pytest.approx(5 * (8100 + 2400))
    assert sum(abs(cost[payer]) for payer in PAYERS if payer != "municipality") == 0


def test_aap_is_paid_by_the_state_and_some_comes_back_as_tax() -> None:
    cost = annual_cost_per_person(GIVEN, "aap")
    assert cost["state_transfers"] == pytest.approx(2.041 * 128116)
    assert all(cost[payer] < 0 for payer in ("municipality", "county", "state_tax"))


def test_lost_taxes_come_on_top_where_they_are_asked_for() -> None:
    plain, whole = (annual_cost_per_person(GIVEN, "aap", lost_taxes=lost) for lost in (False, True))
    assert whole["state_tax"] > plain["state_tax"]
    assert whole["state_transfers"] == plain["state_transfers"]


def test_the_cost_is_persons_times_cost() -> None:
    stock = cost_of_exclusion(GIVEN, {"aap": 200, "sosialhjelp": 50})
    assert stock.by_payer["state_transfers"].estimate == pytest.approx(200 * 2.041 * 128116)
    assert stock.total.estimate == pytest.approx(sum(part.estimate for part in stock.by_payer.values()))
    assert "nav.rates.aap_minimum" in stock.parameters


def test_a_hidden_count_goes_through_as_an_interval() -> None:
    stock = cost_of_exclusion(GIVEN, {"sosialhjelp": Interval(5, 1, 9), "aap": 10})
    aap, help_paid = (annual_cost_per_person(GIVEN, state)["municipality"] for state in ("aap", "sosialhjelp"))
    assert stock.by_payer["municipality"].low == pytest.approx(10 * aap + help_paid)
    assert stock.by_payer["municipality"].high == pytest.approx(10 * aap + 9 * help_paid)
    assert stock.total.low < stock.total.estimate < stock.total.high


def test_tax_that_comes_back_keeps_low_below_high() -> None:
    back = cost_of_exclusion(GIVEN, {"aap": Interval(5, 1, 9)}).by_payer["state_tax"]
    assert back.low < back.estimate < back.high < 0


def test_an_unknown_count_makes_the_sum_unknown_and_never_zero() -> None:
    stock = cost_of_exclusion(GIVEN, {"aap": None, "sosialhjelp": 10})
    assert isinstance(stock.total, NotEstimable)
    assert isinstance(stock.by_payer, NotEstimable)
    assert isinstance(stock.by_state["aap"], NotEstimable)
    assert stock.by_state["sosialhjelp"]["municipality"].estimate > 0
    assert "aap" in stock.total.sentence("nb")


def test_every_benefit_has_a_cost() -> None:
    assert set(BENEFIT_PAYER) == {"aap", "ufoeretrygd", "kvp", "dagpenger", "sosialhjelp"}
    base = scenario(origin__age=26, origin__income_base_nok=400_000)
    assert all(sum(annual_cost_per_person(base, state).values()) > 0 for state in BENEFIT_PAYER)
